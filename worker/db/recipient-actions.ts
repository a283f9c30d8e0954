import { sequenceEndStepNumber } from "../../shared/limits.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { buildChangeCount, readChangeCount } from "./batch-guard.ts";
import { buildCampaignCompletion } from "./completion.ts";
import { buildOpenAttemptsMarking } from "./open-attempts.ts";
import type { Scope } from "./scope.ts";
import { stopRecipients } from "./stops.ts";

/**
 * SQL for each change of one recipient. Every statement checks again the facts on which the change
 * was decided.
 */
const changeSql = {
  pause:
    "SET status = 'paused', due_at = NULL, lease = NULL, send_now = 0 WHERE id = ?1 AND tenant_id = ?2 AND status = 'active'",
  // If an agent resumes a single recipient, a late email is allowed too, because the agent has
  // looked at the recipient.
  resume: `SET status = 'active', allows_late = 1, due_at = CASE
      WHEN (SELECT status FROM campaigns WHERE id = campaign_id) = 'active'
       AND next_step < ${sequenceEndStepNumber}
      THEN max(coalesce(scheduled_at, ?3), ?3) END
    WHERE id = ?1 AND tenant_id = ?2 AND status = 'paused'`,
} as const;

/**
 * One action on one recipient. `campaignId` is the recipient's campaign; the campaign is completed
 * if the action ends the campaign's last unfinished sequence.
 */
export type RecipientActionRequest = {
  id: number;
  campaignId: number;
  action: keyof typeof changeSql | "stop";
};

/**
 * Changes one recipient.
 * @returns false if the recipient's status no longer allows the action
 */
export async function performRecipientAction(
  scope: Scope,
  change: RecipientActionRequest,
  audit: AuditEntry,
): Promise<boolean> {
  return await writeAudited(scope, changeStatements(scope, change, audit), audit);
}

function changeStatements(
  scope: Scope,
  { id, campaignId, action }: RecipientActionRequest,
  audit: AuditEntry,
): D1PreparedStatement[] {
  const { db, tenantId } = scope;
  const campaignIds = [campaignId];
  if (action === "stop") {
    const where = "id = ?1 AND tenant_id = ?2";
    return stopRecipients(db, { where, values: [id, tenantId], reason: "manual", at: audit.at, campaignIds });
  }
  const sql = changeSql[action];
  const all = [id, tenantId, audit.at];
  const values = all.filter((_, index) => sql.includes(`?${index + 1}`));
  return [
    db.$client.prepare(`UPDATE campaign_recipients ${sql}`).bind(...values),
    ...(action === "pause" ? [scheduleOwnAttemptQuestion(scope, id, audit.at)] : []),
    buildCampaignCompletion(db, campaignIds, audit.at),
  ];
}

/**
 * Stops every recipient at a property, in every campaign.
 * @returns the number of stopped recipients
 */
export async function stopRecipientsAtProperty(
  scope: Scope,
  propertyId: string,
  audit: AuditEntry,
): Promise<number> {
  const { db, tenantId } = scope;
  const [stop, ...closings] = stopRecipients(db, {
    where: "tenant_id = ?1 AND property_id = ?2",
    values: [tenantId, propertyId],
    reason: "propertyStopped",
    at: audit.at,
    campaignIds: "ofStopped",
  });
  const [, stopped] = await db.$client.batch([
    ...(stop === undefined ? [] : [stop, buildChangeCount(db)]),
    ...closings,
    // Recipients whom an answer had stopped are now stopped by the agent too, so their stop can't
    // be undone any more.
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET stopped_from = NULL
         WHERE tenant_id = ? AND property_id = ? AND stopped_from IS NOT NULL`,
      )
      .bind(tenantId, propertyId),
    // After this stop, an agent's earlier stop of many people can't be undone either.
    db.$client
      .prepare("DELETE FROM bulk_changes WHERE tenant_id = ? AND change->>'kind' = 'stop'")
      .bind(tenantId),
    buildAuditEntryInsert(scope, audit),
  ]);
  return readChangeCount(stopped);
}

/**
 * Postpones a recipient's next email, but never brings an email forward. A second snooze replaces
 * the date of the first snooze. An already queued email to the recipient is not sent.
 * @returns false if the recipient was no longer active
 */
export async function snoozeRecipient(
  scope: Scope,
  id: number,
  until: number,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const update = db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET snoozed_until = j.until, scheduled_at = j.until, lease = NULL, send_now = 0,
          due_at = CASE WHEN (SELECT status FROM campaigns WHERE id = r.campaign_id) = 'active' THEN j.until END
        FROM (SELECT id, max(?3, CASE WHEN snoozed_until > ?4 THEN 0 ELSE coalesce(scheduled_at, 0) END) AS until
          FROM campaign_recipients WHERE id = ?1) j
        WHERE r.id = j.id AND r.tenant_id = ?2 AND r.status = 'active'`,
    )
    .bind(id, tenantId, until, audit.at);
  return await writeAudited(scope, [update, scheduleOwnAttemptQuestion(scope, id, audit.at)], audit);
}

/**
 * Builds the statement that schedules the question about the recipient's open attempt (a provider
 * call of unknown outcome). A paused or snoozed recipient may not be due for a long time.
 */
function scheduleOwnAttemptQuestion({ db, tenantId }: Scope, id: number, at: number): D1PreparedStatement {
  const recipient = "SELECT id FROM campaign_recipients WHERE id = ?1 AND tenant_id = ?2 AND lease IS NULL";
  return buildOpenAttemptsMarking(db, recipient, [id, tenantId], at);
}

/**
 * Ends a snooze. The next email goes at `at`, the time at which the email would have gone without
 * the snooze.
 */
export async function unsnoozeRecipient(
  scope: Scope,
  id: number,
  at: number,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const update = db.$client
    .prepare(
      `UPDATE campaign_recipients SET snoozed_until = NULL, scheduled_at = ?3, due_at = CASE
          WHEN (SELECT status FROM campaigns WHERE id = campaign_id) = 'active' THEN ?3 END
        WHERE id = ?1 AND tenant_id = ?2 AND status = 'active' AND snoozed_until > ?4 AND lease IS NULL`,
    )
    .bind(id, tenantId, at, audit.at);
  return await writeAudited(scope, [update], audit);
}

/**
 * Runs the statements in one batch with their audit entry.
 * @returns whether the first statement changed a row
 */
async function writeAudited(
  scope: Scope,
  statements: readonly D1PreparedStatement[],
  audit: AuditEntry,
): Promise<boolean> {
  const [result] = await scope.db.$client.batch([...statements, buildAuditEntryInsert(scope, audit)]);
  return (result?.meta.changes ?? 0) > 0;
}
