import type { PropertyRecord } from "./records.ts";
import { southernAndEasternProperties } from "./south-and-east.ts";
import { westernProperties } from "./west.ts";

const [first, ...otherWestern] = westernProperties;

/** The properties as a CRM would sort them: the last one worked on, then the rest by city. */
export const properties: PropertyRecord[] = [
  ...(first === undefined ? [] : [first]),
  ...[...otherWestern, ...southernAndEasternProperties].sort(
    (a, b) => a.City.localeCompare(b.City) || a.UnparsedAddress.localeCompare(b.UnparsedAddress),
  ),
];
