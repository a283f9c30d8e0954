import { describe, expect, it } from "vitest";
import {
  chooseNotNowDay,
  findNotNowFault,
  findReminderAt,
  isOutcomeUndoable,
} from "../../worker/domain/reply-outcome.ts";
import { minute } from "../support/time.ts";

const zone = "America/Denver";
/** 10 PM on December 7 in Denver, which is December 8 in UTC. */
const now = Date.parse("2026-12-08T05:00:00Z");

describe("the day of a “not now”", () => {
  it("is 90 days away by the office's calendar, unless the agent names a day", () => {
    expect(chooseNotNowDay(undefined, now, zone)).toBe("2027-03-07");
    expect(chooseNotNowDay("2027-01-15", now, zone)).toBe("2027-01-15");
  });

  it.each([
    ["2026-12-07", false],
    ["2026-12-08", true],
    ["2028-12-06", true],
    ["2028-12-07", false],
  ])("may be %s: %s", (day, isFine) => {
    expect(findNotNowFault(day, now, zone) === null).toBe(isFine);
  });

  it("begins at midnight in the office's zone", () => {
    expect(findReminderAt("2027-03-07", zone)).toBe(Date.parse("2027-03-07T07:00:00Z"));
    expect(findReminderAt(null, zone)).toBeNull();
  });
});

describe("an outcome", () => {
  it("can be undone for ten seconds", () => {
    expect(isOutcomeUndoable(now, true, now + minute / 6)).toBe(true);
    expect(isOutcomeUndoable(now, true, now + minute / 6 + 1)).toBe(false);
    expect(isOutcomeUndoable(now, false, now)).toBe(false);
    expect(isOutcomeUndoable(null, true, now)).toBe(false);
  });
});
