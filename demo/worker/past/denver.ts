import { dayMs, hourMs } from "../../../shared/time-lengths.ts";

const localHour = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Denver",
  hour: "numeric",
  hourCycle: "h23",
});

/** Returns the instant at which clocks in Denver show `hour` o'clock on `day` (YYYY-MM-DD). */
export function toDenverInstant(day: string, hour: number): number {
  const winter = Date.parse(`${day}T00:00:00Z`) + (hour + 7) * hourMs;
  return Number(localHour.format(winter)) === hour ? winter : winter - hourMs;
}

const toDay = (at: number) => new Date(at).toISOString().slice(0, 10);
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/**
 * Returns the day that is `workdays` workdays after `day`. A count that would start on a weekend
 * starts on the next workday instead.
 * @param days calendar days to add to `day` before counting workdays
 */
export function addWorkdays(day: string, workdays: number, days = 0): string {
  let at = Date.parse(`${day}T00:00:00Z`) + days * dayMs;
  while (isWeekend(toDay(at))) at += dayMs;
  for (let left = workdays; left > 0; left--) {
    do at += dayMs;
    while (isWeekend(toDay(at)));
  }
  return toDay(at);
}
