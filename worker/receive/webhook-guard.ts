import type { Ctx } from "../context.ts";
import { createScope } from "../db/scope.ts";
import { recordPost } from "../db/webhook-posts.ts";
import type { OpenAccount, WebhookRequest } from "../providers/provider.ts";
import { computeOldestSignatureTime } from "../providers/signature.ts";

/**
 * Whether a post is the account's service speaking: its signature is right and fresh and, where that does not cover the
 * body, was not seen on another one. The same post again is genuine: services repeat what they got no answer to.
 * @throws what D1 throws; the service is to try again
 */
export async function isGenuinePost(
  ctx: Ctx,
  account: OpenAccount,
  request: WebhookRequest,
): Promise<boolean> {
  const now = ctx.now();
  const verified = await ctx.providers[account.provider].verify(request, account, now);
  if (!verified.ok) return false;
  if (verified.replay === undefined) return true;
  const post = { accountId: account.id, ...verified.replay };
  return recordPost(createScope(ctx.db, account.tenantId), post, computeOldestSignatureTime(now));
}
