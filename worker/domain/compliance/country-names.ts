import { findStateCode } from "../schedule/zones.ts";
import { toPlainCapitals } from "./foreign-codes.ts";

const alphabet = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
/** The languages in which people write a country's name in an American list of addresses. */
const languages = ["en", "fr", "es", "de"];
/** Other names of countries, as `toPlainCapitals` writes the names. */
const otherNames =
  "BRASIL CZECHREPUBLIC ENGLAND GREATBRITAIN HOLLAND ITALIA KOREA NEDERLAND NORTHERNIRELAND SCOTLAND UAE UK WALES";

/** The countries' codes and names. They are made on first use, because the Intl API is slow. */
let known: { codes: ReadonlySet<string>; names: ReadonlySet<string> } | undefined;

/** Matches codes of the Intl API that are no foreign country's. XA to XZ but XK are made up. */
const notForeign = /^(?:US|UM|EU|EZ|UN|QO|X[A-JL-Z]|ZZ)$/;

function loadCountries() {
  const regions = languages.map(
    (language) => new Intl.DisplayNames(language, { type: "region", fallback: "none" }),
  );
  const codes = alphabet
    .flatMap((first) => alphabet.map((second) => first + second))
    .filter((code) => !notForeign.test(code) && regions[0]?.of(code) !== undefined);
  const names = codes.flatMap((code) => regions.map((region) => toPlainCapitals(region.of(code) ?? "")));
  return {
    // AE also stands for soldiers in Europe.
    codes: new Set([...codes, "UK"].filter((code) => code !== "AE" && findStateCode(code) === null)),
    names: new Set([...names, ...otherNames.split(" ")]),
  };
}

/** Tells whether a text in the form of `toPlainCapitals` is the name of a foreign country. */
export function isCountryName(name: string): boolean {
  known ??= loadCountries();
  return known.names.has(name);
}

/** Tells whether a text is the code of a foreign country, and no code of a US state. */
export function isCountryCode(text: string): boolean {
  known ??= loadCountries();
  return known.codes.has(text);
}
