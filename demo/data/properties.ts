import { condominium } from "./condominium.ts";
import type { PropertyRecord } from "./records.ts";
import { southernAndEasternProperties } from "./south-and-east.ts";
import { westernProperties } from "./west.ts";

const [first, ...otherWestern] = westernProperties;

/** The CRM's properties: first the property with the newest activity, then the others by city. */
export const propertyRecords: PropertyRecord[] = [
  ...(first === undefined ? [] : [first]),
  ...[...otherWestern, condominium, ...southernAndEasternProperties].sort(
    (a, b) => a.City.localeCompare(b.City) || a.UnparsedAddress.localeCompare(b.UnparsedAddress),
  ),
];
