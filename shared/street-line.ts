/*
 * Finds the street line of a home, for letters and for the tab. This file imports nothing, so that
 * the tab can use it without bundling a validator.
 */

const partNames = ["streetNumber", "streetDirPrefix", "streetName", "streetSuffix", "streetDirSuffix"];

/** Matches the beginning of an address part that names only a unit or a lot. */
const unitPattern =
  /^(?:#|(?:lot|unit|apt|apartment|suite|ste|bldg|building|floor|fl|room|rm|space|spc|parcel|tract|block|blk|phase|no|number|trailer|trlr)\b)/i;

/**
 * Returns the street line of a property. Joins the parts of the address (RESO's `StreetNumber` and
 * so on, with the unit), or cuts the line from the whole address. Returns undefined if the property
 * has no street.
 */
export function findStreetLine(property: Readonly<Record<string, unknown>>): string | undefined {
  if (toLine(property.streetName) !== undefined) {
    const street = partNames.flatMap((name) => toLine(property[name]) ?? []).join(" ");
    return joinUnit(street, toLine(property.unitNumber));
  }
  const { unparsedAddress } = property;
  return typeof unparsedAddress === "string" ? cutStreetLine(unparsedAddress.trim()) : undefined;
}

/** Adds a unit to a street: the unit "4" becomes "#4", and "Apt 4" stays as it is. */
function joinUnit(street: string, unit: string | undefined): string {
  if (unit === undefined) return street;
  return unitPattern.test(unit) ? `${street} ${unit}` : `${street} #${unit}`;
}

/** Matches the beginning of a street line: a house number and a word. */
const numberedStreet = /^\d\S*\s+\S*[a-z]/i;

/**
 * Returns the street line at the beginning of a whole address, with units and lots. For example,
 * "Lot 5, 123 Main St, Denver" gives "Lot 5, 123 Main St". The name of a building or a person in
 * front is left out.
 */
function cutStreetLine(address: string): string | undefined {
  const parts = address.split(/[,;\n]/).map((part) => part.replace(/\s+/g, " ").trim());
  const [first = "", second = ""] = parts;
  if (first === "") return undefined;
  // Some exports put a comma after the house number: "123, Main Street, Denver".
  if (/^\d+[a-z]?$/i.test(first) && second !== "") return `${first} ${second}`;
  const isUnit = (part: string | undefined) => part !== undefined && unitPattern.test(part);
  const street = parts.findIndex((part) => !isUnit(part));
  if (street > 0 && !numberedStreet.test(parts[street] ?? "")) return first;
  if (street === 0 && !/\d/.test(first) && numberedStreet.test(second)) return second;
  const end = parts.findIndex((part, index) => index > street && !isUnit(part));
  return parts.slice(0, end === -1 ? parts.length : end).join(", ");
}

/** Returns a value as text with single spaces, or undefined if there is no text to print. */
function toLine(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return String(value).replace(/\s+/g, " ").trim() || undefined;
}
