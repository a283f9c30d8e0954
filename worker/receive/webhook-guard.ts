import type { Ctx } from "../context.ts";
import { createScope } from "../db/scope.ts";
import { recordWebhookPost } from "../db/webhook-posts.ts";
import type { UnsealedAccount, WebhookRequest } from "../providers/provider.ts";
import { computeOldestSignatureTime } from "../providers/signature.ts";

/**
 * Verifies that a post has a correct and recent signature of the account's service. If the
 * signature does not cover the body, no earlier post may have carried the same signed token with
 * another body. A repeated post passes, because services repeat unanswered posts. The token of a
 * post is recorded for the next check.
 * @returns false if the post is forged or too old
 * @throws the error of D1; the service must post again
 */
export async function verifyAndRecordPost(
  ctx: Ctx,
  account: UnsealedAccount,
  request: WebhookRequest,
): Promise<boolean> {
  const now = ctx.now();
  const verified = await ctx.providers[account.provider].verify(request, account, now);
  if (!verified.ok) return false;
  if (verified.replay === undefined) return true;
  const post = { accountId: account.id, ...verified.replay };
  return recordWebhookPost(createScope(ctx.db, account.tenantId), post, computeOldestSignatureTime(now));
}
