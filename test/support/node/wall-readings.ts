import { DateTime, IANAZone } from "luxon";

/**
 * The date and the time that a wall clock in one zone shows at every minute of some months. Luxon
 * computes the readings, independently of Temporal. Only the start of each quarter of an hour is
 * stored; `findChange` checks that the clock jumps only at such a start.
 */
export type WallClockReadings = {
  timeZone: string;
  /**
   * The zone as an object for Luxon. The object looks up the stored readings, which is faster than
   * Luxon's own computation.
   */
  zone: IANAZone;
  fromMs: number;
  untilMs: number;
  /**
   * Days since January 1, 1970, at the start of each quarter of an hour. `minutes` has the minutes
   * since midnight.
   */
  days: Int32Array;
  minutes: Int16Array;
  /** The instants at which the clock jumps. */
  changes: number[];
};

export const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
/**
 * The length of a stretch of readings: six hours. If the wall clock moves by exactly six hours in a
 * stretch, the clock has not jumped. No zone of the tests jumps twice within six hours.
 */
const stretchMs = 24 * quarterMs;

/**
 * Returns the wall clock's date and time at an instant, as minutes since the wall clock showed
 * January 1, 1970, 00:00.
 */
function readWallAt(at: number, timeZone: string): number {
  const { year, month, day, hour, minute } = DateTime.fromMillis(at, { zone: timeZone });
  return DateTime.utc(year, month, day, hour, minute).toMillis() / minuteMs;
}

export function readWallClock(timeZone: string, fromIso: string, months: number): WallClockReadings {
  const from = DateTime.fromISO(fromIso, { zone: "utc" });
  const fromMs = from.toMillis();
  const untilMs = from.plus({ months }).toMillis();
  const days = new Int32Array((untilMs - fromMs) / quarterMs);
  const minutes = new Int16Array(days.length);
  const changes: number[] = [];
  let before = readWallAt(fromMs, timeZone);
  for (let at = fromMs; at < untilMs; at += stretchMs) {
    const after = readWallAt(at + stretchMs, timeZone);
    const isSteady = after === before + stretchMs / minuteMs;
    for (let since = 0; since < stretchMs; since += quarterMs) {
      const reading = isSteady ? before + since / minuteMs : readWallAt(at + since, timeZone);
      const index = (at + since - fromMs) / quarterMs;
      days[index] = Math.floor(reading / 1440);
      minutes[index] = reading % 1440;
    }
    if (!isSteady) changes.push(findChange(at, timeZone));
    before = after;
  }
  const readings = { timeZone, fromMs, untilMs, days, minutes, changes };
  return { ...readings, zone: new ReadZone(readings) };
}

class ReadZone extends IANAZone {
  readonly #readings: Omit<WallClockReadings, "zone">;

  constructor(readings: Omit<WallClockReadings, "zone">) {
    super(readings.timeZone);
    this.#readings = readings;
  }

  override offset(at: number): number {
    const { fromMs, untilMs, days, minutes } = this.#readings;
    if (at < fromMs || at >= untilMs) return super.offset(at);
    const index = Math.floor((at - fromMs) / quarterMs);
    return (days[index] ?? 0) * 1440 + (minutes[index] ?? 0) - (fromMs + index * quarterMs) / minuteMs;
  }
}

/**
 * Returns the instant at which the clock jumps in the stretch that begins at `at`.
 * @throws Error if the clock jumps within a quarter of an hour
 */
function findChange(at: number, timeZone: string): number {
  for (let now = at + minuteMs; now <= at + stretchMs; now += minuteMs) {
    if (readWallAt(now, timeZone) === readWallAt(now - minuteMs, timeZone) + 1) continue;
    if (now % quarterMs === 0) return now;
  }
  throw new Error(`${timeZone} changes its clock within a quarter of an hour`);
}

/**
 * Returns the first instant from `at` on that lies in a minute for which `visit` returns true.
 * Returns null if the readings end before such an instant.
 */
export function findFirstMinute(
  readings: WallClockReadings,
  at: number,
  visit: (day: number, minute: number) => boolean,
): number | null {
  const { fromMs, untilMs, days, minutes } = readings;
  for (let now = Math.floor(at / minuteMs) * minuteMs; now < untilMs; now += minuteMs) {
    const index = Math.floor((now - fromMs) / quarterMs);
    const since = (now - fromMs - index * quarterMs) / minuteMs;
    if (visit(days[index] ?? 0, (minutes[index] ?? 0) + since)) return Math.max(now, at);
  }
  return null;
}
