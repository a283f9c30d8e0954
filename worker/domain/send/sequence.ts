import { sequenceEndStepNumber } from "../../../shared/limits.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import { getDayStart, planStep, type Schedule, type StepTiming } from "../schedule/schedule.ts";
import type { Candidate, NextStepDecision } from "./candidate.ts";
import { decideNextStep } from "./eligibility.ts";

/** A recipient's position after a step. `scheduledAt` is null when the sequence is completed. */
export type SequenceProgress = {
  status: "active" | "completed";
  nextStep: number;
  nextIsTask: boolean;
  scheduledAt: number | null;
  /** The version of the campaign's steps by which the position was found. */
  stepsVersion: number;
};

/** Decides each due recipient's next step at `now`, in the given order. */
export function decideNextSteps(
  candidates: readonly Candidate[],
  now: number,
): { candidate: Candidate; decision: NextStepDecision }[] {
  return candidates.map((candidate) => ({ candidate, decision: decideNextStep(candidate, now) }));
}

/**
 * Returns the recipient's position after a sent email. The next step is planned from the moment of
 * sending.
 * @param random 0 ≤ random < 1, for the jitter
 */
export function advanceAfterSend(candidate: Candidate, sentAt: number, random: number): SequenceProgress {
  return planProgress(candidate, sentAt, random);
}

/**
 * Returns the recipient's position after a skipped step. The next step's delay counts from the
 * planned time of the skipped step, so a skip does not shorten the wait. If the next step's time
 * has already passed, the step is planned for now and does not count as late.
 */
export function advanceAfterSkip(candidate: Candidate, now: number, random: number): SequenceProgress {
  const progress = planProgress(candidate, candidate.recipient.scheduledAt ?? now, random);
  if (progress.scheduledAt === null) return progress;
  return { ...progress, scheduledAt: Math.max(progress.scheduledAt, now) };
}

/**
 * Returns the recipient's position after a task that is done or has expired. The next step's delay
 * counts from `closedAt`, and a snooze stays in force. If the delay is already over, or if the
 * agent asked to send now, the next step is planned for now.
 */
export function advanceAfterTask(
  candidate: Candidate,
  closedAt: number,
  now: number,
  random: number,
): SequenceProgress {
  const { sendNow, snoozedUntil } = candidate.recipient;
  const progress = planProgress(candidate, closedAt, random);
  if (progress.scheduledAt === null) return progress;
  const plannedAt = sendNow > 0 ? now : Math.max(progress.scheduledAt, snoozedUntil ?? now);
  return { ...progress, scheduledAt: Math.max(plannedAt, now) };
}

/**
 * Returns the recipient's position after a task with the outcome "not now". The next step waits at
 * least `days` days from `now`, and then for the sending window.
 */
export function advanceAfterNotNow(
  candidate: Candidate,
  now: number,
  days: number,
  random: number,
): SequenceProgress {
  const progress = advanceAfterTask(candidate, now, now, random);
  const { recipient, campaign, following } = candidate;
  if (progress.scheduledAt === null || following === null) return progress;
  const timing = { ...following, delayDays: 0, delayHours: 0, delayBusinessDays: 0 };
  const earliest = planStep(now + days * dayMs, timing, recipient.timeZone, campaign, random);
  return { ...progress, scheduledAt: Math.max(progress.scheduledAt, earliest) };
}

/** The times of a task that is put off. */
export type PostponedTaskTimes = { until: number; expiresAt: number };

/**
 * Returns the times of a task that is put off by `days` days. After that delay, the agent has at
 * least a day for the task, so an earlier expiry moves to a later time.
 */
export function planTaskPostponement(expiresAt: number, now: number, days: number): PostponedTaskTimes {
  const until = now + days * dayMs;
  return { until, expiresAt: Math.max(expiresAt, until + dayMs) };
}

/**
 * Returns when the next step would go without a snooze: after the last email or task, plus the
 * step's delay. If the delay is over, or there was no earlier email or task, the result is `now`.
 * For a task that was opened, the result is the task's expiry, but not before `now`.
 */
export function planStepWithoutSnooze(candidate: Candidate, now: number, random: number): number {
  const { recipient, campaign, step, task, previousTaskClosedAt } = candidate;
  if (task !== null) return Math.max(now, task.expiresAt);
  const anchorAt = Math.max(recipient.lastSentAt ?? 0, previousTaskClosedAt ?? 0);
  if (step === null || anchorAt === 0) return now;
  return Math.max(now, planStep(anchorAt, step, recipient.timeZone, campaign, random));
}

/**
 * Returns when the next step may go after an absence: on the first business day after the
 * recipient's first day back. On the first day back the inbox is full. Returns null if no step is
 * left.
 * @param backOn YYYY-MM-DD
 */
export function planStepAfterAbsence(candidate: Candidate, backOn: string, random: number): number | null {
  const { recipient, campaign, step } = candidate;
  if (step === null) return null;
  const timing = { ...step, delayDays: 0, delayHours: 0, delayBusinessDays: 1 };
  const backAt = getDayStart(backOn, recipient.timeZone);
  return planStep(backAt, timing, recipient.timeZone, campaign, random);
}

/**
 * Returns the end of a snooze that begins now and lasts `days` days. The next email may go at that
 * time. A snooze that would end on a weekend, a holiday or at night ends when the window opens.
 */
export function planSnoozeEnd(candidate: Candidate, now: number, days: number): number {
  const { recipient, campaign, step } = candidate;
  const endAt = now + days * dayMs;
  if (step === null) return endAt;
  const timing = { ...step, delayDays: 0, delayHours: 0, delayBusinessDays: 0 };
  return planStep(endAt, timing, recipient.timeZone, campaign, 0);
}

/** The time of a recipient's next email. `snoozedUntil` is null if no absence delays the email. */
export type AbsencePlan = { scheduledAt: number; snoozedUntil: number | null };

/**
 * Plans the next email of a recipient after an agent has said until when the recipient is away. The
 * day that the agent names replaces any day that was stored before. Returns null if no step is
 * left.
 * @param backOn YYYY-MM-DD; null if nobody knows the day
 */
export function planAbsence(
  candidate: Candidate,
  backOn: string | null,
  now: number,
  random: number,
): AbsencePlan | null {
  const { scheduledAt, snoozedUntil } = candidate.recipient;
  if (candidate.step === null) return null;
  const isSnoozed = snoozedUntil !== null && snoozedUntil > now;
  const planned = isSnoozed ? planStepWithoutSnooze(candidate, now, random) : (scheduledAt ?? now);
  const resumesAt = backOn === null ? null : planStepAfterAbsence(candidate, backOn, random);
  const base = Math.max(planned, now);
  if (resumesAt === null || resumesAt <= base) return { scheduledAt: base, snoozedUntil: null };
  return { scheduledAt: resumesAt, snoozedUntil: resumesAt };
}

/**
 * Plans every step for a launch at `launchAt`, without jitter. The delay of each step counts from
 * the planned time of the previous step.
 * @returns one instant per step; null for each step that would come at or after the campaign's end
 */
export function planSequence(
  steps: readonly StepTiming[],
  timeZone: string,
  schedule: Schedule,
  launchAt: number,
): (number | null)[] {
  let anchorAt: number | null = launchAt;
  return steps.map((step) => {
    if (anchorAt === null) return null;
    const at: number = planStep(anchorAt, step, timeZone, schedule, 0);
    anchorAt = schedule.endAt !== null && at >= schedule.endAt ? null : at;
    return anchorAt;
  });
}

function planProgress(
  { recipient, campaign, following }: Candidate,
  anchorAt: number,
  random: number,
): SequenceProgress {
  const { stepsVersion } = campaign;
  if (following === null)
    return {
      status: "completed",
      nextStep: sequenceEndStepNumber,
      nextIsTask: false,
      scheduledAt: null,
      stepsVersion,
    };
  const scheduledAt = planStep(anchorAt, following, recipient.timeZone, campaign, random);
  const { stepNumber: nextStep, kind } = following;
  return { status: "active", nextStep, nextIsTask: kind === "task", scheduledAt, stepsVersion };
}
