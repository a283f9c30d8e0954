import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { buildCampaignCompletion } from "./completion.ts";
import type { Scope } from "./scope.ts";

/** SQL: recipient `r` has an email, a task or an event, so something has happened to the person. */
export const hasHistorySql = `(EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = r.id)
  OR EXISTS (SELECT 1 FROM tasks k WHERE k.recipient_id = r.id)
  OR EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id))`;

/**
 * Deletes recipients of a campaign, except recipients who have a history or whose email is leaving.
 * @returns the number of deleted recipients
 */
export async function removeRecipients(
  { db, tenantId }: Scope,
  campaignId: number,
  ids: readonly number[],
  audit: AuditEntry,
): Promise<number> {
  const [removed] = await db.$client.batch([
    db.$client
      .prepare(
        `DELETE FROM campaign_recipients AS r WHERE r.id IN (SELECT value FROM json_each(?1))
           AND r.campaign_id = ?2 AND r.tenant_id = ?3 AND r.lease IS NULL AND NOT ${hasHistorySql} RETURNING id`,
      )
      .bind(JSON.stringify(ids), campaignId, tenantId),
    buildCampaignCompletion(db, [campaignId], audit.at),
    buildAuditEntryInsert({ db, tenantId }, audit),
  ]);
  return removed?.results.length ?? 0;
}
