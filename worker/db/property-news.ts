import { sequenceEndStepNumber } from "../../shared/limits.ts";
import type { RecipientTemplateData } from "../domain/recipient-data.ts";
import type { RecipientHomeFields } from "../domain/recipient-home.ts";
import type { Scope } from "./scope.ts";

/**
 * A recipient's new name, data and home. The change is not written if the stored data differs from
 * `before`.
 */
export type RecipientNews = RecipientHomeFields & {
  id: number;
  name: string;
  before: RecipientTemplateData;
  data: RecipientTemplateData;
};

/**
 * Returns the ids of at most `limit` recipients at a property whose sequence has not ended.
 */
export async function listUnendedRecipientIdsAtProperty(
  { db, tenantId }: Scope,
  propertyId: string,
  limit: number,
): Promise<number[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT id FROM campaign_recipients WHERE tenant_id = ?1 AND property_id = ?2
        AND status IN ('active', 'paused', 'waitingForEmail') AND next_step < ${sequenceEndStepNumber} ORDER BY id LIMIT ?3`,
    )
    .bind(tenantId, propertyId, limit)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/**
 * Writes the new names, data and homes of recipients after a host's report. Resumes the recipients
 * in `completeIds` who were paused because a value was missing. Writes nothing for a recipient whom
 * somebody has changed in the meantime.
 */
export async function storeRecipientNews(
  { db, tenantId }: Scope,
  news: readonly RecipientNews[],
  completeIds: readonly number[],
  now: number,
): Promise<void> {
  const rename = db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET name = j.value->>'name', data = j.value->>'data',
        property_state = j.value->>'propertyState', address_keys = j.value->>'addressKeys'
      FROM json_each(?1) j WHERE r.id = j.value->>'id' AND r.tenant_id = ?2 AND json(r.data) = j.value->>'before'`,
    )
    .bind(JSON.stringify(news), tenantId);
  const release = db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET status = 'active', allows_late = 1,
        due_at = CASE WHEN (SELECT c.status FROM campaigns c WHERE c.id = r.campaign_id) = 'active' THEN ?3 END
      WHERE r.id IN (SELECT value FROM json_each(?1)) AND r.tenant_id = ?2 AND r.status = 'paused'
        AND EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = r.id AND m.step_number = r.next_step
          AND m.status = 'retrying' AND m.failure_reason = 'missingVariables')`,
    )
    .bind(JSON.stringify(completeIds), tenantId, now);
  const statements = [...(news.length > 0 ? [rename] : []), ...(completeIds.length > 0 ? [release] : [])];
  if (statements.length > 0) await db.$client.batch(statements);
}
