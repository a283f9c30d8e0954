import { Temporal } from "temporal-polyfill";
import type { StepKind } from "../../../shared/vocabulary.ts";
import { hasHour, isHoliday, type OpenRules, openingFrom, searchMs } from "./opening.ts";
import { dayIndex, dayMs, wallDay } from "./zone-clock.ts";

/** The wait before a step: days, then hours, then business days. */
export type StepTiming = {
  /** Absent: an email. A task ignores sending hours and jitter, because no email leaves. */
  kind?: StepKind;
  delayDays: number;
  delayHours: number;
  delayBusinessDays: number;
  sendTimeHour: number | null;
};

/** The rules for when a campaign's emails may leave. Instants are ms UTC. */
export type Schedule = OpenRules & {
  /** No email leaves before this instant. */
  startAt: number | null;
  /** No email leaves at or after this instant. */
  endAt: number | null;
  /** Each send is delayed by a random part of this time. */
  jitterMinutes: number;
};

/**
 * The first moment a step may go, and the longest delay from then that stays inside the window and
 * the campaign.
 */
export type Plan = { at: number; spreadMs: number };

/**
 * Returns when a step goes: the anchor plus the step's delay, at its preferred hour, inside the
 * window, plus a random part of the jitter. The caller stores the result, because a second call
 * with another random number gives another time.
 * @param anchorAt ms UTC: when the previous step went, or would have gone; for step 1, the launch
 * @param random 0 ≤ random < 1
 */
export function planStep(
  anchorAt: number,
  step: StepTiming,
  timeZone: string,
  schedule: Schedule,
  random: number,
): number {
  return jittered(planOf(anchorAt, step, timeZone, schedule), random);
}

export function jittered({ at, spreadMs }: Plan, random: number): number {
  return at + Math.floor(spreadMs * random);
}

/**
 * Returns the plan that `planStep` adds its random delay to. Many recipients of one zone can share
 * a plan.
 * @returns at ≥ anchorAt and ≥ startAt. If nothing may leave before the campaign's end, `at` is
 * that end, at which recipients are stopped.
 */
export function planOf(anchorAt: number, step: StepTiming, timeZone: string, campaign: Schedule): Plan {
  const schedule = step.kind === "task" ? { ...campaign, sendWindow: null, jitterMinutes: 0 } : campaign;
  const earliest = Math.max(delayed(anchorAt, step, timeZone, schedule), schedule.startAt ?? anchorAt);
  const at = preferredOpening(earliest, step.sendTimeHour, timeZone, schedule);
  const { endAt } = schedule;
  if (endAt !== null && at >= endAt) return { at: Math.max(anchorAt, endAt), spreadMs: 0 };
  return { at, spreadMs: spreadFrom(at, timeZone, schedule) };
}

/**
 * Returns the earliest instant ≥ `at` at which an email may leave: `at` itself if the window is
 * open then.
 */
export function windowOpening(at: number, timeZone: string, rules: OpenRules): number {
  // If no opening is within a year, the recipient is checked again a year from now.
  return openingFrom(at, timeZone, rules)?.opensAt ?? at + searchMs;
}

/** Tells whether the window is open at `at`, ignoring the campaign's start and end. */
export function isWindowOpen(at: number, timeZone: string, rules: OpenRules): boolean {
  return windowOpening(at, timeZone, rules) === at;
}

/** Returns the calendar day of an instant in a zone, as YYYY-MM-DD. */
export function dayOf(at: number, timeZone: string): string {
  return wallDay(dayIndex(at, timeZone)).iso;
}

/** Returns the instant at which the next calendar day starts in a zone. */
export function nextDayAt(at: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime(timeZone).epochMilliseconds;
}

/**
 * Returns the anchor plus a step's delay. Days are calendar days in the recipient's zone, so 9:00
 * stays 9:00 across a change of clocks. Hours are elapsed hours.
 */
function delayed(anchorAt: number, step: StepTiming, timeZone: string, rules: OpenRules): number {
  const { delayDays, delayHours, delayBusinessDays } = step;
  const zoned = () => Temporal.Instant.fromEpochMilliseconds(anchorAt).toZonedDateTimeISO(timeZone);
  const plain =
    (delayDays === 0 ? anchorAt : zoned().add({ days: delayDays }).epochMilliseconds) +
    delayHours * 3_600_000;
  if (delayBusinessDays === 0) return plain;
  const days = daysUntilBusinessDay(dayIndex(plain, timeZone), delayBusinessDays, rules);
  const start = Temporal.Instant.fromEpochMilliseconds(plain).toZonedDateTimeISO(timeZone);
  return start.add({ days }).epochMilliseconds;
}

/**
 * Returns the number of calendar days from `day` to the nth business day after it. A business day
 * is neither on a weekend nor a holiday that the campaign skips.
 */
function daysUntilBusinessDay(day: number, count: number, rules: OpenRules): number {
  let left = count;
  let days = 0;
  // A tenant can list every day of a year as a holiday, so the search is bounded.
  while (left > 0 && days * dayMs < searchMs + count * 2 * dayMs) {
    days += 1;
    if (wallDay(day + days).weekday <= 5 && !isHoliday(day + days, rules)) left -= 1;
  }
  return days;
}

/**
 * Returns the next time the window is open at the preferred hour. If the window is never open at
 * that hour, the next opening at any hour.
 */
function preferredOpening(at: number, hour: number | null, timeZone: string, rules: OpenRules): number {
  const preferred =
    hour === null || !hasHour(rules, hour) ? null : openingFrom(at, timeZone, rules, hour)?.opensAt;
  return preferred ?? windowOpening(at, timeZone, rules);
}

/** Returns how long the window stays open from `at` on, at most the jitter. */
function spreadFrom(at: number, timeZone: string, schedule: Schedule): number {
  const wanted = Math.min(at + schedule.jitterMinutes * 60_000, schedule.endAt ?? Number.POSITIVE_INFINITY);
  let openUntil = at;
  while (openUntil < wanted) {
    const opening = openingFrom(openUntil, timeZone, schedule);
    // Stretches that touch, such as the two halves of a night, count as one.
    if (opening === null || opening.opensAt > openUntil) break;
    openUntil = opening.closesAt;
  }
  return Math.max(0, Math.min(openUntil, wanted) - at);
}
