import type { GateFault, GateReason } from "../../../shared/gate-reason.ts";
import { limits } from "../../../shared/limits.ts";
import type { StateRequiredDetail } from "../../../shared/vocabulary.ts";
import {
  type AgentLicense,
  applyLicenseForHomeState,
  findOtherLicensePosition,
  listLicenseStates,
} from "./agent-license.ts";
import {
  type AgentDetails,
  listDisclosureNeeds,
  type OfficeDetails,
  readCaliforniaLicenseNumber,
} from "./disclosure.ts";
import { buildGateFault } from "./gate-fault.ts";
import { trimToNull } from "./known-text.ts";
import type { DisclosureNeed } from "./state-rule.ts";
import { findStateRule } from "./state-rules.ts";

/** A sender. If `id` is given, the faults name the sender's fields by that id. */
export type SenderDetails = AgentDetails & { id?: number };

/**
 * Returns a fault for each missing detail that emails in a tenant's name must have.
 * - Name and postal address: CAN-SPAM Act, 15 U.S.C. §7704(a)(5).
 * - License number: the brokerage's own number, or else a number for each sender.
 * - Fair-housing line, unless the office set the line to null on purpose.
 * - The details that the state of the property and the state of the sender's license ask for. A
 *   sender with several licenses uses the license of the property's state.
 * @param agents all senders of the campaign
 * @param states the two-letter codes of the states of the campaign's properties; null for a
 *   property whose state is unknown
 */
export function findDisclosureFaults(
  office: OfficeDetails,
  agents: readonly SenderDetails[],
  states: readonly (string | null)[],
): GateFault[] {
  const licensed = listLicensedSenders(agents, states);
  return [...findOfficeFaults(office, licensed), ...findStateFaults(office, licensed)];
}

/**
 * Returns a warning for each sender who has no license of a property's state. In many states,
 * a licensee of another state may only refer clients.
 */
export function listLicenseWarnings(
  agents: readonly SenderDetails[],
  states: readonly (string | null)[],
): GateFault[] {
  return agents.flatMap((agent) => {
    const licensed = listLicenseStates(agent);
    if (licensed.length === 0) return [];
    const others = states.filter((state) => state !== null).filter((state) => !licensed.includes(state));
    if (others.length === 0) return [];
    const reason: GateReason = {
      code: "licensedElsewhere",
      agent: nameAgent(agent),
      licenseStates: licensed.map(nameState),
      states: sortNames(others.map(nameState)),
    };
    return [buildGateFault(`${getSenderPath(agent)}.licenseState`, reason)];
  });
}

/**
 * A sender with the license that counts for homes in `homeState`. The paths of the sender's fields
 * begin with `path`, and the paths of the license's fields with `licensePath`.
 */
type LicensedSender = SenderDetails & { homeState: string | null; path: string; licensePath: string };

function listLicensedSenders(
  agents: readonly SenderDetails[],
  states: readonly (string | null)[],
): LicensedSender[] {
  return agents.flatMap((agent) =>
    (states.length === 0 ? [null] : states).map((homeState) => {
      const path = getSenderPath(agent);
      const other = findOtherLicensePosition(agent, homeState);
      const licensePath = other === null ? path : `${path}.otherLicenses.${other}`;
      return { ...applyLicenseForHomeState(agent, homeState), homeState, path, licensePath };
    }),
  );
}

function findOfficeFaults(office: OfficeDetails, agents: readonly LicensedSender[]): GateFault[] {
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
 * `strictDisclosureNeeds` in state-rules.ts.
 */
type Shortage = { field: string; detail: StateRequiredDetail; agent: string; askers: Set<string | null> };

function findStateFaults(office: OfficeDetails, agents: readonly LicensedSender[]): GateFault[] {
  const shortages = new Map<string, Shortage>();
  for (const agent of agents) {
    for (const [need, askers] of listDisclosureNeeds(agent.homeState, agent.licenseState)) {
      for (const { field, detail } of listShortages(need, office, agent, askers)) {
        const known = shortages.get(field) ?? { field, detail, agent: nameAgent(agent), askers: new Set() };
        for (const asker of askers) known.askers.add(asker);
        shortages.set(field, known);
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
  agent: LicensedSender,
  askers: readonly (string | null)[],
): { field: string; detail: StateRequiredDetail }[] {
  const lacks = (field: string, value: string | null, detail: StateRequiredDetail) =>
    isBlank(value) ? [{ field, detail }] : [];
  switch (need) {
    case "licenseType":
      return lacks(toLicenseField(agent, "licenseType"), agent.licenseType, "licenseType");
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
  agent: LicensedSender,
  askers: readonly (string | null)[],
): { field: string; detail: StateRequiredDetail }[] {
  if (!askers.includes("California")) {
    const field = toLicenseField(agent, "licenseNumber");
    return isBlank(agent.licenseNumber) ? [{ field, detail: "licenseNumber" }] : [];
  }
  if (readCaliforniaLicenseNumber(agent.licenseNumber) !== null) return [];
  return [{ field: toCaliforniaNumberField(agent), detail: "californiaLicenseNumber" }];
}

/**
 * Returns the path of the field for a California number. If the license is from another state, the
 * path is of one more license, so that nobody overwrites the other state's number.
 */
function toCaliforniaNumberField(agent: LicensedSender): string {
  const { licenseState, otherLicenses, path } = agent;
  const isAddable = otherLicenses.length < limits.otherLicenses;
  return licenseState !== null && licenseState !== "CA" && isAddable
    ? `${path}.otherLicenses.${otherLicenses.length}.licenseNumber`
    : toLicenseField(agent, "licenseNumber");
}

const sortNames = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
const nameState = (state: string) => findStateRule(state)?.name ?? state;
const nameAgent = ({ licensedName, fromName }: SenderDetails) => trimToNull(licensedName) ?? fromName;
const getSenderPath = ({ id }: SenderDetails) => (id === undefined ? "sender" : `senders.${id}`);
const toLicenseField = ({ licensePath }: LicensedSender, field: keyof AgentLicense) =>
  `${licensePath}.${field}`;

const isBlank = (text: string | null) => trimToNull(text) === null;
