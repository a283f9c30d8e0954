import { escapeHtml } from "../../shared/html-text.ts";
import { loadEmailService } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import type { SenderIdentity } from "../db/email-inputs.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import type { InboundEmail } from "../mail/inbound/inbound.ts";

/** The most characters of a reply that are forwarded. */
const maxForwardedLength = 100_000;

/**
 * The name of a header on forwarded emails. The header stops a loop if a mailbox sends a forwarded
 * email back.
 */
export const forwardedHeaderName = "x-doorknock-forwarded";

/**
 * Forwards a reply to the agent's own mailbox, with the writer's address as Reply-To. The reply is
 * already recorded, so a failure here loses only the forwarded copy.
 */
export async function forwardReply(
  ctx: Ctx,
  email: InboundEmail,
  { recipient, campaign }: Candidate,
  sender: SenderIdentity,
): Promise<void> {
  const to = campaign.replyTo ?? sender.replyTo ?? sender.fromEmail;
  // An email to our own inbound domain would come straight back here.
  if (to.endsWith(`@${ctx.settings.INBOUND_DOMAIN}`)) return;
  const service = await loadEmailService(ctx, sender.id);
  if (service === null) return;
  const name = toSingleLine(email.fromName || recipient.name || email.from);
  const subject = toSingleLine(email.subject) || "(no subject)";
  const text = `${email.text.slice(0, maxForwardedLength)}${formatAttachmentNote(email)}`;
  const domain = sender.fromEmail.slice(sender.fromEmail.indexOf("@") + 1);
  const messageId = `<forward.${ctx.newId()}@${domain}>`;
  const outcome = await service.send({
    // Recipient 0 does not exist, so events about the forwarded email never count for the real
    // recipient.
    reference: { tenantId: recipient.tenantId, recipientId: 0, stepNumber: 0 },
    from: { email: sender.fromEmail, name: `${name} (reply)` },
    to: { email: to, name: sender.fromName },
    replyTo: /^[^\s<>(),;:\\"[\]@]+@[\w.-]+$/.test(email.from) ? email.from : null,
    replyToName: name,
    subject,
    text,
    html: `<pre style="font: inherit; white-space: pre-wrap">${escapeHtml(text)}</pre>`,
    messageId,
    headers: {
      "Message-ID": messageId,
      // The References header puts the agent's answer into the same thread in the recipient's
      // mailbox.
      ...(isMessageId(email.messageId) ? { References: `<${email.messageId}>` } : {}),
      // Auto-Submitted keeps the agent's vacation responder from answering (RFC 3834 §2).
      "Auto-Submitted": "auto-generated",
      [forwardedHeaderName]: "reply",
    },
  });
  if (outcome.kind !== "accepted") {
    console.error(JSON.stringify({ level: "error", msg: "reply not passed on", outcome: outcome.kind }));
  }
}

/**
 * Returns a note with the names of the attachments. Attachments are not forwarded, because their
 * size has no bound.
 */
function formatAttachmentNote({ attachmentNames }: InboundEmail): string {
  if (attachmentNames.length === 0) return "";
  return `\n\n[Attachments not forwarded. Ask the sender for: ${toSingleLine(attachmentNames.join(", "))}]`;
}

function isMessageId(id: string | null): boolean {
  return id !== null && /^[\x21-\x3b\x3d\x3f-\x7e]{3,250}$/.test(id) && id.includes("@");
}

function toSingleLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 200);
}
