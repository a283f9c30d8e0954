import { and, eq, gt } from "drizzle-orm";
import { sequenceEndStepNumber } from "../../shared/limits.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import type { PlaceMove } from "../domain/send/step-change.ts";
import type { StoredStep } from "../domain/send/step-comparison.ts";
import type { WinnerChange } from "../domain/winner.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { buildCampaignCompletion } from "./completion.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import { stepChanges } from "./schema/steps.ts";
import type { Scope } from "./scope.ts";
import { hasStepBegunSql, nextStepSql } from "./step-order.ts";
import { joinWordings } from "./step-wordings.ts";

/** A template that holds the new wording of a step. */
export type NewStepTemplate = {
  id: number;
  name: string;
  subject: string;
  preheader: string;
  bodyHtml: string;
  bodyText: string;
  variables: unknown;
  claims: readonly LetterClaim[];
};

/** A change of the steps of a launched campaign. */
export type StepsChange = {
  campaignId: number;
  /** The version that the change started from. */
  from: number;
  /** The steps of the sequence after the change, in order. */
  sequence: readonly StoredStep[];
  /** The numbers of all steps that the campaign has ever had, in their new order. */
  order: readonly number[];
  /** The numbers of the steps that the sequence did not have before the change. */
  added: readonly number[];
  moves: readonly PlaceMove[];
  templates: readonly NewStepTemplate[];
  winners: readonly WinnerChange[];
  /** The data that undoes the change; null if the change itself undoes another change. */
  undo: { token: string; until: number; stepsBefore: readonly StoredStep[] } | null;
  audit: AuditEntry;
};

/**
 * The reason why a change was refused. `version`: somebody has changed the steps since the change
 * was planned. `status`: the campaign is not under way. `moved`: a recipient has reached another
 * step meanwhile, so the change has to be planned again.
 */
export type StepsChangeConflict = "version" | "status" | "moved";

/**
 * The number of recipients that one statement moves, so that the statement's parameter stays small.
 */
const movesPerStatement = 2_000;

/**
 * Changes a campaign's steps and moves its recipients, in one batch. Writes a row per step, one or
 * two rows per moved recipient, and one row per recipient that has already passed the place of an
 * added step.
 */
export async function changeCampaignSteps(
  scope: Scope,
  change: StepsChange,
): Promise<StepsChangeConflict | null> {
  const { campaignId, audit } = change;
  const statements = [
    ...guardChange(scope, change),
    ...insertTemplates(scope, change),
    ...writeSteps(scope, change),
    ...writeWinners(scope, change),
    ...moveRecipients(scope, change),
    ...recordPassedSteps(scope, change),
    requireRightPlaces(scope, change),
    keepUndo(scope, change),
    buildCampaignCompletion(scope.db, [campaignId], audit.at),
    buildAuditEntryInsert(scope, audit),
  ];
  const refusal = await awaitGuardedBatch(scope.db.$client.batch(statements));
  return refusal as StepsChangeConflict | null;
}

function guardChange({ db, tenantId }: Scope, { campaignId, from, undo, audit }: StepsChange) {
  const isCampaign = (condition: string) =>
    `EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND tenant_id = ? AND ${condition})`;
  // A change can complete a campaign by taking out the last step. Undoing such a change makes the
  // campaign active again.
  const statuses = undo === null ? "'active', 'paused', 'completed'" : "'active', 'paused'";
  return [
    abortUnless(db, "status", isCampaign(`status IN (${statuses})`), campaignId, tenantId),
    abortUnless(db, "version", isCampaign("steps_version = ?"), campaignId, tenantId, from),
    db.$client
      .prepare(
        `UPDATE campaigns SET steps_version = steps_version + 1, content_hash = NULL, updated_at = ?3,
           status = iif(status = 'completed', 'active', status)
         WHERE id = ?1 AND tenant_id = ?2`,
      )
      .bind(campaignId, tenantId, audit.at),
  ];
}

function insertTemplates({ db, tenantId }: Scope, { templates, audit }: StepsChange): D1PreparedStatement[] {
  if (templates.length === 0) return [];
  const json = JSON.stringify(templates);
  return [insertTemplatesSql, insertVersionsSql].map((sql) =>
    db.$client.prepare(sql).bind(json, tenantId, audit.at),
  );
}

const insertTemplatesSql = `
  INSERT INTO email_templates (id, tenant_id, name, version, tags, created_at, updated_at)
  SELECT j.value->>'id', ?2, j.value->>'name', 1, '[]', ?3, ?3 FROM json_each(?1) j`;

const insertVersionsSql = `
  INSERT INTO email_template_versions
    (template_id, version, tenant_id, subject, preheader, body_html, source_html, body_text, variables, claims, created_at)
  SELECT j.value->>'id', 1, ?2, j.value->>'subject', j.value->>'preheader', j.value->>'bodyHtml',
    j.value->>'sourceHtml', j.value->>'bodyText', j.value->>'variables', j.value->>'claims', ?3
  FROM json_each(?1) j`;

const toRow = ({ elseEmail, ...step }: StoredStep) => ({
  ...step,
  variants: joinWordings(
    { templateId: step.templateId, templateVersion: step.templateVersion },
    step.variants,
    elseEmail,
  ),
});

/**
 * Builds the statements that write the steps of the sequence, take out the other steps, and give
 * all steps their places.
 */
function writeSteps({ db, tenantId }: Scope, { campaignId, sequence, order, audit }: StepsChange) {
  return [
    db.$client
      .prepare(
        `INSERT INTO campaign_steps
           (campaign_id, step_number, tenant_id, kind, task, template_id, template_version, delay_days, delay_hours,
            delay_business_days, weekdays, send_time_hour, conditions, starts_thread, variants)
         SELECT ?1, j.value->>'stepNumber', ?2, j.value->>'kind', j.value->>'task', j.value->>'templateId',
           j.value->>'templateVersion', j.value->>'delayDays', j.value->>'delayHours', j.value->>'delayBusinessDays', j.value->>'weekdays',
           j.value->>'sendTimeHour', j.value->>'conditions', j.value->>'startsThread', j.value->>'variants'
         FROM json_each(?3) j WHERE 1
         ON CONFLICT (campaign_id, step_number) DO UPDATE SET
           task = excluded.task, template_id = excluded.template_id, template_version = excluded.template_version,
           delay_days = excluded.delay_days, delay_hours = excluded.delay_hours,
           delay_business_days = excluded.delay_business_days, weekdays = excluded.weekdays, send_time_hour = excluded.send_time_hour,
           conditions = excluded.conditions, starts_thread = excluded.starts_thread, variants = excluded.variants`,
      )
      .bind(campaignId, tenantId, JSON.stringify(sequence.map(toRow))),
    db.$client
      .prepare(
        `UPDATE campaign_steps AS s SET position = j.key + 1,
           removed_at = CASE WHEN s.step_number IN (SELECT value FROM json_each(?4)) THEN NULL
             ELSE coalesce(s.removed_at, ?5) END
         FROM json_each(?3) j
         WHERE s.campaign_id = ?1 AND s.tenant_id = ?2 AND s.step_number = j.value`,
      )
      .bind(
        campaignId,
        tenantId,
        JSON.stringify(order),
        JSON.stringify(sequence.map(({ stepNumber }) => stepNumber)),
        audit.at,
      ),
  ];
}

/**
 * Builds the statement that writes the new state of each step's choice between wordings. A choice
 * that the Worker has made since the change was planned stays, unless the step has other wordings
 * now.
 */
function writeWinners({ db, tenantId }: Scope, { campaignId, winners, audit }: StepsChange) {
  if (winners.length === 0) return [];
  const rows = winners.map((change) => ({ ...change, dueAt: change.awaits ? audit.at : null }));
  return [
    db.$client
      .prepare(
        `UPDATE campaign_steps AS s SET winner_after = j.value->>'winnerAfter', winner_since = j.value->>'winnerSince',
           winner = iif(j.value->>'isNew', j.value->>'choice', s.winner),
           winner_due_at = iif(j.value->>'isNew' OR s.winner IS NULL, j.value->>'dueAt', NULL)
         FROM json_each(?3) j
         WHERE s.campaign_id = ?1 AND s.tenant_id = ?2 AND s.step_number = j.value->>'stepNumber'`,
      )
      .bind(campaignId, tenantId, JSON.stringify(rows)),
  ];
}

/**
 * Builds the statements that move each recipient who is still at the step named in the plan of the
 * change. The claim of a moved recipient is released, so the recipient's queued email does not
 * leave.
 */
function moveRecipients({ db, tenantId }: Scope, { moves }: StepsChange): D1PreparedStatement[] {
  const statement = db.$client.prepare(
    `UPDATE campaign_recipients AS r SET status = j.value->>'$.to.status', next_step = j.value->>'$.to.nextStep',
       next_is_task = j.value->>'$.to.nextIsTask', scheduled_at = j.value->>'$.to.scheduledAt',
       due_at = j.value->>'$.to.dueAt', send_now = j.value->>'$.to.sendNow', lease = NULL
     FROM json_each(?1) j
     WHERE r.id = j.value->>'id' AND r.tenant_id = ?2 AND r.status = j.value->>'$.from.status'
       AND r.next_step = j.value->>'$.from.nextStep' AND r.scheduled_at IS j.value->>'$.from.scheduledAt'
       AND NOT ${hasStepBegunSql("r.id", "r.next_step")}`,
  );
  const parts = Array.from({ length: Math.ceil(moves.length / movesPerStatement) }, (_, part) =>
    moves.slice(part * movesPerStatement, (part + 1) * movesPerStatement),
  );
  return parts.map((part) => statement.bind(JSON.stringify(part), tenantId));
}

/**
 * SQL: the recipients that are past an added step `a`. `isAddedStepTooLate` in
 * domain/send/step-change.ts states the same rule.
 */
const passedSql = `FROM campaign_steps a CROSS JOIN campaign_recipients r ON ${recipientRangeSql("?1", "r")}
  WHERE a.campaign_id = ?1 AND a.step_number IN (SELECT value FROM json_each(?3)) AND +r.tenant_id = ?2
    AND NOT ${hasStepBegunSql("r.id", "a.step_number")}
    AND r.next_step <> a.step_number
    AND (r.next_step = ${sequenceEndStepNumber} OR EXISTS (SELECT 1 FROM campaign_steps l
      WHERE l.campaign_id = ?1 AND l.removed_at IS NULL AND l.position > a.position
        AND l.step_number NOT IN (SELECT value FROM json_each(?3)) AND ${hasStepBegunSql("r.id", "l.step_number")}))`;

/**
 * Builds the statement that records an added step as skipped for each recipient that has already
 * passed the step's place.
 */
function recordPassedSteps({ db, tenantId }: Scope, { campaignId, added, audit }: StepsChange) {
  if (added.length === 0) return [];
  const values = [campaignId, tenantId, JSON.stringify(added)];
  return [
    db.$client
      .prepare(
        `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, skip_reason, attempted_at)
         SELECT r.id, a.step_number, ?2, ?1, 'skipped', 'stepAddedLater', ?4 ${passedSql}
         ON CONFLICT (recipient_id, step_number) DO UPDATE SET
           status = 'skipped', skip_reason = excluded.skip_reason, failure = NULL, failure_reason = NULL
         WHERE messages.status = 'retrying'`,
      )
      .bind(...values, audit.at),
  ];
}

/**
 * Builds the guard that undoes the change if a recipient's next step is not the first step that has
 * not begun for the recipient. Such a recipient has moved since the change was planned.
 */
function requireRightPlaces({ db, tenantId }: Scope, { campaignId }: StepsChange): D1PreparedStatement {
  return abortUnless(
    db,
    "moved",
    `NOT EXISTS (SELECT 1 FROM campaign_recipients r
       WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2 AND r.next_step < ${sequenceEndStepNumber}
         AND NOT ${hasStepBegunSql("r.id", "r.next_step")} AND r.next_step IS NOT ${nextStepSql("0")})`,
    campaignId,
    tenantId,
  );
}

/**
 * Builds the statement that stores the data that undoes the change, in place of the data of the
 * previous change. If the change itself undoes another change, the statement deletes the old data.
 */
function keepUndo({ db, tenantId }: Scope, { campaignId, from, moves, undo }: StepsChange) {
  if (undo === null)
    return db.$client
      .prepare("DELETE FROM step_changes WHERE campaign_id = ? AND tenant_id = ?")
      .bind(campaignId, tenantId);
  return db.$client
    .prepare(
      `INSERT INTO step_changes (campaign_id, tenant_id, token, undo_until, version, steps_before, moves)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (campaign_id) DO UPDATE SET token = excluded.token, undo_until = excluded.undo_until,
         version = excluded.version, steps_before = excluded.steps_before, moves = excluded.moves`,
    )
    .bind(
      campaignId,
      tenantId,
      undo.token,
      undo.until,
      from + 1,
      JSON.stringify(undo.stepsBefore),
      JSON.stringify(moves),
    );
}

export type StepChangeRow = typeof stepChanges.$inferSelect;

/** Returns the latest change of a campaign's steps, if the change can still be undone. */
export async function findUndoableStepsChange(
  { db, tenantId }: Scope,
  campaignId: number,
  now: number,
): Promise<StepChangeRow | undefined> {
  return await db
    .select()
    .from(stepChanges)
    .where(
      and(
        eq(stepChanges.campaignId, campaignId),
        eq(stepChanges.tenantId, tenantId),
        gt(stepChanges.undoUntil, now),
      ),
    )
    .get();
}
