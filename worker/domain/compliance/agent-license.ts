import { trimToNull } from "./known-text.ts";

/** A license of an agent, from one state. */
export type AgentLicense = {
  /** The name on the license; null if the license has the agent's usual name. */
  licensedName: string | null;
  licenseType: string | null;
  licenseNumber: string | null;
  /** The two-letter code of the state that licensed the agent. */
  licenseState: string | null;
};

/** An agent with a first license, and with licenses of other states. */
export type LicensedAgent = AgentLicense & { otherLicenses: readonly AgentLicense[] };

/** The states of an agent's licenses. */
type LicenseStates = {
  licenseState: string | null;
  otherLicenses: readonly Pick<AgentLicense, "licenseState">[];
};

/**
 * Returns the position in `otherLicenses` of the license that counts for a home in a state. Returns
 * null if the first license counts: it is from the home's state, or no license is.
 */
export function findOtherLicensePosition(holder: LicensedAgent, homeState: string | null): number | null {
  if (homeState === null || holder.licenseState === homeState) return null;
  const position = holder.otherLicenses.findIndex(({ licenseState }) => licenseState === homeState);
  return position === -1 ? null : position;
}

/**
 * Returns the agent with the license that counts for a home in a state. A license without a name of
 * its own has the first license's name.
 */
export function applyLicenseForHomeState<Holder extends LicensedAgent>(
  holder: Holder,
  homeState: string | null,
): Holder {
  const other = holder.otherLicenses[findOtherLicensePosition(holder, homeState) ?? -1];
  if (other === undefined) return holder;
  const { licenseType, licenseNumber, licenseState } = other;
  const licensedName = trimToNull(other.licensedName) ?? holder.licensedName;
  return { ...holder, licensedName, licenseType, licenseNumber, licenseState };
}

/**
 * Returns the two-letter codes of the states that licensed the agent, the first license's first.
 */
export const listLicenseStates = ({ licenseState, otherLicenses }: LicensedAgent): string[] =>
  [licenseState, ...otherLicenses.map((other) => other.licenseState)].filter((state) => state !== null);

/**
 * Returns the position in `otherLicenses` of the first license from a state that an earlier license
 * is also from; null if every license is from another state.
 */
export function findRepeatedLicenseStatePosition({
  licenseState,
  otherLicenses,
}: LicenseStates): number | null {
  const states = [licenseState, ...otherLicenses.map((other) => other.licenseState)];
  const position = states.findIndex((state, index) => state !== null && states.indexOf(state) < index);
  return position === -1 ? null : position - 1;
}
