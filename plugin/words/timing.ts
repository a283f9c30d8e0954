import type { SendWindow } from "../../shared/campaign.ts";

/*
 * When emails are likely to go, for showing before the launch; the Worker decides. A wall clock reading is held as
 * milliseconds as if it were UTC: only readings are shown, so daylight saving needs no arithmetic here.
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function wallClock(now: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const read = new Map(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => read.get(name) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

const clockMs = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return (hours * 60 + minutes) * 60_000;
};
const isoWeekday = (wall: number) => new Date(wall).getUTCDay() || 7;

/** The first moment from `wall` on at which the window is open. */
export function nextOpen(wall: number, window: SendWindow | null): number {
  if (window === null) return wall;
  const midnight = Math.floor(wall / dayMs) * dayMs;
  // From yesterday, whose hours may reach across midnight.
  for (let day = midnight - dayMs; day <= midnight + 8 * dayMs; day += dayMs) {
    const openings = window.flatMap(({ days, startTime, endTime }) => {
      const start = clockMs(startTime);
      const end = clockMs(endTime);
      const closes = day + (end > start ? end : end + dayMs);
      return days.includes(isoWeekday(day)) && wall < closes ? [Math.max(wall, day + start)] : [];
    });
    if (openings.length > 0) return Math.min(...openings);
  }
  return wall;
}

interface Step {
  delayDays: number;
  delayHours: number;
  sendTimeHour: number | null;
}

/** Wall clock readings for each step, if every one is sent. */
export function planSteps(steps: readonly Step[], startWall: number, window: SendWindow | null): number[] {
  let previous = startWall;
  return steps.map((step) => {
    let at = previous + step.delayDays * dayMs + step.delayHours * hourMs;
    if (step.sendTimeHour !== null) {
      const preferred = Math.floor(at / dayMs) * dayMs + step.sendTimeHour * hourMs;
      at = preferred < previous ? preferred + dayMs : preferred;
    }
    previous = nextOpen(at, window);
    return previous;
  });
}
