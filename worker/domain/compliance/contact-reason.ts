import type { Consent } from "../../../shared/consent.ts";
import type { RecipientSource } from "../../../shared/vocabulary.ts";
import type { LetterLanguage } from "../../../shared/words/letter-language.ts";
import { describeSpanishContactReason } from "./spanish-contact-reason.ts";

/** How the office came to know of a recipient, as recorded with the recipient. */
export type ContactOrigin = {
  source: RecipientSource;
  /** The date of the event that the source records, as YYYY-MM-DD; null if the date is unknown. */
  sourceDate: string | null;
  /** The person's recorded consent; null if the person has given no consent. */
  consent: Consent | null;
  /** The property's county as the host names it; null if the county is unknown. */
  county: string | null;
};

/** The names for the sentence of `describeContactReason`, and the property's state. */
export type ContactReasonNames = { brokerage: string; agent: string; state: string | null };

/**
 * Returns the sentence that tells a recipient why the email came. The sentence says only facts that
 * the recorded source proves, and names neither a death nor a debt. If a consent is recorded, the
 * sentence names the consent instead of the source.
 */
export function describeContactReason(
  origin: ContactOrigin,
  names: ContactReasonNames,
  language: LetterLanguage = "en",
): string {
  const { source, sourceDate, consent, county } = origin;
  const { brokerage, agent, state } = names;
  if (language === "es") return describeSpanishContactReason(origin, names, findCountyName(county, state));
  const on = sourceDate === null ? "" : ` on ${formatDay(sourceDate)}`;
  if (consent !== null) {
    return because(`you agreed to emails from ${consent.to} on ${formatDay(consent.at.slice(0, 10))}`);
  }
  switch (source) {
    case "host":
      return because(`your contact information is in ${addPossessive(brokerage)} records`);
    case "agent":
      return because(`${agent} added your contact information`);
    case "list":
      return because(`your contact information is on a list that ${brokerage} obtained`);
    case "countyRecords":
      return because(`your name is in ${nameRecords(county, state)}`);
    case "pastListing":
      return because(`your listing ended${on}`);
    case "referral":
      return because(`someone referred you to ${brokerage}`);
    case "openHouse":
      return because(`you left your contact information at an open house${on}`);
    case "website":
      return because(`you left your contact information with ${brokerage} online`);
    case "pastClient":
      return because(`you have been a client of ${brokerage}`);
    case "probate":
    case "preForeclosure":
      return because("your name is in a public record about this property");
    case "other":
      return because(`${brokerage} has your contact information`);
    default:
      return source satisfies never;
  }
}

/** Returns the property's county as the host names it, or null. */
export function findPropertyCounty(property: Readonly<Record<string, unknown>>): string | null {
  for (const value of [property.countyOrParish, property.county]) {
    const name = typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "";
    if (name !== "") return name;
  }
  return null;
}

const because = (reason: string) => `You got this email because ${reason.replace(/\.$/, "")}.`;

const addPossessive = (name: string) => (/s$/i.test(name) ? `${name}'` : `${name}'s`);

/** Matches a county's plain name, without digits and without a state after a comma. */
const countyPattern = /^[\p{L}][\p{L}\p{M} .'’-]{1,39}$/u;
const countyWords = /\b(?:county|parish|borough|city|municipality|census area)$/i;

/**
 * Returns the name of the county's property records. Louisiana has parishes instead of counties.
 * Alaska has areas of several kinds, so an Alaskan name without its kind, such as "borough", is not
 * printed.
 */
function nameRecords(county: string | null, state: string | null): string {
  const found = findCountyName(county, state);
  return found === null ? "the county's property records" : `${addPossessive(found.name)} property records`;
}

/**
 * Returns a county's name with its kind, such as "Boulder County"; null if the name can't be
 * printed.
 */
function findCountyName(
  county: string | null,
  state: string | null,
): { name: string; isParish: boolean } | null {
  const isKnown =
    county !== null && countyPattern.test(county) && (state !== "AK" || countyWords.test(county));
  if (!isKnown) return null;
  const name =
    county === county.toUpperCase() || county === county.toLowerCase() ? capitalize(county) : county;
  const isParish = state === "LA";
  const kind = isParish ? "Parish" : "County";
  return { name: countyWords.test(name) ? name : `${name} ${kind}`, isParish };
}

const capitalize = (words: string) =>
  words
    .toLowerCase()
    .replace(/(^|[\s-])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase());

const dayFormat = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });

function formatDay(isoDay: string): string {
  return dayFormat.format(new Date(`${isoDay}T00:00:00Z`));
}
