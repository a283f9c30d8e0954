import { Temporal } from "temporal-polyfill";
import { dayMs, hourMs, minuteMs } from "../../../shared/time-lengths.ts";
import type { StepKind } from "../../../shared/vocabulary.ts";
import {
  findOpenStretch,
  isEverOpen,
  isHoliday,
  maxOpeningSearchMs,
  type WantedTimes,
  type WindowRules,
} from "./opening.ts";
import { getCalendarDay, toDayIndex } from "./zone-clock.ts";

/**
 * The wait before a step: days, then hours, then business days, then the next allowed weekday.
 * `sendTimeHour` is the preferred hour of that day.
 */
export type StepTiming = {
  /**
   * The kind of the step; absent means an email. A task ignores sending hours and jitter, because
   * no email leaves.
   */
  kind?: StepKind;
  delayDays: number;
  delayHours: number;
  delayBusinessDays: number;
  sendTimeHour: number | null;
  /** The ISO weekdays on which the step may go; null or absent for every day. */
  weekdays?: readonly number[] | null | undefined;
};

/** The rules for when a campaign's emails may leave. Instants are ms UTC. */
export type Schedule = WindowRules & {
  /** No email leaves before this instant. */
  startAt: number | null;
  /** No email leaves at or after this instant. */
  endAt: number | null;
  /** Each send is delayed by a random part of this time. */
  jitterMinutes: number;
};

/**
 * `at`: the first instant at which a step may go. `spreadMs`: the longest delay after `at` that
 * stays within the jitter, the window and the campaign.
 */
export type SendRange = { at: number; spreadMs: number };

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
  return applyJitter(planSendRange(anchorAt, step, timeZone, schedule), random);
}

export function applyJitter({ at, spreadMs }: SendRange, random: number): number {
  return at + Math.floor(spreadMs * random);
}

/**
 * Returns the range from which `planStep` picks a random instant. The recipients of one zone can
 * share a range.
 * @returns a range at or after the anchor and the campaign's start. If no email may leave before
 * the campaign's end, `at` is the campaign's end, when recipients are stopped.
 */
export function planSendRange(
  anchorAt: number,
  step: StepTiming,
  timeZone: string,
  campaign: Schedule,
): SendRange {
  const schedule = step.kind === "task" ? { ...campaign, sendWindow: null, jitterMinutes: 0 } : campaign;
  const earliest = Math.max(addDelay(anchorAt, step, timeZone, schedule), schedule.startAt ?? anchorAt);
  const at = findPreferredOpening(earliest, step, timeZone, schedule);
  const { endAt } = schedule;
  if (endAt !== null && at >= endAt) return { at: Math.max(anchorAt, endAt), spreadMs: 0 };
  return { at, spreadMs: getSpreadMs(at, timeZone, schedule) };
}

/**
 * Returns the earliest instant ≥ `at` at which an email may leave: `at` itself if the window is
 * open at `at`.
 */
export function findWindowOpening(at: number, timeZone: string, rules: WindowRules): number {
  // If no opening is within a year, the recipient is checked again a year from now.
  return findOpenStretch(at, timeZone, rules)?.opensAt ?? at + maxOpeningSearchMs;
}

/** Tells whether the window is open at `at`, ignoring the campaign's start and end. */
export function isWindowOpen(at: number, timeZone: string, rules: WindowRules): boolean {
  return findWindowOpening(at, timeZone, rules) === at;
}

/** Returns the calendar day of an instant in a zone, as YYYY-MM-DD. */
export function toIsoDay(at: number, timeZone: string): string {
  return getCalendarDay(toDayIndex(at, timeZone)).iso;
}

/**
 * Returns the instant at which a calendar day starts in a zone.
 * @param day YYYY-MM-DD
 */
export function getDayStart(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
}

/** Returns the hour of a zone's clock, 0 to 23. */
export const getLocalHour = (at: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).hour;

/** Returns the instant at which the next calendar day starts in a zone. */
export function getNextDayStart(at: number, timeZone: string): number {
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
function addDelay(anchorAt: number, step: StepTiming, timeZone: string, rules: WindowRules): number {
  const { delayDays, delayHours, delayBusinessDays } = step;
  const zoned = () => Temporal.Instant.fromEpochMilliseconds(anchorAt).toZonedDateTimeISO(timeZone);
  const plain =
    (delayDays === 0 ? anchorAt : zoned().add({ days: delayDays }).epochMilliseconds) + delayHours * hourMs;
  if (delayBusinessDays === 0) return plain;
  const days = countDaysToBusinessDay(toDayIndex(plain, timeZone), delayBusinessDays, rules);
  const start = Temporal.Instant.fromEpochMilliseconds(plain).toZonedDateTimeISO(timeZone);
  return start.add({ days }).epochMilliseconds;
}

/**
 * Returns the number of calendar days from `day` to the nth business day after `day`. Weekends and
 * the holidays that the campaign skips are not business days.
 */
function countDaysToBusinessDay(day: number, count: number, rules: WindowRules): number {
  let left = count;
  let days = 0;
  // A tenant can list every day of a year as a holiday, so the search is bounded.
  while (left > 0 && days * dayMs < maxOpeningSearchMs + count * 2 * dayMs) {
    days += 1;
    if (getCalendarDay(day + days).weekday <= 5 && !isHoliday(day + days, rules)) left -= 1;
  }
  return days;
}

/**
 * Returns the next time the window is open on one of the step's weekdays at its preferred hour. If
 * the window is never open at that hour, the preferred hour is ignored. If the window is never open
 * on those weekdays, the weekdays are ignored instead.
 */
function findPreferredOpening(
  at: number,
  { sendTimeHour: hour, weekdays = null }: Pick<StepTiming, "sendTimeHour" | "weekdays">,
  timeZone: string,
  rules: WindowRules,
): number {
  const wishes: WantedTimes[] = [
    { hour, weekdays },
    { hour: null, weekdays },
    { hour, weekdays: null },
  ];
  const wanted = wishes.find((one) => isEverOpen(rules, one));
  const preferred = wanted && findOpenStretch(at, timeZone, rules, wanted)?.opensAt;
  return preferred ?? findWindowOpening(at, timeZone, rules);
}

/** Returns the time for which the window stays open from `at` on, at most the jitter. */
function getSpreadMs(at: number, timeZone: string, schedule: Schedule): number {
  const wanted = Math.min(at + schedule.jitterMinutes * minuteMs, schedule.endAt ?? Number.POSITIVE_INFINITY);
  let openUntil = at;
  while (openUntil < wanted) {
    const opening = findOpenStretch(openUntil, timeZone, schedule);
    // Stretches that touch, such as the two halves of a night, count as one.
    if (opening === null || opening.opensAt > openUntil) break;
    openUntil = opening.closesAt;
  }
  return Math.max(0, Math.min(openUntil, wanted) - at);
}
