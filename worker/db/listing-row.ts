import type { PropertyStatus } from "../../shared/vocabulary.ts";
import type { Listing, ListingDetails } from "../domain/compliance/listing.ts";

const noDetails: ListingDetails = {
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
 * Returns the listing in a property's row. If the row has no details, the status counts as reported
 * by the host when the row last changed.
 */
export function parseListing(
  standardStatus: string | null,
  details: string | null,
  changedAt: number | null,
): Listing {
  const status = standardStatus as PropertyStatus | null;
  if (details !== null) return { ...(JSON.parse(details) as ListingDetails), status };
  if (status === null) return { ...noDetails, status };
  return { ...noDetails, status, statusAt: changedAt, since: changedAt, source: "host" };
}
