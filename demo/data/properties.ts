import { condominium } from "./condominium.ts";
import type { PropertyRecord } from "./records.ts";
import { southernAndEasternProperties } from "./south-and-east.ts";
import { westernProperties } from "./west.ts";

const [first, ...otherWestern] = westernProperties;

/**
 * The CRM's properties: first 123 Main St (the first entry of west.ts), then the others by city and
 * address.
 */
export const propertyRecords: PropertyRecord[] = [
  ...(first === undefined ? [] : [first]),
  ...[...otherWestern, condominium, ...southernAndEasternProperties].sort(
    (a, b) => a.City.localeCompare(b.City) || a.UnparsedAddress.localeCompare(b.UnparsedAddress),
  ),
];
