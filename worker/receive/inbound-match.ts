import { dayMs } from "../../shared/time-lengths.ts";
import type { Ctx } from "../context.ts";
import { findLastMessage } from "../db/last-message.ts";
import { createScope } from "../db/scope.ts";
import type { InboundMatchProof } from "../domain/receive/trusted-meaning.ts";
import type { InboundEmail } from "../mail/inbound/inbound.ts";
import type { LinkSigner } from "../mail/link-signer.ts";
import type { MessageReference } from "../providers/provider.ts";

/**
 * The message that an incoming email answers or reports on. `by` says how the message was found.
 */
export type InboundMatch = { by: InboundMatchProof; reference: MessageReference };

/**
 * The time after our last email to a person during which an email from the person's address is
 * matched to our last email.
 */
const recentMs = 30 * dayMs;
const maxAddressesRead = 20;

/**
 * Finds the message that an incoming email belongs to. The message is looked for in this order: by
 * the token in an address to which the email was sent, by our Message-ID, by the writer's address.
 * Anybody can forge the writer's address, so the address counts only within a known tenant.
 * @param tenantId the tenant of the provider account; null if the email came to our own inbound
 *   domain
 */
export async function matchInboundEmail(
  ctx: Ctx,
  signer: LinkSigner,
  email: InboundEmail,
  to: readonly string[],
  tenantId: number | null,
): Promise<InboundMatch | null> {
  for (const address of [...to, ...email.to].slice(0, maxAddressesRead)) {
    const mailbox = await signer.readMailbox(address.slice(0, Math.max(0, address.lastIndexOf("@"))));
    if (mailbox !== null) return { by: mailbox.kind, reference: mailbox.reference };
  }
  const isReport = email.reports !== null || email.feedback !== null || Boolean(email.disposition);
  // A report returns our email, so the Message-IDs in the returned email count too. In a person's
  // email only the reply headers count, because anybody may attach or quote an email.
  const ids = isReport ? `${email.answers} ${email.returned}` : email.answers;
  const answered = await signer.readMessageIds(ids);
  if (answered !== null) return { by: "messageId", reference: answered };
  if (tenantId === null || isReport || email.from === "") return null;
  const last = await findLastMessage(createScope(ctx.db, tenantId), email.from, ctx.now() - recentMs);
  return last && { by: "sender", reference: { tenantId, ...last } };
}
