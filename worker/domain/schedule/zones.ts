import { multiZoneStates } from "./split-states.ts";

/**
 * The parts of an address that tell its zone, in the host's spelling. Any part can be missing or
 * misspelled.
 */
export type ZoneAddressParts = { state: string | null; postalCode: string | null; country: string | null };

type Values = Readonly<Record<string, unknown>>;

const statesByZone: Readonly<Record<string, string>> = {
  "America/New_York": "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
  "America/Chicago": "AL AR IA IL LA MN MO MS OK WI",
  "America/Denver": "CO MT NM UT WY",
  "America/Los_Angeles": "CA WA",
  "Pacific/Honolulu": "HI",
  "America/Puerto_Rico": "PR",
  "America/St_Thomas": "VI",
  "Pacific/Guam": "GU",
  "Pacific/Saipan": "MP",
  "Pacific/Pago_Pago": "AS",
  "Pacific/Palau": "PW",
  "Pacific/Majuro": "MH",
};

const zoneByState = new Map(
  Object.entries(statesByZone).flatMap(([zone, states]) => states.split(" ").map((state) => [state, zone])),
);

const namesOfStates =
  "AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;" +
  "DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;" +
  "KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;" +
  "MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;" +
  "NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;" +
  "SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;VT Vermont;VA Virginia;WA Washington;" +
  "WV West Virginia;WI Wisconsin;WY Wyoming;PR Puerto Rico;VI Virgin Islands;VI US Virgin Islands;GU Guam;" +
  "MP Northern Mariana Islands;AS American Samoa;PW Palau;MH Marshall Islands";

const codeByName = new Map(
  namesOfStates.split(";").map((entry) => [entry.slice(3).toUpperCase(), entry.slice(0, 2)]),
);

/**
 * Returns the zone of a US mailing address. Null if the zone cannot be told: another country, an
 * unknown state or a military address. A state in two zones also gives null if the ZIP code is
 * missing or does not decide the zone.
 */
export function findZoneByAddress({ state, postalCode, country }: ZoneAddressParts): string | null {
  if (country !== null && !isUnitedStates(country)) return null;
  const code = findStateCode(state);
  if (code === null) return null;
  const split = multiZoneStates[code];
  if (split === undefined) return zoneByState.get(code) ?? null;
  const zip = /^\d{5}/.exec(postalCode?.trim() ?? "")?.[0];
  if (zip === undefined) return null;
  for (const known of [zip, zip.slice(0, 3)]) {
    const zone = split.byZip[known];
    if (zone !== undefined) return zone;
  }
  return split.otherwise;
}

/**
 * Returns the two-letter code of a US state or territory that is given by code or name, or null.
 */
export function findStateCode(state: string | null): string | null {
  const name = (state ?? "")
    .toUpperCase()
    .replace(/[^A-Z ]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const short = name.replace(/^US |^WASHINGTON (?=D ?C$)/, "");
  // The points of "N.Y." and "D.C." have become blanks.
  const code = codeByName.get(name) ?? short.replace(/^(\w) (\w)$/, "$1$2");
  return zoneByState.has(code) || code in multiZoneStates ? code : null;
}

function isUnitedStates(country: string): boolean {
  const name = country.toUpperCase().replace(/[^A-Z]/g, "");
  return ["US", "USA", "UNITEDSTATES", "UNITEDSTATESOFAMERICA"].includes(name);
}

/** The field names that hosts use. RESO's `HomeStateOrProvince` arrives in camel case. */
const stateKeys = ["mailingState", "mailingStateOrProvince", "homeStateOrProvince", "homeState"];
const postalCodeKeys = ["mailingPostalCode", "mailingZip", "homePostalCode", "homeZip"];
const countryKeys = ["mailingCountry", "homeCountry"];

/**
 * Tells whether the host passed a mailing address, even an address that tells no zone. For an owner
 * abroad, the zone of the property would be wrong.
 */
export function hasMailingAddress(data: Values): boolean {
  return Object.entries(data).some(
    ([key, value]) =>
      /^(?:mailing|home)(?:address|street|city|state|zip|postal|country)/i.test(key) && isFilled(value),
  );
}

function isFilled(value: unknown): boolean {
  if (isRecord(value)) return Object.values(value).some(isFilled);
  return typeof value === "number" || (typeof value === "string" && value.trim() !== "");
}

/** Finds the address of a property: in the property's own fields, as an object, or as text. */
export function findPropertyAddress(property: Values): ZoneAddressParts | null {
  const parts = readAddressParts(property);
  if (parts !== null) return parts;
  for (const key of ["address", "unparsedAddress", "fullAddress"]) {
    const found = parseAddress(property[key]);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Returns the mailing address in a recipient's template data, or null. Hosts give separate fields,
 * an object, or text such as "740 Larkspur Ct, Denver, CO 80206".
 */
export function findMailingAddress(data: Values): ZoneAddressParts | null {
  const parts = {
    state: findFirstText(data, stateKeys),
    postalCode: findFirstText(data, postalCodeKeys),
    country: findFirstText(data, countryKeys),
  };
  if (parts.state !== null) return parts;
  for (const key of ["mailingAddress", "homeAddress"]) {
    const found = parseAddress(data[key]);
    if (found !== null) return { ...found, country: found.country ?? parts.country };
  }
  return null;
}

function parseAddress(value: unknown): ZoneAddressParts | null {
  if (typeof value === "string") return parseAddressText(value);
  return isRecord(value) ? readAddressParts(value) : null;
}

function readAddressParts(address: Values): ZoneAddressParts | null {
  const state = findFirstText(address, ["state", "stateOrProvince", "region"]);
  const postalCode = findFirstText(address, ["postalCode", "zip", "zipCode"]);
  return state === null ? null : { state, postalCode, country: findFirstText(address, ["country"]) };
}

function parseAddressText(address: string): ZoneAddressParts | null {
  const found = /[\s,]([A-Za-z]{2})[\s,]+(\d{5})(?:-\d{4})?(?:,?\s*(?:USA?|United States))?\s*$/.exec(
    address,
  );
  return found === null ? null : { state: found[1] ?? null, postalCode: found[2] ?? null, country: null };
}

function findFirstText(values: Values, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = values[key];
    if (typeof value === "string" && value.trim() !== "") return value;
    // A host that stores ZIP codes as numbers loses leading zeros, as in Massachusetts.
    if (typeof value === "number") return String(value).padStart(5, "0");
  }
  return null;
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
