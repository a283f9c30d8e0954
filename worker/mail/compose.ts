import type { MessageReference, OutgoingEmail } from "../providers/provider.ts";
import { type LinkTarget, rewriteBody } from "./body.ts";
import { emailDocument } from "./document.ts";
import { type ComposeFault, envelopeFaults } from "./envelope.ts";
import { type FooterParts, footerHtml, footerText } from "./footer.ts";
import { htmlToText } from "./html-to-text.ts";
import { clickDestination, type LinkSigner } from "./tracking.ts";

/** All that goes into one email. Rows of the database fit in as they are. */
export type ComposeInput = {
  reference: MessageReference;
  /** `id` goes into Feedback-ID where it is known. */
  campaign: { id?: number; replyTo: string | null };
  sender: { fromName: string; fromEmail: string; replyTo: string | null; license: string | null };
  tenant: { name: string; postalAddress: string; license: string | null };
  recipient: { email: string; name: string };
  /** The template with every variable filled in. A blank `text` is made from `html`. */
  rendered: { subject: string; html: string; text: string };
  /** Where this Worker answers, without a slash at the end. */
  publicUrl: string;
  /** The domain whose mail comes to this Worker; null for none, and replies go to a mailbox of the sender's. */
  inboundDomain: string | null;
  /** The Message-ID of the email this one follows, with angle brackets; null for the first. */
  previousMessageId: string | null;
  /** False: opens and clicks are not to be seen. Unsubscribing works either way. */
  trackingEnabled?: boolean;
  /** The same email to look at: no pixel, links that lead nowhere, nothing signed, and it may be to nobody (''). */
  preview?: boolean;
};

/** `links`: how many lead through the click route. `faults`: everything that has to be put right first. */
export type ComposeResult =
  | { ok: true; email: OutgoingEmail; links: number }
  | { ok: false; faults: ComposeFault[] };

/** What leads back to us from one email. */
type Ways = {
  messageId: string;
  replyTo: string | null;
  unsubscribeUrl: string;
  /** The List-Unsubscribe header (RFC 2369). */
  listUnsubscribe: string;
  pixelUrl: string | null;
  target: LinkTarget | "none";
};

/**
 * Makes the email one recipient gets for one step: letter, footer, both parts and every header but those the provider
 * writes (From, To, Date, MIME). Never throws for what a tenant or host put in; that comes back as faults.
 * @throws RangeError where the reference is not positive integers, which no row's key is
 */
export async function composeEmail(input: ComposeInput, signer: LinkSigner): Promise<ComposeResult> {
  const faults = envelopeFaults(input);
  if (faults.length > 0) return { ok: false, faults };
  const ways = input.preview === true ? previewWays(input) : await signedWays(input, signer);
  const letter = await rewriteBody(input.rendered.html, ways.target);
  if (letter === null) {
    const message =
      "has a comment, tag or quote that is never closed, or tags that can't stand inside each other";
    return { ok: false, faults: [{ field: "rendered.html", message }] };
  }
  const subject = input.rendered.subject.trim();
  const footer = footerParts(input);
  const email: OutgoingEmail = {
    reference: input.reference,
    from: { email: input.sender.fromEmail, name: input.sender.fromName },
    to: { email: input.recipient.email, name: input.recipient.name },
    replyTo: ways.replyTo,
    subject,
    html: emailDocument({
      subject,
      letter: letter.html,
      footer: footerHtml(footer, input.preview === true ? null : ways.unsubscribeUrl),
      pixelUrl: ways.pixelUrl,
    }),
    text: `${await textBody(input.rendered)}\n\n${footerText(footer, ways.unsubscribeUrl)}\n`,
    messageId: ways.messageId,
    headers: headersOf(input, ways),
  };
  return { ok: true, email, links: letter.links };
}

const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

const ownReplyTo = ({ campaign, sender }: ComposeInput) => campaign.replyTo ?? sender.replyTo;

async function signedWays(input: ComposeInput, signer: LinkSigner): Promise<Ways> {
  const { reference, publicUrl, inboundDomain, trackingEnabled = true } = input;
  const unsubscribeUrl = `${publicUrl}/u/${await signer.signLink({ kind: "unsubscribe", reference })}`;
  const mailbox = async (kind: "reply" | "unsubscribe") =>
    `${await signer.signMailbox({ kind, reference })}@${inboundDomain}`;
  const pixelUrl = trackingEnabled
    ? `${publicUrl}/o/${await signer.signLink({ kind: "open", reference })}.gif`
    : null;
  const byMail =
    inboundDomain === null ? "" : `, <mailto:${await mailbox("unsubscribe")}?subject=unsubscribe>`;
  return {
    messageId: await signer.signMessageId(reference, domainOf(input.sender.fromEmail)),
    replyTo: inboundDomain === null ? ownReplyTo(input) : await mailbox("reply"),
    unsubscribeUrl,
    listUnsubscribe: `<${unsubscribeUrl}>${byMail}`,
    pixelUrl,
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
    unsubscribeUrl,
    listUnsubscribe: `<${unsubscribeUrl}>`,
    pixelUrl: null,
    target: "none",
  };
}

const footerParts = ({ tenant, sender }: ComposeInput): FooterParts => ({
  brokerage: tenant,
  agent: { name: sender.fromName, license: sender.license },
});

async function textBody({ html, text }: ComposeInput["rendered"]): Promise<string> {
  const written = text.replaceAll("\0", "").replace(/\r\n?/g, "\n").trim();
  return written === "" ? htmlToText(html.replaceAll("\0", "")) : written;
}

/** RFC 8058 wants both List-Unsubscribe headers. Feedback-ID names the campaign and tenant to Gmail, never the person. */
function headersOf(input: ComposeInput, ways: Ways): Record<string, string> {
  const { campaign, reference, previousMessageId } = input;
  return {
    "Message-ID": ways.messageId,
    "List-Unsubscribe": ways.listUnsubscribe,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Feedback-ID": [...(campaign.id === undefined ? [] : [campaign.id]), reference.tenantId]
      .map((id) => id.toString(36))
      .concat("outreach", "doorknock")
      .join(":"),
    ...(previousMessageId !== null && { "In-Reply-To": previousMessageId, References: previousMessageId }),
  };
}
