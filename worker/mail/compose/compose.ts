import { limits } from "../../../shared/vocabulary.ts";
import type { Office } from "../../domain/compliance.ts";
import { replySubject, type Thread } from "../../domain/send/thread.ts";
import type { MessageReference, OutgoingEmail } from "../../providers/provider.ts";
import { htmlToText } from "../html-to-text.ts";
import { clickDestination, type LinkSigner, type Mailbox } from "../tracking.ts";
import { type LinkTarget, rewriteBody } from "./body.ts";
import { emailDocument } from "./document.ts";
import { type ComposeFault, envelopeFaults } from "./envelope.ts";
import { type FooterParts, footerHtml, footerText } from "./footer.ts";
import { threadHeaders } from "./thread.ts";

/** All that goes into one email. Rows of the database fit in as they are. */
export type ComposeInput = {
  reference: MessageReference;
  /** `id` goes into Feedback-ID where it is known. */
  campaign: { id?: number; replyTo: string | null };
  sender: {
    fromName: string;
    fromEmail: string;
    replyTo: string | null;
    phone: string | null;
    license: string | null;
  };
  tenant: Office;
  recipient: { email: string; name: string };
  /** The template with every variable filled in. A blank `text` is made from `html`. */
  rendered: { subject: string; preheader: string; html: string; text: string };
  /** Where this Worker answers, without a slash at the end. */
  publicUrl: string;
  /** The domain whose mail comes to this Worker; null for none, and replies go to a mailbox of the sender's. */
  inboundDomain: string | null;
  /** What this email continues, under that subject and not its own; null where it begins a thread. */
  thread: Thread | null;
  /** False: opens and clicks are not to be seen. Unsubscribing works either way. */
  trackingEnabled?: boolean;
  /** The same email to look at: no pixel, links that lead nowhere, nothing signed, and it may be to nobody (''). */
  preview?: boolean;
  /** Of a preview that is sent to who writes it: its links lead where they say. */
  keepsLinks?: boolean;
};

/**
 * `links`: how many lead through the click route. `htmlBytes`: of the HTML part, to be kept under `limits.htmlBytesShown`.
 * `faults`: everything that has to be put right first.
 */
export type ComposeResult =
  | { ok: true; email: OutgoingEmail; links: number; htmlBytes: number }
  | { ok: false; faults: ComposeFault[] };

/** What leads back to us from one email. */
type Ways = {
  messageId: string;
  replyTo: string | null;
  /** Where a bounce comes back to us from; null where no mail does. */
  returnPath: string | null;
  unsubscribeUrl: string;
  /** The List-Unsubscribe header (RFC 2369). */
  listUnsubscribe: string;
  pixelUrl: string | null;
  trapUrl: string | null;
  target: LinkTarget | "none";
};

/**
 * Makes the email one recipient gets for one step: letter, footer, both parts and every header but those the provider
 * writes (From, To, Date, MIME). Never throws for what a tenant or host put in; that comes back as faults.
 * @throws RangeError where the reference is not positive integers, which no row's key is
 */
export async function composeEmail(given: ComposeInput, signer: LinkSigner): Promise<ComposeResult> {
  const input = wellFormed(given);
  const faults = envelopeFaults(input);
  if (faults.length > 0) return { ok: false, faults };
  const ways = input.preview === true ? previewWays(input) : await signedWays(input, signer);
  const letter = await rewriteBody(input.rendered.html, ways.target);
  if (letter === null) {
    const message =
      "has a comment, tag or quote that is never closed, or tags that can't stand inside each other";
    return { ok: false, faults: [{ field: "rendered.html", message }] };
  }
  const subject = input.thread === null ? input.rendered.subject.trim() : replySubject(input.thread.subject);
  const footer = footerParts(input);
  const email: OutgoingEmail = {
    reference: input.reference,
    from: { email: input.sender.fromEmail, name: oneSpaced(input.sender.fromName) },
    to: { email: input.recipient.email, name: oneSpaced(input.recipient.name) },
    replyTo: ways.replyTo,
    ...(ways.returnPath !== null && { returnPath: ways.returnPath }),
    subject,
    html: emailDocument({
      subject,
      preheader: input.rendered.preheader,
      letter: letter.html,
      footer: footerHtml(footer, input.preview === true ? null : ways.unsubscribeUrl),
      pixelUrl: ways.pixelUrl,
      // An email without links has nothing that a trap could tell apart.
      trapUrl: letter.links > 0 ? ways.trapUrl : null,
    }),
    text: `${await textBody(input.rendered)}\n\n${footerText(footer, ways.unsubscribeUrl)}\n`,
    messageId: ways.messageId,
    headers: await headersOf(input, ways, signer),
  };
  const htmlBytes = bytesOf(email.html);
  if (htmlBytes + bytesOf(email.text) > limits.emailBytes) {
    const message = `makes an email of more than ${limits.emailBytes / 1000} KB`;
    return { ok: false, faults: [{ field: "rendered.html", message }] };
  }
  return { ok: true, email, links: letter.links, htmlBytes };
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** Half of a surrogate pair is what a CRM leaves that cuts a name off within an emoji. No encoding has a place for it. */
function wellFormed<Value>(value: Value): Value {
  if (typeof value === "string") return value.toWellFormed() as Value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, wellFormed(held)])) as Value;
}

/** Two blanks between the words of a name are one to whoever reads the header (RFC 5322 §3.2.5). */
const oneSpaced = (name: string) => name.replace(/ {2,}/g, " ").trim();

const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

const ownReplyTo = ({ campaign, sender }: ComposeInput) => campaign.replyTo ?? sender.replyTo;

async function signedWays(input: ComposeInput, signer: LinkSigner): Promise<Ways> {
  const { reference, publicUrl, inboundDomain, trackingEnabled = true } = input;
  const unsubscribeUrl = `${publicUrl}/u/${await signer.signLink({ kind: "unsubscribe", reference })}`;
  const mailbox = async (kind: Mailbox["kind"]) =>
    `${await signer.signMailbox({ kind, reference })}@${inboundDomain}`;
  const pixelUrl = trackingEnabled
    ? `${publicUrl}/o/${await signer.signLink({ kind: "open", reference })}.gif`
    : null;
  const byMail =
    inboundDomain === null ? "" : `, <mailto:${await mailbox("unsubscribe")}?subject=unsubscribe>`;
  return {
    messageId: await signer.signMessageId(reference, domainOf(input.sender.fromEmail)),
    replyTo: inboundDomain === null ? ownReplyTo(input) : await mailbox("reply"),
    returnPath: inboundDomain === null ? null : await mailbox("bounce"),
    unsubscribeUrl,
    listUnsubscribe: `<${unsubscribeUrl}>${byMail}`,
    pixelUrl,
    trapUrl: trackingEnabled ? `${publicUrl}/c/${await signer.signLink({ kind: "trap", reference })}` : null,
    target: async (url) => {
      const destination =
        trackingEnabled && !url.startsWith(`${publicUrl}/u/`) ? clickDestination(url) : null;
      if (destination === null) return null;
      return `${publicUrl}/c/${await signer.signLink({ kind: "click", reference, url: destination })}`;
    },
  };
}

function previewWays(input: ComposeInput): Ways {
  const unsubscribeUrl = `${input.publicUrl}/u/preview`;
  return {
    messageId: `<preview@${domainOf(input.sender.fromEmail)}>`,
    replyTo: ownReplyTo(input),
    returnPath: null,
    unsubscribeUrl,
    listUnsubscribe: `<${unsubscribeUrl}>`,
    pixelUrl: null,
    trapUrl: null,
    target: input.keepsLinks === true ? async () => null : "none",
  };
}

const footerParts = ({ tenant, sender }: ComposeInput): FooterParts => ({
  brokerage: tenant,
  agent: { name: sender.fromName, license: sender.license, phone: sender.phone },
});

async function textBody({ html, text }: ComposeInput["rendered"]): Promise<string> {
  const written = text.replaceAll("\0", "").replace(/\r\n?/g, "\n").trim();
  return written === "" ? htmlToText(html.replaceAll("\0", "")) : written;
}

/**
 * RFC 8058 wants both List-Unsubscribe headers. Feedback-ID (https://support.google.com/a/answer/6254652) is at most three
 * fields and a SenderId of 5 to 15 characters, which together name the campaign and tenant to Gmail, never the person.
 * No Precedence and no Auto-Submitted: a person writes to a person, and means to be answered.
 */
async function headersOf(
  input: ComposeInput,
  ways: Ways,
  signer: LinkSigner,
): Promise<Record<string, string>> {
  const { campaign, sender, reference, thread } = input;
  return {
    "Message-ID": ways.messageId,
    "List-Unsubscribe": ways.listUnsubscribe,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Feedback-ID": [...(campaign.id === undefined ? [] : [campaign.id]), reference.tenantId]
      .map((id) => id.toString(36))
      .concat("outreach", "doorknock")
      .join(":"),
    ...(await threadHeaders(signer, reference, thread?.earlierSteps ?? [], domainOf(sender.fromEmail))),
  };
}
