import { z } from "zod";
import { listingReason } from "./gate-reason.ts";
import { limits } from "./limits.ts";
import { instant, singleLine } from "./primitives.ts";
import { propertyId } from "./property.ts";
import { listingAnswers, listingGuardCodes } from "./vocabulary.ts";

/** A home whose listing status a person has to check before its owners get more emails. */
export const listingCheck = z.object({
  propertyId: z.string(),
  /** The property's address; the property's id if the address is unknown. */
  label: z.string(),
  code: z.enum(listingGuardCodes),
  message: z.string(),
  /** The code and the facts behind `message`. */
  reason: listingReason,
  status: z.string(),
  statusAt: instant.nullable(),
  askedAt: instant,
  /** The number of owners whose emails wait. */
  owners: z.number().int(),
});
export type ListingCheck = z.infer<typeof listingCheck>;

/** The homes to check, as far as the caller may see them. */
export const listingChecks = z.object({
  items: z.array(listingCheck),
  /** The number of owners over all items. */
  owners: z.number().int(),
});
export type ListingChecks = z.infer<typeof listingChecks>;

/**
 * An agent's statement about homes. `notListed`: no home is listed with any brokerage. `released`:
 * the owners were released in writing from a withdrawn listing. `listed`: the homes are listed with
 * another brokerage, so their owners get no more emails.
 */
export const listingAnswerInput = z
  .object({
    propertyIds: z.array(propertyId).min(1).max(limits.listingChecks),
    answer: z.enum(listingAnswers),
    words: singleLine(limits.noteLength),
  })
  .strict();
export type ListingAnswerInput = z.input<typeof listingAnswerInput>;
