import type { ListingFinding } from "../../../shared/listing-finding.ts";
import { type ListingGuardCode, listingGuardCodes } from "../../../shared/vocabulary.ts";
import type { Listing } from "../compliance/listing.ts";
import { buildListingFinding } from "../compliance/listing-finding.ts";
import { judgeListing, type ListingVerdict } from "../compliance/listing-guard.ts";
import { applyListingReport, readListingReport } from "../compliance/listing-report.ts";
import { completeListingRules } from "../compliance/listing-status.ts";
import type { Candidate } from "./candidate.ts";

/**
 * Returns the newest known listing. If the property record in the recipient's data is newer than
 * the stored listing, the record counts.
 */
export function getNewestListing({ recipient, listing }: Candidate, now: number): Listing {
  const given = readListingReport(recipient.data.property, recipient.addedAt);
  if (given === null) return listing.stored;
  return applyListingReport(listing.stored, given, completeListingRules(listing.settings), now);
}

/** Returns the listing guard's verdict on the recipient's next step. */
export function judgeCandidateListing(candidate: Candidate, now: number): ListingVerdict {
  const { recipient, campaign, listing } = candidate;
  const { launchedAt } = campaign;
  return judgeListing(
    {
      campaignType: campaign.type,
      hasConsent: recipient.consent !== null,
      listing: getNewestListing(candidate, now),
      begunAt: launchedAt === null ? null : Math.max(launchedAt, recipient.addedAt),
    },
    completeListingRules(listing.settings),
    now,
  );
}

/**
 * Returns the finding behind a reason for which the listing guard holds or stops emails. Null for
 * any other reason, or if the guard no longer finds that reason.
 */
export function findListingFinding(
  candidate: Candidate,
  reason: string | null,
  now: number,
): ListingFinding | null {
  const code = listingGuardCodes.find((one) => one === reason);
  if (code === undefined || !isStillFound(candidate, code, now)) return null;
  return buildListingFinding(code, getNewestListing(candidate, now), candidate.recipient.timeZone);
}

/**
 * Tells whether the guard still finds the reason. A stopped recipient keeps the reason of the stop,
 * even if the listing has ended since then.
 */
function isStillFound(candidate: Candidate, code: ListingGuardCode, now: number): boolean {
  const verdict = judgeCandidateListing(candidate, now);
  return verdict.kind !== "open" && verdict.code === code;
}
