import type { Consent } from "../../../shared/consent.ts";
import { findStateCode } from "../schedule/zones.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * Tells whether emails to a person wait until the person's consent is recorded. Canada, the
 * European Union and the United Kingdom want consent before the first advertisement.
 */
export function needsConsent(consent: Consent | null, data: Values): boolean {
  return consent === null && isMailedAbroad(data);
}

/**
 * Tells whether emails to a person may have the open pixel and counted links. Laws abroad want a
 * consent for tracking besides the consent for the email.
 */
export const mayTrack = (data: Values): boolean => !isMailedAbroad(data);

/**
 * Tells whether a person's mail goes to another country. The person's mailing address decides, not
 * the property's address. An address without a country counts as American unless its province or
 * postal code is foreign.
 */
export function isMailedAbroad(data: Values): boolean {
  const nested = [data.mailingAddress, data.homeAddress].filter(isRecord);
  const addresses = [
    readParts(data, "mailing"),
    readParts(data, "home"),
    ...nested.map((one) => readParts(one, "")),
  ];
  const texts = [data.mailingAddress, data.homeAddress].filter((one) => typeof one === "string");
  return addresses.some(isAbroad) || texts.some(endsAbroad);
}

type AddressParts = { country: string; state: string; postalCode: string };

function readParts(values: Values, prefix: string): AddressParts {
  const read = (...names: string[]) => {
    for (const name of names) {
      const key = prefix === "" ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1);
      const value = values[key];
      if (typeof value === "string" && value.trim() !== "") return value.trim();
    }
    return "";
  };
  return {
    country: read("country", "countryCode"),
    state: read("state", "stateOrProvince", "province", "region"),
    postalCode: read("postalCode", "zip", "zipCode", "postcode"),
  };
}

/** Matches a name of the United States, or of a US territory to which US mail delivers. */
const domestic =
  /^(?:USA?|(?:THE)?UNITEDSTATES(?:OFAMERICA)?(?:USA?)?|AMERICA|ESTADOSUNIDOS(?:DEAM[EÉ]RICA)?|EEUU|EUA|PRI?|PUERTORICO|VIR?|USVI|(?:US|UNITEDSTATES)?VIRGINISLANDS(?:US)?|GUM?|GUAM|ASM?|AMERICANSAMOA|MN?P|(?:COMMONWEALTHOFTHE)?NORTHERNMARIANAISLANDS|UMI?)$/;
/** Matches a province of Canada, a state of Mexico or a country of the United Kingdom. */
const provinces =
  /^(?:AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT|ALBERTA|BRITISHCOLUMBIA|MANITOBA|NEWBRUNSWICK|NOVASCOTIA|ONTARIO|QU[EÉ]BEC|SASKATCHEWAN|AGUASCALIENTES|BAJACALIFORNIA(?:SUR)?|CAMPECHE|CHIAPAS|CHIHUAHUA|CIUDADDEM[EÉ]XICO|CDMX|COAHUILA|COLIMA|DURANGO|GUANAJUATO|GUERRERO|HIDALGO|JALISCO|MICHOAC[AÁ]N|MORELOS|NAYARIT|NUEVOLE[OÓ]N|OAXACA|PUEBLA|QUER[EÉ]TARO|QUINTANAROO|SANLUISPOTOS[IÍ]|SINALOA|SONORA|TABASCO|TAMAULIPAS|TLAXCALA|VERACRUZ|YUCAT[AÁ]N|ZACATECAS|ENGLAND|SCOTLAND|WALES|NORTHERNIRELAND)$/;
/** Matches a postal code of Canada or of the United Kingdom. */
const foreignCodes = /^(?:[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/i;

/** Matches a word that a host's form puts into an empty field. */
const placeholder = /^(?:|NA|NONE|NULL|UNKNOWN|OTHER|SELECT)$/;

function isAbroad({ country, state, postalCode }: AddressParts): boolean {
  const name = toLetters(country);
  if (!placeholder.test(name)) return !domestic.test(name);
  if (foreignCodes.test(postalCode)) return true;
  return findStateCode(state) === null && provinces.test(toLetters(state));
}

/** Matches an address that ends with a country in which many absentee owners live. */
const countries =
  /,\s*(?:argentina|australia|austria|bahamas|belgium|bermuda|brazil|brasil|canada|cayman islands|chile|china|colombia|costa rica|croatia|cuba|czech republic|czechia|denmark|deutschland|dominican republic|ecuador|egypt|el salvador|england|españa|espana|finland|france|germany|great britain|greece|guatemala|hong kong|hungary|iceland|india|indonesia|ireland|israel|italia|italy|jamaica|japan|kenya|korea|luxembourg|malaysia|m[eé]xico|netherlands|new zealand|nigeria|northern ireland|norway|pakistan|panama|peru|philippines|poland|portugal|romania|russia|saudi arabia|scotland|singapore|south africa|south korea|spain|sweden|switzerland|taiwan|thailand|turkey|u\.?k\.?|ukraine|united arab emirates|united kingdom|uae|venezuela|vietnam|wales)\.?$/i;
/**
 * Matches a postal code of Canada or the United Kingdom at the end of an address, alone or before
 * the country.
 */
const foreignCodeAtEnd =
  /(?:^|[\s,])(?:[A-Z]\d[A-Z] \d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?:[\s,]+[A-Za-z. ]{2,20})?$/;

/**
 * Tells whether an address ends with another country. A city may be named like a country, so a
 * country's name counts only if at least two commas are in the address.
 */
function endsAbroad(address: string): boolean {
  const text = address.trim().replace(/\s*\n\s*/g, ", ");
  return (text.split(",").length > 2 && countries.test(text)) || foreignCodeAtEnd.test(text);
}

const toLetters = (text: string) => text.toUpperCase().replace(/[^A-ZÁÉÍÓ]/g, "");

const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
