import type { CampaignApproval } from "../../shared/campaign-approval.ts";
import { sequenceEndStepNumber } from "../../shared/limits.ts";
import { dayMs } from "../../shared/time-lengths.ts";
import type { CampaignStatus, RecipientSource } from "../../shared/vocabulary.ts";
import type { ZonePlan } from "../domain/campaign.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { buildLateEmailAllowance, wasPausedTooLongSql } from "./backlog.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { buildCampaignCompletion } from "./completion.ts";
import { abortIfRefused } from "./contact-history.ts";
import { guardrailFigureSql } from "./guardrails.ts";
import { buildOpenAttemptsMarking } from "./open-attempts.ts";
import { buildRefusalOverride } from "./recipient-additions.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";
import { stopRecipients } from "./stops.ts";
import { buildWinnerChoiceSchedule } from "./winners.ts";

/*
 * `+tenant_id` keeps SQLite from using the indexes that begin with the tenant. With such an index,
 * SQLite would read all of the tenant's recipients to find one campaign's recipients.
 */

/** A change of a campaign's status. The change is written only if the status is still `from`. */
export type CampaignStatusChange = {
  campaignId: number;
  from: CampaignStatus;
  to: CampaignStatus;
  audit: AuditEntry;
  /**
   * `refusals` is present only for a launch or a resume. Refusals up to `overriddenAt` do not
   * count. `override` is the audit entry if a team lead overrides refusals with this change, and
   * null otherwise.
   */
  refusals?: { overriddenAt: number; override: AuditEntry | null };
};

/**
 * The planned time of step 1 in every time zone. `otherwise`: the name of the zone for recipients
 * without a zone of their own. `random`: a number from 0 up to, but not including, 1, from which
 * each recipient's random delay (jitter) follows. `waits`: for each source of recipients, the days
 * that must pass between the source's date and the first email.
 */
export type FirstStepPlans = {
  zones: readonly ZonePlan[];
  otherwise: string;
  random: number;
  waits: Partial<Record<RecipientSource, number>>;
};

/**
 * The facts that a launch needs besides the planned times. `unapproved`: the sources that need an
 * approval which the launch does not have. The launch is refused if a recipient of one of these
 * sources was added meanwhile.
 */
export type CampaignLaunchTerms = {
  endAt: number | null;
  recallUntil: number | null;
  ignoresCollisions: boolean;
  approval: CampaignApproval | null;
  unapproved: readonly RecipientSource[];
};

/**
 * The reason why a change was refused. `status`: the campaign's status has changed meanwhile.
 * `recipients`: the campaign has no recipient to write to. `sent`: an email has been sent. `tasks`:
 * a task has been closed. `refusals`: a refusal forbids emails to one of the campaign's recipients.
 * `approval`: the source of an added recipient needs an approval that the launch does not have.
 */
export type CampaignStatusConflict = "status" | "recipients" | "sent" | "tasks" | "refusals" | "approval";

/**
 * Returns the distinct time zones of the campaign's recipients. Leaves out recipients without a
 * time zone.
 */
export async function listRecipientTimeZones({ db, tenantId }: Scope, campaignId: number): Promise<string[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT time_zone AS zone FROM campaign_recipients
       WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 AND time_zone IS NOT NULL`,
    )
    .bind(campaignId, tenantId)
    .all<{ zone: string }>();
  return results.map((row) => row.zone);
}

/**
 * SQL: the instant from which the first email to a recipient may go. `getSourceWaitEnd` states the
 * same rule in TypeScript.
 */
const sourceWaitEndSql = `coalesce((SELECT coalesce(unixepoch(source_date) * 1000, campaign_recipients.created_at) + w.value * ${dayMs}
   FROM json_each(?6) w WHERE w.key = source AND consent IS NULL), 0)`;

/*
 * SQL: the instant for which a recipient's first step is planned. Knuth's multiplicative hash
 * spreads neighboring ids evenly over the random delay (jitter). The hash also gives `scheduled_at`
 * and `due_at` the same instant; two calls of random() would differ. No step is planned before
 * `recall_until`, because the launch can be undone until then.
 */
const plannedAtSql = `max(
  (SELECT j.value->>'at'
          + (campaign_recipients.id % 65536 + CAST(?5 AS INTEGER)) * 40503 % 65536 * (j.value->>'spreadMs') / 65536
   FROM json_each(?1) j WHERE j.value->>'zone' = coalesce(time_zone, ?2)),
  (SELECT coalesce(recall_until, 0) FROM campaigns WHERE id = ?3), ${sourceWaitEndSql})`;
const inCampaignSql = `${recipientRangeSql("?3")} AND +tenant_id = ?4`;

/**
 * Launches a campaign and plans the first step of its recipients. Paused recipients get a planned
 * time (`scheduled_at`) too, for a later resume. Only active recipients get a due time (`due_at`).
 */
export async function launchCampaign(
  scope: Scope,
  change: CampaignStatusChange,
  plans: FirstStepPlans,
  launch: CampaignLaunchTerms,
): Promise<CampaignStatusConflict | null> {
  const { db, tenantId } = scope;
  return await applyStatusChange(scope, change, [
    ...guardRefusals(scope, change),
    requireRecipients(scope, change.campaignId),
    abortUnless(
      db,
      "approval",
      `NOT EXISTS (SELECT 1 FROM campaign_recipients
         WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 AND source IN (SELECT value FROM json_each(?3)))`,
      change.campaignId,
      tenantId,
      JSON.stringify(launch.unapproved),
    ),
    db.$client
      .prepare(
        `UPDATE campaigns SET launched_at = ?, recall_until = ?, ignores_collisions = ?, approval = ?, end_at = ?
         WHERE id = ? AND tenant_id = ?`,
      )
      .bind(
        change.audit.at,
        launch.recallUntil,
        launch.ignoresCollisions ? 1 : 0,
        launch.approval && JSON.stringify(launch.approval),
        launch.endAt,
        change.campaignId,
        tenantId,
      ),
    buildWinnerChoiceSchedule(scope, change.campaignId, change.audit.at),
    db.$client
      .prepare(
        `UPDATE campaign_recipients
         SET next_is_task = EXISTS (SELECT 1 FROM campaign_steps s WHERE s.campaign_id = ?3
             AND s.step_number = campaign_recipients.next_step AND s.kind = 'task'),
           scheduled_at = ${plannedAtSql}, due_at = CASE WHEN status = 'active' THEN ${plannedAtSql} END
         WHERE ${inCampaignSql} AND status IN ('active', 'paused')`,
      )
      .bind(
        JSON.stringify(plans.zones),
        plans.otherwise,
        change.campaignId,
        tenantId,
        Math.floor(plans.random * 65_536),
        JSON.stringify(plans.waits),
      ),
  ]);
}

/**
 * Makes a draft wait for approval, or makes a campaign a draft again after its approval was
 * declined. Plans no step of any recipient.
 */
export async function setCampaignApproval(
  scope: Scope,
  change: CampaignStatusChange,
  approval: CampaignApproval,
): Promise<CampaignStatusConflict | null> {
  return await applyStatusChange(scope, change, [
    requireRecipients(scope, change.campaignId),
    scope.db.$client
      .prepare("UPDATE campaigns SET approval = ? WHERE id = ? AND tenant_id = ?")
      .bind(JSON.stringify(approval), change.campaignId, scope.tenantId),
  ]);
}

function requireRecipients({ db, tenantId }: Scope, campaignId: number): D1PreparedStatement {
  return abortUnless(
    db,
    "recipients",
    `EXISTS (SELECT 1 FROM campaign_recipients
       WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 AND status IN ('active', 'waitingForEmail'))`,
    campaignId,
    tenantId,
  );
}

/**
 * Pauses a campaign: no recipient is due any more, queued emails do not leave, and every "send now"
 * is canceled. `scheduled_at` keeps each recipient's planned time for a later resume.
 */
export async function pauseCampaign(
  scope: Scope,
  change: CampaignStatusChange,
): Promise<CampaignStatusConflict | null> {
  return await applyStatusChange(scope, change, [
    scope.db.$client
      .prepare("UPDATE campaigns SET paused_at = ? WHERE id = ? AND tenant_id = ?")
      .bind(change.audit.at, change.campaignId, scope.tenantId),
    scope.db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = NULL, lease = NULL, send_now = 0
         WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 AND due_at IS NOT NULL`,
      )
      .bind(change.campaignId, scope.tenantId),
    buildOpenAttemptsMarking(
      scope.db,
      `SELECT id FROM campaign_recipients WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 AND status = 'active'`,
      [change.campaignId, scope.tenantId],
      change.audit.at,
    ),
  ]);
}

/**
 * Resumes a campaign. Recipients whose planned time has passed are due now, and their emails leave
 * one by one at the sender's pace. The guardrails (limits on bounces and complaints) count only
 * emails after this resume. After a long pause, an email's lateness is the time from the planned
 * time to this resume. If every recipient's sequence has ended, the campaign completes.
 * @param confirmLate if true, emails that are later than the campaign allows may leave
 */
export async function resumeCampaign(
  scope: Scope,
  change: CampaignStatusChange,
  confirmLate: boolean,
  ignoresCollisions: boolean,
): Promise<CampaignStatusConflict | null> {
  return await applyStatusChange(scope, change, [
    ...guardRefusals(scope, change),
    scope.db.$client
      .prepare(
        `UPDATE campaigns AS c SET resumed_at = CASE WHEN ${wasPausedTooLongSql("?1")} THEN ?1 ELSE resumed_at END, pause_reason = NULL, ignores_collisions = ?4, guard_watch = 0, guard_baseline = json_object(
           'sent', ${guardrailFigureSql("sent", "c")}, 'bounced', ${guardrailFigureSql("bounced", "c")},
           'complained', ${guardrailFigureSql("complained", "c")})
         WHERE id = ?2 AND tenant_id = ?3`,
      )
      .bind(change.audit.at, change.campaignId, scope.tenantId, ignoresCollisions ? 1 : 0),
    ...(confirmLate ? [buildLateEmailAllowance(scope, change.campaignId, change.audit.at)] : []),
    scope.db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = max(coalesce(scheduled_at, ?1), ?1)
         WHERE ${recipientRangeSql("?2")} AND +tenant_id = ?3 AND status = 'active'
           AND next_step < ${sequenceEndStepNumber}`,
      )
      .bind(change.audit.at, change.campaignId, scope.tenantId),
    buildCampaignCompletion(scope.db, [change.campaignId], change.audit.at),
  ]);
}

/**
 * Stops a campaign for good, and stops every recipient whose sequence has not ended yet. Queued
 * emails do not leave.
 */
export async function stopCampaign(
  scope: Scope,
  change: CampaignStatusChange,
): Promise<CampaignStatusConflict | null> {
  const stops = stopRecipients(scope.db, {
    where: `${recipientRangeSql("?1")} AND +tenant_id = ?2`,
    values: [change.campaignId, scope.tenantId],
    reason: "campaignStopped",
    at: change.audit.at,
    // `campaignIds` is empty, because this change gives the campaign the status `stopped`, and a
    // stopped campaign must not be completed.
    campaignIds: [],
  });
  return await applyStatusChange(scope, change, stops);
}

export async function archiveCampaign(
  scope: Scope,
  change: CampaignStatusChange,
): Promise<CampaignStatusConflict | null> {
  return await applyStatusChange(scope, change, []);
}

/**
 * Undoes a launch if no email was attempted, or withdraws the request for an approval. The campaign
 * is a draft again, and no recipient has a planned email. Open tasks are deleted. A closed task
 * can't be undone, so a campaign with a closed task is not changed.
 */
export async function recallCampaign(
  scope: Scope,
  change: CampaignStatusChange,
): Promise<CampaignStatusConflict | null> {
  const { db, tenantId } = scope;
  const of = [change.campaignId, tenantId];
  return await applyStatusChange(scope, change, [
    abortUnless(
      db,
      "sent",
      `NOT EXISTS (SELECT 1 FROM campaign_recipients r JOIN messages m ON m.recipient_id = r.id
                   WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2 AND m.attempts > 0)`,
      ...of,
    ),
    abortUnless(
      db,
      "tasks",
      `NOT EXISTS (SELECT 1 FROM campaign_recipients r JOIN tasks k ON k.recipient_id = r.id
                   WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2 AND +k.outcome IS NOT NULL)`,
      ...of,
    ),
    db.$client
      .prepare(
        `DELETE FROM tasks WHERE recipient_id IN (
           SELECT r.id FROM campaign_recipients r WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2)`,
      )
      .bind(...of),
    db.$client
      .prepare(
        `UPDATE campaigns SET launched_at = NULL, recall_until = NULL, approval = NULL,
           end_at = CASE WHEN ends_after_days IS NULL THEN end_at END
         WHERE id = ? AND tenant_id = ?`,
      )
      .bind(...of),
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = NULL, scheduled_at = NULL, lease = NULL, send_now = 0
         WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 AND scheduled_at IS NOT NULL`,
      )
      .bind(...of),
  ]);
}

/**
 * Lets a campaign's emails leave although the emails are later than the campaign allows, and
 * records the decision in the audit log.
 */
export async function allowLateEmails(scope: Scope, campaignId: number, audit: AuditEntry): Promise<void> {
  await scope.db.$client.batch([
    buildLateEmailAllowance(scope, campaignId, audit.at),
    buildAuditEntryInsert(scope, audit),
  ]);
}

/**
 * Builds the statements that undo the change if a refusal forbids emails to one of the recipients.
 */
function guardRefusals(scope: Scope, { campaignId, refusals }: CampaignStatusChange): D1PreparedStatement[] {
  const { overriddenAt, override } = refusals ?? { overriddenAt: 0, override: null };
  return [
    ...(override === null ? [] : buildRefusalOverride(scope, campaignId, override)),
    abortIfRefused(scope, { to: { campaignId }, overriddenAt }),
  ];
}

async function applyStatusChange(
  scope: Scope,
  change: CampaignStatusChange,
  statements: readonly D1PreparedStatement[],
): Promise<CampaignStatusConflict | null> {
  const { db, tenantId } = scope;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "status",
        "EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND tenant_id = ? AND status = ?)",
        change.campaignId,
        tenantId,
        change.from,
      ),
      db.$client
        .prepare("UPDATE campaigns SET status = ?, updated_at = ? WHERE id = ? AND tenant_id = ?")
        .bind(change.to, change.audit.at, change.campaignId, tenantId),
      ...statements,
      buildAuditEntryInsert(scope, change.audit),
    ]),
  );
  return refusal as CampaignStatusConflict | null;
}
