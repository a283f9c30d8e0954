import { z } from "zod";
import { id } from "./primitives.ts";
import { campaignStatuses, recipientStatuses, stopReasons } from "./vocabulary.ts";

/** A person whom the search has found, by their newest campaign. */
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
  /** In how many of the newest campaigns that the search read the person was found, at least 1. */
  campaigns: z.int().min(1),
});
export type FoundPerson = z.infer<typeof foundPerson>;

/** A property with outreach whose address the search has found. */
export const foundProperty = z.object({
  propertyId: z.string(),
  address: z.string(),
  /** The people at the property whom the search read, at least 1. */
  people: z.int().min(1),
});
export type FoundProperty = z.infer<typeof foundProperty>;

/** A campaign whose name the search has found. */
export const foundCampaign = z.object({
  id,
  name: z.string(),
  status: z.enum(campaignStatuses),
  propertyId: z.string().nullable(),
});
export type FoundCampaign = z.infer<typeof foundCampaign>;

/**
 * What a search over the whole office has found, the newest first. Each list has at most
 * `limits.searchResults` entries.
 */
export const searchResult = z.object({
  people: z.array(foundPerson),
  properties: z.array(foundProperty),
  campaigns: z.array(foundCampaign),
  /** True if more matched than the lists show. A longer search narrows them. */
  hasMore: z.boolean(),
});
export type SearchResult = z.infer<typeof searchResult>;
