import type { Consent } from "../../../shared/consent.ts";
import { findStateCode } from "../schedule/zones.ts";
import { isAmericanAddress, isForeignAddress } from "./foreign-address.ts";
import { foreignPostalCodePattern, foreignProvincePattern, toPlainCapitals } from "./foreign-codes.ts";
import { findPropertyState } from "./property-state.ts";

type Values = Readonly<Record<string, unknown>>;
/** The values of a recipient, and of the home that the emails are about. */
type PersonData = { recipient: Values; property: Values };

/**
 * Tells whether emails to a person wait until the person's consent is recorded. Canada, the
 * European Union and the United Kingdom want consent before the first advertisement.
 */
export function needsConsent(consent: Consent | null, data: PersonData): boolean {
  return consent === null && isMailedAbroad(data);
}

/**
 * Tells whether emails to a person may have the open pixel and counted links. Laws abroad want a
 * consent for tracking besides the consent for the email.
 */
export const mayTrack = (data: PersonData): boolean => !isMailedAbroad(data);

/**
 * Tells whether a person's mail goes to another country. The person's mailing address decides, not
 * the property's address. An address without a country counts as American unless its province,
 * postal code, or line is clearly foreign.
 */
export function isMailedAbroad({ recipient: data, property }: PersonData): boolean {
  const propertyState = findPropertyState(property);
  const isAbroad = (parts: AddressParts) => isAddressAbroad(parts, propertyState);
  const addresses = [
    readParts(data, "mailing"),
    readParts(data, "home"),
    ...[data.mailingAddress, data.homeAddress].filter(isRecord).map((one) => readParts(one, "")),
  ];
  if (addresses.some(isAbroad)) return true;
  if (addresses.some(isDomestic)) return false;
  // A country without "mailing" before it is the person's country.
  return isAbroad(readParts(data, "")) || (isRecord(data.address) && isAbroad(readParts(data.address, "")));
}

type AddressParts = { country: string; state: string; postalCode: string; lines: string };

const partNames = {
  country: ["country", "countryCode"],
  state: ["state", "stateOrProvince", "province", "region"],
  postalCode: ["postalCode", "zip", "zipCode", "postcode"],
  street: ["address", "addressLine1", "street", "streetAddress", "line1"],
  city: ["city", "town"],
} as const;

function readParts(values: Values, prefix: string): AddressParts {
  const read = (part: keyof typeof partNames) => {
    for (const name of partNames[part]) {
      const key = prefix === "" ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1);
      const value = values[key];
      if (typeof value === "string" && value.trim() !== "") return value.trim();
    }
    return "";
  };
  const postalCode = read("postalCode");
  // A code of four digits is judged together with its city, as in an address of one line.
  const city = /^\d{4}$/.test(postalCode) ? `${read("city")} ${postalCode}`.trim() : read("city");
  return {
    country: read("country"),
    state: read("state"),
    postalCode,
    lines: [read("street"), city].filter((line) => line !== "").join(", "),
  };
}

/** Matches a name of the United States, or of a US territory to which US mail delivers. */
const domesticCountry =
  /^(?:USA?|(?:THE)?UNITEDSTATES(?:OFAMERICA)?(?:USA?)?|AMERICA|USUNITEDSTATES|ESTADOSUNIDOS(?:DEAMERICA)?|ETATSUNIS(?:DAMERIQUE)?|VEREINIGTESTAATEN|EEUU|EUA|PRI?|PUERTORICO|VIR?|USVI|(?:US|UNITEDSTATES)?VIRGINISLANDS(?:US)?|GUM?|GUAM|ASM?|AMERICANSAMOA|MN?P|(?:COMMONWEALTHOFTHE)?NORTHERNMARIANAISLANDS|UMI?)$/;
/** Matches a word that a host's form puts into an empty field. */
const placeholder = /^(?:|NA|NONE|NULL|UNKNOWN|OTHER|SELECT)$/;
const zip = /^\d{5}(?:-?\d{4})?$/;

function isAddressAbroad(parts: AddressParts, propertyState: string | null): boolean {
  const name = readCountry(parts);
  if (name !== null) return !domesticCountry.test(name);
  const { state, postalCode, lines } = parts;
  if (foreignPostalCodePattern.test(postalCode)) return true;
  if (findStateCode(state) !== null) return false;
  return foreignProvincePattern.test(toPlainCapitals(state)) || isForeignAddress(lines, propertyState);
}

const isDomestic = (parts: AddressParts): boolean =>
  domesticCountry.test(readCountry(parts) ?? "") ||
  findStateCode(parts.state) !== null ||
  isAmericanAddress(parts.lines);

/**
 * Returns the country's name as capitals, or null if the country is unknown. A field that repeats
 * the state tells no country: "CA" with the state California, or with a ZIP code, is not Canada.
 */
function readCountry({ country, state, postalCode }: AddressParts): string | null {
  const name = toPlainCapitals(country);
  if (placeholder.test(name)) return null;
  const isState = name.length === 2 && findStateCode(state) === name;
  return isState || (name === "CA" && zip.test(postalCode)) ? null : name;
}

const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
