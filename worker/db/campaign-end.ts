import { recipientsOf } from "./recipient-ranges.ts";
import type { Database } from "./scope.ts";
import { stopRecipients } from "./stops.ts";

/** Of how many campaigns the recipients are read in one go. */
const campaignsAtOnce = 3;

/**
 * Ends campaigns that were to end by `endedBy`: whoever is still in one (paused, waiting for an address, held by a
 * sender that is paused) is stopped, so that it completes. Finds them by an index, and each campaign is read once in its life.
 */
export async function endCampaigns(db: Database, endedBy: number, now: number): Promise<void> {
  const { results } = await db.$client
    .prepare(
      `SELECT id FROM campaigns INDEXED BY campaigns_ending
      WHERE status = 'active' AND end_at IS NOT NULL AND end_at <= ?1 ORDER BY end_at LIMIT ?2`,
    )
    .bind(endedBy, campaignsAtOnce)
    .all<{ id: number }>();
  if (results.length === 0) return;
  const ids = results.map(({ id }) => id);
  const where = recipientsOf("?1");
  await db.$client.batch(
    ids.flatMap((id) =>
      stopRecipients(db, { where, values: [id], reason: "campaignEnded", at: now, campaignIds: [id] }),
    ),
  );
}
