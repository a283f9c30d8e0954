import type { FoundCampaign, FoundPerson, FoundProperty } from "../../shared/search.ts";
import type { Scope } from "./scope.ts";

/** A column of a search index. */
type SearchColumn = "who" | "address" | "name";

export type SearchRequest = {
  /**
   * The search words, at least one. Each search word must be the beginning of a word in the text.
   */
  words: readonly string[];
  /** The properties to search; null searches everything, with or without a property. */
  properties: readonly string[] | null;
  /** The most entries to return. */
  limit: number;
};
type Found<Entry> = { items: Entry[]; hasMore: boolean };

/**
 * The number of newest matches that are read. A person in many campaigns has one match per
 * campaign, but is listed once.
 */
const matchesRead = 50;

const addressSql = "coalesce(r.data->>'$.property.streetAddress', r.data->>'$.property.unparsedAddress')";
const seesPropertySql = (column: string, list: string) =>
  `(${list} IS NULL OR ${column} IN (SELECT value FROM json_each(${list})))`;

type PersonRow = Omit<FoundPerson, "campaigns">;

/**
 * Finds people by their name, email or property's address. Each person is listed once, with the
 * newest campaign. Reads at most three rows for each of the 50 newest matches.
 */
export async function searchPeople(scope: Scope, request: SearchRequest): Promise<Found<FoundPerson>> {
  const rows = await readPeople(scope, request, ["who", "address"]);
  const people = new Map<string, FoundPerson>();
  for (const row of rows) {
    const key = row.email ?? `${row.name}\n${row.propertyId ?? row.recipientId}`;
    const known = people.get(key);
    if (known === undefined) people.set(key, { ...row, campaigns: 1 });
    else known.campaigns += 1;
  }
  return cutOff([...people.values()], request.limit, rows.length);
}

/**
 * Finds recipients' properties by the property's address. The property of the newest recipient
 * comes first.
 */
export async function searchProperties(scope: Scope, request: SearchRequest): Promise<Found<FoundProperty>> {
  const rows = await readPeople(scope, request, ["address"]);
  const properties = new Map<string, FoundProperty>();
  for (const { propertyId, address } of rows) {
    if (propertyId === null || address === null) continue;
    const known = properties.get(propertyId);
    if (known === undefined) properties.set(propertyId, { propertyId, address, people: 1 });
    else known.people += 1;
  }
  return cutOff([...properties.values()], request.limit, rows.length);
}

async function readPeople(
  { db, tenantId }: Scope,
  { words, properties }: SearchRequest,
  columns: readonly SearchColumn[],
): Promise<PersonRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT r.id AS recipientId, r.name, r.email, r.property_id AS propertyId, ${addressSql} AS address,
        c.id AS campaignId, c.name AS campaignName, r.status, r.stop_reason AS stopReason
      FROM people_search CROSS JOIN campaign_recipients r ON r.id = people_search.rowid
      CROSS JOIN campaigns c ON c.id = r.campaign_id
      WHERE people_search MATCH ?1 AND r.tenant_id = ?2 AND ${seesPropertySql("r.property_id", "?3")}
      ORDER BY people_search.rowid DESC LIMIT ?4`,
    )
    .bind(
      buildSearchExpression(tenantId, columns, words),
      tenantId,
      properties === null ? null : JSON.stringify(properties),
      matchesRead,
    )
    .all<PersonRow>();
  return results;
}

/** Finds campaigns by their name. Reads at most two rows for each campaign returned. */
export async function searchCampaigns(
  { db, tenantId }: Scope,
  { words, properties, limit }: SearchRequest,
): Promise<Found<FoundCampaign>> {
  const { results } = await db.$client
    .prepare(
      `SELECT c.id, c.name, c.status, c.property_id AS propertyId
      FROM campaigns_search CROSS JOIN campaigns c ON c.id = campaigns_search.rowid
      WHERE campaigns_search MATCH ?1 AND c.tenant_id = ?2 AND ${seesPropertySql("c.property_id", "?3")}
      ORDER BY campaigns_search.rowid DESC LIMIT ?4`,
    )
    .bind(
      buildSearchExpression(tenantId, ["name"], words),
      tenantId,
      properties === null ? null : JSON.stringify(properties),
      limit + 1,
    )
    .all<FoundCampaign>();
  return { items: results.slice(0, limit), hasMore: results.length > limit };
}

const cutOff = <Entry>(entries: readonly Entry[], limit: number, rowsRead: number): Found<Entry> => ({
  items: entries.slice(0, limit),
  hasMore: entries.length > limit || rowsRead === matchesRead,
});

/**
 * Builds the FTS5 expression that finds a tenant's texts in which each of `words` is the beginning
 * of a word.
 * @param words from `splitSearchWords`, so that no word can hold a quote or an operator
 */
function buildSearchExpression(
  tenantId: number,
  columns: readonly SearchColumn[],
  words: readonly string[],
): string {
  const terms = words.map((word) => `"${word}" *`).join(" AND ");
  return `tenant : "t${tenantId}" AND {${columns.join(" ")}} : (${terms})`;
}
