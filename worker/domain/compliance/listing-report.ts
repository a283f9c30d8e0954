import { hourMs } from "../../../shared/time-lengths.ts";
import type { ListingStatusSource } from "../../../shared/vocabulary.ts";
import type { Listing, ListingStatement } from "./listing.ts";
import { interpretListingStatus, type ListingRules } from "./listing-status.ts";

/** A report about a property's listing, as of one instant. */
export type ListingReport = {
  /**
   * The status in the host's own word. Null: no listing. Undefined: the report says nothing about
   * the status.
   */
  status?: string | null | undefined;
  at: number;
  source: ListingStatusSource;
  closeDate?: string | null | undefined;
  expirationDate?: string | null | undefined;
  listOfficeKey?: string | null | undefined;
  listAgentKey?: string | null | undefined;
  isOwnListing?: boolean | undefined;
  /** True if an agent was looking at the property's page when the report was made. */
  isLook?: boolean | undefined;
};

/** The listing of a property about which nothing is known. */
export const unknownListing: Listing = {
  status: null,
  unmappedStatus: null,
  statusAt: null,
  since: null,
  source: null,
  closeDate: null,
  expirationDate: null,
  listOfficeKey: null,
  listAgentKey: null,
  isOwnListing: false,
  lookedAt: null,
  confirmation: null,
  release: null,
};

/**
 * Returns the known state of a listing after a report. A report that is older than the newest known
 * status changes no status and no detail. A new status drops the details of the earlier listing. A
 * time in the future counts as now.
 */
export function applyListingReport(
  known: Listing,
  report: ListingReport,
  rules: Pick<ListingRules, "statusMap">,
  now: number,
): Listing {
  const at = Math.min(report.at, now);
  const looked = report.isLook ? { ...known, lookedAt: Math.max(known.lookedAt ?? 0, at) } : known;
  if (known.statusAt !== null && at < known.statusAt) return looked;
  const kept = isOtherListing(known, report) ? { ...looked, release: null, confirmation: null } : looked;
  if (report.status === undefined) return { ...kept, ...pickDetails(report) };
  const meant = interpretListingStatus(report.status, rules);
  const isSame =
    known.statusAt !== null && meant.status === known.status && meant.unmappedStatus === known.unmappedStatus;
  const base = isSame ? kept : { ...unknownListing, lookedAt: looked.lookedAt, since: at };
  return { ...base, ...meant, ...pickDetails(report), statusAt: at, source: report.source };
}

/**
 * Tells whether a report with the same status is about a later listing, with another brokerage or
 * another expiration date. The owner's release from the earlier listing then says nothing about the
 * later listing.
 */
function isOtherListing(known: Listing, { listOfficeKey, expirationDate }: ListingReport): boolean {
  const differ = (before: string | null, after: string | null | undefined) =>
    before !== null && after != null && before !== after;
  return differ(known.listOfficeKey, listOfficeKey) || differ(known.expirationDate, expirationDate);
}

function pickDetails(report: ListingReport): Partial<Listing> {
  const { closeDate, expirationDate, listOfficeKey, listAgentKey, isOwnListing } = report;
  const given = { closeDate, expirationDate, listOfficeKey, listAgentKey, isOwnListing };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Returns the listing with an agent's statement that the home is not listed with anybody. */
export function addNotListedStatement(known: Listing, statement: ListingStatement): Listing {
  return { ...known, confirmation: statement, lookedAt: Math.max(known.lookedAt ?? 0, statement.at) };
}

/**
 * Returns the listing with an agent's statement that the owner was released in writing from a
 * withdrawn listing.
 */
export function addReleaseStatement(known: Listing, statement: ListingStatement): Listing {
  return { ...known, release: statement, lookedAt: Math.max(known.lookedAt ?? 0, statement.at) };
}

/**
 * Returns the listing's status as a text for people: the host's own word, the RESO status or "no
 * listing".
 */
export function formatListingStatus({ status, unmappedStatus }: Listing): string {
  return unmappedStatus ?? status ?? "no listing";
}

/**
 * Returns the report about a listing in a host's property record; null if the record has no status.
 * Without a `statusAsOf` in the record, the report is as of `givenAt`.
 */
export function readListingReport(
  property: Readonly<Record<string, unknown>>,
  givenAt: number,
): ListingReport | null {
  const { standardStatus, statusAsOf, isOwnListing } = property;
  if (typeof standardStatus !== "string" || standardStatus.trim() === "") return null;
  const asOf = typeof statusAsOf === "string" ? Date.parse(statusAsOf) : Number.NaN;
  return {
    status: standardStatus.slice(0, 50),
    at: Number.isNaN(asOf) ? givenAt : Math.min(asOf, givenAt),
    source: "launch",
    closeDate: readDay(property.closeDate),
    expirationDate: readDay(property.expirationDate),
    listOfficeKey: readKey(property.listOfficeKey),
    listAgentKey: readKey(property.listAgentKey),
    isOwnListing: typeof isOwnListing === "boolean" ? isOwnListing : undefined,
  };
}

function readDay(value: unknown): string | undefined {
  const day = typeof value === "string" ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

function readKey(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 100) : undefined;
}

/**
 * The least time between two writes that only renew `statusAt` or `lookedAt`. With a shorter time,
 * a row would be written whenever an agent opens a drawer.
 */
export const minListingRenewalMs = hourMs;

/**
 * Compares a listing with the stored listing. `content`: something besides the times and the source
 * has changed, or the first `statusAt` is known. `times`: `statusAt` or `lookedAt` is newer by at
 * least `minListingRenewalMs`.
 */
export function compareListings(stored: Listing, next: Listing): "same" | "times" | "content" {
  const strip = ({ statusAt: _, lookedAt: __, source: ___, ...content }: Listing) => JSON.stringify(content);
  if (strip(stored) !== strip(next) || (stored.statusAt === null) !== (next.statusAt === null))
    return "content";
  const isRenewed = (before: number | null, after: number | null) =>
    (after ?? 0) - (before ?? 0) >= minListingRenewalMs;
  const isNewer = isRenewed(stored.statusAt, next.statusAt) || isRenewed(stored.lookedAt, next.lookedAt);
  return isNewer ? "times" : "same";
}
