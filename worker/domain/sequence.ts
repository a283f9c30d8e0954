import { type Candidate, type Decision, decide } from "./eligibility.ts";
import { planStep } from "./schedule.ts";

/** Where a recipient stands once a step is behind them. `scheduledAt` is null when the sequence is through. */
export type Progress = {
  status: "active" | "completed";
  nextStep: number;
  scheduledAt: number | null;
};

/** What each due recipient's next step comes to at `now`; the order is kept. */
export function getNextSends(
  candidates: readonly Candidate[],
  now: number,
): { candidate: Candidate; decision: Decision }[] {
  return candidates.map((candidate) => ({ candidate, decision: decide(candidate, now) }));
}

/** The next step is planned from the moment this one was sent. */
export function markSent(candidate: Candidate, sentAt: number): Progress {
  return progressFrom(candidate, sentAt);
}

/** The next step is planned from when this one would have gone, so skipping it shortens nothing. */
export function markSkipped(candidate: Candidate, now: number): Progress {
  return progressFrom(candidate, candidate.recipient.scheduledAt ?? now);
}

function progressFrom({ recipient, campaign, following }: Candidate, anchorAt: number): Progress {
  const nextStep = recipient.nextStep + 1;
  if (following === null) return { status: "completed", nextStep, scheduledAt: null };
  const scheduledAt = planStep(
    anchorAt,
    following,
    recipient.timeZone,
    campaign.sendWindow,
    campaign.startAt,
  );
  return { status: "active", nextStep, scheduledAt };
}
