import type { SendHours, SendWindow } from "../../../../shared/campaign.ts";

/*
 * Computes local dates and times with `Intl`. The engine uses Temporal, so the tests compare two
 * independent computations.
 */

const formats = new Map<string, Intl.DateTimeFormat>();
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function readParts(at: number, timeZone: string): Record<string, string> {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      weekday: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(timeZone, format);
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** Returns the calendar day in the time zone, as YYYY-MM-DD. */
export function formatLocalDay(at: number, timeZone: string): string {
  const { year, month, day } = readParts(at, timeZone);
  return `${year}-${month}-${day}`;
}

export function isInsideSendWindow(window: SendWindow, at: number, timeZone: string): boolean {
  return window.some((hours) => isOpen(hours, at, timeZone));
}

function isOpen({ days, startTime, endTime }: SendHours, at: number, timeZone: string): boolean {
  const { weekday, hour, minute } = readParts(at, timeZone);
  const clock = `${hour}:${minute}`;
  const today = weekdays.indexOf(weekday ?? "") || 7;
  const yesterday = today === 1 ? 7 : today - 1;
  if (startTime < endTime) return days.includes(today) && clock >= startTime && clock < endTime;
  return (days.includes(today) && clock >= startTime) || (days.includes(yesterday) && clock < endTime);
}
