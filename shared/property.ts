import { z } from "zod";
import { limits } from "./limits.ts";
import { instant, jsonObject, singleLine } from "./primitives.ts";
import { knownContact, reportedAddress, reportedContact } from "./reported-facts.ts";
import { listingStatusSources, propertyStatuses } from "./vocabulary.ts";

/** The host's key for a property. */
export const propertyId = singleLine(100);

/**
 * A property with RESO Data Dictionary names in camel case: `unparsedAddress` for
 * `UnparsedAddress`. Every field is optional. Any other field can be used as a `property.*`
 * variable too.
 */
export const property = z
  .object({
    propertyId,
    unparsedAddress: singleLine(300).optional(),
    streetAddress: singleLine(300).optional(),
    city: singleLine(100).optional(),
    stateOrProvince: singleLine(50).optional(),
    postalCode: singleLine(20).optional(),
    standardStatus: singleLine(50).optional(),
    listPrice: z.number().nonnegative().optional(),
    bedroomsTotal: z.number().nonnegative().optional(),
    bathroomsTotalInteger: z.number().nonnegative().optional(),
    livingArea: z.number().nonnegative().optional(),
    yearBuilt: z.number().int().optional(),
  })
  .catchall(z.json());
export type Property = z.infer<typeof property>;

export const propertyData = jsonObject;

/** A RESO StandardStatus. "Active Under Contract" is accepted as "ActiveUnderContract". */
export const propertyStatus = z
  .string()
  .max(50)
  .transform((text) => text.replace(/\s+/g, ""))
  .pipe(z.enum(propertyStatuses));

const saysSomething = ({
  isLook,
  source: _,
  statusAsOf: __,
  valuesAsOf: ___,
  ...input
}: Record<string, unknown>) => isLook === true || Object.values(input).some((value) => value !== undefined);
const saysNothing = {
  message: "give standardStatus, listPrice, address, contacts, owners or several of them",
  path: ["standardStatus"],
};

const reportFields = {
  /**
   * A RESO StandardStatus, or the host's own word for a status. Null means that there is no
   * listing. The office's settings and the product map the host's own words to RESO statuses. If
   * a word has no RESO status, the emails wait for an agent's statement.
   */
  standardStatus: singleLine(50).nullable().optional(),
  /** The instant at which the property had the status; by default, the instant of the request. */
  statusAsOf: instant.optional(),
  /** `tab`: the element on the host's page reports what the page shows an agent. */
  source: z.enum(["host", "tab"]).default("host"),
  /** True if the report was made because an agent opened the property's page. */
  isLook: z.boolean().default(false),
  closeDate: z.iso.date().nullable().optional(),
  expirationDate: z.iso.date().nullable().optional(),
  listOfficeKey: singleLine(100).nullable().optional(),
  listAgentKey: singleLine(100).nullable().optional(),
  /**
   * True if the listing is the office's own, so that the listing guard does not forbid emails
   * about the home.
   */
  isOwnListing: z.boolean().optional(),
  listPrice: z.number().nonnegative().max(1e12).transform(Math.round).optional(),
  address: reportedAddress.optional(),
  contacts: z.array(reportedContact).min(1).max(limits.contactsPerProperty).optional(),
  /**
   * The instant at which the host had this price, this address and these names; by default, the
   * instant of the request. The Worker does not store a value that is older than the stored
   * value.
   */
  valuesAsOf: instant.optional(),
  /**
   * All current owners of the property, by name or by the host's key. If all owners are new since
   * the previous report, the property has changed hands. The status Closed also means a change of
   * hands. Refusals of earlier owners then no longer forbid emails to the property. Only the
   * token of a team lead or an admin may report owners, and only a sale reported with such a
   * token lifts refusals. The host's server can sign such a token for itself.
   */
  owners: z.array(singleLine(limits.nameLength)).min(1).max(limits.ownersPerProperty).optional(),
};

/**
 * The host's report of changes of a property: its status, price, address, owners or the names of
 * its contacts. Fields that are left out stay as they were.
 */
export const propertyStatusInput = z.strictObject(reportFields).refine(saysSomething, saysNothing);
export type PropertyStatusInput = z.input<typeof propertyStatusInput>;

/** The same report in a list of reports on several properties. */
export const propertyReport = z
  .strictObject({ propertyId, ...reportFields })
  .refine(({ propertyId: _, ...report }) => saysSomething(report), saysNothing);

/** The host's reports on many properties. Each property is stored whole or not at all. */
export const propertiesInput = z.strictObject({
  properties: z.array(propertyReport).min(1).max(limits.propertiesPerRequest),
});

/**
 * The result of each report, in the order of the request. `unchanged`: everything was known.
 * `refused`: nothing of the report was stored, and `fields` says why.
 */
export const propertiesResult = z.object({
  items: z.array(
    z.object({
      propertyId: z.string().nullable(),
      result: z.enum(["stored", "unchanged", "refused"]),
      fields: z.record(z.string(), z.string()).optional(),
    }),
  ),
  /** The number of recipients that the new statuses have stopped, at all the properties. */
  stopped: z.number().int(),
});
export type PropertiesResult = z.infer<typeof propertiesResult>;

/** A property's current facts, and the number of recipients that its new status has stopped. */
export const propertyFacts = z.object({
  propertyId: z.string(),
  standardStatus: z.enum(propertyStatuses).nullable(),
  /** The host's word for the status, if no setting gives the word a meaning. */
  unmappedStatus: z.string().nullable(),
  /** The newest instant for which the Worker knows the status, and the source of the status. */
  statusAt: instant.nullable(),
  statusSource: z.enum(listingStatusSources).nullable(),
  listPrice: z.number().nullable(),
  previousListPrice: z.number().nullable(),
  /** The address as the host last reported it, and the time of that report. */
  address: reportedAddress.nullable(),
  addressAt: instant.nullable(),
  /** The contacts whose names the host has reported, with the time of each report. */
  contacts: z.array(knownContact),
  /**
   * The time at which the property last changed hands; null if the host has reported no change of
   * owners.
   */
  ownersChangedAt: instant.nullable(),
  changedAt: instant,
  stopped: z.number().int(),
});
export type PropertyFacts = z.infer<typeof propertyFacts>;
