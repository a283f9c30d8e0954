import { dayMs } from "../../shared/time-lengths.ts";
import type { Listing } from "../domain/compliance/listing.ts";
import type { HostFacts } from "../domain/host-facts.ts";
import type { StatusStart } from "../domain/start-rule.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch, readChangeCount } from "./batch-guard.ts";
import { buildWakeAtProperties, buildWakeForNewFacts } from "./condition-waits.ts";
import { parseListing } from "./listing-row.ts";
import { buildListingWrites, type ListingChange } from "./listings.ts";
import type { properties } from "./schema/properties.ts";
import type { Scope } from "./scope.ts";
import { buildStartProposals } from "./start-proposals.ts";

export type PropertyRow = Pick<
  typeof properties.$inferSelect,
  "propertyId" | "listPrice" | "previousListPrice" | "ownersChangedAt" | "changedAt"
> & { listing: Listing; facts: HostFacts | null };

/** Returns the stored facts about a property; null if no fact is stored. */
export async function findProperty({ db, tenantId }: Scope, propertyId: string): Promise<PropertyRow | null> {
  const row = await db.$client
    .prepare(
      `SELECT property_id AS propertyId, standard_status AS standardStatus, listing, list_price AS listPrice,
        previous_list_price AS previousListPrice, owners_changed_at AS ownersChangedAt, changed_at AS changedAt, facts
      FROM properties WHERE tenant_id = ? AND property_id = ?`,
    )
    .bind(tenantId, propertyId)
    .first<
      Omit<PropertyRow, "listing" | "facts"> & Record<"standardStatus" | "listing" | "facts", string | null>
    >();
  if (row === null) return null;
  const { standardStatus, listing, facts, ...rest } = row;
  return {
    ...rest,
    listing: parseListing(standardStatus, listing, row.changedAt),
    facts: facts === null ? null : (JSON.parse(facts) as HostFacts),
  };
}

/** Returns the stored addresses and names of these properties; leaves out unknown properties. */
export async function loadHostFacts(
  { db, tenantId }: Scope,
  propertyIds: readonly string[],
): Promise<Map<string, HostFacts | null>> {
  if (propertyIds.length === 0) return new Map();
  const { results } = await db.$client
    .prepare(
      `SELECT p.property_id AS propertyId, p.facts FROM json_each(?1) j
       CROSS JOIN properties p ON p.tenant_id = ?2 AND p.property_id = j.value`,
    )
    .bind(JSON.stringify(propertyIds), tenantId)
    .all<{ propertyId: string; facts: string | null }>();
  return new Map(
    results.map(({ propertyId, facts }) => [
      propertyId,
      facts === null ? null : (JSON.parse(facts) as HostFacts),
    ]),
  );
}

/** A host's report about a property. Null means that the host has not given the value. */
export type PropertyChange = {
  propertyId: string;
  /** The change of the listing; null if nothing new is known about the listing. */
  listing: ListingChange | null;
  listPrice: number | null;
  /** The instant for which the host reports the price. */
  pricedAt: number;
  /**
   * `next`: the facts with the new address and names. `before`: the stored facts from which `next`
   * was made. Null if the report has no new address and no new names.
   */
  facts: { before: HostFacts | null; next: HostFacts } | null;
  owners: readonly string[] | null;
  /** When the property was sold, as the host's server reports; null if no sale is reported. */
  soldAt: number | null;
  /** The new status that may start a rule of the office; null without a new status. */
  start: StatusStart | null;
};

/**
 * `stopped`: the number of stopped recipients. `changed`: the properties about which something was
 * new.
 */
export type PropertyChangesResult = { stopped: number; changed: ReadonlySet<string> };

/**
 * Stores a host's reports about properties, all or none. The same batch stops recipients whose
 * sequence ends, and makes due every recipient at the properties that waits for its step's
 * conditions or for a newer value. If nothing has changed, a property's row is not written; the
 * date of an unchanged price is renewed once a day.
 * @returns null if another write about one of the properties came first
 */
export async function storePropertyChanges(
  scope: Scope,
  changes: readonly PropertyChange[],
  audit: AuditEntry,
): Promise<PropertyChangesResult | null> {
  const listings = changes.flatMap(({ listing }) => listing ?? []);
  const writes = buildListingWrites(scope, listings, audit.at);
  const changed = new Set(
    listings.filter(({ hasNewContent }) => hasNewContent).map(({ propertyId }) => propertyId),
  );
  const ids = changes.map(({ propertyId }) => propertyId);
  const guard = changes.some(({ facts }) => facts !== null) ? [abortUnlessFactsStay(scope, changes)] : [];
  let stopped = 0;
  const run = async () => {
    const results = await scope.db.$client.batch<{ propertyId: string }>([
      ...guard,
      ...writes.statements,
      updateReportedValues(scope, changes, audit.at),
      buildWakeAtProperties(scope, ids, audit.at),
      buildWakeForNewFacts(scope, ids, audit.at),
      buildAuditEntryInsert(scope, audit),
      ...buildStartProposals(
        scope,
        changes.flatMap(({ start }) => start ?? []),
        audit.at,
      ),
    ]);
    for (const index of writes.stops) stopped += readChangeCount(results[guard.length + index]);
    const rows = results[guard.length + writes.statements.length]?.results ?? [];
    for (const { propertyId } of rows) changed.add(propertyId);
  };
  return (await awaitGuardedBatch(run())) === null ? { stopped, changed } : null;
}

/**
 * Builds the guard that undoes the batch if another report has changed an address or names
 * meanwhile, because that report would be lost otherwise.
 */
function abortUnlessFactsStay(
  { db, tenantId }: Scope,
  changes: readonly PropertyChange[],
): D1PreparedStatement {
  const expected = changes.flatMap(({ propertyId, facts }) =>
    facts === null
      ? []
      : [{ propertyId, before: facts.before === null ? null : JSON.stringify(facts.before) }],
  );
  const condition = `NOT EXISTS (SELECT 1 FROM json_each(?) j CROSS JOIN properties p
    ON p.tenant_id = ? AND p.property_id = j.value->>'propertyId' WHERE p.facts IS NOT j.value->>'before')`;
  return abortUnless(db, "facts", condition, JSON.stringify(expected), tenantId);
}

/**
 * Builds the statement that stores the prices, owners, sales and facts, and returns the changed
 * properties. A row that is inserted has no sale before, so the column carries the reported sale to
 * the conditions of the update.
 */
function updateReportedValues(
  { db, tenantId }: Scope,
  changes: readonly PropertyChange[],
  at: number,
): D1PreparedStatement {
  const rows = changes.map(({ propertyId, listPrice, pricedAt, owners, soldAt, facts }) => ({
    ...{ propertyId, listPrice, soldAt },
    pricedAt: listPrice === null ? null : pricedAt,
    owners: owners === null ? null : JSON.stringify(owners),
    facts: facts === null ? null : JSON.stringify(facts.next),
  }));
  return db.$client
    .prepare(
      `INSERT INTO properties (tenant_id, property_id, list_price, list_price_at, changed_at, owners, owners_changed_at, facts)
      SELECT ?1, j.value->>'propertyId', j.value->>'listPrice', j.value->>'pricedAt', ?3, j.value->>'owners',
        j.value->>'soldAt', j.value->>'facts' FROM json_each(?2) j WHERE 1
      ON CONFLICT (tenant_id, property_id) DO UPDATE SET
        previous_list_price = CASE WHEN ${isNewPriceSql} THEN list_price ELSE previous_list_price END,
        price_changed_at = CASE WHEN ${isNewPriceSql} THEN excluded.list_price_at ELSE price_changed_at END,
        list_price = iif(${isOldPriceSql}, list_price, excluded.list_price),
        list_price_at = iif(${isOldPriceSql}, list_price_at, excluded.list_price_at),
        facts = coalesce(excluded.facts, facts),
        owners_changed_at = CASE WHEN ${hasNewOwnersSql} THEN ?3 WHEN ${isNewSaleSql} THEN ${soldAtSql}
          ELSE owners_changed_at END,
        owners = coalesce(excluded.owners, owners),
        changed_at = excluded.changed_at
      WHERE excluded.facts IS NOT NULL
        OR (NOT ${isOldPriceSql} AND (excluded.list_price IS NOT list_price OR excluded.list_price_at >= list_price_at + ${dayMs}))
        OR coalesce(excluded.owners, owners) IS NOT owners OR ${isNewSaleSql}
      RETURNING property_id AS propertyId`,
    )
    .bind(tenantId, JSON.stringify(rows), at);
}

/** SQL: the instant of the sale that the report names; null if it names no sale. */
const soldAtSql = "excluded.owners_changed_at";

/** SQL condition: no price is reported, or a newer price is known. */
const isOldPriceSql = "(excluded.list_price IS NULL OR coalesce(excluded.list_price_at < list_price_at, 0))";

/** SQL condition: the reported price is newer than the known price, and the two prices differ. */
const isNewPriceSql = `(NOT ${isOldPriceSql} AND excluded.list_price <> list_price)`;

/**
 * SQL condition: the owners have changed, which means that no stored owner is among the new owners.
 * If a new owner joins a stored owner, the owners count as unchanged.
 */
const hasNewOwnersSql = `excluded.owners IS NOT NULL AND owners IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM json_each(excluded.owners) n JOIN json_each(properties.owners) o ON o.value = n.value)`;

/**
 * SQL condition: a sale is reported and not recorded yet, and no change of owners was recorded
 * since the status became known.
 */
const isNewSaleSql = `(${soldAtSql} IS NOT NULL AND ${soldAtSql} IS NOT properties.owners_changed_at
  AND coalesce(properties.owners_changed_at, 0) < coalesce(properties.listing->>'since', ${soldAtSql}))`;
