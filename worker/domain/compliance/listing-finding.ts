import type { ListingFinding } from "../../../shared/listing-finding.ts";
import type { ListingGuardCode } from "../../../shared/vocabulary.ts";
import { englishListingTexts, listingRuleSources } from "../../../shared/words/listing-guard-texts.ts";
import type { Listing } from "./listing.ts";
import { formatListingStatus } from "./listing-report.ts";

/**
 * Returns the listing guard's finding: a sentence, the source of the rule, and the status that led
 * to the finding.
 * @param timeZone the zone of the dates in the sentence
 */
export function buildListingFinding(
  code: ListingGuardCode,
  listing: Listing,
  timeZone: string,
): ListingFinding {
  const formatInstant = (at: number | null) => (at === null ? null : formatDay(at, timeZone));
  const date = code === "listingWithdrawn" ? listing.expirationDate : listing.closeDate;
  const message = englishListingTexts[code]({
    status: formatListingStatus(listing),
    since: formatInstant(listing.since),
    asOf: formatInstant(listing.statusAt),
    date: date === null ? null : formatDay(Date.parse(date), "UTC"),
  });
  return {
    code,
    message,
    ...listingRuleSources[code],
    status: formatListingStatus(listing),
    statusAt: listing.statusAt === null ? null : new Date(listing.statusAt).toISOString(),
    statusSource: listing.source,
  };
}

function formatDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone }).format(at);
}
