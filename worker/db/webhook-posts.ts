import type { Scope } from "./scope.ts";

/**
 * A post whose signature covers its token and timestamp but not its body. `bodyHash` is SHA-256 in
 * hex.
 */
export type SignedPost = { accountId: number; token: string; signedAt: number; bodyHash: string };

/**
 * The most old posts that are deleted with each new post. The number is above one, so that the
 * table shrinks.
 */
const maxDeletedPosts = 20;

/**
 * Stores a post and deletes old posts. Writes one row for a new post, no row for a known post, and
 * one row per deleted post. The key begins with the day, so that only old posts are read.
 * @param oldest ms UTC; posts that were signed on an earlier day are deleted, because such posts
 *   are refused as too old
 * @returns false if this token was stored with another body, which means that the post is forged
 */
export async function recordWebhookPost(
  { db, tenantId }: Scope,
  { accountId, token, signedAt, bodyHash }: SignedPost,
  oldest: number,
): Promise<boolean> {
  const day = toUtcDay(signedAt);
  const [, kept] = await db.$client.batch<{ bodyHash: string }>([
    db.$client
      .prepare(
        `INSERT INTO webhook_posts (day, account_id, token, tenant_id, body_hash)
         VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .bind(day, accountId, token, tenantId, bodyHash),
    db.$client
      .prepare(
        "SELECT body_hash AS bodyHash FROM webhook_posts WHERE day = ? AND account_id = ? AND token = ? AND +tenant_id = ?",
      )
      .bind(day, accountId, token, tenantId),
    db.$client
      .prepare(
        `DELETE FROM webhook_posts WHERE (day, account_id, token) IN (
           SELECT day, account_id, token FROM webhook_posts WHERE day < ? LIMIT ${maxDeletedPosts})`,
      )
      .bind(toUtcDay(oldest)),
  ]);
  return kept?.results[0]?.bodyHash === bodyHash;
}

/** Returns the day as YYYY-MM-DD, UTC. */
function toUtcDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
