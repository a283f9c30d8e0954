import type { PropertyRecord } from "./records.ts";
import { southAndEast } from "./south-and-east.ts";
import { west } from "./west.ts";

const [first, ...otherWestern] = west;

/** In the order a CRM would show them: the one somebody worked on last, then the rest by city. */
export const properties: PropertyRecord[] = [
  ...(first === undefined ? [] : [first]),
  ...[...otherWestern, ...southAndEast].sort(
    (a, b) => a.City.localeCompare(b.City) || a.UnparsedAddress.localeCompare(b.UnparsedAddress),
  ),
];
