import { joinedRecipientRangeSql } from "./recipient-ranges.ts";
import type { Database } from "./scope.ts";

/**
 * Completes active campaigns in which no recipient is left to write to. Reads a campaign's
 * recipients until the first recipient that is left.
 */
export function completeFinishedCampaigns(
  db: Database,
  campaignIds: readonly number[],
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaigns SET status = 'completed', updated_at = ?2
      WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'active' AND NOT EXISTS (
        SELECT 1 FROM campaign_recipients r
        WHERE ${joinedRecipientRangeSql("campaigns", "r")} AND r.status IN ('active', 'paused', 'waitingForEmail')
      )`,
    )
    .bind(JSON.stringify(campaignIds), now);
}
