import type { RecipientSource } from "../vocabulary.ts";

/** The name of each source in a sentence, such as "probate filings". */
export const englishSourceNames: Readonly<Record<RecipientSource, string>> = {
  host: "CRM contacts",
  agent: "contacts typed by an agent",
  list: "bought or imported lists",
  countyRecords: "county records",
  pastListing: "past listings",
  referral: "referrals",
  openHouse: "open house visitors",
  website: "website visitors",
  pastClient: "past clients",
  probate: "probate filings",
  preForeclosure: "pre-foreclosure filings",
  other: "other sources",
};

/** Returns the sources' names as one phrase, such as "probate filings and county records". */
export const formatSourceNames = (sources: readonly RecipientSource[]): string =>
  new Intl.ListFormat("en-US").format(sources.map((source) => englishSourceNames[source]));
