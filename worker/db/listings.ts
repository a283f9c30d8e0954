import { sequenceEndStepNumber } from "../../shared/limits.ts";
import type { ListingGuardStop } from "../../shared/vocabulary.ts";
import type { Listing } from "../domain/compliance/listing.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch, buildChangeCount } from "./batch-guard.ts";
import { buildWakeAtProperties } from "./condition-waits.ts";
import { parseListing } from "./listing-row.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Database, Scope } from "./scope.ts";
import { stopRecipients } from "./stops.ts";

/**
 * The stored state of a property's listing. `isAsked`: an email waits for somebody to check the
 * listing.
 */
export type StoredListing = { listing: Listing; revision: number; isAsked: boolean };

type ListingRow = {
  propertyId: string;
  standardStatus: string | null;
  listing: string | null;
  listingRevision: number;
  checkAskedAt: number | null;
  changedAt: number;
};

const listingColumns = `p.property_id AS propertyId, p.standard_status AS standardStatus, p.listing,
  p.listing_revision AS listingRevision, p.check_asked_at AS checkAskedAt, p.changed_at AS changedAt`;

const toStored = (row: ListingRow): StoredListing => ({
  listing: parseListing(row.standardStatus, row.listing, row.changedAt),
  revision: row.listingRevision,
  isAsked: row.checkAskedAt !== null,
});

/**
 * Returns the stored listings of these properties, by property id. Leaves out properties without a
 * row.
 */
export async function loadListings(
  { db, tenantId }: Scope,
  propertyIds: readonly string[],
): Promise<Map<string, StoredListing>> {
  if (propertyIds.length === 0) return new Map();
  const { results } = await db.$client
    .prepare(
      `SELECT ${listingColumns} FROM json_each(?1) j
       CROSS JOIN properties p ON p.tenant_id = ?2 AND p.property_id = j.value`,
    )
    .bind(JSON.stringify(propertyIds), tenantId)
    .all<ListingRow>();
  return new Map(results.map((row) => [row.propertyId, toStored(row)]));
}

/** A new state of a property's listing. `before` is the state from which the new state was made. */
export type ListingChange = {
  propertyId: string;
  before: StoredListing;
  listing: Listing;
  /** False if only `statusAt` or `lookedAt` is newer. */
  hasNewContent: boolean;
  /**
   * Why the listing guard, which forbids emails to owners under another brokerage's contract, stops
   * recipients at the property; null if the listing guard stops nobody.
   */
  stops: ListingGuardStop | null;
};

/**
 * `stops`: the indexes in `statements` of the statements that count the stopped recipients.
 */
export type ListingWrites = { statements: D1PreparedStatement[]; stops: number[] };

/**
 * Builds the statements that store new states of listings, as a whole batch or a part of a batch.
 * The statements also stop the recipients whose sequence ends, and make due the recipients that
 * waited for news of the listing. If another write came first, the guard `listings` undoes the
 * batch.
 */
export function buildListingWrites(
  scope: Scope,
  changes: readonly ListingChange[],
  at: number,
): ListingWrites {
  if (changes.length === 0) return { statements: [], stops: [] };
  const changed = changes.filter(({ hasNewContent }) => hasNewContent).map(({ propertyId }) => propertyId);
  const asked = changes.filter(({ before }) => before.isAsked).map(({ propertyId }) => propertyId);
  const statements = upsertListings(scope, changes, at);
  const stops: number[] = [];
  const groups = stopGuarded(scope, changes, at);
  if (changed.length > 0) groups.push(stopExited(scope, changed, at));
  for (const group of groups) {
    const [stop, ...closings] = group;
    if (stop === undefined) continue;
    statements.push(stop, buildChangeCount(scope.db), ...closings);
    stops.push(statements.length - closings.length - 1);
  }
  if (changed.length > 0) statements.push(buildWakeAtProperties(scope, changed, at));
  if (asked.length > 0) statements.push(wakeParkedRecipients(scope, asked, at));
  return { statements, stops };
}

/**
 * Stores new states of listings.
 * @returns false, with nothing stored, if another write came first
 */
export async function storeListings(
  scope: Scope,
  changes: readonly ListingChange[],
  audits: readonly AuditEntry[],
  at: number,
): Promise<boolean> {
  const writes = buildListingWrites(scope, changes, at);
  const statements = [...writes.statements, ...audits.map((audit) => buildAuditEntryInsert(scope, audit))];
  if (statements.length === 0) return true;
  return (await awaitGuardedBatch(scope.db.$client.batch(statements))) === null;
}

function upsertListings(
  { db, tenantId }: Scope,
  changes: readonly ListingChange[],
  at: number,
): D1PreparedStatement[] {
  const rows = JSON.stringify(
    changes.map(({ propertyId, before, listing: { status, ...details }, hasNewContent }) => ({
      propertyId,
      status,
      details: JSON.stringify(details),
      revision: before.revision,
      step: hasNewContent ? 1 : 0,
    })),
  );
  return [
    abortUnless(
      db,
      "listings",
      `NOT EXISTS (SELECT 1 FROM json_each(?1) j LEFT JOIN properties p ON p.tenant_id = ?2
        AND p.property_id = j.value->>'propertyId' WHERE coalesce(p.listing_revision, 0) <> j.value->>'revision')`,
      rows,
      tenantId,
    ),
    db.$client
      .prepare(
        `INSERT INTO properties (tenant_id, property_id, standard_status, listing, listing_revision, changed_at)
        SELECT ?2, j.value->>'propertyId', j.value->>'status', j.value->>'details', j.value->>'step', ?3
        FROM json_each(?1) j WHERE 1
        ON CONFLICT (tenant_id, property_id) DO UPDATE SET
          standard_status = excluded.standard_status, listing = excluded.listing, check_asked_at = NULL,
          listing_revision = listing_revision + excluded.listing_revision,
          changed_at = CASE WHEN excluded.listing_revision = 0 THEN changed_at ELSE excluded.changed_at END`,
      )
      .bind(rows, tenantId, at),
  ];
}

/**
 * SQL condition: the recipient is at one of the properties of ?2, in a campaign that was launched,
 * and the listing guard applies. `isUnderListingGuard` in domain/compliance/listing-guard.ts states
 * the same rule.
 */
const guardedSql = `tenant_id = ?1 AND property_id IN (SELECT value FROM json_each(?2)) AND consent IS NULL
  AND campaign_id IN (SELECT c.id FROM campaigns c WHERE c.id = campaign_recipients.campaign_id
    AND c.status NOT IN ('draft', 'waitingForApproval') AND c.type <> 'buyerNurture')`;

function stopGuarded(
  { db, tenantId }: Scope,
  changes: readonly ListingChange[],
  at: number,
): D1PreparedStatement[][] {
  const stopping = changes.filter(({ stops }) => stops !== null);
  return [...Map.groupBy(stopping, ({ stops }) => stops)].flatMap(([reason, same]) => {
    if (reason === null) return [];
    const values = [tenantId, JSON.stringify(same.map(({ propertyId }) => propertyId))];
    return [stopRecipients(db, { where: guardedSql, values, reason, at, campaignIds: "ofStopped" })];
  });
}

/**
 * Builds the statements that stop recipients if the property's new status is an exit status (a
 * status that ends sequences) of the recipients' campaign. Drafts are left out, because recipients
 * of a draft are checked after the launch.
 */
function stopExited(
  { db, tenantId }: Scope,
  propertyIds: readonly string[],
  at: number,
): D1PreparedStatement[] {
  return stopRecipients(db, {
    where: `tenant_id = ?1 AND property_id IN (SELECT value FROM json_each(?2))
      AND campaign_id IN (
        SELECT c.id FROM campaigns c, json_each(c.exit_statuses) e, properties p
        WHERE c.id = campaign_recipients.campaign_id AND c.status NOT IN ('draft', 'waitingForApproval') AND p.tenant_id = ?1
          AND p.property_id = campaign_recipients.property_id AND e.value = p.standard_status)`,
    values: [tenantId, JSON.stringify(propertyIds)],
    reason: "propertyStatusChanged",
    at,
    campaignIds: "ofStopped",
  });
}

/**
 * Builds the statement that makes recipients due if the recipients' planned time has passed and the
 * recipients wait for a check of the home's status.
 */
function wakeParkedRecipients(
  { db, tenantId }: Scope,
  propertyIds: readonly string[],
  at: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients SET due_at = ?3
      WHERE tenant_id = ?1 AND property_id IN (SELECT value FROM json_each(?2)) AND status = 'active'
        AND due_at IS NULL AND lease IS NULL AND scheduled_at <= ?3
        AND next_step < ${sequenceEndStepNumber}
        AND (SELECT c.status FROM campaigns c WHERE c.id = campaign_recipients.campaign_id) = 'active'`,
    )
    .bind(tenantId, JSON.stringify(propertyIds), at);
}

/**
 * Builds the statement that records that emails wait until somebody has checked the status of the
 * given properties. Writes two rows for a property when the first email begins to wait, and no row
 * for later emails.
 */
export function buildListingCheckRequests(
  db: Database,
  properties: readonly { tenantId: number; propertyId: string }[],
  at: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO properties (tenant_id, property_id, check_asked_at, changed_at)
      SELECT DISTINCT j.value->>'tenantId', j.value->>'propertyId', ?2, ?2 FROM json_each(?1) j WHERE 1
      ON CONFLICT (tenant_id, property_id) DO UPDATE SET check_asked_at = excluded.check_asked_at
      WHERE check_asked_at IS NULL`,
    )
    .bind(JSON.stringify(properties), at);
}

/** A recipient of a campaign, with the facts that the listing guard needs. */
export type RecipientForListingGuard = {
  propertyId: string | null;
  hasConsent: boolean;
  addedAt: number;
  given: Record<string, unknown>;
  stored: StoredListing | null;
};

/** The fields of a host's property record that say something about the property's listing. */
const givenFields = [
  "standardStatus",
  "statusAsOf",
  "closeDate",
  "expirationDate",
  "listOfficeKey",
  "listAgentKey",
  "isOwnListing",
];
const givenSql = `json_object(${givenFields.map((name) => `'${name}', json_extract(r.data, '$.property.${name}')`).join(", ")},
  'isOwnListing', json(CASE json_type(r.data, '$.property.isOwnListing') WHEN 'true' THEN 'true' ELSE 'null' END))`;

/**
 * Returns at most `limit` recipients of a campaign. Leaves out recipients whose sequence has ended.
 */
export async function listRecipientsForListingGuard(
  { db, tenantId }: Scope,
  campaignId: number,
  limit: number,
): Promise<RecipientForListingGuard[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT r.property_id AS recipientPropertyId, r.consent IS NOT NULL AS hasConsent, r.created_at AS addedAt,
        ${givenSql} AS given, ${listingColumns}
      FROM campaign_recipients r
      LEFT JOIN properties p ON p.tenant_id = r.tenant_id AND p.property_id = r.property_id
      WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2
        AND r.status IN ('active', 'paused', 'waitingForEmail') LIMIT ?3`,
    )
    .bind(campaignId, tenantId, limit)
    .all<
      Omit<ListingRow, "propertyId"> & {
        propertyId: string | null;
        recipientPropertyId: string | null;
        hasConsent: number;
        addedAt: number;
        given: string;
      }
    >();
  return results.map(({ recipientPropertyId, hasConsent, addedAt, given, propertyId, ...row }) => ({
    propertyId: recipientPropertyId,
    hasConsent: hasConsent === 1,
    addedAt,
    given: JSON.parse(given) as Record<string, unknown>,
    stored: propertyId === null ? null : toStored({ ...row, propertyId }),
  }));
}

/** A property for which emails wait until somebody has checked the property's status. */
export type ListingToCheck = {
  propertyId: string;
  askedAt: number;
  listing: Listing;
  owners: number;
  name: string;
  address: string | null;
};

/** Returns the properties that wait for a check, the longest waiting first, at most `limit`. */
export async function listListingsToCheck(
  { db, tenantId }: Scope,
  properties: readonly string[] | null,
  limit: number,
): Promise<ListingToCheck[]> {
  const waiting = `campaign_recipients r WHERE r.tenant_id = p.tenant_id AND r.property_id = p.property_id
    AND r.status = 'active' AND r.due_at IS NULL AND r.lease IS NULL AND r.scheduled_at IS NOT NULL
    AND (SELECT c.status FROM campaigns c WHERE c.id = r.campaign_id) = 'active'`;
  const { results } = await db.$client
    .prepare(
      `SELECT * FROM (SELECT ${listingColumns}, (SELECT count(DISTINCT r.email) FROM ${waiting}) AS owners,
        (SELECT r.name FROM ${waiting} ORDER BY r.id LIMIT 1) AS name,
        (SELECT coalesce(r.data->>'$.property.streetAddress', r.data->>'$.property.unparsedAddress')
          FROM ${waiting} ORDER BY r.id LIMIT 1) AS address
      FROM properties p
      WHERE p.tenant_id = ?1 AND p.check_asked_at IS NOT NULL
        AND (?2 IS NULL OR p.property_id IN (SELECT value FROM json_each(?2)))
      ORDER BY p.check_asked_at) WHERE owners > 0 LIMIT ?3`,
    )
    .bind(tenantId, properties === null ? null : JSON.stringify(properties), limit)
    .all<ListingRow & { owners: number; name: string | null; address: string | null }>();
  return results.map(({ owners, name, address, ...row }) => ({
    propertyId: row.propertyId,
    askedAt: row.checkAskedAt ?? 0,
    listing: toStored(row).listing,
    owners,
    name: name ?? "",
    address,
  }));
}
