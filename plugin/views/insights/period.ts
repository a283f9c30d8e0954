import type { PlainPhrase } from "../../words/phrases.ts";

const dayMs = 24 * 60 * 60_000;

/** The days from `from` to `to`, both included, as YYYY-MM-DD. */
export type Period = { from: string; to: string };

/** The lengths of the periods up to today that the agent can choose with one click, in days. */
export const periodLengths = [7, 30, 90] as const;

/** The longest period for which the Worker returns figures. */
const mostDays = 366;

const shiftDay = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** Returns the number of days of the period. */
export const countDays = ({ from, to }: Period): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;

/** Returns the period of this many days that ends with `today`. */
export const buildPeriodToToday = (days: number, today: string): Period => ({
  from: shiftDay(today, 1 - days),
  to: today,
});

/** Returns the period of the same length that ends on the day before the given period. */
export const findPeriodBefore = (period: Period): Period => ({
  from: shiftDay(period.from, -countDays(period)),
  to: shiftDay(period.from, -1),
});

/**
 * Returns the message about a fault in the period that the agent has chosen; null if there is no
 * fault.
 */
export function findPeriodFault(period: Period): PlainPhrase | null {
  const days = countDays(period);
  if (Number.isNaN(days)) return "Choose the first and the last day.";
  if (days < 1) return "The first day is after the last day.";
  return days > mostDays ? "Choose at most a year." : null;
}

/** Returns the Monday of the day's week. */
export const findMonday = (day: string): string =>
  shiftDay(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7));
