import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Database } from "./scope.ts";
import { stopRecipients } from "./stops.ts";

/**
 * The most campaigns that one call ends. The number is small, because ending a campaign reads all
 * recipients of the campaign.
 */
const campaignsAtOnce = 3;

/**
 * Ends active campaigns whose end was at or before `endedBy`, the earliest end first. Stops the
 * recipients left in a campaign (paused, waiting for an address, or held by a paused sender), so
 * that the campaign completes. Finds campaigns by an index, and reads a campaign's recipients once.
 */
export async function endDueCampaigns(db: Database, endedBy: number, now: number): Promise<void> {
  const { results } = await db.$client
    .prepare(
      `SELECT id FROM campaigns INDEXED BY campaigns_ending
      WHERE status = 'active' AND end_at IS NOT NULL AND end_at <= ?1 ORDER BY end_at LIMIT ?2`,
    )
    .bind(endedBy, campaignsAtOnce)
    .all<{ id: number }>();
  if (results.length === 0) return;
  const ids = results.map(({ id }) => id);
  const where = recipientRangeSql("?1");
  await db.$client.batch(
    ids.flatMap((id) =>
      stopRecipients(db, { where, values: [id], reason: "campaignEnded", at: now, campaignIds: [id] }),
    ),
  );
}
