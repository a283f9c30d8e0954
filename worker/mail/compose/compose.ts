import { limits } from "../../../shared/limits.ts";
import { decideDisclosure } from "../../domain/compliance/disclosure.ts";
import { isLastNote } from "../../domain/compliance/last-note.ts";
import { formatThreadSubject } from "../../domain/send/thread.ts";
import type { OutgoingEmail } from "../../providers/provider.ts";
import { type InboundMailbox, type LinkSigner, normalizeClickDestination } from "../link-signer.ts";
import { buildLinkedBodies } from "./bodies.ts";
import { addAgencyFormLink } from "./body-form.ts";
import { renderEmailDocument } from "./document.ts";
import type { LinkReplacer } from "./finish-letter.ts";
import { renderFooterHtml, renderFooterText } from "./footer.ts";
import { type ComposeFault, findHeaderAndFooterFaults } from "./header-faults.ts";
import type { ComposeInput } from "./input.ts";
import { buildThreadHeaders } from "./thread-headers.ts";

/**
 * The composed email, or every reason why the email can't be sent (`faults`).
 * - `links`: how many links lead through this Worker, which records the clicks.
 * - `htmlBytes`: the size of the HTML part, for a comparison with `limits.htmlBytesShown`.
 * - `saysLast`: true if the letter says that no more emails will come.
 * - `unusable`: the variables whose values make a link that leads nowhere. An email with such
 *   values is composed only for a preview.
 */
export type ComposeResult =
  | {
      ok: true;
      email: OutgoingEmail;
      links: number;
      htmlBytes: number;
      saysLast: boolean;
      unusable: string[];
    }
  | { ok: false; faults: ComposeFault[]; unusable: string[] };

/** The addresses, links and ids in one email that lead back to this Worker. */
type ReturnRoutes = {
  messageId: string;
  replyTo: string | null;
  /**
   * The envelope's sender, to which bounces are sent; null if no mail is delivered to this Worker.
   */
  returnPath: string | null;
  unsubscribeUrl: string;
  /** The List-Unsubscribe header (RFC 2369). */
  listUnsubscribe: string;
  pixelUrl: string | null;
  trapUrl: string | null;
  target: LinkReplacer | "none";
};

/**
 * Composes the email that one recipient gets for one step: letter, footer, HTML part, text part,
 * and all headers but the provider's own (From, To, Date, MIME). Bad input from a tenant or host is
 * returned as faults.
 * @throws RangeError if an id of the reference is not a positive integer; rows have only positive
 *   ids
 */
export async function composeEmail(given: ComposeInput, signer: LinkSigner): Promise<ComposeResult> {
  const input = makeWellFormed(given);
  const faults = findHeaderAndFooterFaults(input);
  if (faults.length > 0) return { ok: false, faults, unusable: [] };
  const routes = input.preview === true ? buildPreviewRoutes(input) : await buildSignedRoutes(input, signer);
  const disclosure = decideDisclosure(input.tenant, input.sender, input.occasion);
  const written = addAgencyFormLink(input.rendered, disclosure.form, input.sender.fromName);
  const bodies = await buildLinkedBodies(written, routes.target);
  const isHeld = bodies.unusable.length > 0 && input.preview !== true;
  if (bodies.faults.length > 0 || isHeld) {
    return { ok: false, faults: bodies.faults, unusable: bodies.unusable };
  }
  const subject = input.thread === null ? input.rendered.subject.trim() : formatThreadSubject(input.thread);
  const email: OutgoingEmail = {
    reference: input.reference,
    from: { email: input.sender.fromEmail, name: collapseSpaces(input.sender.fromName) },
    to: { email: input.recipient.email, name: collapseSpaces(input.recipient.name) },
    replyTo: routes.replyTo,
    ...(routes.returnPath !== null && { returnPath: routes.returnPath }),
    subject,
    html: renderEmailDocument({
      language: input.occasion.language ?? "en",
      subject,
      preheader: input.rendered.preheader,
      letter: bodies.html,
      footer: renderFooterHtml(disclosure, input.preview === true ? null : routes.unsubscribeUrl),
      pixelUrl: routes.pixelUrl,
      // The trap link is a hidden link that only programs follow. An email without other links
      // needs no trap link, because such an email has no clicks to tell apart.
      trapUrl: bodies.links > 0 ? routes.trapUrl : null,
    }),
    text: `${bodies.text}\n\n${renderFooterText(disclosure, routes.unsubscribeUrl)}\n`,
    messageId: routes.messageId,
    headers: await buildHeaders(input, routes, signer),
  };
  const htmlBytes = countBytes(email.html);
  if (htmlBytes + countBytes(email.text) > limits.emailBytes) {
    const message = `makes an email of more than ${limits.emailBytes / 1000} KB`;
    return { ok: false, faults: [{ field: "rendered.html", message }], unusable: [] };
  }
  const saysLast = isLastNote(subject, bodies.text);
  return { ok: true, email, links: bodies.links, htmlBytes, saysLast, unusable: bodies.unusable };
}

const countBytes = (text: string) => new TextEncoder().encode(text).length;

/**
 * Replaces each lone surrogate in every string of `value`, because UTF-8 can't represent a lone
 * surrogate. A CRM that cuts off a name in the middle of an emoji leaves a lone surrogate.
 */
function makeWellFormed<Value>(value: Value): Value {
  if (typeof value === "string") return value.toWellFormed() as Value;
  if (Array.isArray(value)) return value.map((held: unknown) => makeWellFormed(held)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, makeWellFormed(held)]),
  ) as Value;
}

/**
 * Returns the name with single spaces, because programs read several spaces in a header as one
 * space (RFC 5322 §3.2.5).
 */
const collapseSpaces = (name: string) => name.replace(/ {2,}/g, " ").trim();

const getDomain = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

const pickOwnReplyTo = ({ campaign, sender }: ComposeInput) => campaign.replyTo ?? sender.replyTo;

async function buildSignedRoutes(input: ComposeInput, signer: LinkSigner): Promise<ReturnRoutes> {
  const { reference, publicUrl, inboundDomain, trackingEnabled = true } = input;
  const token = await signer.signLink({ kind: "unsubscribe", reference, email: input.recipient.email });
  // The page behind the link is in the letter's language.
  const unsubscribeUrl = `${publicUrl}/u/${token}${input.occasion.language === "es" ? "?lang=es" : ""}`;
  const mailbox = async (kind: InboundMailbox["kind"]) =>
    `${await signer.signMailbox({ kind, reference })}@${inboundDomain}`;
  const pixelUrl = trackingEnabled
    ? `${publicUrl}/o/${await signer.signLink({ kind: "open", reference })}.gif`
    : null;
  const byMail =
    inboundDomain === null ? "" : `, <mailto:${await mailbox("unsubscribe")}?subject=unsubscribe>`;
  return {
    messageId: await signer.signMessageId(reference, getDomain(input.sender.fromEmail)),
    replyTo: inboundDomain === null ? pickOwnReplyTo(input) : await mailbox("reply"),
    returnPath: inboundDomain === null ? null : await mailbox("bounce"),
    unsubscribeUrl,
    listUnsubscribe: `<${unsubscribeUrl}>${byMail}`,
    pixelUrl,
    trapUrl: trackingEnabled ? `${publicUrl}/c/${await signer.signLink({ kind: "trap", reference })}` : null,
    target: async (url) => {
      const destination =
        trackingEnabled && !url.startsWith(`${publicUrl}/u/`) ? normalizeClickDestination(url) : null;
      if (destination === null) return null;
      return `${publicUrl}/c/${await signer.signLink({ kind: "click", reference, url: destination })}`;
    },
  };
}

function buildPreviewRoutes(input: ComposeInput): ReturnRoutes {
  const unsubscribeUrl = `${input.publicUrl}/u/preview`;
  return {
    messageId: `<preview@${getDomain(input.sender.fromEmail)}>`,
    replyTo: pickOwnReplyTo(input),
    returnPath: null,
    unsubscribeUrl,
    listUnsubscribe: `<${unsubscribeUrl}>`,
    pixelUrl: null,
    trapUrl: null,
    target: input.keepsLinks === true ? async () => null : "none",
  };
}

/**
 * Returns the headers of one email. RFC 8058 requires both List-Unsubscribe headers. Precedence and
 * Auto-Submitted are left out: an agent writes as a person and expects an answer.
 *
 * Feedback-ID names the campaign and the tenant to Gmail, never the recipient. Gmail allows at most
 * three fields and a SenderId of 5 to 15 characters.
 * @see https://support.google.com/a/answer/6254652
 */
async function buildHeaders(
  input: ComposeInput,
  routes: ReturnRoutes,
  signer: LinkSigner,
): Promise<Record<string, string>> {
  const { campaign, sender, reference, thread } = input;
  return {
    "Message-ID": routes.messageId,
    "List-Unsubscribe": routes.listUnsubscribe,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Feedback-ID": [...(campaign.id === undefined ? [] : [campaign.id]), reference.tenantId]
      .map((id) => id.toString(36))
      .concat("outreach", "doorknock")
      .join(":"),
    ...(await buildThreadHeaders(signer, reference, thread?.earlierSteps ?? [], getDomain(sender.fromEmail))),
  };
}
