import { extract } from "letterparser";
import PostalMime, { type Address } from "postal-mime";
import { expect, inject, it } from "vitest";
import { composeEmail } from "../../worker/mail/compose/compose.ts";
import type { ComposeInput } from "../../worker/mail/compose/input.ts";
import { createLinkSigner } from "../../worker/mail/link-signer.ts";
import type { OutgoingEmail } from "../../worker/providers/provider.ts";
import { buildMimeMessage } from "../../worker/providers/smtp/mime.ts";
import { createRandom } from "../support/worker/chaos/random.ts";
import { buildRandomEmail } from "../support/worker/mail-cases.ts";
import { readMailStrictly } from "../support/worker/strict-mail-reader.ts";

/*
 * Composes emails from random names, subjects and bodies in many scripts, and reads the emails with
 * several parsers. MAIL_SEED=7 repeats a seed, and MAIL_CASES=100 sets the number of emails.
 */
const { seed, cases } = inject("mail");
const signer = await createLinkSigner([new Uint8Array(32).fill(3)]);

/** The parts that a parser has found in an email, in the same form for every parser. */
type Read = {
  from: { name: string; address: string }[];
  to: { name: string; address: string }[];
  replyTo: { name: string; address: string }[];
  subject: string;
  text: string;
  html: string;
};

const lines = (text: string) => text.replace(/\r\n/g, "\n").trimEnd();

/**
 * Returns the parts that a parser must find, computed from the input and not from the composed
 * message.
 */
function meantBy(
  { sender, recipient, campaign, rendered, thread, inboundDomain }: ComposeInput,
  email: OutgoingEmail,
): Read {
  const ownReplyTo = campaign.replyTo ?? sender.replyTo;
  const replyTo = inboundDomain === null ? ownReplyTo : email.replyTo;
  const subject = thread === null ? rendered.subject : `${thread.hasWritten ? "Re: " : ""}${thread.subject}`;
  return {
    from: [{ name: oneSpaced(sender.fromName.toWellFormed()), address: sender.fromEmail }],
    to: [{ name: oneSpaced(recipient.name.toWellFormed()), address: recipient.email }],
    replyTo: replyTo === null ? [] : [{ name: oneSpaced(sender.fromName.toWellFormed()), address: replyTo }],
    subject: subject.toWellFormed(),
    text: lines(email.text),
    html: lines(email.html),
  };
}

async function readByPostalMime(raw: Uint8Array): Promise<Read> {
  const { from, to, replyTo, subject, text, html } = await PostalMime.parse(raw);
  const plain = (boxes: readonly Address[]) => boxes.map(({ name, address = "" }) => ({ name, address }));
  return {
    from: plain(from === undefined ? [] : [from]),
    to: plain(to ?? []),
    replyTo: plain(replyTo ?? []),
    subject: subject ?? "",
    text: lines(text ?? ""),
    html: lines(html ?? ""),
  };
}

function readByTheLetter(raw: Uint8Array): Read & { headers: ReadonlyMap<string, string> } {
  const { headers, from, to, replyTo, subject, text, html } = readMailStrictly(raw);
  return { headers, from, to, replyTo, subject, text: lines(text), html: lines(html) };
}

/**
 * Returns the parts in the form in which letterparser reads them. Letterparser trims the beginning
 * of a text and each folded line.
 */
const asByLetterparser = ({ subject, text, html }: Pick<Read, "subject" | "text" | "html">) => ({
  subject: oneSpaced(subject),
  text: text.trim(),
  html,
});

function readByLetterparser(raw: Uint8Array) {
  const { subject = "", text = "", html = "" } = extract(new TextDecoder().decode(raw));
  return asByLetterparser({ subject, text: lines(text), html: lines(html) });
}

/**
 * Returns the differences between the expected and the found parts. The differences are JSON, which
 * escapes half a surrogate pair, because a test report can't print such a half.
 */
function differences(reader: string, meant: object, found: object): string[] {
  const known: Record<string, unknown> = { ...found };
  return Object.entries(meant).flatMap(([field, value]) => {
    const [wanted, got] = [JSON.stringify(value), JSON.stringify(known[field])];
    if (wanted === got) return [];
    const from = wanted.split("").findIndex((char, index) => char !== got?.[index]);
    const around = (text: string | undefined) => text?.slice(Math.max(0, from - 20), from + 60);
    return [`${reader}, ${field}: ${around(wanted)} was read as ${around(got)}`];
  });
}

const oneSpaced = (text: string) => text.replace(/ +/g, " ");

const withoutFolds = (headers: ReadonlyMap<string, string>) =>
  Object.fromEntries([...headers].map(([name, value]) => [name, value.replace(/\s+/g, " ").trim()]));

/**
 * A lenient parser, which stands for a mail program. There are two lenient parsers, and each reads
 * every second email.
 */
type ForgivingReader = (meant: Read, raw: Uint8Array) => Promise<string[]>;
const forgivingReaders: readonly [ForgivingReader, ForgivingReader] = [
  async (meant, raw) => differences("postal-mime", meant, await readByPostalMime(raw)),
  async (meant, raw) => differences("letterparser", asByLetterparser(meant), readByLetterparser(raw)),
];

/** Composes one email and returns its faults: the parts that were lost or that a parser misread. */
async function faultsOf(input: ComposeInput, readForgivingly: ForgivingReader): Promise<string[]> {
  const composed = await composeEmail(input, signer);
  if (!composed.ok) return [`refused: ${JSON.stringify(composed.faults)}`];
  const { email } = composed;
  const { raw } = await buildMimeMessage(email);
  const meant = meantBy(input, email);
  const { headers, ...strict } = readByTheLetter(raw);
  const ownHeaders = Object.entries(email.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return [
    ...(meant.html.includes(lines(input.rendered.html.toWellFormed())) ? [] : ["the HTML was changed"]),
    ...(meant.text.includes(lines(input.rendered.text.toWellFormed()).trim())
      ? []
      : ["the text was changed"]),
    ...differences("strict", meant, strict),
    ...differences("strict", Object.fromEntries(ownHeaders), withoutFolds(headers)),
    ...(await readForgivingly(meant, raw)),
  ];
}

/**
 * The number of emails composed at the same time. Signing the links and rewriting the HTML are
 * asynchronous calls of workerd, so composing several emails at once is faster.
 */
const atOnce = 50;

async function caseFaults(index: number): Promise<{ index: number; faults: string[] }> {
  const input = buildRandomEmail(createRandom(seed, `mail ${index}`));
  const reader = forgivingReaders[index % 2 === 0 ? 0 : 1];
  const faults = await faultsOf(input, reader).catch((error: Error) => [error.message.toWellFormed()]);
  return { index, faults };
}

it(`${cases} random emails are read back with the values they were made of (seed ${seed})`, {
  timeout: 240_000,
}, async () => {
  console.info(`mail: seed ${seed}, ${cases} cases`);
  for (let first = 0; first < cases; first += atOnce) {
    const indexes = Array.from({ length: Math.min(atOnce, cases - first) }, (_, offset) => first + offset);
    const faulty = (await Promise.all(indexes.map(caseFaults))).filter(({ faults }) => faults.length > 0);
    expect(faulty, `to see it again: MAIL_SEED=${seed}`).toEqual([]);
  }
});
