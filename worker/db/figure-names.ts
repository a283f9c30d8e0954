import type { Scope } from "./scope.ts";

/** Returns the names of the senders whose ids are in `ids`, by id. */
export const loadSenderNames = (scope: Scope, ids: readonly string[]) =>
  loadNames(
    scope,
    ids,
    "SELECT n.id AS key, n.from_name || ' <' || n.from_email || '>' AS name FROM json_each(?1) j CROSS JOIN senders n ON n.id = CAST(j.value AS INTEGER) AND n.tenant_id = ?2",
  );

/**
 * Returns the names of the sequences whose ids are in `ids`, by id. A deleted sequence has no name.
 */
export const loadSequenceNames = (scope: Scope, ids: readonly string[]) =>
  loadNames(
    scope,
    ids,
    "SELECT coalesce(q.preset_id, q.id) AS key, q.name FROM sequences q WHERE q.tenant_id = ?2 AND coalesce(q.preset_id, CAST(q.id AS TEXT)) IN (SELECT value FROM json_each(?1))",
  );

async function loadNames(
  { db, tenantId }: Scope,
  ids: readonly string[],
  query: string,
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { results } = await db.$client
    .prepare(query)
    .bind(JSON.stringify(ids), tenantId)
    .all<{ key: string | number; name: string }>();
  return new Map(results.map(({ key, name }) => [String(key), name]));
}
