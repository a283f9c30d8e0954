import { getTableColumns, type Table } from "drizzle-orm";
import type { BulkChange } from "../domain/send/bulk-action.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { type BulkUndoToken, keepUndo } from "./bulk-undo.ts";
import { buildCampaignCompletion } from "./completion.ts";
import { schema } from "./schema.ts";
import type { Database, Scope } from "./scope.ts";

/** SQL: recipient `r` has an email, a task, an event or an outcome: something has happened. */
export const hasHistorySql = `(EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = r.id)
  OR EXISTS (SELECT 1 FROM tasks k WHERE k.recipient_id = r.id)
  OR EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id)
  OR EXISTS (SELECT 1 FROM reply_threads t WHERE t.recipient_id = r.id))`;

/** SQL condition: recipient `r` is one of those in `?1`, and can be deleted. */
const isRemovableSql = `r.id IN (SELECT value FROM json_each(?1))
  AND r.campaign_id = ?2 AND r.tenant_id = ?3 AND r.lease IS NULL AND NOT ${hasHistorySql}`;

/** Returns the names of the columns of a table, without the columns that SQLite computes. */
const listColumns = (table: Table): string[] =>
  Object.values(getTableColumns(table)).flatMap(({ name, generated }) => (generated ? [] : [name]));

const recipientColumns = listColumns(schema.campaignRecipients);
const wordingColumns = listColumns(schema.personalWordings);

/** D1 takes at most 32 arguments per function, so one call takes the names of 15 columns. */
const columnsPerCall = 15;

/** SQL: a row as a JSON object. A column that is null has no key. */
function toRowObjectSql(row: string, columns: readonly string[]): string {
  const parts = Array.from({ length: Math.ceil(columns.length / columnsPerCall) }, (_, part) =>
    columns.slice(part * columnsPerCall, (part + 1) * columnsPerCall),
  ).map((names) => `json_object(${names.map((name) => `'${name}', ${row}.${name}`).join(", ")})`);
  return parts.reduce((merged, part) => `json_patch(${merged}, ${part})`);
}

/**
 * Deletes recipients of a campaign, except recipients who have a history or whose email is leaving.
 * Keeps the deleted rows for the undo: writes one more row per recipient.
 * @returns the number of deleted recipients
 */
export async function removeRecipients(
  scope: Scope,
  campaignId: number,
  change: BulkChange,
  { undo, audit }: { undo: BulkUndoToken; audit: AuditEntry },
): Promise<number> {
  const { db, tenantId } = scope;
  const ids = JSON.stringify(change.moves.map(({ id }) => id));
  const [, removed] = await db.$client.batch([
    db.$client
      .prepare(
        `INSERT INTO removed_recipients (campaign_id, token, recipient_id, tenant_id, removed_at, recipient, wordings)
         SELECT ?2, ?4, r.id, ?3, ?5, ${toRowObjectSql("r", recipientColumns)},
           (SELECT json_group_array(json(${toRowObjectSql("w", wordingColumns)})) FROM personal_wordings w
            WHERE w.recipient_id = r.id)
         FROM campaign_recipients r WHERE ${isRemovableSql}`,
      )
      .bind(ids, campaignId, tenantId, undo.token, audit.at),
    db.$client
      .prepare(`DELETE FROM campaign_recipients AS r WHERE ${isRemovableSql} RETURNING id`)
      .bind(ids, campaignId, tenantId),
    ...keepUndo(scope, campaignId, change, { undo, audit }),
    buildCampaignCompletion(db, [campaignId], audit.at),
    buildAuditEntryInsert(scope, audit),
  ]);
  return removed?.results.length ?? 0;
}

/**
 * SQL condition: since the removal `d`, nobody has asked for no more emails or answered at the
 * property, so the person may be in the campaign again.
 */
const mayComeBackSql = `NOT EXISTS (SELECT 1 FROM suppressions s
    WHERE s.tenant_id = d.tenant_id AND s.email = d.recipient->>'email')
  AND NOT EXISTS (SELECT 1 FROM refusals f WHERE f.tenant_id = d.tenant_id
    AND f.property_id = d.recipient->>'property_id' AND f.refused_at >= d.removed_at)
  AND NOT EXISTS (SELECT 1 FROM campaign_recipients p JOIN events e ON e.recipient_id = p.id
    WHERE p.tenant_id = d.tenant_id AND p.property_id = d.recipient->>'property_id'
      AND e.received_at >= d.removed_at AND e.kind IN ('replied', 'complained', 'unsubscribed'))`;

/** SQL: a column of the removed recipient `d`. A step is due only in an active campaign. */
const readColumnSql = (name: string) =>
  name === "due_at"
    ? `iif(c.status IN ('active', 'completed') AND d.recipient->>'status' = 'active',
        max(coalesce(d.recipient->>'due_at', d.recipient->>'scheduled_at', ?4), ?4), NULL)`
    : `d.recipient->>'${name}'`;

/**
 * Puts the recipients back whom an action removed, each with the same id, plan and wordings. Leaves
 * out a person who was added again meanwhile, or may not be written to any more.
 * @returns the number of recipients who are back
 */
export async function restoreRecipients(
  { db, tenantId }: Scope,
  campaignId: number,
  token: string,
  audit: AuditEntry,
): Promise<number> {
  const own = [campaignId, token, tenantId];
  const [restored] = await db.$client.batch([
    db.$client
      .prepare(
        `INSERT INTO campaign_recipients (${recipientColumns.join(", ")})
         SELECT ${recipientColumns.map(readColumnSql).join(", ")}
         FROM removed_recipients d JOIN campaigns c ON c.id = d.campaign_id
         WHERE d.campaign_id = ?1 AND d.token = ?2 AND d.tenant_id = ?3 AND ${mayComeBackSql}
         ON CONFLICT DO NOTHING RETURNING id`,
      )
      .bind(...own, audit.at),
    db.$client
      .prepare(
        `INSERT INTO personal_wordings (${wordingColumns.join(", ")})
         SELECT ${wordingColumns.map((name) => `w.value->>'${name}'`).join(", ")}
         FROM removed_recipients d CROSS JOIN json_each(d.wordings) w
         JOIN campaign_recipients r ON r.id = d.recipient_id AND r.email IS d.recipient->>'email'
         WHERE d.campaign_id = ?1 AND d.token = ?2 AND d.tenant_id = ?3 AND r.campaign_id = ?1
         ON CONFLICT DO NOTHING`,
      )
      .bind(...own),
    db.$client
      .prepare(
        `UPDATE campaigns SET status = 'active', updated_at = ?4 WHERE id = ?1 AND tenant_id = ?3
           AND status = 'completed' AND EXISTS (SELECT 1 FROM removed_recipients d
             JOIN campaign_recipients r ON r.id = d.recipient_id WHERE d.campaign_id = ?1 AND d.token = ?2
               AND r.status IN ('active', 'paused', 'waitingForEmail'))`,
      )
      .bind(...own, audit.at),
    ...["removed_recipients", "bulk_changes"].map((table) =>
      db.$client
        .prepare(`DELETE FROM ${table} WHERE campaign_id = ?1 AND token = ?2 AND tenant_id = ?3`)
        .bind(...own),
    ),
    buildAuditEntryInsert({ db, tenantId }, audit),
  ]);
  return restored?.results.length ?? 0;
}

/** Drops removed recipients whose removal can no longer be undone. */
export async function dropOldRemovedRecipients({ $client }: Database, removedBefore: number): Promise<void> {
  await $client.prepare("DELETE FROM removed_recipients WHERE removed_at < ?").bind(removedBefore).run();
}
