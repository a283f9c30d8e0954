import type { Candidate } from "../domain/send/candidate.ts";
import { findBlockingCampaign } from "../domain/send/eligibility.ts";
import { findEmailFault, type HoldSubject } from "../domain/send/explanations.ts";
import { findOldFacts } from "../domain/send/old-facts.ts";
import { labelVariable } from "../mail/merge-data/variable-labels.ts";

/**
 * Returns why a recipient is held, in detail: the other campaign, the value that is too old, the
 * fault of the email, or the pause of the agent. All are null for any other reason.
 * @param failure the stored fault of the next email; null if the email has none
 */
export function findHoldSubject(
  candidate: Candidate,
  reason: string | null,
  now: number,
  failure: string | null = null,
): HoldSubject {
  const [oldest] = reason === "factTooOld" ? findOldFacts(candidate, now) : [];
  return {
    other: reason === "inOtherCampaign" ? findBlockingCampaign(candidate) : null,
    oldValue: oldest === undefined ? null : { ...oldest, label: labelVariable(oldest.path) },
    agentPause: reason === "agentPaused" ? candidate.agentPause : null,
    emailFault: reason === "faultyEmail" ? findEmailFault(failure) : null,
  };
}
