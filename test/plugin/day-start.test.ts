import { describe, expect, test } from "vitest";
import { findCalendarDay, findDayStart } from "../../plugin/session/day-start.ts";

describe("the day", () => {
  test.each([
    ["2026-11-30", "America/Denver", "2026-11-30T07:00:00.000Z"],
    ["2026-07-04", "America/Denver", "2026-07-04T06:00:00.000Z"],
    ["2026-11-30", "Pacific/Honolulu", "2026-11-30T10:00:00.000Z"],
    ["2026-11-30", "Asia/Kolkata", "2026-11-29T18:30:00.000Z"],
    // On these three days the clock changes, so the offset at midnight is not the offset at noon.
    ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
    ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
    ["2027-01-01", "Pacific/Kiritimati", "2026-12-31T10:00:00.000Z"],
  ])("%s in %s begins at %s", (day, zone, at) => {
    expect(findDayStart(day, zone)).toBe(at);
    expect(findCalendarDay(Date.parse(at), zone)).toBe(day);
    expect(findCalendarDay(Date.parse(at) - 1, zone)).not.toBe(day);
  });
});
