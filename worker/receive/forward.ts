import { loadEmailService } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import type { SenderIdentity } from "../db/email-inputs.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { escapeHtml } from "../mail/html-text.ts";
import type { InboundEmail } from "../mail/inbound/inbound.ts";

/** The part of a reply that is passed on; the whole of it is rarely more. */
const forwardedLength = 100_000;

/** On what was passed on, so that a mailbox that sends it back to us starts no loop. */
export const forwardedMark = "x-doorknock-forwarded";

/**
 * Passes a reply on to the agent's own mailbox, with Reply-To the owner, so that the conversation goes on there. A
 * reply is recorded before this; if passing it on fails, it is still in the drawer's timeline.
 */
export async function forwardReply(
  ctx: Ctx,
  email: InboundEmail,
  { recipient, campaign }: Candidate,
  sender: SenderIdentity,
): Promise<void> {
  const to = campaign.replyTo ?? sender.replyTo ?? sender.fromEmail;
  // An address at our own inbound domain would come straight back here.
  if (to.endsWith(`@${ctx.settings.INBOUND_DOMAIN}`)) return;
  const service = await loadEmailService(ctx, sender.id);
  if (service === null) return;
  const name = oneLine(email.fromName || recipient.name || email.from);
  const subject = oneLine(email.subject) || "(no subject)";
  const text = `${email.text.slice(0, forwardedLength)}${attachmentNote(email)}`;
  const domain = sender.fromEmail.slice(sender.fromEmail.indexOf("@") + 1);
  const messageId = `<forward.${ctx.newId()}@${domain}>`;
  const outcome = await service.send({
    // No message of a sequence: what becomes of this email must not be taken for something the owner did.
    reference: { tenantId: recipient.tenantId, recipientId: 0, stepNumber: 0 },
    from: { email: sender.fromEmail, name: `${name} (reply)` },
    to: { email: to, name: sender.fromName },
    replyTo: /^[^\s<>(),;:\\"[\]@]+@[\w.-]+$/.test(email.from) ? email.from : null,
    subject,
    text,
    html: `<pre style="font: inherit; white-space: pre-wrap">${escapeHtml(text)}</pre>`,
    messageId,
    headers: {
      "Message-ID": messageId,
      // What the agent answers stands under the owner's own email in the owner's mailbox.
      ...(isMessageId(email.messageId) ? { References: `<${email.messageId}>` } : {}),
      // No vacation message of the agent's answers it (RFC 3834 §2).
      "Auto-Submitted": "auto-generated",
      [forwardedMark]: "reply",
    },
  });
  if (outcome.kind !== "accepted") {
    console.error(JSON.stringify({ level: "error", msg: "reply not passed on", outcome: outcome.kind }));
  }
}

/** Files are not passed on: they are bounded by nothing but the email, and the owner is one click away. */
function attachmentNote({ attachmentNames }: InboundEmail): string {
  if (attachmentNames.length === 0) return "";
  return `\n\n[Not passed on, ask for it: ${oneLine(attachmentNames.join(", "))}]`;
}

function isMessageId(id: string | null): boolean {
  return id !== null && /^[\x21-\x3b\x3d\x3f-\x7e]{3,250}$/.test(id) && id.includes("@");
}

function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 200);
}
