import { z } from "zod";
import { limits } from "./limits.ts";
import { singleLine } from "./primitives.ts";
import { type PropertyStatus, propertyStatuses } from "./vocabulary.ts";

/**
 * The statuses of a home that is listed with a brokerage. The listing guard stops emails about such
 * a home unless the listing is the office's own.
 */
export const listedStatuses: readonly PropertyStatus[] = [
  "Active",
  "ComingSoon",
  "ActiveUnderContract",
  "Pending",
  "Hold",
  "Incomplete",
];

/**
 * Returns a status word in lower case without blanks, hyphens and underscores, so that different
 * spellings of one status compare as equal.
 */
export const normalizeStatusWord = (word: string): string => word.toLowerCase().replace(/[\s_-]+/g, "");

const namesOfReso = new Set(propertyStatuses.map(normalizeStatusWord));
const isNoResoStatus = (word: string) => !namesOfReso.has(normalizeStatusWord(word));
const keys = z
  .array(singleLine(100))
  .max(limits.listingKeys)
  .transform((all) => [...new Set(all)]);

/**
 * An office's settings of the listing guard. An office may be stricter than the product, but never
 * less strict.
 */
export const listingGuardSettings = z
  .object({
    /** The keys that mark a listing as the office's own. */
    officeKeys: keys,
    agentKeys: keys,
    /**
     * The meaning of each status word that the host uses and RESO lacks. `none`: there is no
     * listing.
     */
    statusMap: z
      .record(
        singleLine(50).refine(isNoResoStatus, "is a RESO status, which can't be given another meaning"),
        z.enum([...propertyStatuses, "none"]),
      )
      .refine((map) => Object.keys(map).length <= limits.statusWords, {
        message: `must have at most ${limits.statusWords} words`,
      }),
    /**
     * The statuses of homes to whose owners this office never writes, in addition to the statuses
     * that the product blocks.
     */
    extraBlockedStatuses: z
      .array(z.enum(propertyStatuses))
      .max(limits.propertyStatuses)
      .transform((statuses) => [...new Set(statuses)]),
    /**
     * The number of days after the closing date during which no email about a sold home is sent.
     */
    closedDays: z
      .number()
      .int()
      .min(limits.closedDays, `must be at least ${limits.closedDays}: an office can't be less strict`)
      .max(limits.closedDaysMost),
    /** The greatest age of an expired or canceled status at a launch, in hours. */
    launchStatusHours: z
      .number()
      .int()
      .min(1)
      .max(
        limits.launchStatusHours,
        `must be at most ${limits.launchStatusHours}: an office can't be less strict`,
      ),
    /**
     * The greatest age of an expired or canceled status at a later email, in days. An older status
     * is also allowed if an agent has opened the property's page within these days.
     */
    laterStatusDays: z
      .number()
      .int()
      .min(1)
      .max(
        limits.laterStatusDays,
        `must be at most ${limits.laterStatusDays}: an office can't be less strict`,
      ),
  })
  .partial()
  .strict();
export type ListingGuardSettings = z.infer<typeof listingGuardSettings>;
