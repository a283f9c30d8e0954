import { describe, expect, test } from "vitest";
import {
  findWindowOpening,
  getNextDayStart,
  isWindowOpen,
  planStep,
  toIsoDay,
} from "../../worker/domain/schedule/schedule.ts";
import { anyTimeSchedule, buildStepTiming } from "../support/schedule.ts";

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();
const step = (delayDays: number, delayHours = 0, sendTimeHour: number | null = null) =>
  buildStepTiming({ delayDays, delayHours, sendTimeHour });
const office = {
  ...anyTimeSchedule,
  sendWindow: [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }],
};
const newYork = "America/New_York";

describe("the delay of a step", () => {
  test("in days keeps the time of day when the clocks change", () => {
    // In New York, November 1, 2026, has 25 hours.
    expect(iso(planStep(at("2026-10-30T13:30:00Z"), step(3), newYork, anyTimeSchedule, 0))).toBe(
      "2026-11-02T14:30:00.000Z",
    );
  });

  test("in hours is elapsed time", () => {
    expect(iso(planStep(at("2026-11-01T04:00:00Z"), step(0, 5), newYork, anyTimeSchedule, 0))).toBe(
      "2026-11-01T09:00:00.000Z",
    );
  });

  test("ends no sooner than the campaign's start", () => {
    const startAt = at("2026-12-01T15:00:00Z");
    expect(planStep(at("2026-10-05T14:00:00Z"), step(3), newYork, { ...anyTimeSchedule, startAt }, 0)).toBe(
      startAt,
    );
  });

  test("is extended to the preferred hour, tomorrow's if today's has passed", () => {
    const anchor = at("2026-10-05T18:30:00Z");
    expect(iso(planStep(anchor, step(1, 0, 10), newYork, anyTimeSchedule, 0))).toBe(
      "2026-10-07T14:00:00.000Z",
    );
    expect(iso(planStep(anchor, step(1, 0, 16), newYork, anyTimeSchedule, 0))).toBe(
      "2026-10-06T20:00:00.000Z",
    );
    expect(iso(planStep(anchor, step(1, 0, 14), newYork, anyTimeSchedule, 0))).toBe(
      "2026-10-06T18:30:00.000Z",
    );
  });
});

describe("the send window", () => {
  test("changes nothing while it is open", () => {
    const now = at("2026-10-05T14:00:00Z");
    expect(findWindowOpening(now, newYork, office)).toBe(now);
  });

  test("that is closed for the weekend opens on Monday morning in the recipient's time zone", () => {
    expect(iso(findWindowOpening(at("2026-10-03T14:00:00Z"), newYork, office))).toBe(
      "2026-10-05T13:00:00.000Z",
    );
    expect(iso(findWindowOpening(at("2026-10-03T14:00:00Z"), "Pacific/Honolulu", office))).toBe(
      "2026-10-05T19:00:00.000Z",
    );
  });

  test("is closed from its end time on", () => {
    expect(isWindowOpen(at("2026-10-05T20:59:59Z"), newYork, office)).toBe(true);
    expect(isWindowOpen(at("2026-10-05T21:00:00Z"), newYork, office)).toBe(false);
  });

  test("that spans midnight belongs to the day it starts on", () => {
    const night = { ...anyTimeSchedule, sendWindow: [{ days: [5], startTime: "22:00", endTime: "02:00" }] };
    expect(isWindowOpen(at("2026-10-10T05:30:00Z"), newYork, night)).toBe(true);
    expect(isWindowOpen(at("2026-10-09T05:30:00Z"), newYork, night)).toBe(false);
    expect(iso(findWindowOpening(at("2026-10-10T06:00:00Z"), newYork, night))).toBe(
      "2026-10-17T02:00:00.000Z",
    );
  });

  test("that a clock change skips opens a week later", () => {
    // The time from 02:15 to 02:45 does not exist in New York on March 8, 2026.
    const swallowed = {
      ...anyTimeSchedule,
      sendWindow: [{ days: [7], startTime: "02:15", endTime: "02:45" }],
    };
    expect(iso(findWindowOpening(at("2026-03-08T06:00:00Z"), newYork, swallowed))).toBe(
      "2026-03-15T06:15:00.000Z",
    );
  });
});

test("a follow-up that is due while the window is closed waits for the opening", () => {
  expect(iso(planStep(at("2026-10-02T14:00:00Z"), step(1), newYork, office, 0))).toBe(
    "2026-10-05T13:00:00.000Z",
  );
});

test("a sender's day is the calendar day in the sender's time zone", () => {
  expect(toIsoDay(at("2026-10-06T03:00:00Z"), newYork)).toBe("2026-10-05");
  expect(iso(getNextDayStart(at("2026-10-06T03:00:00Z"), newYork))).toBe("2026-10-06T04:00:00.000Z");
});

describe("a step that goes on the next of some weekdays", () => {
  const tuesdays = (change: object = {}) => buildStepTiming({ weekdays: [2], sendTimeHour: 10, ...change });
  const plan = (
    anchor: string,
    timing = tuesdays(),
    schedule: Parameters<typeof planStep>[3] = anyTimeSchedule,
  ) => iso(planStep(at(anchor), timing, newYork, schedule, 0));

  test("goes at its hour on the owner's clock, on either side of a change of clocks", () => {
    // In New York, clocks go back on Sunday, November 1, 2026, and forward on Sunday, March 14,
    // 2027.
    expect(plan("2026-10-28T15:00:00Z")).toBe("2026-11-03T15:00:00.000Z");
    expect(plan("2026-10-21T15:00:00Z")).toBe("2026-10-27T14:00:00.000Z");
    expect(plan("2027-03-10T16:00:00Z")).toBe("2027-03-16T14:00:00.000Z");
  });

  test("goes on the day of the change itself, once", () => {
    const sundays = buildStepTiming({ weekdays: [7], sendTimeHour: 1 });
    // On November 1, 2026, clocks show 1:00 twice. The email is sent at the first 1:00.
    expect(plan("2026-10-29T15:00:00Z", sundays)).toBe("2026-11-01T05:00:00.000Z");
    // 2:00 does not exist on March 14, 2027, so the email is sent on the following Sunday.
    const skipped = buildStepTiming({ weekdays: [7], sendTimeHour: 2 });
    expect(plan("2027-03-10T16:00:00Z", skipped)).toBe("2027-03-21T06:00:00.000Z");
  });

  test("waits out its delay first, so the same day is not the next one", () => {
    expect(plan("2026-10-06T13:00:00Z")).toBe("2026-10-06T14:00:00.000Z");
    expect(plan("2026-10-06T13:00:00Z", tuesdays({ delayDays: 1 }))).toBe("2026-10-13T14:00:00.000Z");
    expect(plan("2026-10-06T14:59:00Z")).toBe("2026-10-06T14:59:00.000Z");
    expect(plan("2026-10-06T15:00:00Z")).toBe("2026-10-13T14:00:00.000Z");
  });

  test("takes the first of several days, and leaves out holidays", () => {
    const days = buildStepTiming({ weekdays: [2, 4], sendTimeHour: 10 });
    expect(plan("2026-10-07T13:00:00Z", days)).toBe("2026-10-08T14:00:00.000Z");
    const skipping = { ...anyTimeSchedule, skipsHolidays: true };
    // Thanksgiving is Thursday, November 26, 2026.
    const thursdays = buildStepTiming({ weekdays: [4], sendTimeHour: 10 });
    expect(plan("2026-11-24T15:00:00Z", thursdays, skipping)).toBe("2026-12-03T15:00:00.000Z");
  });

  test("goes at another hour, or on another day, if the sending hours never allow its own", () => {
    expect(plan("2026-10-05T13:00:00Z", tuesdays({ sendTimeHour: 20 }), office)).toBe(
      "2026-10-06T13:00:00.000Z",
    );
    expect(plan("2026-10-09T13:00:00Z", buildStepTiming({ weekdays: [6], sendTimeHour: 10 }), office)).toBe(
      "2026-10-09T14:00:00.000Z",
    );
  });

  test("opens a task when the day begins", () => {
    expect(plan("2026-10-07T13:00:00Z", buildStepTiming({ kind: "task", weekdays: [2] }), office)).toBe(
      "2026-10-13T04:00:00.000Z",
    );
  });
});
