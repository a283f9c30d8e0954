import type { BulkMove, BulkPlace, BulkValue } from "../domain/send/bulk-action.ts";
import type { Scope } from "./scope.ts";

/**
 * Returns the JSON path at which a recipient's data has the value of a path such as
 * `property.pool`.
 */
export function toJsonPath(path: string): string {
  const [root, name] = path.split(".");
  return `$.${root}."${name}"`;
}

/**
 * SQL: 1 if the data of recipient `r` has a value.
 * @param path an SQL parameter with the JSON path; if it is null, the result is 0
 */
export const hasValueSql = (path: string) => `trim(coalesce(r.data->>${path}, '')) <> ''`;

const place = (state: "from" | "to", name: keyof BulkPlace) => `j.value->>'$.${state}.${name}'`;

/** SQL: recipient `r` has no claim, and its place is still the place from which the move starts. */
const isUnmovedSql = `r.id = j.value->>'id' AND r.campaign_id = ?2 AND r.tenant_id = ?3 AND r.lease IS NULL
  AND r.status = ${place("from", "status")} AND r.status NOT IN ('completed', 'stopped')
  AND r.next_step = ${place("from", "nextStep")} AND r.scheduled_at IS ${place("from", "scheduledAt")}`;

/** SQL: the columns of recipient `r` that a filled-in value can change, besides its data. */
const setPlaceSql = `status = ${place("to", "status")}, scheduled_at = ${place("to", "scheduledAt")},
  due_at = ${place("to", "dueAt")}, allows_late = ${place("to", "allowsLate")}`;

/**
 * Gives the recipients the value, with the time at which the agent gave it, if they still lack it.
 */
export function fillInValues(
  { db, tenantId }: Scope,
  campaignId: number,
  { path, text }: BulkValue,
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

/** Takes the value away from the recipients who still have it. */
export function takeValuesAway(
  { db, tenantId }: Scope,
  campaignId: number,
  { path, text }: BulkValue,
  moves: readonly BulkMove[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET ${setPlaceSql}, data = json_remove(r.data, ?4, ?6)
       FROM json_each(?1) j WHERE ${isUnmovedSql} AND r.data->>?4 = ?5`,
    )
    .bind(JSON.stringify(moves), campaignId, tenantId, toJsonPath(path), text, `$.byHand."${path}"`);
}
