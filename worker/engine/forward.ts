import type { Ctx } from "../context.ts";
import type { SenderIdentity } from "../db/material.ts";
import type { Candidate } from "../domain/eligibility.ts";
import { escapeHtml } from "../mail/html-text.ts";
import type { InboundEmail } from "../mail/inbound.ts";
import { loadEmailServices } from "./material.ts";

/** The part of a reply that is passed on; the whole of it is rarely more. */
const forwardedLength = 100_000;

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
  const service = (await loadEmailServices(ctx, [recipient.tenantId])).get(recipient.tenantId);
  if (service === undefined) return;
  const name = oneLine(email.fromName || recipient.name || email.from);
  const subject = oneLine(email.subject) || "(no subject)";
  const text = email.text.slice(0, forwardedLength);
  const domain = sender.fromEmail.slice(sender.fromEmail.indexOf("@") + 1);
  const messageId = `<forward.${ctx.newId()}@${domain}>`;
  const outcome = await service.send({
    // No message of a sequence: what becomes of this email must not be taken for something the owner did.
    reference: { tenantId: recipient.tenantId, recipientId: 0, stepNumber: 0 },
    from: { email: sender.fromEmail, name: `${name} (reply)` },
    to: { email: to, name: sender.fromName },
    replyTo: email.from === "" ? null : email.from,
    subject,
    text,
    html: `<pre style="font: inherit; white-space: pre-wrap">${escapeHtml(text)}</pre>`,
    messageId,
    headers: { "Message-ID": messageId },
  });
  if (outcome.kind !== "accepted") {
    console.error(JSON.stringify({ level: "error", msg: "reply not passed on", outcome: outcome.kind }));
  }
}

function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 200);
}
