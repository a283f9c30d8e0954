import type { PropertyStatus, StartMode } from "../../shared/vocabulary.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import type { Scope } from "./scope.ts";

export type StartRuleRow = {
  status: PropertyStatus;
  sequenceId: string;
  senderId: number;
  mode: StartMode;
  dailyLimit: number;
  savedBy: string;
  savedAt: number;
};

const columns = `status, sequence_id AS sequenceId, sender_id AS senderId, mode, daily_limit AS dailyLimit,
  saved_by AS savedBy, saved_at AS savedAt`;

/** Returns the office's rules. There is at most one rule for each status. */
export async function listStartRules({ db, tenantId }: Scope): Promise<StartRuleRow[]> {
  const { results } = await db.$client
    .prepare(`SELECT ${columns} FROM start_rules WHERE tenant_id = ? ORDER BY status`)
    .bind(tenantId)
    .all<StartRuleRow>();
  return results;
}

/** Stores a rule in place of the earlier rule for the same status. */
export async function saveStartRule(scope: Scope, rule: StartRuleRow, audit: AuditEntry): Promise<void> {
  const { db, tenantId } = scope;
  const { status, sequenceId, senderId, mode, dailyLimit, savedBy, savedAt } = rule;
  await db.$client.batch([
    db.$client
      .prepare(
        `INSERT INTO start_rules (tenant_id, status, sequence_id, sender_id, mode, daily_limit, saved_by, saved_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (tenant_id, status) DO UPDATE SET sequence_id = excluded.sequence_id,
           sender_id = excluded.sender_id, mode = excluded.mode, daily_limit = excluded.daily_limit,
           saved_by = excluded.saved_by, saved_at = excluded.saved_at`,
      )
      .bind(tenantId, status, sequenceId, senderId, mode, dailyLimit, savedBy, savedAt),
    buildAuditEntryInsert(scope, audit),
  ]);
}

/** Deletes a rule and dismisses what it has proposed. */
export async function deleteStartRule(
  scope: Scope,
  status: PropertyStatus,
  audit: AuditEntry,
): Promise<void> {
  const { db, tenantId } = scope;
  await db.$client.batch([
    db.$client.prepare("DELETE FROM start_rules WHERE tenant_id = ? AND status = ?").bind(tenantId, status),
    db.$client
      .prepare(
        `UPDATE start_proposals SET state = 'dismissed', decided_at = ?3, decided_by = ?4
         WHERE tenant_id = ?1 AND status = ?2 AND state = 'waiting'`,
      )
      .bind(tenantId, status, audit.at, audit.actor),
    buildAuditEntryInsert(scope, audit),
  ]);
}
