import type { BulkActionPlace, BulkFillValue, BulkMove } from "../domain/send/bulk-action.ts";
import type { Scope } from "./scope.ts";

/**
 * Returns the JSON path, within a recipient's data, of the value with a path such as
 * `property.pool`.
 */
export function toJsonPath(path: string): string {
  const [root, name] = path.split(".");
  return `$.${root}."${name}"`;
}

/**
 * SQL: 1 if the data of recipient `r` has a value.
 * @param path an SQL parameter with the JSON path; if the parameter is null, the result is 0
 */
export const hasValueSql = (path: string) => `trim(coalesce(r.data->>${path}, '')) <> ''`;

const place = (state: "from" | "to", name: keyof BulkActionPlace) => `j.value->>'$.${state}.${name}'`;

/**
 * SQL condition: no run of the Worker has claimed recipient `r`, and the recipient is still at the
 * place from which the move starts.
 */
const isUnmovedSql = `r.id = j.value->>'id' AND r.campaign_id = ?2 AND r.tenant_id = ?3 AND r.lease IS NULL
  AND r.status = ${place("from", "status")} AND r.status NOT IN ('completed', 'stopped')
  AND r.next_step = ${place("from", "nextStep")} AND r.scheduled_at IS ${place("from", "scheduledAt")}`;

/** SQL: the columns that a filled-in value can change in recipient `r`'s row, besides `data`. */
const setPlaceSql = `status = ${place("to", "status")}, scheduled_at = ${place("to", "scheduledAt")},
  due_at = ${place("to", "dueAt")}, allows_late = ${place("to", "allowsLate")}`;

/**
 * Builds the statement that gives a value to the recipients who still lack the value. Stores the
 * time at which the agent gave the value.
 */
export function buildValueFill(
  { db, tenantId }: Scope,
  campaignId: number,
  { path, text }: BulkFillValue,
  moves: readonly BulkMove[],
  at: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET ${setPlaceSql}, data = json_set(r.data, ?4, ?5,
         '$.byHand', json_patch(coalesce(r.data->'$.byHand', '{}'), json_object(?6, CAST(?7 AS INTEGER))))
       FROM json_each(?1) j WHERE ${isUnmovedSql} AND NOT ${hasValueSql("?4")}`,
    )
    .bind(JSON.stringify(moves), campaignId, tenantId, toJsonPath(path), text, path, at);
}

/** Builds the statement that takes a value away from the recipients who still have the value. */
export function buildValueRemoval(
  { db, tenantId }: Scope,
  campaignId: number,
  { path, text }: BulkFillValue,
  moves: readonly BulkMove[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET ${setPlaceSql}, data = json_remove(r.data, ?4, ?6)
       FROM json_each(?1) j WHERE ${isUnmovedSql} AND r.data->>?4 = ?5`,
    )
    .bind(JSON.stringify(moves), campaignId, tenantId, toJsonPath(path), text, `$.byHand."${path}"`);
}
