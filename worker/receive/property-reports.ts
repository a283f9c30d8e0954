import type { ListingGuardSettings } from "../../shared/listing-guard.ts";
import type { AuditEntry } from "../db/audit-log.ts";
import { type ListingChange, loadListings, type StoredListing, storeListings } from "../db/listings.ts";
import { findProperty, type PropertyChangeResult, storePropertyChange } from "../db/properties.ts";
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
import { applyHostFactsReport, type HostFactsReport, noHostFacts } from "../domain/host-facts.ts";

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

/**
 * Stores the host's report on one property: the listing, price, address, owners and names of
 * contacts.
 */
export async function storePropertyReport(
  scope: Scope,
  news: {
    propertyId: string;
    report: ListingReport;
    listPrice: number | null;
    facts: HostFactsReport;
    owners: readonly string[] | null;
    /**
     * True if the report comes from the host's server. A sale then ends the effect of an earlier
     * owner's refusal on the property.
     */
    opensProperty: boolean;
  },
  settings: ListingGuardSettings,
  audit: AuditEntry,
): Promise<PropertyChangeResult> {
  const rules = completeListingRules(settings);
  const { propertyId, report, listPrice, owners, opensProperty } = news;
  const pricedAt = Math.min(news.facts.at, audit.at);
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const stored = (await loadListings(scope, [propertyId])).get(propertyId);
    const next = applyReports(stored, [report], rules, audit.at);
    const listing = toChange(propertyId, stored, next, rules, audit.at);
    const soldAt = opensProperty ? findSale(stored?.listing ?? unknownListing, next, audit.at) : null;
    const facts = await findFactsChange(scope, propertyId, news.facts, audit.at);
    const change = { propertyId, listing, listPrice, pricedAt, facts, owners, soldAt };
    const result = await storePropertyChange(scope, change, audit);
    if (result !== null) return result;
  }
  throw createBusyError();
}

/**
 * Returns the new address and names to store; null if the report has no new address and no new
 * name.
 */
async function findFactsChange(scope: Scope, propertyId: string, report: HostFactsReport, now: number) {
  if (report.address === null && report.contacts.length === 0) return null;
  const before = (await findProperty(scope, propertyId))?.facts ?? null;
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
