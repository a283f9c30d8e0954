import { Temporal } from "temporal-polyfill";
import type { SendWindow } from "../../shared/campaign.ts";

export type StepTiming = { delayDays: number; delayHours: number; sendTimeHour: number | null };

const dayLimit = 15;

/**
 * When a step is to go: the anchor plus the step's delay, at its preferred hour, inside the window.
 * Days are calendar days in the recipient's zone, so 9:00 stays 9:00 across a change of clocks; hours are elapsed hours.
 * @param anchorAt ms UTC: when the previous step went, or would have gone; for step 1, the launch
 * @returns ms UTC ≥ anchorAt and ≥ startAt
 */
export function planStep(
  anchorAt: number,
  step: StepTiming,
  timeZone: string,
  window: SendWindow | null,
  startAt: number | null,
): number {
  const delayed = Temporal.Instant.fromEpochMilliseconds(anchorAt)
    .toZonedDateTimeISO(timeZone)
    .add({ days: step.delayDays })
    .add({ hours: step.delayHours }).epochMilliseconds;
  const earliest = Math.max(delayed, startAt ?? 0);
  const preferred = step.sendTimeHour === null ? earliest : atHour(earliest, step.sendTimeHour, timeZone);
  return windowOpening(preferred, timeZone, window);
}

/**
 * The earliest instant ≥ `at` at which the window is open: `at` itself when it is open then.
 * A window whose end is before its start runs across midnight and belongs to the day it starts on.
 */
export function windowOpening(at: number, timeZone: string, window: SendWindow | null): number {
  if (window === null) return at;
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  // Yesterday's window may still be open across midnight; a week ahead always has an allowed day, and a second one
  // is looked at because a change of clocks can swallow a short window whole.
  for (let offset = -1; offset < dayLimit; offset += 1) {
    const day = date.add({ days: offset });
    if (!window.days.includes(day.dayOfWeek)) continue;
    const { opensAt, closesAt } = windowOn(day, timeZone, window);
    if (at < closesAt && opensAt < closesAt) return Math.max(at, opensAt);
  }
  return at;
}

/** Whether the window is open at `at`. */
export function isWindowOpen(at: number, timeZone: string, window: SendWindow | null): boolean {
  return windowOpening(at, timeZone, window) === at;
}

/** The calendar day of an instant in a zone, as YYYY-MM-DD. */
export function dayOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The instant the next calendar day starts in a zone. */
export function nextDayAt(at: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime(timeZone).epochMilliseconds;
}

/** Today at `hour` if that is still ahead, `at` itself if it is within that hour, else tomorrow at `hour`. */
function atHour(at: number, hour: number, timeZone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  if (zoned.hour === hour) return at;
  const day = zoned.hour < hour ? zoned.toPlainDate() : zoned.toPlainDate().add({ days: 1 });
  const chosen = day.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hour) });
  return Math.max(at, chosen.epochMilliseconds);
}

function windowOn(day: Temporal.PlainDate, timeZone: string, window: SendWindow) {
  const start = Temporal.PlainTime.from(window.startTime);
  const end = Temporal.PlainTime.from(window.endTime);
  const endDay = Temporal.PlainTime.compare(end, start) > 0 ? day : day.add({ days: 1 });
  return {
    opensAt: day.toZonedDateTime({ timeZone, plainTime: start }).epochMilliseconds,
    closesAt: endDay.toZonedDateTime({ timeZone, plainTime: end }).epochMilliseconds,
  };
}
