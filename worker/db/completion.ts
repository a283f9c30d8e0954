import { joinedRecipientRangeSql } from "./recipient-ranges.ts";
import type { Database } from "./scope.ts";

/**
 * Builds the statement that completes each given campaign that is active and in which every
 * recipient's sequence has ended. Reads a campaign's recipients until the first recipient whose
 * sequence has not ended.
 */
export function buildCampaignCompletion(
  db: Database,
  campaignIds: readonly number[],
  now: number,
): D1PreparedStatement {
  return buildSelectedCampaignCompletion(
    db,
    "SELECT value FROM json_each(?1)",
    [JSON.stringify(campaignIds)],
    now,
  );
}

/**
 * Builds the statement that completes the selected campaigns that are active and in which every
 * recipient's sequence has ended.
 * @param campaignIdsSql a SELECT of campaign ids, with `?1` … for `values`
 */
export function buildSelectedCampaignCompletion(
  db: Database,
  campaignIdsSql: string,
  values: readonly unknown[],
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaigns SET status = 'completed', updated_at = ?${values.length + 1}
      WHERE id IN (${campaignIdsSql}) AND status = 'active' AND NOT EXISTS (
        SELECT 1 FROM campaign_recipients r
        WHERE ${joinedRecipientRangeSql("campaigns", "r")} AND r.status IN ('active', 'paused', 'waitingForEmail')
      )`,
    )
    .bind(...values, now);
}
