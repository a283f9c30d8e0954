import { limits, sequenceEndStepNumber } from "../../shared/limits.ts";
import { minuteMs } from "../../shared/time-lengths.ts";
import type { SendNowLevel } from "../domain/send/candidate.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { buildCampaignCompletion } from "./completion.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/*
 * Makes steps due at once ("send now"), and undoes such requests. `scheduled_at` and
 * `snoozed_until` keep the plan, so undoing needs no other record of the plan.
 */

/**
 * A "send now" within this time after an email counts as a second click, and does not send the next
 * email.
 */
const doubleClickMs = minuteMs;

/** The longest time for which "send now" can be undone. */
const longestRecallMs = limits.sendNowRecallSecondsMost * 1000;

/**
 * The least time that a deferred email waits before its next try, after a "send now" was undone.
 */
const retryAfterRecallMs = 15 * minuteMs;

/**
 * `sendNow`: 1 overrides the step's delay and conditions; 2 also overrides the sending hours. The
 * email leaves at `dueAt` at the earliest.
 */
export type SendNowRequest = { sendNow: Exclude<SendNowLevel, 0>; dueAt: number };

/** SQL condition: the agent has already asked to send now, and the email has not come due yet. */
const isAskedAlreadySql = (force: string, now: string) =>
  `(send_now >= ${force} AND coalesce(due_at, 0) > ${now} AND due_at <= ${now} + ${longestRecallMs})`;

/**
 * Makes a recipient's next step due at `dueAt`. Leaves out a claimed recipient, because the
 * recipient's email is on its way. The recipient's open task is skipped.
 * @param target `stepNumber`: the step to send; null for the next step
 */
export async function makeRecipientDueNow(
  scope: Scope,
  target: { id: number; campaignId: number; stepNumber: number | null },
  { sendNow, dueAt }: SendNowRequest,
  audit: AuditEntry,
): Promise<void> {
  const { db, tenantId } = scope;
  await db.$client.batch([
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = ?5, send_now = ?6
        WHERE id = ?1 AND tenant_id = ?2 AND status = 'active' AND lease IS NULL
          AND CASE WHEN ?4 IS NULL THEN coalesce(last_sent_at, 0) <= ?3 - ${doubleClickMs} ELSE next_step = ?4 END
          AND NOT EXISTS (SELECT 1 FROM tasks k WHERE k.recipient_id = campaign_recipients.id
            AND k.step_number = next_step AND +k.outcome IS NULL AND k.opened_at > ?3 - ${doubleClickMs})
          AND NOT ${isAskedAlreadySql("?6", "?3")}
          AND (SELECT status FROM campaigns WHERE id = campaign_id) = 'active'`,
      )
      .bind(target.id, tenantId, audit.at, target.stepNumber, dueAt, sendNow),
    skipOpenTask(scope, target.id, dueAt, audit),
    buildCampaignCompletion(db, [target.campaignId], audit.at),
    buildAuditEntryInsert(scope, audit),
  ]);
}

/**
 * Builds the statement that skips a recipient's open task if the previous statement of the batch
 * has made the recipient due at `dueAt`.
 */
function skipOpenTask(scope: Scope, id: number, dueAt: number, audit: AuditEntry): D1PreparedStatement {
  return scope.db.$client
    .prepare(
      `UPDATE tasks SET outcome = 'skipped', closed_at = ?3, closed_by = ?4
      WHERE recipient_id = ?1 AND +tenant_id = ?2 AND +outcome IS NULL AND EXISTS (
        SELECT 1 FROM campaign_recipients r WHERE r.id = ?1 AND r.next_step = tasks.step_number
          AND r.send_now > 0 AND r.due_at = ?5 AND r.status = 'active')`,
    )
    .bind(id, scope.tenantId, audit.at, audit.actor, dueAt);
}

/**
 * SQL condition: a "send now" of the whole campaign `?1` at `?2` includes the recipient. The
 * condition leaves out recipients that are claimed or snoozed, got an email in the last minute, or
 * have an open task. The agent can still use "send now" for each such recipient alone.
 */
const isSentNowSql = `${recipientRangeSql("?1")} AND +tenant_id = ?3 AND status = 'active' AND lease IS NULL
  AND coalesce(snoozed_until, 0) <= ?2 AND coalesce(last_sent_at, 0) <= ?2 - ${doubleClickMs}
  AND (next_is_task = 0 OR NOT EXISTS (SELECT 1 FROM tasks k
    WHERE k.recipient_id = campaign_recipients.id AND k.step_number = next_step AND +k.outcome IS NULL))
  AND next_step < ${sequenceEndStepNumber}
  AND (SELECT status FROM campaigns WHERE id = ?1) = 'active'`;

/**
 * Makes the next steps of a campaign's recipients due at `dueAt`. `isSentNowSql` selects the
 * recipients.
 */
export async function makeCampaignDueNow(
  scope: Scope,
  campaignId: number,
  { sendNow, dueAt }: SendNowRequest,
  audit: AuditEntry,
): Promise<void> {
  const { db, tenantId } = scope;
  await db.$client.batch([
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = ?4, send_now = ?5
         WHERE ${isSentNowSql} AND NOT ${isAskedAlreadySql("?5", "?2")}`,
      )
      .bind(campaignId, audit.at, tenantId, dueAt, sendNow),
    buildAuditEntryInsert(scope, audit),
  ]);
}

/** Returns the ids of the first recipients whom a campaign-wide "send now" would send to. */
export async function listRecipientsToSendNow(
  { db, tenantId }: Scope,
  campaignId: number,
  now: number,
  limit: number,
): Promise<number[]> {
  const { results } = await db.$client
    .prepare(`SELECT id FROM campaign_recipients WHERE ${isSentNowSql} ORDER BY id LIMIT ?4`)
    .bind(campaignId, now, tenantId, limit)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/**
 * Counts, per time zone, the recipients whom a campaign-wide "send now" would send to. `timeZone`
 * is null for recipients without a zone of their own. Reads the campaign's recipients once.
 */
export async function countRecipientsToSendNow(
  { db, tenantId }: Scope,
  campaignId: number,
  now: number,
): Promise<{ timeZone: string | null; count: number }[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT time_zone AS timeZone, count(*) AS count FROM campaign_recipients WHERE ${isSentNowSql} GROUP BY 1`,
    )
    .bind(campaignId, now, tenantId)
    .all<{ timeZone: string | null; count: number }>();
  return results;
}

/** SQL condition: the recipient's "send now" can still be undone at `?1`. */
const isRecallableSql = `status = 'active' AND send_now > 0 AND lease IS NULL
  AND due_at > ?1 AND due_at <= ?1 + ${longestRecallMs}`;

/**
 * Undoes a "send now" of one recipient.
 * @returns false if the email is on its way
 */
export async function recallSendNowOfRecipient(
  scope: Scope,
  id: number,
  audit: AuditEntry,
): Promise<boolean> {
  return await recallSendNow(scope, { where: "id = ?3", id }, audit);
}

/**
 * Undoes a "send now" of a campaign's recipients, apart from recipients whose email is on its way.
 * @returns false if every email is on its way
 */
export async function recallSendNowOfCampaign(
  scope: Scope,
  campaignId: number,
  audit: AuditEntry,
): Promise<boolean> {
  return await recallSendNow(scope, { where: recipientRangeSql("?3"), id: campaignId }, audit);
}

/**
 * Restores the plan of the recipients and reopens their tasks. Only a "send now" leaves a skipped
 * task at the recipient's present step, so every such task is reopened.
 */
async function recallSendNow(
  scope: Scope,
  { where, id }: { where: string; id: number },
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const recalledSql = `${where} AND +tenant_id = ?2 AND ${isRecallableSql}`;
  const [, recalled] = await db.$client.batch([
    db.$client
      .prepare(
        `UPDATE tasks SET outcome = NULL, closed_at = NULL, closed_by = NULL
        WHERE outcome = 'skipped' AND EXISTS (SELECT 1 FROM campaign_recipients
            WHERE campaign_recipients.id = tasks.recipient_id AND next_step = tasks.step_number)
          AND recipient_id IN (SELECT id FROM campaign_recipients WHERE ${recalledSql})`,
      )
      .bind(audit.at, tenantId, id),
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET send_now = 0, due_at = max(coalesce(scheduled_at, ?1),
          CASE WHEN EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = campaign_recipients.id
            AND m.step_number = next_step AND m.status = 'retrying') THEN ?1 + ${retryAfterRecallMs} ELSE ?1 END)
        WHERE ${recalledSql}`,
      )
      .bind(audit.at, tenantId, id),
    buildAuditEntryInsert(scope, audit),
  ]);
  return (recalled?.meta.changes ?? 0) > 0;
}
