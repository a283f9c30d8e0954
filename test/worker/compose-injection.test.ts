import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { composeEmail } from "../../worker/mail/compose/compose.ts";
import type { ComposeInput } from "../../worker/mail/compose/input.ts";
import { createLinkSigner } from "../../worker/mail/link-signer.ts";
import { buildMimeMessage } from "../../worker/providers/smtp/mime.ts";
import { createRandom } from "../support/worker/chaos/random.ts";
import { buildRandomEmail } from "../support/worker/mail-cases.ts";
import { readMailStrictly } from "../support/worker/strict-mail-reader.ts";

const signer = await createLinkSigner([new Uint8Array(32).fill(3)]);
const evil = "eve@evil.example";

/**
 * Known attacks on programs that send emails. Without escaping, each attack would add a header, a
 * recipient or a body.
 */
const tricks: [string, string][] = [
  ["CRLF", `x\r\nBcc: ${evil}`],
  ["a line feed", `x\nBcc: ${evil}`],
  ["a carriage return", `x\rBcc: ${evil}`],
  ["a folded line", `x\r\n Bcc: ${evil}`],
  ["an empty line and a body", "x\r\n\r\n<p>other body</p>"],
  ["NUL", `x\0Bcc: ${evil}`],
  ["a vertical tab and a form feed", `x\v\fBcc: ${evil}`],
  ["NEL", `x\u0085Bcc: ${evil}`],
  ["a Unicode line separator", `x\u2028Bcc: ${evil}`],
  ["a Unicode paragraph separator", `x\u2029Bcc: ${evil}`],
  ["letters whose low byte is CR and LF", `x\u560d\u560aBcc: ${evil}`],
  ["an encoded CRLF", `x%0d%0aBcc: ${evil}`],
  ["an encoded word", `=?utf-8?Q?x=0D=0ABcc:_${evil}?=`],
  ["an encoded word in base64", `=?utf-8?B?${btoa(`x\r\nBcc: ${evil}`)}?=`],
  ["an encoded word in Latin-1", "=?iso-8859-1?q?x=0ABcc=3A_eve?="],
  ["a second address", `x <${evil}>, ${evil}`],
  ["the end of a quoted name", `x" <${evil}>, "`],
  ["a backslash before the quote", `x\\" <${evil}>, "`],
  ["a group", `x:${evil};`],
  ["a comment", `x (${evil})`],
  ["an SMTP parameter", `x@example.com> NOTIFY=NEVER\r\nRCPT TO:<${evil}`],
  ["a source route", `<@evil.example:${evil}>`],
];

const base = buildRandomEmail(createRandom(1, "injection"));
const withChange = (change: (input: ComposeInput) => Partial<ComposeInput>): ComposeInput => ({
  ...base,
  thread: null,
  ...change(base),
});

/** Every field of the input that can contain text from outside. */
const fields: [string, (trick: string) => ComposeInput][] = [
  ["From's name", (fromName) => withChange(({ sender }) => ({ sender: { ...sender, fromName } }))],
  ["From", (fromEmail) => withChange(({ sender }) => ({ sender: { ...sender, fromEmail } }))],
  ["Reply-To", (replyTo) => withChange(() => ({ campaign: { replyTo }, inboundDomain: null }))],
  ["the sender's Reply-To", (replyTo) => withChange(({ sender }) => ({ sender: { ...sender, replyTo } }))],
  ["To's name", (name) => withChange(({ recipient }) => ({ recipient: { ...recipient, name } }))],
  ["To", (email) => withChange(({ recipient }) => ({ recipient: { ...recipient, email } }))],
  [
    "a tag in To",
    (tag) => withChange(({ recipient }) => ({ recipient: { ...recipient, email: `a+${tag}@example.com` } })),
  ],
  ["the subject", (subject) => withChange(({ rendered }) => ({ rendered: { ...rendered, subject } }))],
  [
    "the thread's subject",
    (subject) => withChange(() => ({ thread: { subject, earlierSteps: [1], hasWritten: false } })),
  ],
  ["the preheader", (preheader) => withChange(({ rendered }) => ({ rendered: { ...rendered, preheader } }))],
  [
    "the HTML",
    (html) => withChange(({ rendered }) => ({ rendered: { ...rendered, html: `<p>${html}</p>` } })),
  ],
  ["the text", (text) => withChange(({ rendered }) => ({ rendered: { ...rendered, text } }))],
  ["the brokerage's name", (name) => withChange(({ tenant }) => ({ tenant: { ...tenant, name } }))],
  [
    "the postal address",
    (postalAddress) => withChange(({ tenant }) => ({ tenant: { ...tenant, postalAddress } })),
  ],
  ["the license", (license) => withChange(({ tenant }) => ({ tenant: { ...tenant, license } }))],
  ["the phone", (phone) => withChange(({ sender }) => ({ sender: { ...sender, phone } }))],
  ["the inbound domain", (inboundDomain) => withChange(() => ({ inboundDomain }))],
];

/** The only headers that an email may have. */
const expected = new Set(
  (
    "from to reply-to subject message-id date mime-version content-type list-unsubscribe list-unsubscribe-post " +
    "feedback-id in-reply-to references"
  ).split(" "),
);

describe.each(tricks)("%s", (_what, trick) => {
  it.each(fields)("in %s is refused or becomes plain text", async (_field, put) => {
    const composed = await composeEmail(put(trick), signer);
    if (!composed.ok) {
      expect(JSON.stringify(composed.faults)).not.toContain("evil");
      return;
    }
    const { from, to, raw } = await buildMimeMessage(composed.email);
    const read = readMailStrictly(raw);
    const lenient = await PostalMime.parse(raw);
    const { email } = composed;
    expect([from, to]).toEqual([email.from.email, email.to.email]);
    expect(read.from).toEqual([{ name: email.from.name, address: email.from.email }]);
    expect(read.to).toEqual([{ name: email.to.name, address: email.to.email }]);
    expect(lenient.to?.map(({ address }) => address)).toEqual([email.to.email]);
    expect([lenient.bcc, lenient.cc]).toEqual([undefined, undefined]);
    expect(read.subject).toBe(email.subject);
    expect([...read.headers.keys()].filter((name) => !expected.has(name))).toEqual([]);
    expect(lenient.html?.trim()).toMatch(/^<!doctype html>[\s\S]*<\/html>$/);
    expect([from, to, ...read.replyTo.map(({ address }) => address)].join(" ")).not.toContain("evil");
  });
});

it("an address with a non-ASCII domain or local part is refused, not converted", async () => {
  for (const email of [
    "jane@bücher.example",
    "jané@example.com",
    "jane@пример.рф",
    "jane@example.com\u200b",
  ]) {
    const composed = await composeEmail(
      withChange(({ recipient }) => ({ recipient: { ...recipient, email } })),
      signer,
    );
    expect(composed).toMatchObject({ ok: false, faults: [{ field: "recipient.email" }] });
  }
});
