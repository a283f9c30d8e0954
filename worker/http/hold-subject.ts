import type { Candidate } from "../domain/send/candidate.ts";
import { findBlockingCampaign } from "../domain/send/eligibility.ts";
import type { HoldSubject } from "../domain/send/explanations.ts";
import { findOldFacts } from "../domain/send/old-facts.ts";
import { labelVariable } from "../mail/merge-data/variable-labels.ts";

/**
 * Returns why a recipient is held, in detail: the other campaign, or the value that is too old.
 * Both are null for any other reason.
 */
export function findHoldSubject(candidate: Candidate, reason: string | null, now: number): HoldSubject {
  const [oldest] = reason === "factTooOld" ? findOldFacts(candidate, now) : [];
  return {
    other: reason === "inOtherCampaign" ? findBlockingCampaign(candidate) : null,
    oldValue: oldest === undefined ? null : { ...oldest, label: labelVariable(oldest.path) },
  };
}
