import { planStep } from "../schedule/schedule.ts";
import { type Candidate, type Decision, decide } from "./eligibility.ts";

/** Where a recipient stands once a step is behind them. `scheduledAt` is null when the sequence is through. */
export type Progress = {
  status: "active" | "completed";
  nextStep: number;
  nextIsTask: boolean;
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

/**
 * A task is behind them, done or not. The next step's delay counts from when it was closed; where that is over, as after
 * a pause, it is planned for now. Who was to be sent to at once is, and who is snoozed stays so.
 */
export function markTaskClosed(
  candidate: Candidate,
  closedAt: number,
  now: number,
  random: number,
): Progress {
  const { sendNow, snoozedUntil } = candidate.recipient;
  const progress = progressFrom(candidate, closedAt, random);
  if (progress.scheduledAt === null) return progress;
  const plannedAt = sendNow ? now : Math.max(progress.scheduledAt, snoozedUntil ?? now);
  return { ...progress, scheduledAt: Math.max(plannedAt, now) };
}

/**
 * When the next step would go had it never been put off: as planned from the email or task before, or now if that is
 * past or there was none. An open task is waited for as long as it was meant to be.
 */
export function replanned(candidate: Candidate, now: number, random: number): number {
  const { recipient, campaign, step, task, previousTaskClosedAt } = candidate;
  if (task !== null) return Math.max(now, task.expiresAt);
  const anchorAt = Math.max(recipient.lastSentAt ?? 0, previousTaskClosedAt ?? 0);
  if (step === null || anchorAt === 0) return now;
  return Math.max(now, planStep(anchorAt, step, recipient.timeZone, campaign, random));
}

function progressFrom(
  { recipient, campaign, following }: Candidate,
  anchorAt: number,
  random: number,
): Progress {
  const nextStep = recipient.nextStep + 1;
  if (following === null) return { status: "completed", nextStep, nextIsTask: false, scheduledAt: null };
  const scheduledAt = planStep(anchorAt, following, recipient.timeZone, campaign, random);
  return { status: "active", nextStep, nextIsTask: following.kind === "task", scheduledAt };
}
