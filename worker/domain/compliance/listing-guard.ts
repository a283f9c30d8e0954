import { listedStatuses } from "../../../shared/listing-guard.ts";
import { dayMs, hourMs } from "../../../shared/time-lengths.ts";
import type {
  CampaignType,
  ListingGuardCode,
  ListingGuardHold,
  ListingGuardStop,
} from "../../../shared/vocabulary.ts";
import type { Listing } from "./listing.ts";
import { interpretListingStatus, type ListingRules } from "./listing-status.ts";

/*
 * The listing guard forbids emails that solicit an owner whose home is under another brokerage's
 * contract. Sources: NAR Code of Ethics, Article 16 and Standards of Practice 16-2 to 16-9; RESO
 * Data Dictionary 2.1 for what each StandardStatus says about a contract. The sentences of the
 * guard, with sources and dates, are in shared/words/listing-guard-texts.ts.
 */

/** The facts about one recipient that the guard needs. */
export type ListingGuardFacts = {
  campaignType: CampaignType;
  /** True if the person has consented to the emails and the consent is recorded. */
  hasConsent: boolean;
  listing: Listing;
  /** When the recipient's sequence began; null at the launch of the sequence. */
  begunAt: number | null;
};

/**
 * `stop`: the sequence ends, or may not begin. `hold`: no email goes before `until`. If `until` is
 * null, the hold lasts until a newer report or an agent's statement ends the hold.
 */
export type ListingVerdict =
  | { kind: "open" }
  | { kind: "stop"; code: ListingGuardStop }
  | { kind: "hold"; code: ListingGuardHold; until: number | null };

const open: ListingVerdict = { kind: "open" };
/** A day ends this much later in the last time zone on Earth than in UTC. */
const lastZoneMs = 12 * hourMs;

/**
 * Tells whether the listing guard applies to emails to the recipient. `guardedSql` in
 * db/listings.ts states the same rule in SQL.
 */
export function isUnderListingGuard({
  campaignType,
  hasConsent,
}: Pick<ListingGuardFacts, "campaignType" | "hasConsent">): boolean {
  return campaignType !== "buyerNurture" && !hasConsent;
}

/**
 * Decides from the listing of the recipient's home whether the recipient may get an email at `now`.
 */
export function judgeListing(recipient: ListingGuardFacts, rules: ListingRules, now: number): ListingVerdict {
  const listing = reinterpret(recipient.listing, rules);
  if (!isUnderListingGuard(recipient) || isOwn(listing, rules)) return open;
  const { status, unmappedStatus } = listing;
  if (status === null) return unmappedStatus === null ? open : judgeUnclear(recipient, rules, now);
  if (listedStatuses.includes(status)) return { kind: "stop", code: "listedElsewhere" };
  if (status === "Closed" && isSoldLately(listing, recipient.begunAt, rules, now))
    return { kind: "stop", code: "recentlySold" };
  if (status === "Withdrawn" && listing.release === null) {
    const freeAt = getWithdrawnEnd(listing);
    if (freeAt === null || now < freeAt) return { kind: "hold", code: "listingWithdrawn", until: freeAt };
  }
  if (rules.extraBlockedStatuses.includes(status)) return { kind: "stop", code: "officeBlocksStatus" };
  if (status === "Delete") return judgeUnclear(recipient, rules, now);
  if (status === "Closed") return open;
  return isFresh(listing, recipient.begunAt, rules, now) ? open : stale;
}

const stale: ListingVerdict = { kind: "hold", code: "statusStale", until: null };

/**
 * Interprets the listing's unmapped status word again, because the office may have given the word a
 * meaning in the meantime.
 */
function reinterpret(listing: Listing, rules: ListingRules): Listing {
  return listing.unmappedStatus === null
    ? listing
    : { ...listing, ...interpretListingStatus(listing.unmappedStatus, rules) };
}

function isOwn({ isOwnListing, listOfficeKey, listAgentKey }: Listing, rules: ListingRules): boolean {
  return (
    isOwnListing ||
    (listOfficeKey !== null && rules.officeKeys.includes(listOfficeKey)) ||
    (listAgentKey !== null && rules.agentKeys.includes(listAgentKey))
  );
}

/**
 * Returns the verdict on a status that tells nothing about a contract. Such a status needs an
 * agent's statement that the home is not listed.
 */
function judgeUnclear(
  { listing, begunAt }: ListingGuardFacts,
  rules: ListingRules,
  now: number,
): ListingVerdict {
  if (listing.confirmation === null) return { kind: "hold", code: "statusUnconfirmed", until: null };
  return isFresh(listing, begunAt, rules, now) ? open : stale;
}

/**
 * Tells whether the home was sold within the time that the office has set, or after the sequence
 * began. Without a closing date, the sale counts from when the status was first known.
 */
function isSoldLately(
  { closeDate, since }: Listing,
  begunAt: number | null,
  { closedDays }: ListingRules,
  now: number,
): boolean {
  const closedAt = closeDate === null ? (since ?? now) : Date.parse(closeDate);
  const isLate = now < closedAt + (closedDays + 1) * dayMs + (closeDate === null ? 0 : lastZoneMs);
  return isLate || (begunAt !== null && begunAt < closedAt);
}

/** Returns when a withdrawn listing has expired; null without an expiration date. */
function getWithdrawnEnd({ expirationDate }: Listing): number | null {
  return expirationDate === null ? null : Date.parse(expirationDate) + dayMs + lastZoneMs;
}

/**
 * Tells whether the status is new enough. A launch needs a status or a statement that is at most
 * `launchStatusHours` old. For a later email, the status, the statement or an agent's look at the
 * property may be `laterStatusDays` old.
 */
function isFresh(listing: Listing, begunAt: number | null, rules: ListingRules, now: number): boolean {
  const { statusAt, lookedAt, confirmation, release } = listing;
  const stated = Math.max(statusAt ?? 0, confirmation?.at ?? 0, release?.at ?? 0);
  if (begunAt === null) return now - stated <= rules.launchStatusHours * hourMs;
  return now - Math.max(stated, lookedAt ?? 0) <= rules.laterStatusDays * dayMs;
}

/** Tells whether an agent's statement that the home is not listed lifts the verdict. */
export function isLiftedByStatement(code: ListingGuardCode): boolean {
  return code === "statusUnconfirmed" || code === "statusStale";
}
