import { limits } from "../../shared/limits.ts";
import type { JsonRecord } from "../host/mapping.ts";

/** The greatest length of a value's name. The Worker refuses longer names. */
const longestName = 100;
/** The bytes of a request that values may fill. Names, addresses and wordings take the rest. */
const valueBytes = limits.requestBytes * 0.8;

const countBytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** Cuts a text to a length. The cut never splits a character that has two UTF-16 units. */
export const truncateText = (text: string, length: number) =>
  text.slice(0, length).replace(/[\ud800-\udbff]$/, "");

/**
 * Shortens a host's record to fit into the request. Leaves out values with too long names, and then
 * values that no letter uses, such as sixty photos. The largest values are left out first.
 * @param letters the texts of the letters
 * @param people the number of people in the request, among whom the size of the request is divided
 */
export function shortenRecordToFit(
  record: JsonRecord,
  root: "recipient" | "property",
  letters: string,
  people: number,
): JsonRecord {
  const most = Math.min(limits.templateDataBytes, Math.floor(valueBytes / (2 * Math.max(1, people))));
  const named = Object.entries(record).filter(([name]) => name.length <= longestName);
  const sizes = named.map(([name, value]) => ({ name, bytes: countBytes(name) + countBytes(value) + 2 }));
  let excess = sizes.reduce((sum, { bytes }) => sum + bytes, 2) - most;
  const dropped = new Set<string>();
  for (const { name, bytes } of sizes.toSorted((one, other) => other.bytes - one.bytes)) {
    if (excess <= 0) break;
    if (letters.includes(`${root}.${name}`)) continue;
    dropped.add(name);
    excess -= bytes;
  }
  return Object.fromEntries(named.filter(([name]) => !dropped.has(name)));
}
