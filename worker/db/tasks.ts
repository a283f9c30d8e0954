import type { TaskOutcome, TaskResult } from "../../shared/vocabulary.ts";
import type { SequenceProgress } from "../domain/send/sequence.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { buildCampaignCompletion } from "./completion.ts";
import type { Database, Scope } from "./scope.ts";

/*
 * Opens, expires and closes tasks. `+outcome` keeps SQLite from using the index of open tasks,
 * because the primary key finds a recipient's task faster.
 */

/**
 * Builds the statement that opens the tasks of recipients that a run of the Worker has claimed. The
 * table's key keeps a task from opening twice. A recipient whose claim was lost is left out.
 */
export function buildTaskInserts(
  db: Database,
  openings: readonly { recipientId: number; stepNumber: number; lease: number; expiresAt: number }[],
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO tasks (recipient_id, step_number, tenant_id, campaign_id, kind, opened_at, expires_at)
      SELECT r.id, r.next_step, r.tenant_id, r.campaign_id, s.task->>'kind', ?2, j.value->>'expiresAt'
      FROM json_each(?1) j
      JOIN campaign_recipients r ON r.id = j.value->>'recipientId' AND r.lease = j.value->>'lease'
        AND r.next_step = j.value->>'stepNumber'
      JOIN campaign_steps s ON s.campaign_id = r.campaign_id AND s.step_number = r.next_step
      WHERE 1 ON CONFLICT (recipient_id, step_number) DO NOTHING`,
    )
    .bind(JSON.stringify(openings), now);
}

/**
 * Builds the statement that marks tasks as expired. A task that an agent has closed meanwhile keeps
 * its outcome.
 */
export function buildTaskExpiries(
  db: Database,
  expiries: readonly { recipientId: number; stepNumber: number; lease: number; closedAt: number }[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE tasks AS k SET outcome = 'expired', closed_at = j.value->>'closedAt'
      FROM json_each(?1) j JOIN campaign_recipients r ON r.id = j.value->>'recipientId' AND r.lease = j.value->>'lease'
      WHERE k.recipient_id = r.id AND k.step_number = j.value->>'stepNumber' AND +k.outcome IS NULL`,
    )
    .bind(JSON.stringify(expiries));
}

/** The step number of a task that a reply has opened. No step of a campaign has this number. */
export const replyTaskStepNumber = 0;

/**
 * Builds the statement that opens a task, to send the state's form on agency, for each given
 * recipient whose property is in one of the states. The table's key keeps the task from opening
 * twice.
 */
export function buildAgencyFormTaskInserts(
  db: Database,
  recipientIds: readonly number[],
  states: readonly string[],
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO tasks (recipient_id, step_number, tenant_id, campaign_id, kind, opened_at, expires_at)
      SELECT r.id, ${replyTaskStepNumber}, r.tenant_id, r.campaign_id, 'agencyForm', ?3, ?3
      FROM json_each(?1) j JOIN campaign_recipients r ON r.id = j.value
      WHERE r.property_id IS NOT NULL AND r.property_state IN (SELECT value FROM json_each(?2))
      ON CONFLICT (recipient_id, step_number) DO NOTHING`,
    )
    .bind(JSON.stringify(recipientIds), JSON.stringify(states), now);
}

/**
 * Closes a task that a reply has opened. The recipient's sequence does not change.
 * @returns false, with nothing written, if the task was no longer open
 */
export async function closeReplyTask(
  scope: Scope,
  closing: TaskClosing,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const isOpen = `recipient_id = ? AND step_number = ${replyTaskStepNumber} AND +tenant_id = ? AND +outcome IS NULL`;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(db, "open", `EXISTS (SELECT 1 FROM tasks WHERE ${isOpen})`, closing.recipientId, tenantId),
      db.$client
        .prepare(
          `UPDATE tasks SET outcome = ?, closed_at = ?, closed_by = ?, note = ?, result = ? WHERE ${isOpen}`,
        )
        .bind(
          closing.outcome,
          audit.at,
          audit.actor,
          closing.note,
          closing.result,
          closing.recipientId,
          tenantId,
        ),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

export type TaskKey = { recipientId: number; stepNumber: number };
/** An agent's statement when closing a task. */
export type TaskClosing = {
  recipientId: number;
  outcome: TaskOutcome & ("done" | "skipped");
  result: TaskResult | null;
  note: string | null;
};
export type ClosedTask = TaskKey &
  TaskClosing & {
    campaignId: number;
    /** The recipient's state after the task. */
    progress: SequenceProgress;
    /**
     * The instant until which the next email waits because the person said "not now"; null for any
     * other result.
     */
    snoozedUntil: number | null;
  };

/**
 * Closes a task for an agent and gives the recipient the next step, in one batch. A paused
 * recipient also gets the next step, and stays paused.
 * @returns false, with nothing written, if the task was no longer open, or the steps have changed
 */
export async function closeTask(scope: Scope, closing: ClosedTask, audit: AuditEntry): Promise<boolean> {
  const { db, tenantId } = scope;
  const { recipientId, stepNumber, progress } = closing;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "open",
        `EXISTS (SELECT 1 FROM tasks k JOIN campaign_recipients r ON r.id = k.recipient_id AND r.next_step = k.step_number
          JOIN campaigns c ON c.id = r.campaign_id
          WHERE k.recipient_id = ? AND k.step_number = ? AND +k.tenant_id = ? AND +k.outcome IS NULL
            AND r.status IN ('active', 'paused') AND c.steps_version = ?)`,
        recipientId,
        stepNumber,
        tenantId,
        progress.stepsVersion,
      ),
      db.$client
        .prepare(
          `UPDATE tasks SET outcome = ?3, closed_at = ?4, closed_by = ?5, note = ?6, result = ?7
          WHERE recipient_id = ?1 AND step_number = ?2`,
        )
        .bind(recipientId, stepNumber, closing.outcome, audit.at, audit.actor, closing.note, closing.result),
      db.$client
        .prepare(
          `UPDATE campaign_recipients SET next_step = ?2, next_is_task = ?3, scheduled_at = ?4, lease = NULL,
            send_now = 0, allows_late = 0, snoozed_until = coalesce(?5, snoozed_until), status = CASE WHEN ?4 IS NULL THEN 'completed' ELSE status END,
            due_at = CASE WHEN status = 'active' AND (SELECT status FROM campaigns WHERE id = campaign_id) = 'active'
              THEN ?4 END
          WHERE id = ?1`,
        )
        .bind(
          recipientId,
          progress.nextStep,
          progress.nextIsTask ? 1 : 0,
          progress.scheduledAt,
          closing.snoozedUntil,
        ),
      buildCampaignCompletion(db, [closing.campaignId], audit.at),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

/**
 * Postpones an open task. The recipient comes due at the task's new expiry, unless the recipient or
 * the campaign is paused.
 * @returns false, with nothing written, if the task was no longer open
 */
export async function postponeTask(
  scope: Scope,
  { recipientId, stepNumber, until, expiresAt }: TaskKey & { until: number; expiresAt: number },
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const isOpen = "recipient_id = ?1 AND step_number = ?2 AND +tenant_id = ?3 AND +outcome IS NULL";
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "open",
        `EXISTS (SELECT 1 FROM tasks WHERE ${isOpen})`,
        recipientId,
        stepNumber,
        tenantId,
      ),
      db.$client
        .prepare(`UPDATE tasks SET postponed_until = ?4, expires_at = ?5 WHERE ${isOpen}`)
        .bind(recipientId, stepNumber, tenantId, until, expiresAt),
      // A task that a reply has opened has no step, so the recipient's due time does not change.
      db.$client
        .prepare(
          `UPDATE campaign_recipients SET scheduled_at = ?4, lease = NULL,
             due_at = CASE WHEN due_at IS NOT NULL THEN ?4 END
           WHERE id = ?1 AND tenant_id = ?3 AND next_step = ?2 AND status IN ('active', 'paused')`,
        )
        .bind(recipientId, stepNumber, tenantId, expiresAt),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}
