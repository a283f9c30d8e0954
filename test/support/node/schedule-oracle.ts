import { DateTime } from "luxon";
import type { Schedule, SendRange, StepTiming } from "../../../worker/domain/schedule/schedule.ts";
import { publishedFederalHolidays } from "./federal-holidays.ts";
import { findFirstMinute, type WallClockReadings } from "./wall-readings.ts";

/*
 * Computes the schedule a second time in another way than the product, to check the product's
 * result. Luxon computes the delays, and a table has the holidays. To find the first minute inside
 * the sending hours, the code checks minute after minute on the wall clock.
 */

const dayMs = 86_400_000;
const tableHolidays = new Set(
  Object.values(publishedFederalHolidays)
    .flat()
    .map((iso) => Date.parse(iso) / dayMs),
);

const toMinute = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/**
 * Returns two bits for each minute of the week, from Monday 00:00. Bit 1 is set if the minute lies
 * in sending hours that start on the same day. Bit 2 is set if the minute lies in sending hours
 * that start on the previous day.
 */
function markWeek({ sendWindow }: Schedule): Uint8Array {
  const week = new Uint8Array(7 * 1440).fill(sendWindow === null ? 1 : 0);
  const mark = (weekday: number, from: number, until: number, bit: number) => {
    for (let minute = from; minute < until; minute += 1) {
      const index = (weekday - 1) * 1440 + minute;
      week[index] = (week[index] ?? 0) | bit;
    }
  };
  for (const { days, startTime, endTime } of sendWindow ?? []) {
    for (const weekday of days) {
      const isNight = endTime < startTime;
      mark(weekday, toMinute(startTime), isNight ? 1440 : toMinute(endTime), 1);
      if (isNight) mark(weekday === 7 ? 1 : weekday + 1, 0, toMinute(endTime), 2);
    }
  }
  return week;
}

const toWeekday = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1;

/**
 * A function that tells whether a day and a minute of the wall clock lie in the schedule's sending
 * hours.
 */
export type IsWithinSendingHours = (day: number, minute: number) => boolean;

export type SendingCalendar = {
  isOpen: IsWithinSendingHours;
  /** Tells whether any minute of this hour, on one of these weekdays, lies in the sending hours. */
  isEverOpen: (hour: number | null, weekdays: readonly number[] | null) => boolean;
  isBusinessDay: (day: number) => boolean;
};

export function buildSendingCalendar(schedule: Schedule): SendingCalendar {
  const week = markWeek(schedule);
  const own = new Set(schedule.holidays.map((iso) => Date.parse(iso) / dayMs));
  const isHoliday = (day: number) => schedule.skipsHolidays && (own.has(day) || tableHolidays.has(day));
  return {
    isOpen: (day, minute) => {
      const open = week[(toWeekday(day) - 1) * 1440 + minute] ?? 0;
      if (open === 0 || isHoliday(day)) return false;
      return (open & 1) === 1 || !isHoliday(day - 1);
    },
    isEverOpen: (hour, weekdays) =>
      (weekdays ?? [1, 2, 3, 4, 5, 6, 7]).some((weekday) => {
        const from = (weekday - 1) * 1440 + (hour ?? 0) * 60;
        return week.subarray(from, from + (hour === null ? 1440 : 60)).some((open) => open > 0);
      }),
    isBusinessDay: (day) => toWeekday(day) <= 5 && !isHoliday(day),
  };
}

function addDelay(
  readings: WallClockReadings,
  anchorAt: number,
  step: StepTiming,
  isBusinessDay: (day: number) => boolean,
): number {
  const { zone } = readings;
  let at = step.delayDays > 0 ? addDays(readings, anchorAt, step.delayDays) : anchorAt;
  if (step.delayHours > 0) at = DateTime.fromMillis(at, { zone }).plus({ hours: step.delayHours }).toMillis();
  if (step.delayBusinessDays === 0) return at;
  const { year, month, day } = DateTime.fromMillis(at, { zone });
  const start = DateTime.utc(year, month, day).toMillis() / dayMs;
  let date = start;
  for (let left = step.delayBusinessDays; left > 0; ) {
    date += 1;
    if (isBusinessDay(date)) left -= 1;
  }
  return addDays(readings, at, date - start);
}

/**
 * Returns the instant `days` days after `at`, at the same time on the wall clock. If the clock
 * shows that time twice, returns the first of the two instants, as the schedule does. Luxon alone
 * would keep the offset of `at`.
 */
function addDays({ zone, changes }: WallClockReadings, at: number, days: number): number {
  const later = DateTime.fromMillis(at, { zone }).plus({ days });
  if (changes.every((change) => Math.abs(change - later.toMillis()) > dayMs)) return later.toMillis();
  const [first] = later.getPossibleOffsets();
  if (first === undefined) throw new Error("Luxon knows no such time");
  return first.toMillis();
}

/**
 * Returns the planned time of a step; null if the planned time lies after the end of the readings.
 */
export function planStepIndependently(
  readings: WallClockReadings,
  anchorAt: number,
  step: StepTiming,
  schedule: Schedule,
  { isOpen, isEverOpen, isBusinessDay }: SendingCalendar,
): Pick<SendRange, "at"> | null {
  const delayed = addDelay(readings, anchorAt, step, isBusinessDay);
  const earliest = Math.max(delayed, schedule.startAt ?? delayed);
  const { sendTimeHour: hour, weekdays = null } = step;
  const isHour: IsWithinSendingHours = (_, minute) => hour === null || Math.floor(minute / 60) === hour;
  const isDay: IsWithinSendingHours = (day) => weekdays === null || weekdays.includes(toWeekday(day));
  const isWanted: IsWithinSendingHours = (day, minute) => {
    if (!isOpen(day, minute)) return false;
    if (isEverOpen(hour, weekdays)) return isHour(day, minute) && isDay(day, minute);
    if (isEverOpen(null, weekdays)) return isDay(day, minute);
    return !isEverOpen(hour, null) || isHour(day, minute);
  };
  const at = findFirstMinute(readings, earliest, isWanted);
  if (at === null) return null;
  const { endAt } = schedule;
  return { at: endAt !== null && at >= endAt ? Math.max(anchorAt, endAt) : at };
}

/** Tells whether `isOpen` returns true for every minute from `from` to `until`. */
export function isOpenThroughout(
  readings: WallClockReadings,
  from: number,
  until: number,
  isOpen: IsWithinSendingHours,
): boolean {
  let left = Math.floor(until / 60_000) - Math.floor(from / 60_000) + 1;
  let isShut = false;
  findFirstMinute(readings, from, (day, minute) => {
    isShut = !isOpen(day, minute);
    left -= 1;
    return isShut || left === 0;
  });
  return !isShut;
}
