import type { BulkChange } from "../domain/send/bulk-action.ts";
import type { AuditEntry } from "./audit-log.ts";
import type { Scope } from "./scope.ts";

export type BulkUndoToken = { token: string; until: number };

/**
 * Builds the statements that store the data by which a bulk action can be undone, and drop the data
 * of actions that can no longer be undone.
 */
export function keepUndo(
  { db, tenantId }: Scope,
  campaignId: number,
  change: BulkChange,
  { undo, audit }: { undo: BulkUndoToken; audit: AuditEntry },
): D1PreparedStatement[] {
  return [
    db.$client
      .prepare("DELETE FROM bulk_changes WHERE campaign_id = ? AND tenant_id = ? AND undo_until <= ?")
      .bind(campaignId, tenantId, audit.at),
    db.$client
      .prepare(
        "UPDATE bulk_changes SET undo_until = ?4 WHERE campaign_id = ?1 AND tenant_id = ?2 AND token = ?3",
      )
      .bind(campaignId, tenantId, undo.token, undo.until),
    db.$client
      .prepare(
        `INSERT INTO bulk_changes (campaign_id, token, part, tenant_id, agent_id, undo_until, change)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .bind(campaignId, undo.token, audit.id, tenantId, audit.actor, undo.until, JSON.stringify(change)),
  ];
}

/** Returns the changes that an agent's bulk action made, if the action can still be undone. */
export async function findUndoableBulkChanges(
  { db, tenantId }: Scope,
  campaignId: number,
  { token, agentId, now }: { token: string; agentId: string; now: number },
): Promise<BulkChange[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT change FROM bulk_changes
       WHERE campaign_id = ? AND token = ? AND tenant_id = ? AND agent_id = ? AND undo_until > ? ORDER BY part`,
    )
    .bind(campaignId, token, tenantId, agentId, now)
    .all<{ change: string }>();
  return results.map(({ change }) => JSON.parse(change) as BulkChange);
}
