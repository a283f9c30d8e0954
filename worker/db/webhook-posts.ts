import type { Scope } from "./scope.ts";

/** A post whose signature covers its token and timestamp but not its body. `bodyHash`: SHA-256 as hex. */
export type SignedPost = { accountId: number; token: string; signedAt: number; bodyHash: string };

/** Each post takes away at most so many old ones, which is more than it adds. */
const forgottenAtOnce = 20;

/**
 * Remembers a post and forgets old ones: one row written for a new post, none for one that is known, and one for each
 * that is forgotten. Days come first in the key, so looking for old ones reads old ones only.
 * @param oldest ms UTC: what was signed on an earlier day is refused as too old anyway
 * @returns false if this token was seen with another body: somebody who has seen one signed post is forging others
 */
export async function rememberPost(
  { db, tenantId }: Scope,
  { accountId, token, signedAt, bodyHash }: SignedPost,
  oldest: number,
): Promise<boolean> {
  const day = dayOf(signedAt);
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
           SELECT day, account_id, token FROM webhook_posts WHERE day < ? LIMIT ${forgottenAtOnce})`,
      )
      .bind(dayOf(oldest)),
  ]);
  return kept?.results[0]?.bodyHash === bodyHash;
}

/** YYYY-MM-DD, UTC. */
function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
