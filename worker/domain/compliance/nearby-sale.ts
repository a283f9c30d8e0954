import type { NearbySale } from "../../../shared/nearby-sale.ts";
import { findLetterLanguage } from "../../../shared/words/letter-language.ts";
import { formatNearbySaleNews, nearbySaleVariablePath } from "../../../shared/words/nearby-sale.ts";

/**
 * Returns the faults of the nearby sale in a launch request, by the request's fields. Letters may
 * tell only of a sale that has closed: 201 KAR 11:105, NAR Standard of Practice 12-7.
 * @param paths the variables that the sequence's letters read
 */
export function findNearbySaleFaults(
  sale: NearbySale | undefined,
  paths: readonly string[],
  now: number,
): Record<string, string> {
  if (sale === undefined) {
    const isNeeded = paths.includes(nearbySaleVariablePath);
    return isNeeded ? { nearbySale: "is required: the emails mention a nearby sale" } : {};
  }
  if (Date.parse(sale.closedOn) > now)
    return {
      "nearbySale.closedOn": "must not be in the future: a letter tells only of a sale that has closed",
    };
  return {};
}

/**
 * Returns the news of a launch's nearby sale; null for a launch without a sale.
 * @param bodies the HTML bodies of the sequence's letters; the news is in their language
 */
export const formatLaunchSaleNews = (
  sale: NearbySale | undefined,
  bodies: readonly string[],
  now: number,
): string | null =>
  sale === undefined ? null : formatNearbySaleNews(sale, now, findLetterLanguage(...bodies));
