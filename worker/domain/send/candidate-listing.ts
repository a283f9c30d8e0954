import type { ListingFinding } from "../../../shared/listing-finding.ts";
import { type ListingGuardCode, listingGuardCodes } from "../../../shared/vocabulary.ts";
import type { Listing } from "../compliance/listing.ts";
import { buildListingFinding } from "../compliance/listing-finding.ts";
import { judgeListing, type ListingVerdict } from "../compliance/listing-guard.ts";
import { applyListingReport, readGivenListing } from "../compliance/listing-report.ts";
import { completeListingRules } from "../compliance/listing-status.ts";
import type { Candidate } from "./candidate.ts";

/** Returns the newest known of what is stored and what was given with the recipient. */
export function getNewestListing({ recipient, listing }: Candidate, now: number): Listing {
  const given = readGivenListing(recipient.data.property, recipient.addedAt);
  if (given === null) return listing.stored;
  return applyListingReport(listing.stored, given, completeListingRules(listing.settings), now);
}

/** Returns what the listing guard says about the recipient's next step. */
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

/** Returns the sentence behind a reason of the listing guard; null for any other reason. */
export function findListingFinding(
  candidate: Candidate,
  reason: string | null,
  now: number,
): ListingFinding | null {
  const code = listingGuardCodes.find((one) => one === reason);
  if (code === undefined || !isStillFound(candidate, code, now)) return null;
  return buildListingFinding(code, getNewestListing(candidate, now), candidate.recipient.timeZone);
}

/** A recipient that was stopped stays stopped, also if its listing has ended since. */
function isStillFound(candidate: Candidate, code: ListingGuardCode, now: number): boolean {
  const verdict = judgeCandidateListing(candidate, now);
  return verdict.kind !== "open" && verdict.code === code;
}
