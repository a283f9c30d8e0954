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

/**
 * The next step is planned from the moment this one was sent.
 * @param random 0 ≤ random < 1, for the jitter
 */
export function markSent(candidate: Candidate, sentAt: number, random: number): Progress {
  return progressFrom(candidate, sentAt, random);
}

/**
 * The next step is planned from when this one would have gone, so skipping it shortens nothing. Where that is over, as
 * after a long wait for a condition, it is planned for now: it is not late, and its own wait begins now.
 */
export function markSkipped(candidate: Candidate, now: number, random: number): Progress {
  const progress = progressFrom(candidate, candidate.recipient.scheduledAt ?? now, random);
  if (progress.scheduledAt === null) return progress;
  return { ...progress, scheduledAt: Math.max(progress.scheduledAt, now) };
}

/** When the next step would go had it never been put off: as planned from the email before, or now if that is past or there was none. */
export function replanned({ recipient, campaign, step }: Candidate, now: number, random: number): number {
  if (step === null || recipient.lastSentAt === null) return now;
  return Math.max(now, planStep(recipient.lastSentAt, step, recipient.timeZone, campaign, random));
}

function progressFrom(
  { recipient, campaign, following }: Candidate,
  anchorAt: number,
  random: number,
): Progress {
  const nextStep = recipient.nextStep + 1;
  if (following === null) return { status: "completed", nextStep, scheduledAt: null };
  const scheduledAt = planStep(anchorAt, following, recipient.timeZone, campaign, random);
  return { status: "active", nextStep, scheduledAt };
}
