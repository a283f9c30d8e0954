import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/** SQL: the contact keys of a campaign's recipients. Reads the campaign's recipients once. */
export const contactKeysSql = (campaignId: string) => `(SELECT k.contact_key FROM campaign_recipients k
  WHERE ${recipientRangeSql(campaignId, "k")} AND k.contact_key IS NOT NULL)`;

/**
 * The facts about a person who may be added: `isSuppressed`, on the do-not-email list; `isThere`,
 * already in the campaign.
 */
export type AdditionFacts = { isSuppressed: boolean; isThere: boolean };

/**
 * Returns the `AdditionFacts` of each person who may be added to a campaign, in the order of
 * `people`. A person without an address is found by the contact key, as in the statement that adds
 * recipients.
 */
export async function loadAdditionFacts(
  { db, tenantId }: Scope,
  campaignId: number,
  people: readonly { email: string | null; contactKey: string | null }[],
): Promise<AdditionFacts[]> {
  const keys = people.map(({ email, contactKey }) => ({ email, contactKey }));
  const { results } = await db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM suppressions s WHERE s.tenant_id = ?2 AND s.email = j.value->>'email') AS isSuppressed,
         CASE WHEN j.value->>'email' IS NULL
           THEN CASE WHEN j.value->>'contactKey' IS NULL THEN 0 ELSE j.value->>'contactKey' IN ${contactKeysSql("?3")} END
           ELSE EXISTS (SELECT 1 FROM campaign_recipients w
             WHERE w.tenant_id = ?2 AND w.email = j.value->>'email' AND w.campaign_id = ?3) END AS isThere
       FROM json_each(?1) j ORDER BY j.key`,
    )
    .bind(JSON.stringify(keys), tenantId, campaignId)
    .all<{ isSuppressed: number; isThere: number }>();
  return results.map(({ isSuppressed, isThere }) => ({
    isSuppressed: isSuppressed === 1,
    isThere: isThere === 1,
  }));
}
