import type { Scope } from "./scope.ts";

/** One page of a campaign's recipients, in the order they were added. */
export async function recipientPage(
  { db, tenantId }: Scope,
  page: { campaignId: number; properties: readonly string[] | null; after: number; limit: number },
): Promise<number[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT id FROM campaign_recipients INDEXED BY campaign_recipients_email
      WHERE campaign_id = ?1 AND tenant_id = ?2 AND +id > ?3
        AND (?4 IS NULL OR property_id IN (SELECT value FROM json_each(?4)))
      ORDER BY id LIMIT ?5`,
    )
    .bind(
      page.campaignId,
      tenantId,
      page.after,
      page.properties === null ? null : JSON.stringify(page.properties),
      page.limit,
    )
    .all<{ id: number }>();
  return results.map((row) => row.id);
}

/** How many of each sender's recipients stand before a page, and are still to be written to. */
export async function countBefore(
  { db, tenantId }: Scope,
  campaignId: number,
  after: number,
): Promise<Map<number, number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT sender_id AS senderId, count(*) AS count FROM campaign_recipients
      WHERE campaign_id = ?1 AND +tenant_id = ?2 AND +id <= ?3 AND status = 'active'
        AND next_step <= (SELECT count(*) FROM campaign_steps WHERE campaign_id = ?1)
      GROUP BY sender_id`,
    )
    .bind(campaignId, tenantId, after)
    .all<{ senderId: number; count: number }>();
  return new Map(results.map(({ senderId, count }) => [senderId, count]));
}
