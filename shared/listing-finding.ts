import { z } from "zod";
import { listingReason } from "./gate-reason.ts";
import { instant } from "./primitives.ts";
import { listingGuardCodes, listingStatusSources } from "./vocabulary.ts";

/**
 * A finding of the listing guard about one home, with a message for a person. The listing guard
 * forbids emails about homes that are for sale through another brokerage.
 */
export const listingFinding = z.object({
  code: z.enum(listingGuardCodes),
  message: z.string(),
  /** The code and the facts behind `message`. */
  reason: listingReason,
  /** The rule's source, and the day on which the source was last read, as YYYY-MM-DD. */
  source: z.string(),
  checkedOn: z.string(),
  /** The newest known status, in the host's word. */
  status: z.string(),
  statusAt: instant.nullable(),
  statusSource: z.enum(listingStatusSources).nullable(),
});
export type ListingFinding = z.infer<typeof listingFinding>;
