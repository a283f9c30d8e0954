import type { Scope } from "./scope.ts";

/**
 * One entry of the audit log. `actor`: the `sub` of an agent's token, a provider's name,
 * `recipient`, `guardrail` or `engine`. `data` never holds an address or a body.
 */
export type AuditEntry = {
  id: number;
  actor: string;
  action: string;
  /** The table and key of the changed row, such as `campaigns/123`. */
  subject: string;
  data?: Record<string, unknown>;
  at: number;
};

/**
 * Builds the statement that inserts an audit entry. Run in the batch of the recorded change, so
 * that neither the change nor the entry is written alone.
 * @param onlyIf SQL condition, with `?` for each of `values`; if the condition does not hold,
 * nothing is inserted
 */
export function buildAuditEntryInsert(
  { db, tenantId }: Scope,
  entry: AuditEntry,
  onlyIf: { condition: string; values: readonly unknown[] } = { condition: "1", values: [] },
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO audit_log (id, tenant_id, actor, action, subject, data, created_at)
      SELECT ?, ?, ?, ?, ?, ?, ? WHERE ${onlyIf.condition}`,
    )
    .bind(
      entry.id,
      tenantId,
      entry.actor,
      entry.action,
      entry.subject,
      JSON.stringify(entry.data ?? {}),
      entry.at,
      ...onlyIf.values,
    );
}
