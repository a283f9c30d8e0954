import type { AuditEntry } from "../db/audit-log.ts";
import type { RequestScope } from "./access.ts";

/**
 * Returns an entry of the audit log for an action that the session's agent takes now.
 * @param subject the table and key of the changed row, such as `campaigns/123`
 */
export function buildAuditEntry(
  { ctx, agentId }: Pick<RequestScope, "ctx" | "agentId">,
  action: string,
  subject: string,
  data?: Record<string, unknown>,
): AuditEntry {
  const entry = { id: ctx.newId(), actor: agentId, action, subject, at: ctx.now() };
  return data === undefined ? entry : { ...entry, data };
}
