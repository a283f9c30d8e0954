/*
 * Lists the fields of addresses and names that a host reports. This file imports nothing, so that
 * the tab can use it without bundling a validator.
 */

/** The parts of a street line under their RESO names, and the line as a whole. */
export const streetFields = [
  "streetAddress",
  "streetNumber",
  "streetDirPrefix",
  "streetName",
  "streetSuffix",
  "streetDirSuffix",
  "unitNumber",
] as const;

/** The fields of a property's address that a host reports. */
export const addressFields = [
  "unparsedAddress",
  ...streetFields,
  "city",
  "stateOrProvince",
  "postalCode",
  "countyOrParish",
] as const;
export type AddressField = (typeof addressFields)[number];

/** The parts of a person's name that a host reports. */
export const personNameFields = ["firstName", "lastName", "fullName", "salutation"] as const;
export type PersonNameField = (typeof personNameFields)[number];
