import type { Candidate } from "../domain/send/candidate.ts";
import type { Collision } from "../domain/send/collision.ts";
import { findBlockingCampaign } from "../domain/send/eligibility.ts";
import { findEmailFault, type HoldSubject } from "../domain/send/explanations.ts";
import { findOldFacts } from "../domain/send/old-facts.ts";
import { labelVariable } from "../mail/merge-data/variable-labels.ts";
import type { SeesProperty } from "./views/other-campaign.ts";

/**
 * Returns why a recipient is held, in detail: the other campaign, the value that is too old, the
 * fault of the email, or the pause of the agent. All are null for any other reason.
 * @param failure the stored fault of the next email; null if the email has none
 * @param sees leaves out a campaign about a property that the reader may not see. By default,
 *   only a campaign about the recipient's property is named, because an answer may be kept for
 *   other readers.
 */
export function findHoldSubject(
  candidate: Candidate,
  reason: string | null,
  now: number,
  failure: string | null = null,
  sees: SeesProperty = seesPropertyOf(candidate),
): HoldSubject {
  const [oldest] = reason === "factTooOld" ? findOldFacts(candidate, now) : [];
  return {
    other: reason === "inOtherCampaign" ? findVisibleBlockingCampaign(candidate, sees) : null,
    oldValue: oldest === undefined ? null : { ...oldest, label: labelVariable(oldest.path) },
    agentPause: reason === "agentPaused" ? candidate.agentPause : null,
    emailFault: reason === "faultyEmail" ? findEmailFault(failure) : null,
  };
}

function findVisibleBlockingCampaign(candidate: Candidate, sees: SeesProperty): Collision | null {
  const other = findBlockingCampaign(candidate);
  return other !== null && sees(other.campaignPropertyId) ? other : null;
}

/** Whoever sees a recipient may see the recipient's property. */
const seesPropertyOf =
  ({ recipient }: Candidate): SeesProperty =>
  (propertyId) =>
    propertyId !== null && propertyId === recipient.propertyId;
