import type { CampaignStatus } from "../../shared/vocabulary.ts";
import type { ZonePlan } from "../domain/campaign.ts";
import { type AuditEntry, auditStatement } from "./audit-log.ts";
import { guard, refusalOf } from "./guard.ts";
import type { Scope } from "./scope.ts";

/*
 * `+tenant_id` keeps the planner from the index that starts with the tenant: it would read all of the tenant's
 * recipients to find one campaign's.
 */

/** One change of status, written only if the campaign still has the one it was decided on. */
export type StatusChange = {
  campaignId: number;
  from: CampaignStatus;
  to: CampaignStatus;
  audit: AuditEntry;
};

/** When the next step goes, per zone; `otherwise` is for recipients without a zone of their own. */
export type Plans = { zones: readonly ZonePlan[]; otherwise: number };

/** `status`: it was changed by somebody else meanwhile. `recipients`: there is nobody in it to write to. */
export type Refusal = "status" | "recipients";

/** The distinct zones that recipients of a campaign have of their own. */
export async function zonesOf({ db, tenantId }: Scope, campaignId: number): Promise<string[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT time_zone AS zone FROM campaign_recipients
       WHERE campaign_id = ? AND +tenant_id = ? AND time_zone IS NOT NULL`,
    )
    .bind(campaignId, tenantId)
    .all<{ zone: string }>();
  return results.map((row) => row.zone);
}

const plannedAt =
  "coalesce((SELECT j.value->>'at' FROM json_each(?1) j WHERE j.value->>'zone' = time_zone), ?2)";
const ofCampaign = "campaign_id = ?3 AND +tenant_id = ?4";

/** Paused recipients are planned too, so that resuming one finds its time; only active ones come due. */
export async function launchCampaign(
  scope: Scope,
  change: StatusChange,
  plans: Plans,
): Promise<Refusal | null> {
  const { db, tenantId } = scope;
  return await applied(scope, change, [
    guard(
      db,
      "recipients",
      `EXISTS (SELECT 1 FROM campaign_recipients
               WHERE campaign_id = ? AND +tenant_id = ? AND status IN ('active', 'waitingForEmail'))`,
      change.campaignId,
      tenantId,
    ),
    db.$client
      .prepare("UPDATE campaigns SET launched_at = ? WHERE id = ? AND tenant_id = ?")
      .bind(change.audit.at, change.campaignId, tenantId),
    db.$client
      .prepare(
        `UPDATE campaign_recipients
         SET scheduled_at = ${plannedAt}, due_at = CASE WHEN status = 'active' THEN ${plannedAt} END
         WHERE ${ofCampaign} AND status IN ('active', 'paused')`,
      )
      .bind(JSON.stringify(plans.zones), plans.otherwise, change.campaignId, tenantId),
  ]);
}

/** Nothing is due any more, and what is queued is refused; when each was planned to go is kept for resuming. */
export async function pauseCampaign(scope: Scope, change: StatusChange): Promise<Refusal | null> {
  return await applied(scope, change, [
    scope.db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = NULL, lease = NULL
         WHERE campaign_id = ? AND +tenant_id = ? AND due_at IS NOT NULL`,
      )
      .bind(change.campaignId, scope.tenantId),
  ]);
}

/** What was planned for later stays planned; what should have gone meanwhile is due now. */
export async function resumeCampaign(scope: Scope, change: StatusChange): Promise<Refusal | null> {
  return await applied(scope, change, [
    scope.db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = max(coalesce(scheduled_at, ?1), ?1)
         WHERE campaign_id = ?2 AND +tenant_id = ?3 AND status = 'active'
           AND next_step <= (SELECT count(*) FROM campaign_steps WHERE campaign_id = ?2)`,
      )
      .bind(change.audit.at, change.campaignId, scope.tenantId),
  ]);
}

/** For good: everybody who has not ended otherwise is stopped, and what is queued is refused. */
export async function stopCampaign(scope: Scope, change: StatusChange): Promise<Refusal | null> {
  return await applied(scope, change, [
    scope.db.$client
      .prepare(
        `UPDATE campaign_recipients
         SET status = 'stopped', stop_reason = 'campaignStopped', due_at = NULL, lease = NULL
         WHERE campaign_id = ? AND +tenant_id = ? AND status IN ('active', 'paused', 'waitingForEmail')`,
      )
      .bind(change.campaignId, scope.tenantId),
  ]);
}

export async function archiveCampaign(scope: Scope, change: StatusChange): Promise<Refusal | null> {
  return await applied(scope, change, []);
}

/**
 * Brings the next step of every active recipient forward to now, whatever its delay and the window; who is being sent
 * to right now is left alone.
 */
export async function hastenCampaign(scope: Scope, campaignId: number, audit: AuditEntry): Promise<void> {
  const { db, tenantId } = scope;
  await db.$client.batch([
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET scheduled_at = ?1, due_at = ?1, send_now = 1
         WHERE campaign_id = ?2 AND +tenant_id = ?3 AND status = 'active' AND lease IS NULL
           AND next_step <= (SELECT count(*) FROM campaign_steps WHERE campaign_id = ?2)
           AND (SELECT status FROM campaigns WHERE id = ?2) = 'active'`,
      )
      .bind(audit.at, campaignId, tenantId),
    auditStatement(scope, audit),
  ]);
}

async function applied(
  scope: Scope,
  change: StatusChange,
  statements: readonly D1PreparedStatement[],
): Promise<Refusal | null> {
  const { db, tenantId } = scope;
  const refusal = await refusalOf(
    db.$client.batch([
      guard(
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
      auditStatement(scope, change.audit),
    ]),
  );
  return refusal as Refusal | null;
}
