import type { CampaignType } from "../../../shared/vocabulary.ts";
import type { LetterLanguage } from "../../../shared/words/letter-language.ts";
import { applyLicenseForHomeState, type LicensedAgent } from "./agent-license.ts";
import { type ContactOrigin, describeContactReason } from "./contact-reason.ts";
import { type DisclosureWords, disclosureWords } from "./disclosure-words.ts";
import { trimToNull } from "./known-text.ts";
import type { DisclosureNeed } from "./state-rule.ts";
import { findStateRule, strictDisclosureNeeds } from "./state-rules.ts";

/** The facts about a tenant that law and licensing boards want in emails. */
export type OfficeDetails = {
  name: string;
  /** The name on the brokerage's license; null if the license has the name in `name`. */
  licensedName: string | null;
  postalAddress: string;
  license: string | null;
  officePhone: string | null;
  officeCity: string | null;
  /** The two-letter code of the office's state. */
  officeState: string | null;
  officeWebsite: string | null;
  /** The URL of the office's copy of the Texas form "Information About Brokerage Services". */
  iabsLink: string | null;
  /** The URL of the office's copy of Maine's form on real estate relationships. */
  relationshipFormLink: string | null;
  /** The fair-housing line; null if the office has said that no such line applies. */
  equalHousingLine: string | null;
};

/** The facts about a sender that licensing boards want in emails. */
export type AgentDetails = LicensedAgent & { fromName: string; phone: string | null };

/** The facts about an email's property and recipient that decide the footer. */
export type DisclosureFacts = {
  /** The two-letter code of the property's state; null if the state is unknown. */
  propertyState: string | null;
  origin: ContactOrigin;
  /** True if the email asks an owner about the owner's own home. */
  isToOwner: boolean;
  /** The language of the letter, in which the footer is written. Default: English. */
  language?: LetterLanguage;
};

export type DisclosureKind =
  | "brokerageName"
  | "agentName"
  | "licenseType"
  | "licenseNumber"
  | "officePhone"
  | "agentPhone"
  | "brokerageLicense"
  | "postalAddress"
  | "officePlace"
  | "officeWebsite"
  | "advertisement"
  | "alreadyListed"
  | "contactReason"
  | "equalHousing";

export type DisclosureItem = { kind: DisclosureKind; text: string };
/** One line of the footer. `sizePx` is the size of the line's letters in the HTML part. */
export type DisclosureLine = { sizePx: number; items: readonly DisclosureItem[] };
/** A state's form on agency, to which the letter's body must link. */
export type AgencyFormLink = { sentence: string; label: string; url: string };
export type Disclosure = {
  lines: readonly DisclosureLine[];
  form: AgencyFormLink | null;
  optOut: DisclosureWords["optOut"];
};

/**
 * The size of the brokerage's name in the footer. The name is larger than the letter's own text,
 * because Rhode Island and New Jersey want the brokerage's name larger than the agent's.
 */
export const brokerageNameSizePx = 18;
/** The size of the letter's own text, in which a signature prints the agent's name. */
export const letterTextSizePx = 16;
/** The size of the footer's other lines. */
export const footerDetailSizePx = 13;

/**
 * Decides which details an email discloses, with their sizes and places. The footer is the same for
 * every state. The footer shows every detail that the office or the agent has filled in. Only two
 * details depend on the home's state: the agent's license, and the form on agency.
 */
export function decideDisclosure(
  office: OfficeDetails,
  sender: AgentDetails,
  occasion: DisclosureFacts,
): Disclosure {
  const agent = applyLicenseForHomeState(sender, occasion.propertyState);
  const brokerage = joinLines(trimToNull(office.licensedName) ?? office.name);
  const words = disclosureWords[occasion.language ?? "en"];
  const lines: DisclosureLine[] = [
    { sizePx: brokerageNameSizePx, items: [{ kind: "brokerageName", text: brokerage }] },
    ...[
      listAgentItems(agent, words),
      listPhoneItems(office, agent, words),
      makeItems("brokerageLicense", office.license, words.brokerageLicense),
      listPlaceItems(office, words),
      makeItems("officeWebsite", office.officeWebsite),
      occasion.origin.consent !== null ? [] : makeItems("advertisement", brokerage, words.advertisement),
      occasion.isToOwner ? makeItems("alreadyListed", words.alreadyListed) : [],
      makeItems("equalHousing", office.equalHousingLine, words.equalHousing),
      makeItems("contactReason", describeReason(brokerage, agent, occasion)),
    ].map((items) => ({ sizePx: footerDetailSizePx, items })),
  ];
  return {
    lines: lines.filter(({ items }) => items.length > 0),
    form: findForm(office, occasion, words),
    optOut: words.optOut,
  };
}

/**
 * Tells whether a campaign of this type writes to owners about their own homes. Buyers and other
 * agents are asked about other people's homes.
 */
export function isOwnerCampaign(type: CampaignType): boolean {
  return type !== "buyerNurture" && type !== "agentNetworking";
}

/**
 * Returns the details that two rules ask for: the rule of the property's state, and the rule of the
 * state that licensed the agent. If the property's state has no rule in the table, the state counts
 * as asking for `strictDisclosureNeeds`.
 * @returns for each need, the names of the states that ask for the detail; null stands for
 *   `strictDisclosureNeeds`
 */
export function listDisclosureNeeds(
  propertyState: string | null,
  licenseState: string | null,
): Map<DisclosureNeed, (string | null)[]> {
  const needs = new Map<DisclosureNeed, (string | null)[]>();
  const add = (need: DisclosureNeed, by: string | null) =>
    needs.set(need, [...new Set([...(needs.get(need) ?? []), by])]);
  const ofProperty = propertyState === null ? null : findStateRule(propertyState);
  if (ofProperty === null) for (const need of strictDisclosureNeeds) add(need, null);
  const ofLicense = licenseState === null ? null : findStateRule(licenseState);
  for (const rule of [ofProperty, ofLicense]) {
    if (rule === null) continue;
    for (const need of rule.needs) {
      // Only the state of the home can ask for a form on agency.
      if (need !== "agencyForm" || rule === ofProperty) add(need, rule.name);
    }
  }
  return needs;
}

const californiaNumber =
  /^(?:CA\b)?[\s.,#:-]*(?:(?:Cal)?[DB]RE)?(?:[\s.,#:-]*Lic(?:ense)?)?[\s.,#:-]*(\d{8})$/i;

/** Returns the 8 digits of a California license number, or null if the text is no such number. */
export function readCaliforniaLicenseNumber(text: string | null): string | null {
  return californiaNumber.exec(text?.trim() ?? "")?.[1] ?? null;
}

function describeReason(
  brokerage: string,
  agent: AgentDetails,
  { origin, propertyState: state, language }: DisclosureFacts,
): string {
  return describeContactReason(origin, { brokerage, agent: nameAsLicensed(agent), state }, language);
}

const nameAsLicensed = ({ licensedName, fromName }: AgentDetails) => trimToNull(licensedName) ?? fromName;

function listAgentItems(agent: AgentDetails, { license }: DisclosureWords): DisclosureItem[] {
  const digits = agent.licenseState === "CA" ? readCaliforniaLicenseNumber(agent.licenseNumber) : null;
  const label = (number: string) => (digits === null ? license(number) : `DRE ${digits}`);
  return [
    ...makeItems("agentName", nameAsLicensed(agent)),
    ...makeItems("licenseType", agent.licenseType),
    ...makeItems("licenseNumber", agent.licenseNumber, label),
  ];
}

function listPhoneItems(
  office: OfficeDetails,
  agent: AgentDetails,
  words: DisclosureWords,
): DisclosureItem[] {
  return [
    ...makeItems("officePhone", office.officePhone, words.officePhone),
    ...makeItems("agentPhone", agent.phone, words.agentPhone),
  ];
}

/**
 * Returns the postal address, and also the office's own city and state unless the postal address
 * names them. The postal address may be a box in another town.
 */
function listPlaceItems(office: OfficeDetails, words: DisclosureWords): DisclosureItem[] {
  const place = formatOfficePlace(office);
  const isNamed = place !== null && joinLines(office.postalAddress).includes(place);
  return [
    ...makeItems("postalAddress", office.postalAddress),
    ...(isNamed ? [] : makeItems("officePlace", place, words.officePlace)),
  ];
}

/** Returns the office's city and state as "Denver, CO", or null if one is missing. */
function formatOfficePlace({ officeCity, officeState }: OfficeDetails): string | null {
  const city = trimToNull(officeCity);
  const state = trimToNull(officeState);
  return city === null || state === null ? null : `${city}, ${state}`;
}

function findForm(
  office: OfficeDetails,
  { propertyState }: DisclosureFacts,
  { agencyForm }: DisclosureWords,
): AgencyFormLink | null {
  const texas = trimToNull(office.iabsLink);
  if (propertyState === "TX" && texas !== null) {
    return {
      sentence: agencyForm("Texas"),
      label: "Information About Brokerage Services",
      url: texas,
    };
  }
  const maine = trimToNull(office.relationshipFormLink);
  if (propertyState === "ME" && maine !== null) {
    return {
      sentence: agencyForm("Maine"),
      label: "Real Estate Brokerage Relationships Form",
      url: maine,
    };
  }
  return null;
}

function makeItems(
  kind: DisclosureKind,
  value: string | null,
  format: (text: string) => string = (text) => text,
): DisclosureItem[] {
  const text = trimToNull(value);
  return text === null ? [] : [{ kind, text: format(joinLines(text)) }];
}

/** Joins the lines of a text with commas: a postal address is often kept on several lines. */
const joinLines = (text: string) =>
  text
    .split(/[\r\n]+/)
    .map((part) => part.trim().replace(/,$/, ""))
    .filter((part) => part !== "")
    .join(", ");
