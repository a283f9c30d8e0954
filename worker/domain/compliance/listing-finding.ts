import type { ListingReason } from "../../../shared/gate-reason.ts";
import type { ListingFinding } from "../../../shared/listing-finding.ts";
import type { ListingGuardCode } from "../../../shared/vocabulary.ts";
import { describeGateReason } from "../../../shared/words/english-gate-texts.ts";
import { listingRuleSources } from "../../../shared/words/listing-guard-texts.ts";
import { toIsoDay } from "../schedule/schedule.ts";
import type { Listing } from "./listing.ts";
import { formatListingStatus } from "./listing-report.ts";

/**
 * Returns a finding of the listing guard, which forbids emails to owners who have a contract with
 * another brokerage. A finding has a sentence, the source of the rule and the listing's status.
 * @param timeZone the zone of the dates in the sentence
 */
export function buildListingFinding(
  code: ListingGuardCode,
  listing: Listing,
  timeZone: string,
): ListingFinding {
  const reason = buildListingReason(code, listing, timeZone);
  return {
    code,
    message: describeGateReason(reason),
    reason,
    ...listingRuleSources[code],
    status: formatListingStatus(listing),
    statusAt: listing.statusAt === null ? null : new Date(listing.statusAt).toISOString(),
    statusSource: listing.source,
  };
}

function buildListingReason(verdict: ListingGuardCode, listing: Listing, timeZone: string): ListingReason {
  const toDay = (at: number | null) => (at === null ? null : toIsoDay(at, timeZone));
  return {
    code: "listingGuard",
    verdict,
    status: listing.unmappedStatus ?? listing.status,
    since: toDay(listing.since),
    asOf: toDay(listing.statusAt),
    date: verdict === "listingWithdrawn" ? listing.expirationDate : listing.closeDate,
  };
}
