import { describe, expect, it } from "vitest";
import { limits } from "../../shared/limits.ts";
import { findEmailFault } from "../../worker/domain/send/explanations.ts";
import { composeEmail } from "../../worker/mail/compose/compose.ts";
import type { ComposeInput } from "../../worker/mail/compose/input.ts";
import { htmlToText } from "../../worker/mail/html-to-text.ts";
import { createLinkSigner } from "../../worker/mail/link-signer.ts";
import type { OutgoingEmail } from "../../worker/providers/provider.ts";
import { coloradoDisclosureInput } from "../support/disclosure.ts";

const signer = await createLinkSigner([new Uint8Array(32).fill(3)]);
const reference = { tenantId: 12, recipientId: 210_453_397_504_123, stepNumber: 2 };
const { origin } = coloradoDisclosureInput;
const base: ComposeInput = {
  reference,
  campaign: { id: 77, replyTo: null },
  sender: {
    ...coloradoDisclosureInput.agent,
    fromEmail: "dana@frontrange.example.com",
    replyTo: "desk@frontrange.example.com",
  },
  tenant: coloradoDisclosureInput.office,
  occasion: { propertyState: "CO", origin, isToOwner: true },
  recipient: { email: "jane@example.com", name: "Jané Whitaker" },
  rendered: {
    subject: "Question about 1420 Maple Street",
    preheader: "",
    html: '<p>Hi Jane,</p><p>See <a href="https://example.com/report?a=1&amp;b=2">the report</a>.</p>',
    text: "",
  },
  publicUrl: "https://mail.test",
  inboundDomain: "reply.test",
  thread: null,
};

type Change = { [Name in keyof ComposeInput]?: Partial<ComposeInput[Name]> | ComposeInput[Name] };

/**
 * Returns the base input with some fields replaced. If a field is an object, replaces only the
 * given parts of the object.
 */
function changed(change: Change): ComposeInput {
  const merged = Object.entries(change).map(([name, value]) => {
    const before = base[name as keyof ComposeInput];
    const isNested =
      typeof before === "object" && before !== null && typeof value === "object" && value !== null;
    return [name, isNested ? { ...before, ...value } : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

async function composed(change: Change = {}): Promise<OutgoingEmail & { links: number }> {
  const result = await composeEmail(changed(change), signer);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.faults)}`);
  return { ...result.email, links: result.links };
}

const withHtml = (html: string) => composed({ rendered: { html } });

async function faultyFields(change: Change): Promise<string[]> {
  const result = await composeEmail(changed(change), signer);
  return result.ok ? [] : result.faults.map(({ field }) => field);
}

const clickTokens = (html: string) =>
  [...html.matchAll(/href="https:\/\/mail\.test\/c\/([\w-]+)"(?! rel="nofollow" aria-hidden)/gi)].map(
    ([, token]) => token ?? "",
  );

const destinations = async (html: string) =>
  Promise.all(clickTokens(html).map(async (token) => (await signer.readLink("click", token))?.url));

const tokenIn = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? "none";

describe("every email", () => {
  it("has a signed unsubscribe link in both parts and in the one-click header", async () => {
    const { html, text, headers } = await composed();
    const expected = { kind: "unsubscribe", reference };
    for (const place of [html, text, headers["List-Unsubscribe"] ?? ""]) {
      const token = tokenIn(place, /https:\/\/mail\.test\/u\/([\w-]+)/);
      expect(await signer.readLink("unsubscribe", token)).toEqual({
        ...expected,
        email: base.recipient.email,
      });
    }
    expect(html).toMatch(/<a href="https:\/\/mail\.test\/u\/[\w-]+">Unsubscribe<\/a>/);
    expect(headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    const mailbox = tokenIn(
      headers["List-Unsubscribe"] ?? "",
      /^<https:[^<>]+>, <mailto:([^@]+)@reply\.test\?subject=unsubscribe>$/,
    );
    expect(await signer.readMailbox(mailbox)).toEqual(expected);
  });

  it("names the brokerage, its address, both licenses and the phone in both parts", async () => {
    const { html, text } = await composed();
    for (const part of [html, text]) {
      expect(part).toContain("Front Range Realty");
      expect(part).toContain("900 Grant Street, Denver, CO 80203");
      expect(part).toContain("Brokerage license EC.100054321");
      const lines = part.replace(/<\/?span[^>]*>/g, "");
      expect(lines).toContain("Dana Reyes, Broker Associate, license FA.100012345");
      expect(lines).toContain("Office (303) 555-0100, Direct (303) 555-0110");
      expect(part).toContain("Equal Housing Opportunity");
    }
  });

  it("leaves out details that are unknown or do not apply", async () => {
    const { html, text } = await composed({
      tenant: { license: null, equalHousingLine: null },
      sender: { phone: " " },
    });
    expect(html + text).not.toMatch(/Brokerage license|Equal Housing|555-0110/);
    expect(text).toContain("Office (303) 555-0100\n");
    const other = await composed({ tenant: { equalHousingLine: "We do business by the Fair Housing Act" } });
    for (const part of [other.html, other.text]) expect(part).toContain("by the Fair Housing Act");
  });

  it("is a complete HTML document with language, character set and viewport", async () => {
    const { html } = await composed();
    expect(html).toMatch(
      /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport"/,
    );
    expect(html.trimEnd()).toMatch(/<\/body>\n<\/html>$/);
  });

  it("keeps the names of sender and recipient unchanged, with accents", async () => {
    const email = await composed();
    expect(email.from).toEqual({ email: "dana@frontrange.example.com", name: "Dana Reyes" });
    expect(email.to).toEqual({ email: "jane@example.com", name: "Jané Whitaker" });
    expect(email.reference).toEqual(reference);
  });

  it("has a Message-ID at the sender's domain that is always the same", async () => {
    const first = await composed();
    expect(first.messageId).toMatch(/^<[\w.]+@frontrange\.example\.com>$/);
    expect(first.headers["Message-ID"]).toBe(first.messageId);
    expect((await composed()).messageId).toBe(first.messageId);
    expect(await signer.readMessageIds(first.messageId)).toEqual(reference);
  });

  it("names the campaign and the tenant in the Feedback-ID, but not the person", async () => {
    expect((await composed()).headers["Feedback-ID"]).toBe("25:c:outreach:doorknock");
    expect((await composed({ campaign: { id: undefined } as never })).headers["Feedback-ID"]).toBe(
      "c:outreach:doorknock",
    );
  });

  it("shows its preheader in the inbox, and nothing of the letter after it", async () => {
    const { html, text } = await composed({
      rendered: { preheader: 'A price range for "1420 Maple"\n& more' },
    });
    const hidden = /<body>\n<div style="display:none;[^"]*">([^<]*)<\/div>\n<table/.exec(html)?.[1] ?? "";
    expect(hidden).toMatch(/^A price range for &quot;1420 Maple&quot; &amp; more(&#847;&zwnj;&nbsp;){100}/);
    expect(text).not.toContain("price range");
    expect((await composed()).html).toContain("<body>\n<table");
  });

  it("keeps its font, size and colors without the style sheet", async () => {
    const { html } = await composed();
    const bare = html.replace(/<style>[\s\S]*?<\/style>/g, "");
    for (const cell of ["letter", "footer"]) {
      const style = new RegExp(`<td class="${cell}" style="([^"]+)"`).exec(bare)?.[1];
      expect(style).toMatch(/font-family:.*sans-serif;.*font-size:\d+px;.*color:#/);
    }
  });

  it("never breaks a phone number in the footer across two lines", async () => {
    const { html } = await composed({ sender: { phone: "(303) 555-0110" } });
    expect(html).toContain('<span style="white-space:nowrap">Direct (303) 555-0110</span>');
  });

  it("reports the size of its HTML, so that a size over Gmail's limit is seen", async () => {
    const small = await composeEmail(base, signer);
    const html = `<p>${"é".repeat(limits.htmlBytesShown / 2)}</p>`;
    const large = await composeEmail(changed({ rendered: { html } }), signer);
    if (!small.ok || !large.ok) throw new Error("was refused");
    expect(small.htmlBytes).toBe(new TextEncoder().encode(small.email.html).length);
    expect(small.htmlBytes).toBeLessThan(limits.htmlBytesShown);
    expect(large.htmlBytes).toBeGreaterThan(limits.htmlBytesShown);
  });
});

describe("the agency form", () => {
  const url = "https://frontrange.example.com/form.pdf?v=1&w=2";
  const forms = { iabsLink: url, relationshipFormLink: url };
  const about = (propertyState: string) => ({
    tenant: forms,
    occasion: { propertyState, origin, isToOwner: true },
  });
  const html = "<p>Hi Jane,</p>\n<p>A question.</p>\n<p>Dana Reyes<br>Front Range Realty</p>";

  it.each([
    ["TX", "Texas asks", "Information About Brokerage Services"],
    ["ME", "Maine asks", "Real Estate Brokerage Relationships Form"],
  ])(
    "of %s is linked in both parts before the signature, and not in the footer",
    async (state, asks, form) => {
      const email = await composed({ ...about(state), trackingEnabled: false, rendered: { html } });
      const letter = /<td class="letter"[^>]*>([\s\S]*?)<\/td>/.exec(email.html)?.[1] ?? "";
      expect(letter).toMatch(
        new RegExp(
          `A question\\.</p>\\n<p>${asks} [^<]*: <a href="https://frontrange\\.example\\.com/form\\.pdf\\?v=1&amp;w=2">${form}</a></p>\\n<p>Dana Reyes`,
        ),
      );
      expect(email.html.split(form)).toHaveLength(2);
      expect(email.text).toMatch(
        new RegExp(`A question\\.\\n\\n${asks} [\\s\\S]*form\\.pdf\\?v=1&w=2\\)\\n\\nDana Reyes`),
      );
      const text = "Hi,\n\nA question.\n\nDana Reyes";
      const own = await composed({ ...about(state), rendered: { html, text } });
      expect(own.text).toMatch(new RegExp(`A question\\.\\n\\n${asks} [^\\n]*\\n\\nDana Reyes`));
    },
  );

  it("is not linked twice, and not in letters about other states", async () => {
    const linked = `<p>See <a href="${url.replace("&", "&amp;")}">the form</a></p>`;
    expect((await composed({ ...about("TX"), rendered: { html: linked } })).html).not.toContain("Texas asks");
    expect((await composed(about("CO"))).html).not.toMatch(/(?:Texas|Maine) asks/);
  });
});

describe("a follow-up", () => {
  const thread = { subject: "Question about 1420 Maple Street", earlierSteps: [1, 3], hasWritten: false };
  const follow = { reference: { ...reference, stepNumber: 4 }, thread };
  const idOf = (stepNumber: number) =>
    signer.signMessageId({ ...reference, stepNumber }, "frontrange.example.com");

  it("replies to the email before it, under the first subject of the thread", async () => {
    const { headers, subject, html } = await composed({ ...follow, rendered: { subject: "Last note" } });
    expect(headers["In-Reply-To"]).toBe(await idOf(3));
    expect(headers.References).toBe(`${await idOf(1)} ${await idOf(3)}`);
    expect(subject).toBe("Question about 1420 Maple Street");
    expect(html).toContain("<title>Question about 1420 Maple Street</title>");
    expect(html).not.toContain("Last note");
  });

  it("refers to the Message-IDs of the earlier emails", async () => {
    const first = await composed({ reference: { ...reference, stepNumber: 1 } });
    const second = await composed({ ...follow, thread: { ...thread, earlierSteps: [1] } });
    expect(second.headers["In-Reply-To"]).toBe(first.messageId);
  });

  it.each(["Re: Your home", "RE:re: Your home", "Re[2]: Your home", " re : Your home "])(
    "adds one Re: only after the person has written, if the thread began as %j",
    async (subject) => {
      const subjectOf = async (hasWritten: boolean) =>
        (await composed({ ...follow, thread: { ...thread, subject, hasWritten } })).subject;
      expect([await subjectOf(true), await subjectOf(false)]).toEqual(["Re: Your home", "Your home"]);
    },
  );

  it("keeps a subject that only begins like Re:", async () => {
    const subject = "Regarding: 12 Elm";
    const answered = { ...thread, subject, hasWritten: true };
    expect((await composed({ ...follow, thread: answered })).subject).toBe("Re: Regarding: 12 Elm");
  });

  it("limits References to one line: the first email and the newest ones", async () => {
    const earlierSteps = Array.from({ length: 19 }, (_, index) => index + 1);
    const { headers } = await composed({ ...follow, thread: { ...thread, earlierSteps } });
    const chain = headers.References?.split(" ") ?? [];
    expect(`References: ${headers.References}`.length).toBeLessThanOrEqual(998);
    expect(chain.length).toBeGreaterThan(5);
    expect(chain[0]).toBe(await idOf(1));
    const newest = earlierSteps.slice(1 - chain.length);
    expect(chain.slice(1)).toEqual(await Promise.all(newest.map(idOf)));
  });

  it("that begins a thread has its own subject and refers to no email", async () => {
    const { headers, subject } = await composed();
    expect(subject).toBe("Question about 1420 Maple Street");
    expect(Object.keys(headers)).not.toContain("In-Reply-To");
    expect(Object.keys(headers)).not.toContain("References");
  });
});

describe("the return path for bounces", () => {
  it("is a signed address at this Worker, with at most 64 characters before the @", async () => {
    const mailbox = tokenIn((await composed()).returnPath ?? "", /^(b\+[a-z2-7]+)@reply\.test$/);
    expect(mailbox.length).toBeLessThanOrEqual(64);
    expect(await signer.readMailbox(mailbox)).toEqual({ kind: "bounce", reference });
  });

  it("is missing if this Worker receives no mail, and in a preview", async () => {
    expect(Object.keys(await composed({ inboundDomain: null }))).not.toContain("returnPath");
    expect(Object.keys(await composed({ preview: true }))).not.toContain("returnPath");
  });
});

describe("the Reply-To for replies", () => {
  it("is a signed address at this Worker", async () => {
    const mailbox = tokenIn((await composed()).replyTo ?? "", /^(r\+[a-z2-7]+)@reply\.test$/);
    expect(await signer.readMailbox(mailbox)).toEqual({ kind: "reply", reference });
  });

  it("without an inbound domain is the campaign's, the sender's or none", async () => {
    const inboundDomain = null;
    expect((await composed({ inboundDomain, campaign: { replyTo: "team@example.com" } })).replyTo).toBe(
      "team@example.com",
    );
    expect((await composed({ inboundDomain })).replyTo).toBe("desk@frontrange.example.com");
    const bare = await composed({ inboundDomain, sender: { replyTo: null } });
    expect(bare.replyTo).toBeNull();
    expect(bare.headers["List-Unsubscribe"]).toMatch(/^<https:[^<>]+>$/);
  });
});

describe("the tracking of opens and clicks", () => {
  it("puts the pixel at the end of the body", async () => {
    const { html } = await composed();
    const token = tokenIn(
      html,
      /<img src="https:\/\/mail\.test\/o\/([\w-]+)\.gif"[^>]*>\s*(?:<a [^>]*aria-hidden[^>]*><\/a>\s*)?<\/body>/,
    );
    expect(await signer.readLink("open", token)).toEqual({ kind: "open", reference });
  });

  it("redirects a link to its address, with the & decoded as a browser does", async () => {
    const email = await composed();
    expect(email.links).toBe(1);
    expect(await destinations(email.html)).toEqual(["https://example.com/report?a=1&b=2"]);
    expect(email.html).not.toContain("https://example.com");
  });

  it.each([
    ["capitals", "<A HREF='https://example.com/x'>x</A>"],
    ["no quotes", "<a class=b href=https://example.com/x>x</a>"],
    ["space and line breaks", '<a href="\n https://example.com/x\t ">x</a>'],
    ["numeric references", '<a href="https&#58;//example.com&#x2F;x">x</a>'],
    [
      "nested in other tags",
      '<table><tr><td><b><a href="https://example.com/x"><i>x</i></a></b></td></tr></table>',
    ],
    ["a > in another attribute", '<a title="a > b" href="https://example.com/x">x</a>'],
  ])("finds a link written with %s", async (_, html) => {
    const email = await withHtml(html);
    expect(await destinations(email.html)).toEqual(["https://example.com/x"]);
    expect(email.links).toBe(1);
  });

  it.each([
    '<a href="mailto:a@example.com">x</a>',
    '<a href="tel:+13035550142">x</a>',
    '<a href="#top">x</a>',
    '<a name="x">x</a>',
    '<a href="https://mail.test/u/abc">x</a>',
    `<a href="https://example.com/${"a".repeat(2000)}">x</a>`,
  ])("leaves %s unchanged", async (html) => {
    const email = await withHtml(html);
    expect(email.html).toContain(html);
    expect(email.links).toBe(0);
  });

  it("leaves text that only looks like a link unchanged", async () => {
    const html = '<p title="&lt;a href=https://example.com/x&gt;">&lt;a href="https://example.com/x"&gt;</p>';
    const email = await withHtml(`<!-- <a href="https://example.com/y"> -->${html}`);
    expect(email.html).toContain(`\n${html}\n`);
    expect(email.links).toBe(0);
  });

  it("keeps the plain addresses in the text part", async () => {
    const { text } = await composed();
    expect(text).toContain("the report (https://example.com/report?a=1&b=2)");
    expect(text).not.toContain("/c/");
  });

  it("can be turned off: no pixel and no rewritten link, but the unsubscribe link stays", async () => {
    const email = await composed({ trackingEnabled: false });
    expect(email.html).not.toContain("/o/");
    expect(email.html).toContain('href="https://example.com/report?a=1&amp;b=2"');
    expect(email.html).toContain('href="https://mail.test/u/');
    expect(email.links).toBe(0);
  });
});

describe("the preview of an email", () => {
  it("has no working link, no tracking and no signed token", async () => {
    const html =
      '<p><a href="https://example.com/?a&amp;b" target="_blank">x</a> <a href="mailto:a@b.co">y</a> <a href="javascript:x()">z</a></p>';
    const email = await composed({ preview: true, rendered: { html } });
    expect(email.html).not.toMatch(/<a[^>]*href|<img|target=/);
    expect(email.html).toContain('<a title="https://example.com/?a&amp;b">x</a>');
    expect(email.html).toContain("<a>Unsubscribe</a>");
    expect(email.html).not.toMatch(/\/[ocu]\/[\w-]{20}/);
    expect(email.text).not.toMatch(/\/[ocu]\/[\w-]{20}/);
    expect(email.replyTo).toBe("desk@frontrange.example.com");
  });

  it("may have no recipient, while a sent email must have one", async () => {
    expect(await faultyFields({ preview: true, recipient: { email: "" } })).toEqual([]);
    expect(await faultyFields({ recipient: { email: "" } })).toEqual(["recipient.email"]);
  });
});

describe("an author's HTML", () => {
  it("can't run, load or cover anything", async () => {
    const { html } = await withHtml(
      '<html><head><base href="https://evil.example"><meta http-equiv=refresh content="0"><title>t</title></head><body onload=x()>' +
        '<p onclick="x()" ONMOUSEOVER=x()>kept</p><script>bad()</script><iframe src=x></iframe><svg onload=x()><a href=x>q</a></svg>' +
        '<form action="https://evil.example">inside<input name=a></form><a href=" java&#9;script:x()">j</a><a href="data:text/html,x">d</a></body></html>',
    );
    const letter = html.slice(html.indexOf('<tr><td class="letter"'), html.indexOf('<tr><td class="footer"'));
    expect(
      letter.replace(/\s*<tr><td class="letter"[^>]*><div[^>]*>\s*|\s*<\/div><\/td><\/tr>\s*/g, ""),
    ).toBe("<p>kept</p>inside<a>j</a><a>d</a>");
  });

  it.each([
    "<!-- ",
    "<style>",
    '<a href="x',
    "<p title='",
    "<textarea>",
    "<plaintext>",
    "<title>",
    "<template>",
    "<script>",
    "<xmp>",
  ])("can't swallow the footer with an open %s", async (html) => {
    expect(await faultyFields({ rendered: { html: `<p>Hi</p>${html}` } })).toEqual(["rendered.html"]);
    expect(await faultyFields({ rendered: { html: `<dk-end></dk-end><!--dk-end-->${html}` } })).toEqual([
      "rendered.html",
    ]);
  });

  it("that the parser can't read gives the text before the fault", async () => {
    for (const html of ["<select><style>p{}</style></select>", "<b>".repeat(20_000)])
      expect(await htmlToText(`<p>Hi</p>${html}`)).toBe("Hi");
  });

  it("keeps its words if nothing is forbidden, and all its elements are closed", async () => {
    const html = "<p>5 < 6 &amp; 7 &nbsp; “quoted” <b>bold <i>both</b></i><br/>é 家</p>\n<ul><li>a<li>b</ul>";
    expect((await withHtml(html)).html).toContain(
      "\n<p>5 &lt; 6 &amp; 7 \u00a0 “quoted” <b>bold <i>both</i></b><br>é 家</p>\n<ul><li>a</li><li>b</li></ul>\n",
    );
  });

  it("is not changed by markup in names and addresses", async () => {
    const { html, text } = await composed({
      tenant: { name: 'A & <b>B</b> "C"', postalAddress: "1 <script> St" },
      rendered: { subject: "</title><script>x" },
    });
    expect(html).toContain("A &amp; &lt;b&gt;B&lt;/b&gt; &quot;C&quot;");
    expect(html).not.toContain("<script>");
    expect(text).toContain('A & <b>B</b> "C"');
  });
});

describe("an email is refused, with the field named, for", () => {
  const attacks = ["\r\nBcc: evil@example.com", "\nX: y", "\rX: y", "\0", "\u2028x", "\u0085x", "\u001b[0m"];
  const lineFields: [string, (value: string) => Change][] = [
    ["sender.fromName", (fromName) => ({ sender: { fromName } })],
    ["sender.fromEmail", (end) => ({ sender: { fromEmail: `a@example.com${end}` } })],
    ["sender.replyTo", (end) => ({ sender: { replyTo: `a@example.com${end}` } })],
    ["campaign.replyTo", (end) => ({ campaign: { replyTo: `a@example.com${end}` } })],
    ["recipient.email", (end) => ({ recipient: { email: `a@example.com${end}` } })],
    ["recipient.name", (end) => ({ recipient: { name: `Jane${end}` } })],
    ["tenant.name", (end) => ({ tenant: { name: `Realty${end}` } })],
    ["rendered.subject", (end) => ({ rendered: { subject: `Hi${end} there` } })],
    [
      "thread.subject",
      (end) => ({ thread: { subject: `Hi${end} there`, earlierSteps: [1], hasWritten: false } }),
    ],
    ["publicUrl", (end) => ({ publicUrl: `https://mail.test/x${end}` })],
    ["inboundDomain", (end) => ({ inboundDomain: `reply.test${end}` })],
  ];
  it.each(lineFields)("a line break or control character in %s", async (field, change) => {
    for (const attack of attacks)
      expect(await faultyFields(change(attack)), JSON.stringify(attack)).toEqual([field]);
  });

  it.each([
    "",
    "jane",
    "jane@",
    "@example.com",
    "a b@example.com",
    "a@b@example.com",
    "<a@example.com>",
    "a@example.com,b@example.com",
    " a@example.com",
    "a@example.com>",
    `${"a".repeat(65)}@example.com`,
    `a@${"b.".repeat(130)}com`,
  ])("the address %j", async (email) => {
    expect(await faultyFields({ recipient: { email } })).toEqual(["recipient.email"]);
    expect(await faultyFields({ sender: { fromEmail: email } })).toEqual(["sender.fromEmail"]);
    expect(await faultyFields({ campaign: { replyTo: email } })).toEqual(["campaign.replyTo"]);
  });

  it.each<[string, Change]>([
    ["tenant.postalAddress", { tenant: { postalAddress: " \n " } }],
    ["tenant.name", { tenant: { name: " " } }],
    ["rendered.subject", { rendered: { subject: "  " } }],
    ["rendered.subject", { rendered: { subject: "a".repeat(301) } }],
    ["rendered.html", { rendered: { html: " " } }],
    ["publicUrl", { publicUrl: "https://mail.test/" }],
    ["publicUrl", { publicUrl: "javascript:alert(1)" }],
    ["publicUrl", { publicUrl: "https://mail.test?x=1" }],
    ["inboundDomain", { inboundDomain: "reply.test>, <mailto:x@y.z" }],
    ["inboundDomain", { inboundDomain: "" }],
    ["thread.subject", { thread: { subject: " ", earlierSteps: [1], hasWritten: false } }],
    ["rendered.subject", { rendered: { subject: "RE: your home" } }],
    ["rendered.subject", { rendered: { subject: "Fwd: Re: your home" } }],
    ["tenant.license", { tenant: { license: null }, sender: { licenseNumber: " " } }],
    ["tenant.equalHousingLine", { tenant: { equalHousingLine: " " } }],
    ["rendered.html", { rendered: { html: `<p>${"x".repeat(500_000)}</p>` } }],
    ["rendered.html", { rendered: { html: '<a href="https://a.co">x</a>'.repeat(5_000) } }],
  ])("an invalid %s: %j", async (field, change) => {
    expect(await faultyFields(change)).toEqual([field]);
  });

  it("all faults at once, and the values are not repeated", async () => {
    const result = await composeEmail(
      changed({
        sender: { fromName: "x\n" },
        recipient: { email: "secret-person" },
        tenant: { postalAddress: "" },
        rendered: { subject: "" },
      }),
      signer,
    );
    if (result.ok) throw new Error("was not refused");
    expect(result.faults.map(({ field }) => field)).toEqual([
      "sender.fromName",
      "recipient.email",
      "tenant.postalAddress",
      "rendered.subject",
    ]);
    expect(JSON.stringify(result)).not.toContain("secret-person");
  });
});

describe("the text part of an email", () => {
  it("is the author's own text if there is one", async () => {
    const { text } = await composed({ rendered: { text: "Hi Jane,\r\n\r\nCall me.\r\n" } });
    expect(text).toMatch(
      /^Hi Jane,\n\nCall me\.\n\nFront Range Realty\nDana Reyes, Broker Associate, license FA\.100012345\n/,
    );
  });

  it("is made from the HTML if there is no text", async () => {
    const { text } = await composed();
    expect(text).toMatch(
      /^Hi Jane,\n\nSee the report \(https:\/\/example\.com\/report\?a=1&b=2\)\.\n\nFront Range Realty\nDana Reyes, /,
    );
  });

  it.each([
    [
      "paragraphs and line breaks",
      "<p>One\n  two</p>\n<p>Three<br>four<br><br>five</p>",
      "One two\n\nThree\nfour\n\nfive",
    ],
    [
      "a bulleted list",
      "<p>Look:</p><ul><li>a</li><li>b <b>c</b></li></ul><p>End</p>",
      "Look:\n\n- a\n- b c\n\nEnd",
    ],
    [
      "a numbered list with another inside",
      "<ol><li>a<ul><li>x<li>y</ul></li><li>b</li></ol>",
      "1. a\n  - x\n  - y\n2. b",
    ],
    ["a list of paragraphs", "<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n- b"],
    [
      "references and no-break spaces",
      "<p>Tom&nbsp;&amp;&nbsp;Ann&#39;s &ldquo;x&rdquo; &eacute; &mdash; &unknown; &#x1F600; &lt;b&gt;</p>",
      "Tom & Ann's “x” é — &unknown; 😀 <b>",
    ],
    [
      "links",
      '<a href="https://a.co/x">Read</a>, <a href="https://a.co">https://a.co/</a>, <a href="mailto:a@b.co">write</a>, <a href="tel:555">555</a>, <a href="#x">no</a>',
      "Read (https://a.co/x), https://a.co/, write (a@b.co), 555, no",
    ],
    [
      "a link around an image",
      '<a href="https://a.co"><img src="x"></a> <a href="https://a.co"><img src="x" alt="Our &amp; house"></a>',
      "https://a.co Our & house (https://a.co)",
    ],
    ["an image beside words", '<p>See<img src="x" alt="The house">Hi Jane,</p>', "See The house Hi Jane,"],
    [
      "styles, scripts, comments and hidden text",
      "<style>p{}</style><p>a<!-- no --></p><script>x</script><div style='display: none'>pre<b>h</b></div><span hidden>x</span><p>b</p>",
      "a\n\nb",
    ],
    [
      "headings, rules and quotes",
      "<h1>Title</h1>text<hr>more<blockquote>said</blockquote>",
      "Title\n\ntext\n\n---\n\nmore\n\nsaid",
    ],
    [
      "a table",
      "<table><tr><td>Beds</td><td>3</td></tr><tr><td>Baths</td><td>2</td></tr></table>",
      "Beds 3\nBaths 2",
    ],
    ["words split over tags", "<p>un<b>broken</b> and <i>spaced</i> out</p>", "unbroken and spaced out"],
    ["preformatted lines", "<pre>a\n  b</pre>", "a\n  b"],
    ["empty paragraphs of an editor", "<p>a</p><p>&nbsp;</p><p><br></p><p>b</p>", "a\n\nb"],
    [
      "elements that hold nothing, hidden or not",
      'a<input hidden value="q"><wbr hidden><col style="display:none"><svg/><math/>b<button>no</button><svg><text>no</text></svg>',
      "ab",
    ],
    ["a link that is never closed", '<p>a <a href="https://a.co">b', "a b"],
    ["nothing", "", ""],
  ])("made from HTML keeps the meaning of %s", async (_, html, text) => {
    expect(await htmlToText(html)).toBe(text);
  });
});

describe("a Spanish letter", () => {
  const spanish = () => composed({ occasion: { ...base.occasion, language: "es" } });

  it("has its opt-out and notices in Spanish in both parts, and its language in the document and the link", async () => {
    const { html, text, headers } = await spanish();
    expect(html).toContain("¿Prefiere no recibir estos correos?");
    expect(html).toMatch(/<a href="https:\/\/mail\.test\/u\/[\w-]+\?lang=es">Cancelar suscripción<\/a>/);
    expect(text).toMatch(/Cancelar suscripción: https:\/\/mail\.test\/u\/[\w-]+\?lang=es/);
    expect(html).toMatch(/^<!doctype html>\n<html lang="es">/);
    expect(html + text).not.toMatch(/Unsubscribe:|Prefer not to|You got this email/);
    expect(headers["List-Unsubscribe"]).toMatch(/^<https:\/\/mail\.test\/u\/[\w-]+\?lang=es>/);
    expect(headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  });

  it("differs from an English one only below the letter", async () => {
    const [one, other] = [await spanish(), await composed()];
    const letterOf = ({ text }: OutgoingEmail) => text.split("\n\n").slice(0, 2);
    expect(letterOf(one)).toEqual(letterOf(other));
    expect(one.subject).toBe(other.subject);
  });
});

describe("the fault that keeps an email from being sent", () => {
  it.each([
    ["subjectTooLong", { subject: "a".repeat(limits.subjectLength + 1) }],
    ["subjectEmpty", { subject: " " }],
    ["subjectIsAnswer", { subject: "Re: Your home" }],
    ["bodyEmpty", { html: "" }],
    ["bodyEmpty", { html: "<script>1</script>" }],
    ["tooLarge", { html: `<p>${"word ".repeat(limits.emailBytes / 4)}</p>` }],
  ])("has the code %s for the agent", async (code, rendered) => {
    const result = await composeEmail(changed({ rendered }), signer);
    const faults = result.ok ? [] : result.faults.map(({ field, message }) => `${field} ${message}`);
    expect(findEmailFault(faults.join("; "))).toBe(code);
  });
});
