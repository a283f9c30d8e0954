import { findPropertyAddress, findStateCode } from "../schedule/zones.ts";

/**
 * Returns the two-letter code of the state of a property, from a recipient's data; null if the data
 * does not tell the state.
 */
export function findPropertyState(property: Readonly<Record<string, unknown>>): string | null {
  return findStateCode(findPropertyAddress(property)?.state ?? null);
}
