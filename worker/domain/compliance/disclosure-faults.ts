import type { GateFault, GateReason } from "../../../shared/gate-reason.ts";
import type { StateDetail } from "../../../shared/vocabulary.ts";
import {
  type AgentDetails,
  listDisclosureNeeds,
  type OfficeDetails,
  readCaliforniaLicenseNumber,
  trimToNull,
} from "./disclosure.ts";
import { buildGateFault } from "./gate-fault.ts";
import type { DisclosureNeed } from "./state-rule.ts";
import { findStateRule } from "./state-rules.ts";

/** A sender. If `id` is given, the faults name the sender's fields by that id. */
export type SenderDetails = AgentDetails & { id?: number };

/**
 * Returns a fault for each missing detail that emails in a tenant's name must have.
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
): GateFault[] {
  return [...findOfficeFaults(office, agents), ...findStateFaults(office, agents, states)];
}

/**
 * Returns a warning for each sender who is not licensed in the state of a property. In many states,
 * a licensee of another state may only refer clients.
 */
export function listLicenseWarnings(
  agents: readonly SenderDetails[],
  states: readonly (string | null)[],
): GateFault[] {
  return agents.flatMap((agent) => {
    const { licenseState } = agent;
    if (licenseState === null) return [];
    const others = states.filter((state) => state !== null).filter((state) => state !== licenseState);
    if (others.length === 0) return [];
    const reason: GateReason = {
      code: "licensedElsewhere",
      agent: nameAgent(agent),
      licenseState: nameState(licenseState),
      states: sortNames(others.map(nameState)),
    };
    return [buildGateFault(toAgentField(agent, "licenseState"), reason)];
  });
}

function findOfficeFaults(office: OfficeDetails, agents: readonly SenderDetails[]): GateFault[] {
  const faults: GateFault[] = [];
  if (isBlank(office.name)) faults.push(buildGateFault("tenant.name", { code: "officeNameMissing" }));
  if (isBlank(office.postalAddress))
    faults.push(buildGateFault("tenant.postalAddress", { code: "postalAddressMissing" }));
  if (isBlank(office.license) && agents.some(({ licenseNumber }) => isBlank(licenseNumber)))
    faults.push(buildGateFault("tenant.license", { code: "licenseNumberMissing" }));
  if (office.equalHousingLine !== null && isBlank(office.equalHousingLine))
    faults.push(buildGateFault("tenant.equalHousingLine", { code: "equalHousingLineBlank" }));
  return faults;
}

/**
 * A detail that is missing. `askers` has the names of the states that ask for the detail. A null in
 * `askers` means that a home's state is unknown or has no rule. The detail is then one of
 * `strictNeeds` in state-rules.ts.
 */
type Shortage = { field: string; detail: StateDetail; agent: string; askers: Set<string | null> };

function findStateFaults(
  office: OfficeDetails,
  agents: readonly SenderDetails[],
  states: readonly (string | null)[],
): GateFault[] {
  const shortages = new Map<string, Shortage>();
  for (const agent of agents) {
    for (const state of states) {
      for (const [need, askers] of listDisclosureNeeds(state, agent.licenseState)) {
        for (const { field, detail } of listShortages(need, office, agent, askers)) {
          const known = shortages.get(field) ?? { field, detail, agent: nameAgent(agent), askers: new Set() };
          for (const asker of askers) known.askers.add(asker);
          shortages.set(field, known);
        }
      }
    }
  }
  return [...shortages.values()].map(({ field, detail, agent, askers }) => {
    const states = sortNames([...askers].filter((name) => name !== null));
    return buildGateFault(field, { code: "stateDetailMissing", detail, agent, states });
  });
}

function listShortages(
  need: DisclosureNeed,
  office: OfficeDetails,
  agent: SenderDetails,
  askers: readonly (string | null)[],
): { field: string; detail: StateDetail }[] {
  const lacks = (field: string, value: string | null, detail: StateDetail) =>
    isBlank(value) ? [{ field, detail }] : [];
  switch (need) {
    case "licenseType":
      return lacks(toAgentField(agent, "licenseType"), agent.licenseType, "licenseType");
    case "licenseNumber":
      return listNumberShortages(agent, askers);
    case "brokerageLicense":
      return lacks("tenant.license", office.license, "brokerageLicense");
    case "officePhone":
      return lacks("tenant.officePhone", office.officePhone, "officePhone");
    case "officePlace":
      return [
        ...lacks("tenant.officeCity", office.officeCity, "officeCity"),
        ...lacks("tenant.officeState", office.officeState, "officeState"),
      ];
    case "officeWebsite":
      return lacks("tenant.officeWebsite", office.officeWebsite, "officeWebsite");
    case "agencyForm":
      return askers.includes("Texas")
        ? lacks("tenant.iabsLink", office.iabsLink, "iabsLink")
        : lacks("tenant.relationshipFormLink", office.relationshipFormLink, "relationshipFormLink");
  }
}

function listNumberShortages(
  agent: SenderDetails,
  askers: readonly (string | null)[],
): { field: string; detail: StateDetail }[] {
  const isCalifornia = askers.includes("California");
  const isGiven = isCalifornia
    ? readCaliforniaLicenseNumber(agent.licenseNumber) !== null
    : !isBlank(agent.licenseNumber);
  if (isGiven) return [];
  const detail = isCalifornia ? "californiaLicenseNumber" : "licenseNumber";
  return [{ field: toAgentField(agent, "licenseNumber"), detail }];
}

const sortNames = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
const nameState = (state: string) => findStateRule(state)?.name ?? state;
const nameAgent = ({ licensedName, fromName }: SenderDetails) => trimToNull(licensedName) ?? fromName;
const toAgentField = ({ id }: SenderDetails, field: keyof AgentDetails) =>
  id === undefined ? `sender.${field}` : `senders.${id}.${field}`;

const isBlank = (text: string | null) => trimToNull(text) === null;
