import { dayMs, hourMs } from "../../../shared/time-lengths.ts";

const localHour = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Denver",
  hour: "numeric",
  hourCycle: "h23",
});

/** Returns the instant at which Denver's clock shows the full hour of a day, YYYY-MM-DD. */
export function toDenverInstant(day: string, hour: number): number {
  const winter = Date.parse(`${day}T00:00:00Z`) + (hour + 7) * hourMs;
  return Number(localHour.format(winter)) === hour ? winter : winter - hourMs;
}

const toDay = (at: number) => new Date(at).toISOString().slice(0, 10);
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/**
 * Returns the workday that comes some workdays after a day.
 * @param days plain days that pass before the workdays are counted
 */
export function toWorkday(day: string, workdays: number, days = 0): string {
  let at = Date.parse(`${day}T00:00:00Z`) + days * dayMs;
  while (isWeekend(toDay(at))) at += dayMs;
  for (let left = workdays; left > 0; left--) {
    do at += dayMs;
    while (isWeekend(toDay(at)));
  }
  return toDay(at);
}
