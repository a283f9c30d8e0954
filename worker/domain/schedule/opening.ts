import type { SendHours, SendWindow } from "../../../shared/campaign.ts";
import { dayMs, hourMs, minuteMs } from "../../../shared/time-lengths.ts";
import { isFederalHoliday } from "./federal-holidays.ts";
import { findOffsetPeriod, getCalendarDay } from "./zone-clock.ts";

/*
 * Computes when emails may leave, by the wall clock of the recipient's zone. An instant is inside
 * the window if the date and time on that clock are inside the window. So an hour that a change of
 * clocks repeats counts twice, and a skipped hour never comes.
 */

export type WindowRules = {
  /** The days and hours in which emails may leave. Null allows every hour of every day. */
  sendWindow: SendWindow | null;
  skipsHolidays: boolean;
  /** The tenant's own holidays, YYYY-MM-DD, in addition to the federal holidays. */
  holidays: readonly string[];
};

/**
 * The hour of the day, 0 to 23, and the ISO weekdays at which an email is wanted. Null allows every
 * hour or every weekday.
 */
export type WantedTimes = { hour: number | null; weekdays: readonly number[] | null };

const anyTime: WantedTimes = { hour: null, weekdays: null };

export type OpenStretch = { opensAt: number; closesAt: number };

/** A span between two wall times of one day, in milliseconds since the day's midnight. */
type Stretch = { fromMs: number; untilMs: number };

/**
 * The longest time ahead that is searched for an opening. A window can be closed for weeks, but
 * hardly for a year.
 */
export const maxOpeningSearchMs = 366 * dayMs;

/**
 * Returns the first stretch of time at or after `at` in which emails may leave. The stretch begins
 * at `at` if emails may leave then.
 * @param wanted only these hours and weekdays count
 * @returns null if nothing opens within a year
 */
export function findOpenStretch(
  at: number,
  timeZone: string,
  rules: WindowRules,
  wanted: WantedTimes = anyTime,
): OpenStretch | null {
  const giveUpAt = at + maxOpeningSearchMs;
  // Between two changes of the zone's clock, wall time and UTC differ by a fixed offset. So each
  // piece between two changes is searched in wall time alone.
  for (let from = at; from < giveUpAt; ) {
    const { untilMs, offsetMs } = findOffsetPeriod(from, timeZone);
    const until = Math.min(untilMs, giveUpAt);
    const found = findOpeningOnWall(from + offsetMs, until + offsetMs, rules, wanted);
    if (found !== null) return { opensAt: found.opensAt - offsetMs, closesAt: found.closesAt - offsetMs };
    from = until;
  }
  return null;
}

function findOpeningOnWall(
  wall: number,
  end: number,
  rules: WindowRules,
  wanted: WantedTimes,
): OpenStretch | null {
  for (let day = Math.floor(wall / dayMs); day * dayMs < end; day += 1) {
    const found = listStretches(day, rules, wanted)
      .map(({ fromMs, untilMs }) => ({
        opensAt: Math.max(wall, day * dayMs + fromMs),
        closesAt: Math.min(end, day * dayMs + untilMs),
      }))
      .filter(({ opensAt, closesAt }) => opensAt < closesAt)
      .toSorted((a, b) => a.opensAt - b.opensAt || b.closesAt - a.closesAt);
    const [first] = found;
    if (first !== undefined) return first;
  }
  return null;
}

/**
 * Returns the stretches of one day in which emails may leave. Sending hours that run past midnight
 * give a stretch on each of two days.
 */
function listStretches(day: number, rules: WindowRules, { hour, weekdays }: WantedTimes): Stretch[] {
  if (isHoliday(day, rules)) return [];
  const { weekday } = getCalendarDay(day);
  if (weekdays !== null && !weekdays.includes(weekday)) return [];
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  const nightGoesOn = !isHoliday(day - 1, rules);
  const open =
    rules.sendWindow === null
      ? [{ fromMs: 0, untilMs: dayMs }]
      : rules.sendWindow.flatMap((hours) => [
          ...(hours.days.includes(weekday) ? [toStretch(hours)] : []),
          ...(nightGoesOn && hours.days.includes(yesterday) ? listNightRest(hours) : []),
        ]);
  return hour === null ? open : open.map((stretch) => clipToHour(stretch, hour));
}

function toStretch(hours: SendHours): Stretch {
  const fromMs = parseClockMs(hours.startTime);
  const untilMs = parseClockMs(hours.endTime);
  return { fromMs, untilMs: untilMs > fromMs ? untilMs : dayMs };
}

function listNightRest(hours: SendHours): Stretch[] {
  const untilMs = parseClockMs(hours.endTime);
  return untilMs > parseClockMs(hours.startTime) ? [] : [{ fromMs: 0, untilMs }];
}

/**
 * Returns the part of a stretch inside one hour of the day. If the stretch lies outside the hour,
 * the result ends at or before its start; callers drop such a result.
 */
function clipToHour({ fromMs, untilMs }: Stretch, hour: number): Stretch {
  return { fromMs: Math.max(fromMs, hour * hourMs), untilMs: Math.min(untilMs, (hour + 1) * hourMs) };
}

/** Tells whether the send window is open at one of the wanted times of the week. */
export function isEverOpen({ sendWindow }: WindowRules, wanted: WantedTimes): boolean {
  const rules = { sendWindow, skipsHolidays: false, holidays: [] };
  return anyWeek.some((day) =>
    listStretches(day, rules, wanted).some(({ fromMs, untilMs }) => fromMs < untilMs),
  );
}

/** Seven days in a row, counted from 1 January 1970. */
const anyWeek = [0, 1, 2, 3, 4, 5, 6];

export function isHoliday(
  day: number,
  { skipsHolidays, holidays }: Omit<WindowRules, "sendWindow">,
): boolean {
  if (!skipsHolidays) return false;
  const { iso, year } = getCalendarDay(day);
  return holidays.includes(iso) || isFederalHoliday(iso, year);
}

function parseClockMs(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minuteMs;
}
