/**
 * Returns the difference between a zone's clock and UTC at this instant, in milliseconds. The
 * difference is positive if the zone's clock is ahead.
 */
function findZoneOffset(at: number, timeZone: string): number {
  const style = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", {
    ...style,
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
    timeZone,
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const clock = Date.UTC(
    read("year"),
    read("month") - 1,
    read("day"),
    read("hour"),
    read("minute"),
    read("second"),
  );
  return clock - Math.floor(at / 1000) * 1000;
}

/**
 * Returns the instant at which a day begins in a zone, as ISO 8601.
 * @param day YYYY-MM-DD
 */
export function findDayStart(day: string, timeZone: string): string {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const guess = utc - findZoneOffset(utc, timeZone);
  // If the clocks change between `guess` and `utc`, the two offsets differ, and the offset at
  // `guess` is right.
  return new Date(utc - findZoneOffset(guess, timeZone)).toISOString();
}

/** Returns the day that a zone's calendar shows at an instant, as YYYY-MM-DD. */
export function findCalendarDay(at: number, timeZone: string): string {
  return new Date(at + findZoneOffset(at, timeZone)).toISOString().slice(0, 10);
}
