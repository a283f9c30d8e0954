import type { ListingStatusSource, PropertyStatus } from "../../../shared/vocabulary.ts";

/** An agent's statement about a listing, kept as proof of who made the statement and when. */
export type ListingStatement = {
  /** The `sub` of the agent's token. */
  by: string;
  at: number;
  /** The status that the agent saw when making the statement, in the host's word. */
  status: string;
  words: string;
};

/** The known details of a property's newest listing, besides its status. */
export type ListingDetails = {
  /** The host's own word, if the word is no RESO status and nobody has mapped the word. */
  unmappedStatus: string | null;
  /** The newest instant for which the status is known; null if no status was ever given. */
  statusAt: number | null;
  /** The first instant for which this status is known. */
  since: number | null;
  source: ListingStatusSource | null;
  /** The day on which the sale closed, YYYY-MM-DD. */
  closeDate: string | null;
  /** The day on which the listing expires, YYYY-MM-DD. */
  expirationDate: string | null;
  listOfficeKey: string | null;
  listAgentKey: string | null;
  /** True if the host says that the listing is the office's own. */
  isOwnListing: boolean;
  /** When an agent last looked at the property. */
  lookedAt: number | null;
  /** An agent's statement that the home is not listed. A new status drops the statement. */
  confirmation: ListingStatement | null;
  /** An agent's statement that the owner was released in writing from a withdrawn listing. */
  release: ListingStatement | null;
};

/** The known facts of a property's newest listing. A null status means that no listing is known. */
export type Listing = ListingDetails & { status: PropertyStatus | null };
