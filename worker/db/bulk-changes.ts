import type { BulkAction } from "../../shared/bulk-action.ts";
import type { BulkActionPlace, BulkChange, BulkMove, BulkPerson } from "../domain/send/bulk-action.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { buildChangeCount, readChangeCount } from "./batch-guard.ts";
import { buildValueFill, buildValueRemoval, hasValueSql, toJsonPath } from "./bulk-fill.ts";
import { hasHistorySql } from "./bulk-removal.ts";
import { type BulkUndoToken, keepUndo } from "./bulk-undo.ts";
import { buildCampaignCompletion } from "./completion.ts";
import { buildOpenAttemptsMarking } from "./open-attempts.ts";
import type { Scope } from "./scope.ts";
import { hasStepBegunSql } from "./step-order.ts";
import { buildManualStopUndo, stopRecipients } from "./stops.ts";

/**
 * Returns the state of these recipients of a campaign before a bulk action, in the order of adding.
 */
export async function loadBulkPeople(
  { db, tenantId }: Scope,
  campaignId: number,
  ids: readonly number[],
  action: BulkAction,
): Promise<Omit<BulkPerson, "lacksValues">[]> {
  type Facts = "isClaimed" | "isUnderWay" | "hadStep" | "hasValue" | "hasHistory";
  type Row = BulkActionPlace & { id: number } & Record<Facts, number>;
  const { results } = await db.$client
    .prepare(
      `SELECT r.id, r.status, r.next_step AS nextStep, r.next_is_task AS nextIsTask, r.scheduled_at AS scheduledAt,
         CASE WHEN r.lease IS NULL THEN r.due_at ELSE r.scheduled_at END AS dueAt, r.snoozed_until AS snoozedUntil,
         r.allows_late AS allowsLate, r.send_now AS sendNow, r.sender_id AS senderId, r.lease IS NOT NULL AS isClaimed,
         ${hasStepBegunSql("r.id", "r.next_step")} AS isUnderWay, ${hasStepBegunSql("r.id", "?4")} AS hadStep,
         ${hasValueSql("?5")} AS hasValue, ${action.kind === "remove" ? hasHistorySql : "0"} AS hasHistory
       FROM json_each(?1) j CROSS JOIN campaign_recipients r ON r.id = j.value
       WHERE +r.campaign_id = ?2 AND +r.tenant_id = ?3 ORDER BY r.id`,
    )
    .bind(
      JSON.stringify(ids),
      campaignId,
      tenantId,
      action.kind === "move" ? action.stepNumber : 0,
      action.kind === "fill" ? toJsonPath(action.path) : null,
    )
    .all<Row>();
  return results.map(({ id, isClaimed, isUnderWay, hadStep, hasValue, hasHistory, ...place }) => ({
    ...{ id, place, isClaimed: isClaimed === 1, isUnderWay: isUnderWay === 1, hadStep: hadStep === 1 },
    ...{ hasValue: hasValue === 1, hasHistory: hasHistory === 1 },
  }));
}

/**
 * Applies a bulk change in one batch, with the audit entry and the data by which the change can be
 * undone. Does not change a recipient that has moved since the change was planned.
 * @returns the number of changed recipients
 */
export async function applyBulkChange(
  scope: Scope,
  campaignId: number,
  change: BulkChange,
  { undo, audit }: { undo: BulkUndoToken; audit: AuditEntry },
): Promise<number> {
  const [write, ...rest] = writeChange(scope, campaignId, change);
  const [, changed] = await scope.db.$client.batch([
    ...(write === undefined ? [] : [write, buildChangeCount(scope.db)]),
    ...rest,
    ...keepUndo(scope, campaignId, change, { undo, audit }),
    buildCampaignCompletion(scope.db, [campaignId], audit.at),
    buildAuditEntryInsert(scope, audit),
  ]);
  return readChangeCount(changed);
}

/** Returns the statements that write a bulk change. The first statement changes the recipients. */
function writeChange(
  scope: Scope,
  campaignId: number,
  { kind, moves, at, value }: BulkChange,
): D1PreparedStatement[] {
  const { db, tenantId } = scope;
  if (value !== undefined) return [buildValueFill(scope, campaignId, value, moves, at)];
  const ids = JSON.stringify(moves.map(({ id }) => id));
  const where = "id IN (SELECT value FROM json_each(?1)) AND campaign_id = ?2 AND tenant_id = ?3";
  if (kind === "stop") {
    const values = [ids, campaignId, tenantId];
    return stopRecipients(db, { where, values, reason: "manual", at, campaignIds: [] });
  }
  const moved = moveRecipients(scope, campaignId, kind, moves);
  if (kind === "move") return [moved, skipPassedSteps(scope, campaignId, moves, at)];
  const unclaimed = `SELECT id FROM campaign_recipients WHERE ${where} AND lease IS NULL`;
  const leavesPlans = kind === "pause" || kind === "snooze";
  return [
    moved,
    ...(leavesPlans ? [buildOpenAttemptsMarking(db, unclaimed, [ids, campaignId, tenantId], at)] : []),
  ];
}

/**
 * Builds the statement that moves each recipient who is still at the step from which the move
 * starts. The move ends each recipient's claim (the right of one run of the Worker to send the next
 * email), so that a queued email does not leave. An action that may not end a claim does not change
 * claimed recipients.
 */
function moveRecipients(
  { db, tenantId }: Scope,
  campaignId: number,
  kind: BulkChange["kind"],
  moves: readonly BulkMove[],
): D1PreparedStatement {
  const keepsClaims = kind === "changeSender" || kind === "resume";
  const needsFreshSteps = kind === "move" || kind === "changeSender";
  const after = (name: keyof BulkActionPlace) => `j.value->>'$.to.${name}'`;
  const before = (name: keyof BulkActionPlace) => `j.value->>'$.from.${name}'`;
  return db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET status = ${after("status")}, next_step = ${after("nextStep")},
         next_is_task = ${after("nextIsTask")}, scheduled_at = ${after("scheduledAt")}, due_at = ${after("dueAt")},
         snoozed_until = ${after("snoozedUntil")}, allows_late = ${after("allowsLate")}, send_now = ${after("sendNow")},
         sender_id = ${after("senderId")}, lease = NULL
       FROM json_each(?1) j
       WHERE r.id = j.value->>'id' AND r.campaign_id = ?2 AND r.tenant_id = ?3
         AND r.status = ${before("status")} AND r.status IN ('active', 'paused', 'waitingForEmail')
         AND r.next_step = ${before("nextStep")} AND r.scheduled_at IS ${before("scheduledAt")}
         AND r.snoozed_until IS ${before("snoozedUntil")} AND r.sender_id = ${before("senderId")}
         ${keepsClaims ? "AND r.lease IS NULL" : ""}
         ${needsFreshSteps ? `AND NOT ${hasStepBegunSql("r.id", "r.next_step")}` : ""}
         ${kind === "move" ? `AND NOT ${hasStepBegunSql("r.id", after("nextStep"))}` : ""}`,
    )
    .bind(JSON.stringify(moves), campaignId, tenantId);
}

/**
 * SQL: the steps `s` that a move of the recipients `r` has passed over. The steps have not begun,
 * and stand before the recipient's next step.
 */
const passedSql = `FROM json_each(?1) j CROSS JOIN campaign_recipients r ON r.id = j.value->>'id'
  JOIN campaign_steps n ON n.campaign_id = ?2 AND n.step_number = j.value->>'$.to.nextStep'
  JOIN campaign_steps s ON s.campaign_id = ?2 AND s.removed_at IS NULL AND s.position < n.position
  WHERE +r.campaign_id = ?2 AND +r.tenant_id = ?3 AND r.next_step = j.value->>'$.to.nextStep'
    AND r.scheduled_at IS j.value->>'$.to.scheduledAt' AND NOT ${hasStepBegunSql("r.id", "s.step_number")}`;

function skipPassedSteps(
  { db, tenantId }: Scope,
  campaignId: number,
  moves: readonly BulkMove[],
  at: number,
): D1PreparedStatement {
  const values = [JSON.stringify(moves), campaignId, tenantId];
  return db.$client
    .prepare(
      `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, skip_reason, attempted_at)
       SELECT r.id, s.step_number, ?3, ?2, 'skipped', 'movedPast', ?4 ${passedSql}
       ON CONFLICT (recipient_id, step_number) DO UPDATE SET
         status = 'skipped', skip_reason = excluded.skip_reason, failure = NULL, failure_reason = NULL,
         attempted_at = excluded.attempted_at
       WHERE messages.status = 'retrying'`,
    )
    .bind(...values, at);
}

/**
 * Builds the statement that reopens the steps skipped by a move, for recipients who are still at
 * the step to which the move went.
 */
function restorePassedSteps(
  { db, tenantId }: Scope,
  campaignId: number,
  { moves, at }: BulkChange,
): D1PreparedStatement {
  const skipped = `FROM json_each(?1) j CROSS JOIN campaign_recipients r ON r.id = j.value->>'id'
    JOIN messages m ON m.recipient_id = r.id AND m.skip_reason = 'movedPast' AND m.status = 'skipped'
      AND m.attempted_at = ?4
    WHERE +r.campaign_id = ?2 AND +r.tenant_id = ?3 AND r.next_step = j.value->>'$.to.nextStep'
      AND r.scheduled_at IS j.value->>'$.to.scheduledAt' AND NOT ${hasStepBegunSql("r.id", "r.next_step")}`;
  const values = [JSON.stringify(moves), campaignId, tenantId, at];
  return db.$client
    .prepare(
      `DELETE FROM messages WHERE (recipient_id, step_number) IN (SELECT m.recipient_id, m.step_number ${skipped})`,
    )
    .bind(...values);
}

/**
 * Undoes a bulk change for every recipient that is still in the state that resulted from the
 * change. `moves`: the change's moves, reversed.
 * @returns the number of recipients that got back the state from before the change
 */
export async function undoBulkChanges(
  scope: Scope,
  campaignId: number,
  token: string,
  undone: readonly { change: BulkChange; moves: readonly BulkMove[] }[],
  audit: AuditEntry,
): Promise<number> {
  const { db, tenantId } = scope;
  const groups = undone.map(({ change, moves }) =>
    change.kind === "stop"
      ? buildManualStopUndo(scope, campaignId, change, audit.at)
      : undoMoves(scope, campaignId, change, moves),
  );
  const results = await db.$client.batch([
    ...groups.flatMap(({ statements }) => statements),
    db.$client
      .prepare("DELETE FROM bulk_changes WHERE campaign_id = ? AND tenant_id = ? AND token = ?")
      .bind(campaignId, tenantId, token),
    buildAuditEntryInsert(scope, audit),
  ]);
  const starts = groups.map((_, index) =>
    groups.slice(0, index).reduce((sum, { statements }) => sum + statements.length, 0),
  );
  return groups.reduce(
    (sum, { counted }, index) => sum + (results[(starts[index] ?? 0) + counted]?.meta.changes ?? 0),
    0,
  );
}

function undoMoves(
  scope: Scope,
  campaignId: number,
  change: BulkChange,
  moves: readonly BulkMove[],
): { statements: D1PreparedStatement[]; counted: number } {
  if (change.kind === "move") {
    const restored = restorePassedSteps(scope, campaignId, change);
    const moved = moveRecipients(scope, campaignId, change.kind, moves);
    return { statements: [restored, moved], counted: 1 };
  }
  if (change.value !== undefined)
    return { statements: [buildValueRemoval(scope, campaignId, change.value, moves)], counted: 0 };
  const kind = change.kind === "resume" ? "pause" : change.kind;
  return { statements: [moveRecipients(scope, campaignId, kind, moves)], counted: 0 };
}
