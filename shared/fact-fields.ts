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

/**
 * The words that mark a value as one person's own. The Worker itself reads such values, to address
 * the person, to find the home, and to check whether an email may be sent.
 */
const personalWords = new Set(
  "name salutation email phone address street unit city county parish state province postal zip country zone status key id".split(
    " ",
  ),
);

/**
 * Tells whether the path of a value, such as `property.streetName`, names one person's own value.
 */
export function isPersonalPath(path: string): boolean {
  const name = path.slice(path.indexOf(".") + 1);
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").split(/[\s_-]+/);
  return words.some((word) => personalWords.has(word.toLowerCase()));
}
