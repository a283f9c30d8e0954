/* The postal codes and provinces that tell another country. */

/** The forms of postal codes that end an address, as sources of regular expressions. */
const endForms = [
  // Canada: H3G 1H1.
  String.raw`[A-Z]\d[A-Z][ -]?\d[A-Z]\d`,
  // The United Kingdom: SW1A 1AA.
  String.raw`[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}`,
  // Ireland: D02 X285.
  String.raw`[A-Z]\d[\dW] [A-Z\d]{4}`,
  // Brazil: 01310-100; Japan: 100-0001.
  String.raw`\d{5}-\d{3}|\d{3}-\d{4}`,
  // China, India, Russia, Singapore: 400001 or 400 001.
  String.raw`(?<!box )(?:\d{6}|\d{3} \d{3})`,
].join("|");
/** The forms of postal codes before a city: the Netherlands, Sweden, Poland and Portugal. */
const startForms = String.raw`\d{4} ?(?!NE|NW|SE|SW)[A-Z]{2}|\d{3} \d{2}|\d{2}-\d{3}|\d{4}-\d{3}`;

/** Matches a text that is nothing but a postal code of another country. */
export const foreignPostalCodePattern = new RegExp(`^(?:${endForms}|${startForms})$`, "i");

/**
 * Matches an address that ends with a postal code of another country, alone or before the country.
 * Four digits count only after a state of Australia.
 */
export const foreignPostalCodeAtEndPattern = new RegExp(
  `(?:(?:^|[\\s,])(?:${endForms})|\\b(?:ACT|NSW|NT|QLD|SA|TAS|VIC|WA) \\d{4})(?:[\\s,]+[A-Z. ]{2,24})?$`,
  "i",
);

/**
 * Matches a postal code before a city, as in "75001 Paris", "D-10115 Berlin" or "1012 AB Breda".
 */
export const postalCodeBeforeCityPattern = new RegExp(
  `^(?:[A-Z]{1,2}-)?(?:\\d{4,5}|${startForms}) [A-Z][A-Z\\d.' -]*$`,
  "i",
);

const canada =
  "AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|PEI|QC|SK|YT|ALTA|ONT|QUE|SASK|ALBERTA|BRITISHCOLUMBIA|MANITOBA|NEWBRUNSWICK|NEWFOUNDLAND(?:ANDLABRADOR)?|NORTHWESTTERRITORIES|NOVASCOTIA|NUNAVUT|ONTARIO|PRINCEEDWARDISLAND|QUEBEC|SASKATCHEWAN|YUKON(?:TERRITORY)?|COLOMBIEBRITANNIQUE|NOUVEAUBRUNSWICK|NOUVELLEECOSSE|TERRENEUVE(?:ETLABRADOR)?|ILEDUPRINCEEDOUARD";
const mexico =
  "AGUASCALIENTES|BAJACALIFORNIA(?:SUR)?|CAMPECHE|CHIAPAS|CHIHUAHUA|CIUDADDEMEXICO|CDMX|COAHUILA|COLIMA|DURANGO|EDOMEX|ESTADODEMEXICO|GUANAJUATO|GUERRERO|HIDALGO|JAL|JALISCO|MICHOACAN|MORELOS|NAYARIT|NUEVOLEON|OAXACA|PUEBLA|QUERETARO|QUINTANAROO|SANLUISPOTOSI|SINALOA|SONORA|TABASCO|TAMAULIPAS|TLAXCALA|VERACRUZ|YUCATAN|ZACATECAS";
const elsewhere =
  "ENGLAND|SCOTLAND|WALES|NORTHERNIRELAND|ACT|NSW|QLD|TAS|VIC|NEWSOUTHWALES|QUEENSLAND|SOUTHAUSTRALIA|TASMANIA|WESTERNAUSTRALIA";

/**
 * Matches a province of Canada, a state of Mexico or Australia, or a country of the United Kingdom,
 * as `toPlainCapitals` writes the name.
 */
export const foreignProvincePattern = new RegExp(
  `^(?:(?:${canada})(?:AB|BC|ON|QC)?|${mexico}|${elsewhere})$`,
);
/** Matches a state of Mexico. Mexico's postal codes have five digits, as in the United States. */
export const mexicanStatePattern = new RegExp(`^(?:${mexico})$`);

/** Returns the letters of a text as capitals without accents and blanks: "Québec" as "QUEBEC". */
export const toPlainCapitals = (text: string): string =>
  dropAccents(text)
    .toUpperCase()
    .replace(/[^A-Z]/g, "");

/** Returns the text without accents: "Montréal" as "Montreal". */
export const dropAccents = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");
