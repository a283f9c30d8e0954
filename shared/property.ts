import { z } from "zod";
import { jsonObject, line } from "./primitives.ts";

/** The host's key for a property. */
export const propertyId = line(100);

/**
 * RESO Data Dictionary names, camelCased as JSON here (`unparsedAddress` for `UnparsedAddress`); everything is optional
 * and what is not listed passes through to `property.*` variables.
 */
export const property = z
  .object({
    propertyId,
    unparsedAddress: line(300).optional(),
    streetAddress: line(300).optional(),
    city: line(100).optional(),
    stateOrProvince: line(50).optional(),
    postalCode: line(20).optional(),
    standardStatus: line(50).optional(),
    listPrice: z.number().nonnegative().optional(),
    bedroomsTotal: z.number().nonnegative().optional(),
    bathroomsTotalInteger: z.number().nonnegative().optional(),
    livingArea: z.number().nonnegative().optional(),
    yearBuilt: z.number().int().optional(),
  })
  .catchall(z.json());
export type Property = z.infer<typeof property>;

export const propertyData = jsonObject;
