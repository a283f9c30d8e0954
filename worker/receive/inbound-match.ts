import type { Ctx } from "../context.ts";
import { findLastMessage } from "../db/last-message.ts";
import { createScope } from "../db/scope.ts";
import type { MatchedBy } from "../domain/receive/inbound.ts";
import type { InboundEmail } from "../mail/inbound/inbound.ts";
import type { LinkSigner } from "../mail/tracking.ts";
import type { MessageReference } from "../providers/provider.ts";

/** The message of ours that an incoming email is about, and how that is known. */
export type Match = { by: MatchedBy; reference: MessageReference };

/** A person who writes without answering is taken to answer what they were sent within this time. */
const recentMs = 30 * 86_400_000;
const addressesRead = 20;

/**
 * By the token in the address it came to; else by our Message-ID in what it answers or gives back; else, within one
 * tenant, by who wrote it and what they were last sent. All but the last are signed.
 * @param tenantId whose account it came through; null where only the email itself can say
 */
export async function matchOf(
  ctx: Ctx,
  signer: LinkSigner,
  email: InboundEmail,
  to: readonly string[],
  tenantId: number | null,
): Promise<Match | null> {
  for (const address of [...to, ...email.to].slice(0, addressesRead)) {
    const mailbox = await signer.readMailbox(address.slice(0, Math.max(0, address.lastIndexOf("@"))));
    if (mailbox !== null) return { by: mailbox.kind, reference: mailbox.reference };
  }
  const isReport = email.reports !== null || email.feedback !== null;
  // What a person attaches or quotes is not what they answer.
  const ids = isReport ? `${email.answers} ${email.returned}` : email.answers;
  const answered = await signer.readMessageIds(ids);
  if (answered !== null) return { by: "messageId", reference: answered };
  if (tenantId === null || isReport || email.from === "") return null;
  const last = await findLastMessage(createScope(ctx.db, tenantId), email.from, ctx.now() - recentMs);
  return last && { by: "sender", reference: { tenantId, ...last } };
}
