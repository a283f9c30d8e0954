import { sequenceEndStepNumber } from "../../shared/limits.ts";
import { hourMs } from "../../shared/time-lengths.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { buildOpenAttemptsMarking } from "./open-attempts.ts";
import type { Scope } from "./scope.ts";

/*
 * While an agent's outreach is paused, no email of a campaign that the agent launched leaves, and
 * no task opens. The campaigns keep their status. `decideNextStep` holds the recipients, and
 * `beginAttempts` checks the pause once more right before a provider is called.
 */

const isAgentSql = "tenant_id = ?1 AND agent_id = ?2";

/** SQL: the ids of the recipients in the active campaigns of the agent, if the agent is paused. */
const pausedRecipientsSql = `SELECT r.id FROM agents a
  CROSS JOIN campaigns c ON c.tenant_id = a.tenant_id AND c.created_by = a.agent_id AND c.status = 'active'
  CROSS JOIN campaign_recipients r ON r.id BETWEEN c.first_recipient_id AND c.last_recipient_id
  WHERE a.tenant_id = ?1 AND a.agent_id = ?2 AND a.paused_at IS NOT NULL`;

/** Returns who paused the agent's outreach; null if the outreach is not paused. */
export async function findAgentPause(
  { db, tenantId }: Scope,
  agentId: string,
): Promise<{ pausedBy: string } | null> {
  return await db.$client
    .prepare(`SELECT paused_by AS pausedBy FROM agents WHERE ${isAgentSql} AND paused_at IS NOT NULL`)
    .bind(tenantId, agentId)
    .first<{ pausedBy: string }>();
}

/**
 * Pauses an agent's outreach, and takes the agent's recipients out of the queue, also recipients
 * whose email is about to leave. A second pause keeps the time and the author of the first. Writes
 * two rows for each recipient with a planned email.
 */
export async function pauseAgent(scope: Scope, agentId: string, audit: AuditEntry): Promise<void> {
  const { db, tenantId } = scope;
  const of = [tenantId, agentId];
  await db.$client.batch([
    buildAuditEntryInsert(scope, audit, ifPaused(false, of)),
    db.$client
      .prepare(`UPDATE agents SET paused_at = ?3, paused_by = ?4 WHERE ${isAgentSql} AND paused_at IS NULL`)
      .bind(...of, audit.at, audit.actor),
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = NULL, lease = NULL, send_now = 0
         WHERE id IN (${pausedRecipientsSql} AND r.due_at IS NOT NULL)`,
      )
      .bind(...of),
    buildOpenAttemptsMarking(db, `${pausedRecipientsSql} AND r.status = 'active'`, of, audit.at),
  ]);
}

/**
 * Resumes an agent's outreach. Emails whose planned time has passed are due now, and leave at the
 * sender's pace. After a pause that is longer than a campaign's allowed lateness, the campaign's
 * emails count as late, and wait for a confirmation.
 */
export async function resumeAgent(scope: Scope, agentId: string, audit: AuditEntry): Promise<void> {
  const { db, tenantId } = scope;
  const of = [tenantId, agentId];
  await db.$client.batch([
    buildAuditEntryInsert(scope, audit, ifPaused(true, of)),
    db.$client
      .prepare(
        `UPDATE campaigns SET resumed_at = ?3 WHERE tenant_id = ?1 AND created_by = ?2 AND status = 'active'
           AND ?3 - (SELECT a.paused_at FROM agents a WHERE a.tenant_id = ?1 AND a.agent_id = ?2)
             > max_lateness_hours * ${hourMs}`,
      )
      .bind(...of, audit.at),
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = max(coalesce(scheduled_at, ?3), ?3)
         WHERE id IN (${pausedRecipientsSql} AND r.status = 'active' AND r.lease IS NULL
           AND r.next_step < ${sequenceEndStepNumber})`,
      )
      .bind(...of, audit.at),
    db.$client
      .prepare(`UPDATE agents SET paused_at = NULL, paused_by = NULL WHERE ${isAgentSql}`)
      .bind(...of),
  ]);
}

/**
 * The condition of an audit entry: the agent's outreach is, or is not, paused before the change.
 */
const ifPaused = (isPaused: boolean, values: readonly unknown[]) => ({
  condition: `EXISTS (SELECT 1 FROM agents WHERE tenant_id = ? AND agent_id = ?
    AND paused_at IS ${isPaused ? "NOT NULL" : "NULL"})`,
  values,
});
