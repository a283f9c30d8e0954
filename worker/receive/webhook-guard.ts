import type { Ctx } from "../context.ts";
import { createScope } from "../db/scope.ts";
import { recordWebhookPost } from "../db/webhook-posts.ts";
import type { OpenAccount, WebhookRequest } from "../providers/provider.ts";
import { computeOldestSignatureTime } from "../providers/signature.ts";

/**
 * Tells whether a post came from the account's service: its signature is correct and recent. If the
 * signature does not cover the body, it must not have come with another body before.
 * The same post twice is genuine, because services repeat unanswered posts.
 * @throws the error of D1; the service must post again
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
  return recordWebhookPost(createScope(ctx.db, account.tenantId), post, computeOldestSignatureTime(now));
}
