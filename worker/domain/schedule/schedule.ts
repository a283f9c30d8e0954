import { Temporal } from "temporal-polyfill";
import type { StepKind } from "../../../shared/vocabulary.ts";
import { hasHour, isHoliday, type OpenRules, openingFrom, searchMs } from "./opening.ts";
import { dayIndex, dayMs, wallDay } from "./zone-clock.ts";

/** The wait before a step: days, then hours, then business days. */
export type StepTiming = {
  /** An email where nothing is said. A task keeps no sending hours and is not put off at random: nothing leaves. */
  kind?: StepKind;
  delayDays: number;
  delayHours: number;
  delayBusinessDays: number;
  sendTimeHour: number | null;
};

/** When a campaign's emails may leave. Instants are ms UTC. */
export type Schedule = OpenRules & {
  /** Nothing leaves before. */
  startAt: number | null;
  /** Nothing leaves at or after it. */
  endAt: number | null;
  /** Each send is put off by a random part of this. */
  jitterMinutes: number;
};

/** The first moment a step may go, and how much later it may be put without leaving the window or the campaign. */
export type Plan = { at: number; spreadMs: number };

/**
 * When a step is to go: the anchor plus the step's delay, at its preferred hour, inside the window, put off by a
 * random part of the jitter. Roll it once and store what comes out: a second roll is another time.
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
 * `planStep` without its roll, for many recipients of one zone.
 * @returns at ≥ anchorAt and ≥ startAt; where nothing may leave before the campaign ends, its end, at which they are stopped
 */
export function planOf(anchorAt: number, step: StepTiming, timeZone: string, campaign: Schedule): Plan {
  const schedule = step.kind === "task" ? { ...campaign, sendWindow: null, jitterMinutes: 0 } : campaign;
  const earliest = Math.max(delayed(anchorAt, step, timeZone, schedule), schedule.startAt ?? anchorAt);
  const at = preferredOpening(earliest, step.sendTimeHour, timeZone, schedule);
  const { endAt } = schedule;
  if (endAt !== null && at >= endAt) return { at: Math.max(anchorAt, endAt), spreadMs: 0 };
  return { at, spreadMs: spreadFrom(at, timeZone, schedule) };
}

/** The earliest instant ≥ `at` at which an email may leave: `at` itself when it may then. */
export function windowOpening(at: number, timeZone: string, rules: OpenRules): number {
  // What does not open within a year is looked at again then.
  return openingFrom(at, timeZone, rules)?.opensAt ?? at + searchMs;
}

/** Whether an email may leave at `at`, the campaign's start and end aside. */
export function isWindowOpen(at: number, timeZone: string, rules: OpenRules): boolean {
  return windowOpening(at, timeZone, rules) === at;
}

/** The calendar day of an instant in a zone, as YYYY-MM-DD. */
export function dayOf(at: number, timeZone: string): string {
  return wallDay(dayIndex(at, timeZone)).iso;
}

/** The instant the next calendar day starts in a zone. */
export function nextDayAt(at: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime(timeZone).epochMilliseconds;
}

/** Days are calendar days where the recipient lives, so 9:00 stays 9:00 across a change of clocks; hours are elapsed hours. */
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

/** How many calendar days after `day` the nth business day is: neither weekend nor a holiday the campaign skips. */
function daysUntilBusinessDay(day: number, count: number, rules: OpenRules): number {
  let left = count;
  let days = 0;
  // A list with a year of holidays must not keep us here for ever.
  while (left > 0 && days * dayMs < searchMs + count * 2 * dayMs) {
    days += 1;
    if (wallDay(day + days).weekday <= 5 && !isHoliday(day + days, rules)) left -= 1;
  }
  return days;
}

/** The next time the window is open at that hour; where it never is, its next opening at any hour. */
function preferredOpening(at: number, hour: number | null, timeZone: string, rules: OpenRules): number {
  const preferred =
    hour === null || !hasHour(rules, hour) ? null : openingFrom(at, timeZone, rules, hour)?.opensAt;
  return preferred ?? windowOpening(at, timeZone, rules);
}

/** How long emails may leave from `at` on, at most as long as the jitter. */
function spreadFrom(at: number, timeZone: string, schedule: Schedule): number {
  const wanted = Math.min(at + schedule.jitterMinutes * 60_000, schedule.endAt ?? Number.POSITIVE_INFINITY);
  let openUntil = at;
  while (openUntil < wanted) {
    const opening = openingFrom(openUntil, timeZone, schedule);
    // Stretches that touch, such as a night's two halves, are one.
    if (opening === null || opening.opensAt > openUntil) break;
    openUntil = opening.closesAt;
  }
  return Math.max(0, Math.min(openUntil, wanted) - at);
}
