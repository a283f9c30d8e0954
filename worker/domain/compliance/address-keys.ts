import { findStateCode } from "../schedule/zones.ts";

/**
 * The parts of a street address. `state` is a two-letter code. The other parts are as the host or
 * the list writes them, or null if unknown.
 */
export type StreetAddress = {
  street: string | null;
  unit: string | null;
  city: string | null;
  state: string;
  postalCode: string | null;
};

type Values = Readonly<Record<string, unknown>>;

/**
 * Returns the keys under which a do-not-solicit list may name this home: its street address, its
 * ZIP code and its city. If the home's unit is unknown, a key ends in `?`. Every list entry for a
 * unit of that house also has the key with `?`.
 */
export function listHomeKeys(home: StreetAddress): string[] {
  const { places, street, unit } = foldAddress(home);
  if (street === null) return places;
  return [
    ...places.flatMap((place) => [
      `${place}|${street}`,
      unit === null ? `${place}|${street}|?` : `${place}|${street}|${unit}`,
    ]),
    ...places,
  ];
}

/** Returns the keys of the home in a property's data; null if the data has no address. */
export function findPropertyHomeKeys(property: Values): string[] | null {
  const address = findStreetAddress(property);
  const keys = address === null ? [] : listHomeKeys(address);
  return keys.length === 0 ? null : keys;
}

/**
 * Returns the keys of one line of a do-not-solicit list. A line without a street stands for the
 * whole ZIP code or city, and a line without a unit for the whole house.
 */
export function listDoNotSolicitEntryKeys(entry: StreetAddress): string[] {
  const { places, street, unit } = foldAddress(entry);
  const [place] = places;
  if (place === undefined) return [];
  if (street === null) return [place];
  if (unit === null) return [`${place}|${street}`];
  return [`${place}|${street}|${unit}`, `${place}|${street}|?`];
}

/** Returns the address in a property's data; null if the data does not tell the state. */
export function findStreetAddress(property: Values): StreetAddress | null {
  return readParts(property) ?? readParts(property.address) ?? parseText(property);
}

function readParts(value: unknown): StreetAddress | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const parts = value as Values;
  const state = findStateCode(readText(parts, ["stateOrProvince", "state", "region"]));
  if (state === null) return null;
  const ofParts = ["streetNumber", "streetDirPrefix", "streetName", "streetSuffix", "streetDirSuffix"]
    .map((key) => readText(parts, [key]))
    .filter((part) => part !== null)
    .join(" ");
  const whole = readText(parts, [
    "streetAddress",
    "addressLine1",
    "street",
    "line1",
    "address",
    "unparsedAddress",
  ]);
  return {
    street: readText(parts, ["streetName"]) === null ? (whole?.split(",")[0] ?? null) : ofParts,
    unit: readText(parts, ["unitNumber", "unit", "addressLine2"]),
    city: readText(parts, ["city"]),
    state,
    postalCode: readText(parts, ["postalCode", "zip", "zipCode"]),
  };
}

function parseText(property: Values): StreetAddress | null {
  const text = readText(property, ["unparsedAddress", "address", "fullAddress"]);
  return text === null ? null : parseAddressLine(text);
}

/**
 * Returns the parts of a line such as "123 Main St #4, Denver, CO 80203", or null for any other
 * form.
 */
export function parseAddressLine(text: string): StreetAddress | null {
  const found = /^(.*?),\s*([^,]+),\s*([A-Za-z. ]+?)\s+(\d{5})(?:-\d{4})?(?:,?\s*USA?)?\s*$/.exec(text);
  const state = findStateCode(found?.[3] ?? null);
  if (found === null || state === null) return null;
  return {
    street: found[1] ?? null,
    unit: null,
    city: found[2] ?? null,
    state,
    postalCode: found[4] ?? null,
  };
}

function readText(values: Values, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = values[key];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    // A host that stores ZIP codes as numbers loses leading zeros.
    if (typeof value === "number")
      return /postal|zip/i.test(key) ? String(value).padStart(5, "0") : String(value);
  }
  return null;
}

type FoldedAddress = { places: string[]; street: string | null; unit: string | null };

function foldAddress({ street, unit, city, state, postalCode }: StreetAddress): FoldedAddress {
  const zip = /^\d{5}/.exec(postalCode?.trim() ?? "")?.[0];
  const folded = street === null ? null : foldStreet(street);
  return {
    places: [
      ...(zip === undefined ? [] : [`${state}|${zip}`]),
      ...(city === null ? [] : [`${state}|${foldWords(city).join(" ")}`]),
    ],
    street: folded?.street || null,
    unit: foldUnit(unit) ?? folded?.unit ?? null,
  };
}

const unitWords = "APT|APARTMENT|UNIT|STE|SUITE|FL|FLOOR|RM|ROOM|NO";
const unitAtEnd = new RegExp(`\\s(?:(?:${unitWords})\\b\\.?\\s*#?|#)\\s*([A-Z0-9-]+)$`);

function foldStreet(text: string): { street: string; unit: string | null } {
  const upper = text.toUpperCase().replaceAll(",", " ").replace(/\s+/g, " ").trim();
  const unit = unitAtEnd.exec(upper);
  const street = unit === null ? upper : upper.slice(0, unit.index);
  return { street: foldWords(street).join(" "), unit: foldUnit(unit?.[1] ?? null) };
}

const foldUnit = (unit: string | null): string | null =>
  unit
    ?.toUpperCase()
    .replace(new RegExp(`^(?:${unitWords})\\b`), "")
    .replace(/[^A-Z0-9]/g, "") || null;

/**
 * Returns the words of an address in the postal service's short forms, such as "AVE" for "avenue".
 */
function foldWords(text: string): string[] {
  return (
    text
      .toUpperCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      // A house number in Queens, such as 34-10, is often written without its hyphen.
      .replace(/(?<=\d)-(?=\d)/g, "")
      .replace(/['’.]/g, "")
      .split(/[^A-Z0-9]+/)
      .filter((word) => word !== "")
      .map((word) => shortForms.get(word) ?? /^(\d+)(?:ST|ND|RD|TH)$/.exec(word)?.[1] ?? word)
  );
}

const shortForms = new Map(
  (
    "ALLEY ALY;AVENUE AVE;AV AVE;BOULEVARD BLVD;CIRCLE CIR;COURT CT;COVE CV;CROSSING XING;DRIVE DR;EXPRESSWAY EXPY;" +
    "FORT FT;HEIGHTS HTS;HIGHWAY HWY;LANE LN;MOUNT MT;PARKWAY PKWY;PLACE PL;PLAZA PLZ;POINT PT;ROAD RD;ROUTE RTE;" +
    "SAINT ST;SQUARE SQ;STREET ST;STR ST;TERRACE TER;TRAIL TRL;TURNPIKE TPKE;NORTH N;SOUTH S;EAST E;WEST W;" +
    "NORTHEAST NE;NORTHWEST NW;SOUTHEAST SE;SOUTHWEST SW;FIRST 1;SECOND 2;THIRD 3;FOURTH 4;FIFTH 5;SIXTH 6;" +
    "SEVENTH 7;EIGHTH 8;NINTH 9;TENTH 10"
  )
    .split(";")
    .map((pair) => pair.split(" ") as [string, string]),
);
