import { z } from "zod";
import { id } from "./primitives.ts";
import { campaignStatuses, recipientStatuses, stopReasons } from "./vocabulary.ts";

/** A person in the results of a search, with the person's newest campaign. */
export const foundPerson = z.object({
  recipientId: id,
  name: z.string(),
  email: z.string().nullable(),
  propertyId: z.string().nullable(),
  /** The street address of the person's property; null if the host gave none. */
  address: z.string().nullable(),
  campaignId: id,
  campaignName: z.string(),
  status: z.enum(recipientStatuses),
  stopReason: z.enum(stopReasons).nullable(),
  /**
   * The number of campaigns with the person, at least 1. The search reads only the newest matches,
   * so older campaigns may not be counted.
   */
  campaigns: z.int().min(1),
});
export type FoundPerson = z.infer<typeof foundPerson>;

/** A property in the results of a search. The office has written to people at the property. */
export const foundProperty = z.object({
  propertyId: z.string(),
  address: z.string(),
  /** The number of people at the property among the matches that the search read, at least 1. */
  people: z.int().min(1),
});
export type FoundProperty = z.infer<typeof foundProperty>;

/** A campaign in the results of a search. */
export const foundCampaign = z.object({
  id,
  name: z.string(),
  status: z.enum(campaignStatuses),
  propertyId: z.string().nullable(),
});
export type FoundCampaign = z.infer<typeof foundCampaign>;

/**
 * The results of a search over the whole office, the newest first. Each list has at most
 * `limits.searchResults` entries.
 */
export const searchResult = z.object({
  people: z.array(foundPerson),
  properties: z.array(foundProperty),
  campaigns: z.array(foundCampaign),
  /** True if more entries matched than the lists show. A longer search text narrows the lists. */
  hasMore: z.boolean(),
});
export type SearchResult = z.infer<typeof searchResult>;
