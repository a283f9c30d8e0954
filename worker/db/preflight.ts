import { sequenceEndStepNumber } from "../../shared/limits.ts";
import { queueLaneNumbers } from "./queue-order.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/**
 * Returns the ids of one page of a campaign's recipients, in the order in which the recipients were
 * added.
 */
export async function listRecipientIdsOfPage(
  { db, tenantId }: Scope,
  page: { campaignId: number; properties: readonly string[] | null; after: number; limit: number },
): Promise<number[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT id FROM campaign_recipients
      WHERE ${recipientRangeSql("?1", "campaign_recipients", { after: "?3" })} AND +tenant_id = ?2
        AND (?4 IS NULL OR +property_id IN (SELECT value FROM json_each(?4)))
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

/** Counts, per sender, the recipients on earlier pages who still get emails. */
export async function countRecipientsBeforePage(
  { db, tenantId }: Scope,
  campaignId: number,
  after: number,
): Promise<Map<number, number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT sender_id AS senderId, count(*) AS count FROM campaign_recipients
      WHERE ${recipientRangeSql("?1", "campaign_recipients", { upTo: "?3" })} AND +tenant_id = ?2 AND status = 'active'
        AND next_step < ${sequenceEndStepNumber}
      GROUP BY sender_id`,
    )
    .bind(campaignId, tenantId, after)
    .all<{ senderId: number; count: number }>();
  return new Map(results.map(({ senderId, count }) => [senderId, count]));
}

/**
 * The most recipients that are counted per sender. This number of recipients fills a sender's next
 * days in any case.
 */
const maxCountedAhead = 5000;

/**
 * Counts, per sender, the due recipients of other campaigns. The emails of these recipients go
 * first.
 */
export async function countDueInOtherCampaigns(
  { db, tenantId }: Scope,
  campaignId: number,
  senderIds: readonly number[],
  now: number,
): Promise<Map<number, number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT n.id AS senderId, (SELECT count(*) FROM (
         SELECT 1 FROM campaign_recipients r WHERE r.sender_id = n.id AND r.lane IN (${queueLaneNumbers.join()})
           AND r.due_at <= ?3 AND r.campaign_id <> ?2 LIMIT ${maxCountedAhead})) AS count
       FROM json_each(?1) j JOIN senders n ON n.id = j.value AND n.tenant_id = ?4`,
    )
    .bind(JSON.stringify(senderIds), campaignId, now, tenantId)
    .all<{ senderId: number; count: number }>();
  return new Map(results.map(({ senderId, count }) => [senderId, count]));
}
