import { dayMs } from "../../shared/time-lengths.ts";
import type { Listing } from "../domain/compliance/listing.ts";
import type { HostFacts } from "../domain/host-facts.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch, readChangeCount } from "./batch-guard.ts";
import { buildWakeAtProperties, buildWakeForNewFacts } from "./condition-waits.ts";
import { parseListing } from "./listing-row.ts";
import { buildListingWrites, type ListingChange } from "./listings.ts";
import type { properties } from "./schema/properties.ts";
import type { Scope } from "./scope.ts";

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
};

/** `stopped`: the number of stopped recipients. `hasNews`: true if the report changed something. */
export type PropertyChangeResult = { stopped: number; hasNews: boolean };

/**
 * Stores a host's report about a property. The same batch stops recipients whose sequence ends, and
 * makes due every recipient at the property that waits for its step's conditions or for a newer
 * value. If nothing has changed, the property's row is not written; the date of an unchanged price
 * is renewed once a day.
 * @returns null if another write about the property came first
 */
export async function storePropertyChange(
  scope: Scope,
  change: PropertyChange,
  audit: AuditEntry,
): Promise<PropertyChangeResult | null> {
  const writes = buildListingWrites(scope, change.listing === null ? [] : [change.listing], audit.at);
  let stopped = 0;
  let hasNews = change.listing?.hasNewContent ?? false;
  const run = async () => {
    const results = await scope.db.$client.batch([
      ...abortUnlessFactsStay(scope, change),
      ...writes.statements,
      updateReportedValues(scope, change, audit.at),
      buildWakeAtProperties(scope, [change.propertyId], audit.at),
      buildWakeForNewFacts(scope, change.propertyId, audit.at),
      buildAuditEntryInsert(scope, audit),
    ]);
    const first = change.facts === null ? 0 : 1;
    for (const index of writes.stops) stopped += readChangeCount(results[first + index]);
    hasNews ||= (results[first + writes.statements.length]?.meta.changes ?? 0) > 0;
  };
  return (await awaitGuardedBatch(run())) === null ? { stopped, hasNews } : null;
}

/**
 * Builds the guard that undoes the batch if another report has changed the address or the names
 * meanwhile, because that report would be lost otherwise.
 */
function abortUnlessFactsStay({ db, tenantId }: Scope, { propertyId, facts }: PropertyChange) {
  if (facts === null) return [];
  const stored = facts.before === null ? null : JSON.stringify(facts.before);
  const condition =
    "NOT EXISTS (SELECT 1 FROM properties WHERE tenant_id = ? AND property_id = ? AND facts IS NOT ?)";
  return [abortUnless(db, "facts", condition, tenantId, propertyId, stored)];
}

function updateReportedValues(
  { db, tenantId }: Scope,
  { propertyId, listPrice, pricedAt, owners, soldAt, facts }: PropertyChange,
  at: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO properties (tenant_id, property_id, list_price, list_price_at, changed_at, owners, facts)
      VALUES (?1, ?2, ?3, iif(?3 IS NULL, NULL, ?7), ?4, ?5, ?8)
      ON CONFLICT (tenant_id, property_id) DO UPDATE SET
        previous_list_price = CASE WHEN ${isNewPriceSql} THEN list_price ELSE previous_list_price END,
        price_changed_at = CASE WHEN ${isNewPriceSql} THEN ?7 ELSE price_changed_at END,
        list_price = iif(${isOldPriceSql}, list_price, excluded.list_price),
        list_price_at = iif(${isOldPriceSql}, list_price_at, excluded.list_price_at),
        facts = coalesce(excluded.facts, facts),
        owners_changed_at = CASE WHEN ${hasNewOwnersSql} THEN ?4 WHEN ${isNewSaleSql} THEN ?6 ELSE owners_changed_at END,
        owners = coalesce(excluded.owners, owners),
        changed_at = excluded.changed_at
      WHERE excluded.facts IS NOT NULL
        OR (NOT ${isOldPriceSql} AND (excluded.list_price IS NOT list_price OR excluded.list_price_at >= list_price_at + ${dayMs}))
        OR coalesce(excluded.owners, owners) IS NOT owners OR ${isNewSaleSql}`,
    )
    .bind(
      ...[tenantId, propertyId, listPrice, at, owners === null ? null : JSON.stringify(owners), soldAt],
      ...[pricedAt, facts === null ? null : JSON.stringify(facts.next)],
    );
}

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
 * SQL condition: a sale at ?6 is reported and not recorded yet, and no change of owners was
 * recorded since the status became known.
 */
const isNewSaleSql = `?6 IS NOT NULL AND ?6 IS NOT owners_changed_at
  AND coalesce(owners_changed_at, 0) < coalesce(properties.listing->>'since', ?6)`;
