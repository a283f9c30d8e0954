import type { Scope } from "./scope.ts";

/** Who did what to what. `actor` is the agent's subject claim; `data` never holds an address or a body. */
export type AuditEntry = {
  id: number;
  actor: string;
  action: string;
  /** The table and key it was done to, such as `campaigns/123`. */
  subject: string;
  data?: Record<string, unknown>;
  at: number;
};

/** To be put in the batch of what it tells of, so that neither is there without the other. */
export function auditStatement({ db, tenantId }: Scope, entry: AuditEntry): D1PreparedStatement {
  return db.$client
    .prepare(
      "INSERT INTO audit_log (id, tenant_id, actor, action, subject, data, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(
      entry.id,
      tenantId,
      entry.actor,
      entry.action,
      entry.subject,
      JSON.stringify(entry.data ?? {}),
      entry.at,
    );
}
