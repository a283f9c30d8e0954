import type { ListingGuardSettings } from "../../shared/listing-guard.ts";
import type { AuditEntry } from "../db/audit-log.ts";
import { type ListingChange, loadListings, type StoredListing, storeListings } from "../db/listings.ts";
import {
  loadHostFacts,
  type PropertyChange,
  type PropertyChangesResult,
  storePropertyChanges,
} from "../db/properties.ts";
import type { Scope } from "../db/scope.ts";
import type { Listing } from "../domain/compliance/listing.ts";
import { judgeListing } from "../domain/compliance/listing-guard.ts";
import {
  applyListingReport,
  compareListings,
  type ListingReport,
  unknownListing,
} from "../domain/compliance/listing-report.ts";
import { completeListingRules, type ListingRules } from "../domain/compliance/listing-status.ts";
import { AppError } from "../domain/errors.ts";
import {
  applyHostFactsReport,
  type HostFacts,
  type HostFactsReport,
  noHostFacts,
} from "../domain/host-facts.ts";
import type { StartPerson } from "../domain/start-rule.ts";

/** Reports on one property's listing, in the order in which the reports were made. */
export type ListingReportsOfProperty = { propertyId: string; reports: readonly ListingReport[] };

/** Adds facts to a listing that the reports do not state, such as an agent's confirmation. */
export type AmendListing = (listing: Listing, propertyId: string) => Listing;

/** The most tries of one write. A try fails if another write about the same listing comes first. */
const maxTries = 4;

/**
 * Stores the newest state of the properties' listings. Stops the recipients whose sequence ends
 * with that state, and makes due the recipients who waited for a newer state.
 * @returns the newest known listing of each property
 */
export async function storeListingReports(
  scope: Scope,
  news: readonly ListingReportsOfProperty[],
  settings: ListingGuardSettings,
  now: number,
  step: { apply: AmendListing; audits: readonly AuditEntry[] } = { apply: (listing) => listing, audits: [] },
): Promise<Map<string, Listing>> {
  const rules = completeListingRules(settings);
  const ids = [...new Set(news.map(({ propertyId }) => propertyId))];
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const stored = await loadListings(scope, ids);
    const next = new Map(
      ids.map((id) => {
        const reports = news.filter(({ propertyId }) => propertyId === id).flatMap((one) => one.reports);
        return [id, step.apply(applyReports(stored.get(id), reports, rules, now), id)];
      }),
    );
    const changes = [...next].flatMap(
      ([id, listing]) => toChange(id, stored.get(id), listing, rules, now) ?? [],
    );
    if (await storeListings(scope, changes, step.audits, now)) return next;
  }
  throw createBusyError();
}

/** The host's report on one property. Null means that the report does not have the value. */
export type PropertyNews = {
  propertyId: string;
  report: ListingReport;
  listPrice: number | null;
  facts: HostFactsReport;
  owners: readonly string[] | null;
  /** The contacts of the report, to whom a rule of the office may propose to write. */
  people: readonly StartPerson[];
  /**
   * True if the report comes from the host's server. Only then may its status start a rule. A sale
   * then ends the effect of an earlier owner's refusal on the property.
   */
  opensProperty: boolean;
};

/**
 * Stores the host's reports on properties, all or none: the listing, price, address, owners and
 * names of contacts. No property may be there twice.
 */
export async function storePropertyReports(
  scope: Scope,
  news: readonly PropertyNews[],
  settings: ListingGuardSettings,
  audit: AuditEntry,
): Promise<PropertyChangesResult> {
  const rules = completeListingRules(settings);
  const ids = news.map(({ propertyId }) => propertyId);
  const withFacts = news.filter(({ facts }) => hasFacts(facts)).map(({ propertyId }) => propertyId);
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const [listings, facts] = await Promise.all([loadListings(scope, ids), loadHostFacts(scope, withFacts)]);
    const changes = news.map((one) =>
      planPropertyChange(
        one,
        listings.get(one.propertyId),
        facts.get(one.propertyId) ?? null,
        rules,
        audit.at,
      ),
    );
    const result = await storePropertyChanges(scope, changes, audit);
    if (result !== null) return result;
  }
  throw createBusyError();
}

const hasFacts = ({ address, contacts }: HostFactsReport) => address !== null || contacts.length > 0;

function planPropertyChange(
  { propertyId, report, listPrice, facts, owners, people, opensProperty }: PropertyNews,
  stored: StoredListing | undefined,
  known: HostFacts | null,
  rules: ListingRules,
  now: number,
): PropertyChange {
  const next = applyReports(stored, [report], rules, now);
  const isNewStatus = next.status !== (stored?.listing.status ?? null);
  return {
    ...{ propertyId, listPrice, owners },
    listing: toChange(propertyId, stored, next, rules, now),
    pricedAt: Math.min(facts.at, now),
    facts: findFactsChange(known, facts, now),
    soldAt: opensProperty ? findSale(stored?.listing ?? unknownListing, next, now) : null,
    start:
      opensProperty && isNewStatus && next.status !== null
        ? { propertyId, status: next.status, since: next.since ?? now, people }
        : null,
  };
}

/**
 * Returns the new address and names to store; null if the report has no new address and no new
 * name.
 */
function findFactsChange(before: HostFacts | null, report: HostFactsReport, now: number) {
  if (!hasFacts(report)) return null;
  const known = before ?? noHostFacts;
  const next = applyHostFactsReport(known, report, now);
  return next === known ? null : { before, next };
}

/**
 * Returns the time of the property's sale; null if no sale is known. The first report on a property
 * shows a sale only if the report has a closing date.
 */
function findSale(before: Listing, next: Listing, now: number): number | null {
  if (next.status !== "Closed") return null;
  if (next.closeDate !== null) return Math.min(now, Date.parse(next.closeDate));
  return before.statusAt === null ? null : now;
}

function applyReports(
  stored: StoredListing | undefined,
  reports: readonly ListingReport[],
  rules: ListingRules,
  now: number,
): Listing {
  return reports.reduce(
    (known, report) => applyListingReport(known, report, rules, now),
    stored?.listing ?? unknownListing,
  );
}

const nothingStored: StoredListing = { listing: unknownListing, revision: 0, isAsked: false };

/** Returns the change to store, or null if no change is worth a written row. */
function toChange(
  propertyId: string,
  before: StoredListing = nothingStored,
  listing: Listing,
  rules: ListingRules,
  now: number,
): ListingChange | null {
  const difference = compareListings(before.listing, listing);
  // If an email waits for a check of the listing, even a slightly newer time of the status is
  // stored.
  const isAwaited = before.isAsked && JSON.stringify(before.listing) !== JSON.stringify(listing);
  if (difference === "same" && !isAwaited) return null;
  // `begunAt: now` asks about a sequence that begins today. Only news that would stop even such a
  // sequence stops the sequences at the property.
  const question = { campaignType: "sellerOutreach" as const, hasConsent: false, listing, begunAt: now };
  const verdict = judgeListing(question, rules, now);
  return {
    propertyId,
    before,
    listing,
    hasNewContent: difference === "content",
    stops: verdict.kind === "stop" ? verdict.code : null,
  };
}

function createBusyError(): AppError {
  return new AppError("conflict", "The property was changed by many requests at once; try again.");
}
