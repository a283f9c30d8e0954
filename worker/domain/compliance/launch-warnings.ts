import type { GateFault } from "../../../shared/gate-reason.ts";
import { limits } from "../../../shared/limits.ts";
import type { CampaignType, LetterClaim } from "../../../shared/vocabulary.ts";
import { isOwnerCampaign } from "./disclosure.ts";
import { buildGateFault } from "./gate-fault.ts";

/** The parts of a launch that the warnings are about. */
export type LaunchWarningFacts = {
  type: CampaignType;
  /** The number of emails that a person gets at most. */
  emails: number;
  /** The number of people in the campaign. */
  people: number;
  /** The claims that the letters make. */
  claims: readonly LetterClaim[];
  /** The US states of the properties; null stands for an unknown state. */
  states: readonly (string | null)[];
};

/**
 * Returns the warnings that a person should read before a launch. No warning prevents the launch.
 * The warnings are about:
 * - more emails to an owner than the product's own sequences have
 * - more owners than a campaign should have: to large mailings, about a third as many people reply
 * - a free offer about a home in New Jersey, which must state its terms: N.J.A.C. 11:5-6.1(m)
 */
export function listLaunchWarnings(launch: LaunchWarningFacts): GateFault[] {
  const { type, emails, people, claims, states } = launch;
  const isMany = isOwnerCampaign(type) && emails > limits.ownerEmails;
  const isLarge = isOwnerCampaign(type) && people > limits.ownersPerCampaign;
  const isFreeOffer = claims.includes("somethingFree") && states.includes("NJ");
  return [
    ...(isFreeOffer ? [buildGateFault("claims.somethingFree", { code: "freeOfferInNewJersey" })] : []),
    ...(isMany ? [buildGateFault("steps", { code: "manyEmails", emails })] : []),
    ...(isLarge ? [buildGateFault("recipients", { code: "manyOwners", owners: people })] : []),
  ];
}
