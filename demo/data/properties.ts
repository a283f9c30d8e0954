import type { PropertyRecord } from "./records.ts";
import { southAndEast } from "./south-and-east.ts";
import { west } from "./west.ts";

const [first, ...otherWestern] = west;

/** The properties as a CRM would sort them: the last one worked on, then the rest by city. */
export const properties: PropertyRecord[] = [
  ...(first === undefined ? [] : [first]),
  ...[...otherWestern, ...southAndEast].sort(
    (a, b) => a.City.localeCompare(b.City) || a.UnparsedAddress.localeCompare(b.UnparsedAddress),
  ),
];
