import type { NearbySale } from "../../../shared/nearby-sale.ts";
import { findLetterLanguage } from "../../../shared/words/letter-language.ts";
import { nearbySalePath, writeNearbySale } from "../../../shared/words/nearby-sale.ts";

/**
 * Returns the faults of a launch's sale, by the request's fields. Letters that tell of a sale need
 * a sale that has closed: 201 KAR 11:105, NAR Standard of Practice 12-7.
 * @param paths the variables that the sequence's letters read
 */
export function findNearbySaleFaults(
  sale: NearbySale | undefined,
  paths: readonly string[],
  now: number,
): Record<string, string> {
  if (sale === undefined) {
    const isNeeded = paths.includes(nearbySalePath);
    return isNeeded ? { nearbySale: "is required: the emails mention a nearby sale" } : {};
  }
  if (Date.parse(sale.closedOn) > now)
    return {
      "nearbySale.closedOn": "must not be in the future: a letter tells only of a sale that has closed",
    };
  return {};
}

/**
 * Returns the sentence about a launch's sale; null for a launch without a sale.
 * @param bodies the HTML bodies of the sequence's letters, whose language the sentence has
 */
export const writeSaleOfLaunch = (
  sale: NearbySale | undefined,
  bodies: readonly string[],
  now: number,
): string | null => (sale === undefined ? null : writeNearbySale(sale, now, findLetterLanguage(...bodies)));
