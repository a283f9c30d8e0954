import type { CampaignInNeed } from "../../shared/attention.ts";
import type { CampaignPauseReason } from "../../shared/vocabulary.ts";
import type { Scope } from "./scope.ts";

/**
 * The number of people, and the number of paused campaigns, that one request reads, the newest
 * first.
 */
const peopleRead = 50;
const campaignsRead = 20;

type Row = Omit<CampaignInNeed, "firstPerson"> & {
  pauseReason: CampaignPauseReason | null;
  firstId: number | null;
  firstName: string | null;
  firstEmail: string | null;
};

/**
 * Returns the campaigns that need an agent, the newest first. In such a campaign, an email lacks a
 * value or can't be sent with a person's values, an address has bounced, or a guardrail (a limit on
 * bounces and complaints) has paused the campaign. Of the completed campaigns, only campaigns
 * completed at or after `since` are listed. Reads at most four rows for each of the newest 50
 * people and two for each of the newest 20 paused campaigns.
 * @param properties null for every property
 * @param since in ms UTC
 */
export async function listCampaignsNeedingAttention(
  { db, tenantId }: Scope,
  properties: readonly string[] | null,
  since: number,
): Promise<{ items: CampaignInNeed[]; hasMore: boolean }> {
  const { results } = await db.$client
    .prepare(
      `WITH people AS (
        SELECT r.id, r.campaign_id, r.name, r.email, r.stop_reason IS 'bounced' AS is_bounced,
          CASE WHEN r.status = 'paused' THEN (SELECT m.failure_reason FROM messages m WHERE m.recipient_id = r.id
            AND m.step_number = r.next_step AND m.status = 'retrying'
            AND m.failure_reason IN ('missingVariables', 'contentRefused')) END AS held_for
        FROM campaign_recipients r
        WHERE r.tenant_id = ?1 AND (r.status = 'paused' OR r.stop_reason = 'bounced')
          AND (?2 IS NULL OR +r.property_id IN (SELECT value FROM json_each(?2)))
        ORDER BY r.id DESC LIMIT ?3),
      counted AS (
        SELECT campaign_id, sum(held_for IS 'missingVariables') AS held,
          sum(held_for IS 'contentRefused') AS faulty, sum(is_bounced) AS bounced, max(id) AS first_id
        FROM people WHERE held_for IS NOT NULL OR is_bounced GROUP BY campaign_id),
      guarded AS (
        SELECT id FROM campaigns WHERE tenant_id = ?1 AND pause_reason IS NOT NULL
          AND (?2 IS NULL OR +property_id IN (SELECT value FROM json_each(?2)))
        ORDER BY id DESC LIMIT ?4)
      SELECT c.id AS campaignId, c.name AS campaignName, c.property_id AS propertyId,
        CASE WHEN c.status = 'paused' THEN c.pause_reason END AS pauseReason,
        coalesce(n.held, 0) AS heldPeople, coalesce(n.faulty, 0) AS faultyPeople, coalesce(n.bounced, 0) AS bouncedPeople,
        p.id AS firstId, p.name AS firstName, p.email AS firstEmail,
        (SELECT count(*) FROM people) AS peopleSeen, (SELECT count(*) FROM guarded) AS campaignsSeen
      FROM (SELECT campaign_id AS id FROM counted UNION SELECT id FROM guarded) needed
      CROSS JOIN campaigns c ON c.id = needed.id
      LEFT JOIN counted n ON n.campaign_id = c.id LEFT JOIN people p ON p.id = n.first_id
      WHERE c.tenant_id = ?1 AND (c.status IN ('active', 'paused') OR (c.status = 'completed' AND c.updated_at >= ?5))
        AND (n.campaign_id IS NOT NULL OR (c.status = 'paused' AND c.pause_reason IS NOT NULL))
      ORDER BY c.id DESC`,
    )
    .bind(tenantId, properties === null ? null : JSON.stringify(properties), peopleRead, campaignsRead, since)
    .all<Row & { peopleSeen: number; campaignsSeen: number }>();
  const [any] = results;
  return {
    items: results.map(toCampaignInNeed),
    hasMore: any !== undefined && (any.peopleSeen === peopleRead || any.campaignsSeen === campaignsRead),
  };
}

function toCampaignInNeed(row: Row): CampaignInNeed {
  const { campaignId, campaignName, propertyId, pauseReason, heldPeople, faultyPeople, bouncedPeople } = row;
  const { firstId, firstName, firstEmail } = row;
  const firstPerson =
    firstId === null ? null : { recipientId: firstId, name: firstName ?? "", email: firstEmail };
  const people = { heldPeople, faultyPeople, bouncedPeople, firstPerson };
  return { campaignId, campaignName, propertyId, pauseReason, ...people };
}
