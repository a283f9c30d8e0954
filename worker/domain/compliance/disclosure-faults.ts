import {
  type AgentDetails,
  listDisclosureNeeds,
  type OfficeDetails,
  readCaliforniaLicenseNumber,
  trimToNull,
} from "./disclosure.ts";
import type { DisclosureNeed } from "./state-rule.ts";
import { findStateRule } from "./state-rules.ts";

/**
 * A detail that is missing. `field` names the field of the office or sender that should hold the
 * detail.
 */
export type DisclosureFault = { field: string; message: string };
/** A sender. If `id` is given, the faults name the sender's fields by that id. */
export type SenderDetails = AgentDetails & { id?: number };

/**
 * Returns the details to fill in before any email leaves in a tenant's name.
 * - Name and postal address: CAN-SPAM Act, 15 U.S.C. §7704(a)(5).
 * - License number: the brokerage's own number, or else a number for each sender.
 * - Fair-housing line, unless the office set the line to null on purpose.
 * - The details that the state of the property and the state that licensed the sender ask for.
 * @param agents all senders of the campaign
 * @param states the two-letter codes of the states of the campaign's properties; null for a
 *   property whose state is unknown
 */
export function findDisclosureFaults(
  office: OfficeDetails,
  agents: readonly SenderDetails[],
  states: readonly (string | null)[],
): DisclosureFault[] {
  return [...findOfficeFaults(office, agents), ...findStateFaults(office, agents, states)];
}

/**
 * Returns a warning for each sender who is not licensed in the state of a property. In many states,
 * a licensee of another state may only refer clients.
 */
export function listLicenseWarnings(
  agents: readonly SenderDetails[],
  states: readonly (string | null)[],
): DisclosureFault[] {
  return agents.flatMap((agent) => {
    const { licenseState } = agent;
    if (licenseState === null) return [];
    const others = states.filter((state) => state !== null).filter((state) => state !== licenseState);
    if (others.length === 0) return [];
    const message = `${nameAgent(agent)} is licensed in ${nameState(licenseState)} but is emailing about homes in ${joinNames(others.map(nameState))}`;
    return [{ field: toAgentField(agent, "licenseState"), message }];
  });
}

function findOfficeFaults(office: OfficeDetails, agents: readonly SenderDetails[]): DisclosureFault[] {
  const faults: DisclosureFault[] = [];
  if (isBlank(office.name))
    faults.push({ field: "tenant.name", message: "Every email needs your office's name" });
  if (isBlank(office.postalAddress)) {
    const message = "Federal law requires your office's postal address in every email";
    faults.push({ field: "tenant.postalAddress", message });
  }
  if (isBlank(office.license) && agents.some(({ licenseNumber }) => isBlank(licenseNumber))) {
    const message = "Every email needs a license number, either your office's or the sender's own";
    faults.push({ field: "tenant.license", message });
  }
  if (office.equalHousingLine !== null && isBlank(office.equalHousingLine)) {
    const message = "The Equal Housing line is blank; set it to null if none applies";
    faults.push({ field: "tenant.equalHousingLine", message });
  }
  return faults;
}

/**
 * A detail that is missing. `askers` has the names of the states that ask for the detail. A null in
 * `askers` means that a home's state is unknown or has no rule. `strictNeeds` then asks for the
 * detail.
 */
type Shortage = { field: string; detail: string; askers: Set<string | null> };

function findStateFaults(
  office: OfficeDetails,
  agents: readonly SenderDetails[],
  states: readonly (string | null)[],
): DisclosureFault[] {
  const shortages = new Map<string, Shortage>();
  for (const agent of agents) {
    for (const state of states) {
      for (const [need, askers] of listDisclosureNeeds(state, agent.licenseState)) {
        for (const { field, detail } of listShortages(need, office, agent, askers)) {
          const known = shortages.get(field) ?? { field, detail, askers: new Set() };
          for (const asker of askers) known.askers.add(asker);
          shortages.set(field, known);
        }
      }
    }
  }
  return [...shortages.values()].map(({ field, detail, askers }) => ({
    field,
    message: `${formatAskers([...askers])} ${detail}`,
  }));
}

function listShortages(
  need: DisclosureNeed,
  office: OfficeDetails,
  agent: SenderDetails,
  askers: readonly (string | null)[],
): { field: string; detail: string }[] {
  const lacks = (field: string, value: string | null, detail: string) =>
    isBlank(value) ? [{ field, detail }] : [];
  const name = nameAgent(agent);
  switch (need) {
    case "licenseType":
      return lacks(toAgentField(agent, "licenseType"), agent.licenseType, `${name}'s license type`);
    case "licenseNumber":
      return listNumberShortages(agent, askers);
    case "brokerageLicense":
      return lacks("tenant.license", office.license, "the brokerage's license number");
    case "officePhone":
      return lacks("tenant.officePhone", office.officePhone, "the office's phone");
    case "officePlace":
      return [
        ...lacks("tenant.officeCity", office.officeCity, "the city of the office"),
        ...lacks("tenant.officeState", office.officeState, "the state of the office"),
      ];
    case "officeWebsite":
      return lacks("tenant.officeWebsite", office.officeWebsite, "the office's website");
    case "agencyForm":
      return askers.includes("Texas")
        ? lacks("tenant.iabsLink", office.iabsLink, "a link to the office's IABS form")
        : lacks(
            "tenant.relationshipFormLink",
            office.relationshipFormLink,
            "a link to the office's brokerage relationships form",
          );
  }
}

function listNumberShortages(
  agent: SenderDetails,
  askers: readonly (string | null)[],
): { field: string; detail: string }[] {
  const isCalifornia = askers.includes("California");
  const isGiven = isCalifornia
    ? readCaliforniaLicenseNumber(agent.licenseNumber) !== null
    : !isBlank(agent.licenseNumber);
  if (isGiven) return [];
  const own = isCalifornia ? "own 8-digit DRE number" : "license number";
  return [{ field: toAgentField(agent, "licenseNumber"), detail: `${nameAgent(agent)}'s ${own}` }];
}

function formatAskers(askers: readonly (string | null)[]): string {
  const names = askers.filter((name) => name !== null);
  if (names.length === 0) return "A home in a state that's unknown or has no rule on file requires";
  return `${joinNames(names)} ${names.length === 1 ? "requires" : "require"}`;
}

function joinNames(names: readonly string[]): string {
  const sorted = [...new Set(names)].toSorted();
  const last = sorted.at(-1) ?? "";
  return sorted.length < 2 ? last : `${sorted.slice(0, -1).join(", ")} and ${last}`;
}

const nameState = (state: string) => findStateRule(state)?.name ?? state;
const nameAgent = ({ licensedName, fromName }: SenderDetails) => trimToNull(licensedName) ?? fromName;
const toAgentField = ({ id }: SenderDetails, field: keyof AgentDetails) =>
  id === undefined ? `sender.${field}` : `senders.${id}.${field}`;

const isBlank = (text: string | null) => trimToNull(text) === null;
