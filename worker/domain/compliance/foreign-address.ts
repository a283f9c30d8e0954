import { findStateCode } from "../schedule/zones.ts";
import { isCountryCode, isCountryName } from "./country-names.ts";
import {
  dropAccents,
  foreignPostalCodeAtEndPattern,
  foreignProvincePattern,
  mexicanStatePattern,
  postalCodeBeforeCityPattern,
  toPlainCapitals,
} from "./foreign-codes.ts";

const americanEnd =
  /(?:^|[\s,])(?:U\.? ?S\.?(?: ?A)?\.?|United States(?: of America)?|Estados Unidos|Etats-Unis)$/i;
const zipAtEnd = /[\s,]+\d{5}(?:-?\d{4})?$/;
/**
 * Matches the two-letter code of a province of Canada at the end, also before the code of Canada.
 */
const canadianCodeAtEnd = /(?:^|[\s,])(?:AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT)(?:,? CA)?$/;
/** Matches a country at the end that no American place is named after. */
const clearCountryAtEnd =
  /(?<!\bLa) (?:Canada|Australia|Brasil|Deutschland|England|France|New Zealand|United Kingdom|U\.?K\.?)$/i;
const unit = /^(?:#|(?:apt|apartment|attn|bldg|building|c\/o|fl|floor|lot|rm|room|ste|suite|unit)\b)/i;
const streetAtEnd =
  /\b(?:ave|avenue|blvd|cir|circle|court|ct|dr|drive|hwy|lane|ln|loop|pkwy|pl|place|rd|road|sq|square|st|street|ter|terrace|trail|trl|way|[ns]?[ew]|[ns])\.?$/i;
/** Matches a street in French, or in another language with its number behind the name. */
const foreignStreet = new RegExp(
  [
    String.raw`^(?:\d+(?: ?(?:bis|ter|[a-d]))? )?(?:rue|chemin|allee|impasse|quai|ruelle|sentier|(?:av(?:enue|\.)?|b(?:oulevar)?d|cours|place|route|square) (?:de|du|des|la|le|les|saint|sainte)|(?:avenue|boulevard|cours|place|quai|route) [dl]['’])\b`,
    String.raw`^\p{L}[\p{L} .-]*(?:strasse|str\.|gasse|platz|allee|weg) ?\d`,
    String.raw`^(?:avda\.?|avenida|calle|carrer|corso|piazza|praca|rua|travessa|via|viale) .*\d`,
  ].join("|"),
  "iu",
);

/** Matches a place and a code of four digits, such as "Auckland 1010". */
const placeAndShortCode = /^(\p{L}[\p{L} .'’-]*) (\d{4})$/u;
/** Matches a line without commas that ends like this, as in "5 Quay St Auckland 1010". */
const streetPlaceAndShortCode =
  /^(\S*\d.*\b(?:ave|avenue|blvd|cir|circle|close|court|crescent|cres|ct|dr|drive|esplanade|highway|hwy|lane|ln|parade|pde|place|rd|road|square|st|street|terrace|tce|utca|way)\.?) (\p{L}[\p{L} .'’-]* \d{4})$/iu;
/**
 * Matches a word before a number that is no postal code, such as "Suite 2000" or "Highway 1604".
 */
const wordBeforeNumber =
  /(?:^|\s)(?:apo|apartment|apt|bldg|block|box|building|bureau|cr|dept|department|desk|dock|dpo|drawer|extension|ext|farm road|fax|fl|floor|fm|fpo|gate|hall|hangar|hc|highway|house|hwy|interstate|lockbox|lot|mail ?(?:code|stop)|mailbox|ms|no|number|office|parcel|phone|pmb|psc|rm|rng|room|route|rr|rt|rte|section|slip|space|spc|sr|ste|stop|suite|tel|tower|tract|trailer|trlr|u\.?s|unit|villa)\.?$/i;

/**
 * Tells whether an address in one line is of another country. An address counts as American unless
 * its postal code, country, province or street is clearly foreign.
 * @param propertyState the state of the home that the emails are about; null if unknown
 */
export function isForeignAddress(address: string, propertyState: string | null): boolean {
  const segments = listSegments(address);
  const text = segments.join(", ");
  const hasZip = zipAtEnd.test(text);
  const place = text.replace(zipAtEnd, "");
  if (isAmericanAddress(text)) return false;
  if (foreignPostalCodeAtEndPattern.test(text) || segments.some(isCodeBeforeCity)) return true;
  const places = segments.length === 1 ? splitStreet(text) : segments;
  if (places.some((_, index) => isPlaceWithShortCode(places, index, propertyState))) return true;
  if (clearCountryAtEnd.test(text) || canadianCodeAtEnd.test(text)) return true;
  const parts = listSegments(place).filter((segment) => !unit.test(segment));
  if (parts.length > 2 && endsWithCountryOrProvince(parts.at(-1) ?? "", hasZip)) return true;
  return parts.length > 1 && !hasZip && !endsWithState(text) && parts.some((one) => foreignStreet.test(one));
}

/** Tells whether an address ends with a US state and its ZIP code, or with the United States. */
export const isAmericanAddress = (address: string): boolean =>
  americanEnd.test(address) || (zipAtEnd.test(address) && endsWithState(address.replace(zipAtEnd, "")));

/** Returns the parts of an address without accents. A part in parentheses is a part of its own. */
const listSegments = (address: string) =>
  dropAccents(address)
    .split(/[,;\n()]/)
    .map((part) => part.trim().replace(/\s+/g, " ").replace(/\.$/, ""))
    .filter((part) => part !== "");

/** A city may be named like a country, so the caller looks at the third part or a later one. */
function endsWithCountryOrProvince(last: string, hasZip: boolean): boolean {
  if (findStateCode(last) !== null) return false;
  const name = toPlainCapitals(last);
  if (isCountryName(name) || isCountryCode(last)) return true;
  return (hasZip ? mexicanStatePattern : foreignProvincePattern).test(name);
}

/** A house number may look like a postal code: "C/O Ann Lee, 12345 Maple Ave". */
function isCodeBeforeCity(segment: string, index: number, segments: readonly string[]): boolean {
  const before = segments[index - 1];
  if (before === undefined || unit.test(before) || !/\d/.test(before)) return false;
  return postalCodeBeforeCityPattern.test(segment) && !streetAtEnd.test(segment);
}

/**
 * Tells whether a part after the street is a place with a code of four digits, as in New Zealand,
 * Austria or Denmark. A ZIP code has five digits, but a spreadsheet drops the first zero of
 * "02139". So a state before the code, or a ZIP code of the home's own state, makes the address
 * American.
 */
function isPlaceWithShortCode(
  segments: readonly string[],
  index: number,
  propertyState: string | null,
): boolean {
  const [, place, code = ""] = placeAndShortCode.exec(segments[index] ?? "") ?? [];
  if (place === undefined || !segments.slice(0, index).some((before) => /\d/.test(before))) return false;
  if (propertyState !== null && findStateOfShortZip(code) === propertyState) return false;
  return !wordBeforeNumber.test(place) && !streetAtEnd.test(place) && !endsWithState(place);
}

/** Returns the street and the place of a line without commas, or the line if it has no such end. */
const splitStreet = (line: string): string[] => streetPlaceAndShortCode.exec(line)?.slice(1) ?? [line];

/** The last ZIP codes of the states whose ZIP codes begin with 0, without that 0. */
const lastShortZips = [
  [2799, "MA"],
  [2999, "RI"],
  [3899, "NH"],
  [4999, "ME"],
  [5999, "VT"],
  [6999, "CT"],
  [8999, "NJ"],
] as const;

/** Returns the state of a ZIP code that lost its first zero; null if there is no such state. */
function findStateOfShortZip(code: string): string | null {
  const number = Number(code);
  return lastShortZips.find(([last]) => number >= 1000 && number <= last)?.[1] ?? null;
}

/**
 * Tells whether the last words name a US state or territory: "Denver CO", "Santa Fe New Mexico".
 */
function endsWithState(text: string): boolean {
  const words = text.split(/[\s,]+/);
  return [1, 2, 3].some((count) => findStateCode(words.slice(-count).join(" ")) !== null);
}
