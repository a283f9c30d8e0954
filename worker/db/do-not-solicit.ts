import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

export type DoNotSolicitListRow = {
  id: number;
  name: string;
  state: string;
  city: string | null;
  asOf: string;
  lines: number;
  importedAt: number;
  importedBy: string;
};

const columns =
  "id, name, state, city, as_of AS asOf, lines, imported_at AS importedAt, imported_by AS importedBy";

/** Returns at most `limit` do-not-solicit lists of the tenant, in the order of their names. */
export async function listDoNotSolicitLists(
  { db, tenantId }: Scope,
  limit: number,
): Promise<DoNotSolicitListRow[]> {
  const { results } = await db.$client
    .prepare(`SELECT ${columns} FROM do_not_solicit_lists WHERE tenant_id = ? ORDER BY name LIMIT ?`)
    .bind(tenantId, limit)
    .all<DoNotSolicitListRow>();
  return results;
}

/** The most address keys in one parameter, well below D1's limit on a value's size. */
const keysPerStatement = 5_000;

/**
 * Replaces the do-not-solicit list with the same name, or adds a new list, in one transaction.
 * Writes one row per key, and one row per key of the replaced list.
 * @returns false if the tenant already has `most` lists with other names
 */
export async function replaceDoNotSolicitList(
  scope: Scope,
  list: DoNotSolicitListRow,
  keys: readonly string[],
  most: number,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const client = db.$client;
  const insert = client.prepare(
    `INSERT INTO do_not_solicit_entries (tenant_id, key, list_id) SELECT ?1, j.value, ?2 FROM json_each(?3) j WHERE 1
     ON CONFLICT DO NOTHING`,
  );
  const chunks = Array.from({ length: Math.ceil(keys.length / keysPerStatement) }, (_, index) =>
    keys.slice(index * keysPerStatement, (index + 1) * keysPerStatement),
  );
  const refusal = await awaitGuardedBatch(
    client.batch([
      ...deleteListStatements(scope, "name", list.name),
      abortUnless(
        db,
        "full",
        "(SELECT count(*) FROM do_not_solicit_lists WHERE tenant_id = ?) < ?",
        tenantId,
        most,
      ),
      client
        .prepare(
          `INSERT INTO do_not_solicit_lists (id, tenant_id, name, state, city, as_of, lines, imported_at, imported_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .bind(
          list.id,
          tenantId,
          list.name,
          list.state,
          list.city,
          list.asOf,
          list.lines,
          list.importedAt,
          list.importedBy,
        ),
      ...chunks.map((chunk) => insert.bind(tenantId, list.id, JSON.stringify(chunk))),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

/** Deletes a do-not-solicit list. Returns false if the tenant does not have the list. */
export async function deleteDoNotSolicitList(scope: Scope, id: number, audit: AuditEntry): Promise<boolean> {
  const results = await scope.db.$client.batch([
    buildAuditEntryInsert(scope, audit, {
      condition: "EXISTS (SELECT 1 FROM do_not_solicit_lists WHERE id = ? AND tenant_id = ?)",
      values: [id, scope.tenantId],
    }),
    ...deleteListStatements(scope, "id", id),
  ]);
  return (results.at(-1)?.meta.changes ?? 0) > 0;
}

function deleteListStatements(
  { db, tenantId }: Scope,
  by: "id" | "name",
  value: number | string,
): D1PreparedStatement[] {
  const lists = `SELECT id FROM do_not_solicit_lists WHERE tenant_id = ?1 AND ${by} = ?2`;
  return [
    db.$client
      .prepare(`DELETE FROM do_not_solicit_entries WHERE tenant_id = ?1 AND list_id IN (${lists})`)
      .bind(tenantId, value),
    db.$client
      .prepare(`DELETE FROM do_not_solicit_lists WHERE tenant_id = ?1 AND ${by} = ?2`)
      .bind(tenantId, value),
  ];
}

/**
 * Returns at most `limit` of the given address keys that are on a do-not-solicit list of the
 * tenant, each with the list's name and date.
 */
export async function findDoNotSolicitKeys(
  { db, tenantId }: Scope,
  keys: readonly string[],
  limit: number,
): Promise<{ key: string; name: string; asOf: string }[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT e.key, l.name, l.as_of AS asOf FROM json_each(?1) j
       CROSS JOIN do_not_solicit_entries e ON e.tenant_id = ?2 AND e.key = j.value
       CROSS JOIN do_not_solicit_lists l ON l.id = e.list_id LIMIT ?3`,
    )
    .bind(JSON.stringify(keys), tenantId, limit)
    .all<{ key: string; name: string; asOf: string }>();
  return results;
}

/**
 * Returns at most `limit` homes of a campaign's recipients, each home once. Leaves out recipients
 * who have given consent or whose sequence has ended.
 */
export async function listHomesOfCampaign(
  { db, tenantId }: Scope,
  campaignId: number,
  limit: number,
): Promise<{ state: string | null; keys: string[] }[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT property_state AS state, address_keys AS keys FROM campaign_recipients
       WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 AND address_keys IS NOT NULL AND consent IS NULL
         AND status IN ('active', 'paused', 'waitingForEmail') LIMIT ?3`,
    )
    .bind(campaignId, tenantId, limit)
    .all<{ state: string | null; keys: string }>();
  return results.map(({ state, keys }) => ({ state, keys: JSON.parse(keys) as string[] }));
}

/**
 * SQL condition: the home of recipient `r` is on a do-not-solicit list of the recipient's tenant.
 * Reads at most one index entry per key of the home, and nothing for a tenant without lists.
 */
export const isHomeOnDoNotSolicitListSql = `(r.address_keys IS NOT NULL
  AND EXISTS (SELECT 1 FROM do_not_solicit_lists l WHERE l.tenant_id = r.tenant_id)
  AND EXISTS (SELECT 1 FROM json_each(r.address_keys) k
    CROSS JOIN do_not_solicit_entries e ON e.tenant_id = r.tenant_id AND e.key = k.value))`;
