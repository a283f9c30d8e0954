import { describe, expect, test } from "vitest";
import {
  applyJitter,
  findWindowOpening,
  isWindowOpen,
  planSendRange,
  planStep,
} from "../../worker/domain/schedule/schedule.ts";
import { anyTimeSchedule, buildStepTiming } from "../support/schedule.ts";
import { minute } from "../support/time.ts";

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();
const newYork = "America/New_York";
const weekdays = [1, 2, 3, 4, 5];

describe("a delay in business days", () => {
  test("skips the weekend", () => {
    const friday10 = at("2026-10-02T14:00:00Z");
    expect(
      iso(planStep(friday10, buildStepTiming({ delayBusinessDays: 1 }), newYork, anyTimeSchedule, 0)),
    ).toBe("2026-10-05T14:00:00.000Z");
    expect(
      iso(planStep(friday10, buildStepTiming({ delayBusinessDays: 6 }), newYork, anyTimeSchedule, 0)),
    ).toBe("2026-10-12T14:00:00.000Z");
  });

  test("skips holidays if the campaign does, including the office's own", () => {
    const rules = { ...anyTimeSchedule, skipsHolidays: true, holidays: ["2026-11-27"] };
    // November 25, 2026, is the Wednesday before Thanksgiving. The Friday after Thanksgiving is the
    // office's own holiday.
    const wednesday = at("2026-11-25T15:00:00Z");
    const step = buildStepTiming({ delayBusinessDays: 1 });
    expect(iso(planStep(wednesday, step, newYork, rules, 0))).toBe("2026-11-30T15:00:00.000Z");
    expect(iso(planStep(wednesday, step, newYork, { ...rules, skipsHolidays: false }, 0))).toBe(
      "2026-11-26T15:00:00.000Z",
    );
  });

  test("starts after the delay in days and hours", () => {
    const step = buildStepTiming({ delayDays: 1, delayHours: 2, delayBusinessDays: 1 });
    expect(iso(planStep(at("2026-10-02T14:00:00Z"), step, newYork, anyTimeSchedule, 0))).toBe(
      "2026-10-05T16:00:00.000Z",
    );
  });
});

describe("the send window", () => {
  const lunchFree = [
    { days: weekdays, startTime: "09:00", endTime: "12:00" },
    { days: weekdays, startTime: "14:00", endTime: "17:00" },
    { days: [6], startTime: "10:00", endTime: "11:00" },
  ];

  test("may have several spans in a day, and different spans on different days", () => {
    const rules = { ...anyTimeSchedule, sendWindow: lunchFree };
    expect(iso(findWindowOpening(at("2026-10-02T16:30:00Z"), newYork, rules))).toBe(
      "2026-10-02T18:00:00.000Z",
    );
    expect(iso(findWindowOpening(at("2026-10-02T22:00:00Z"), newYork, rules))).toBe(
      "2026-10-03T14:00:00.000Z",
    );
    expect(iso(findWindowOpening(at("2026-10-03T15:00:00Z"), newYork, rules))).toBe(
      "2026-10-05T13:00:00.000Z",
    );
  });

  test("is closed on holidays, and a night window that runs into a holiday ends at midnight", () => {
    const night = [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "22:00", endTime: "02:00" }];
    const rules = { ...anyTimeSchedule, sendWindow: night, skipsHolidays: true };
    // Christmas Day 2026 is a Friday.
    expect(isWindowOpen(at("2026-12-25T04:59:00Z"), newYork, rules)).toBe(true);
    expect(iso(findWindowOpening(at("2026-12-25T05:00:00Z"), newYork, rules))).toBe(
      "2026-12-27T03:00:00.000Z",
    );
  });

  test("without any hours is still closed on holidays", () => {
    const rules = { ...anyTimeSchedule, skipsHolidays: true };
    expect(iso(findWindowOpening(at("2026-07-03T12:00:00Z"), newYork, rules))).toBe(
      "2026-07-05T04:00:00.000Z",
    );
  });

  test("that never opens lets no email leave", () => {
    const year = Array.from({ length: 800 }, (_, index) =>
      iso(at("2026-01-01T12:00:00Z") + index * 86_400_000).slice(0, 10),
    );
    const rules = { ...anyTimeSchedule, skipsHolidays: true, holidays: year };
    const now = at("2026-03-01T12:00:00Z");
    expect(isWindowOpen(now, newYork, rules)).toBe(false);
    expect(findWindowOpening(now, newYork, rules) - now).toBeGreaterThan(365 * 86_400_000);
  });

  test("is combined with the preferred hour, on the next day that has both", () => {
    const rules = { ...anyTimeSchedule, sendWindow: lunchFree };
    const friday4pm = at("2026-10-02T20:00:00Z");
    expect(iso(planStep(friday4pm, buildStepTiming({ sendTimeHour: 15 }), newYork, rules, 0))).toBe(
      "2026-10-05T19:00:00.000Z",
    );
  });

  test("wins over a preferred hour outside it", () => {
    const rules = { ...anyTimeSchedule, sendWindow: lunchFree };
    const friday10 = at("2026-10-02T14:00:00Z");
    expect(planStep(friday10, buildStepTiming({ sendTimeHour: 20 }), newYork, rules, 0)).toBe(friday10);
  });
});

describe("send jitter", () => {
  const rules = {
    ...anyTimeSchedule,
    sendWindow: [{ days: weekdays, startTime: "09:00", endTime: "17:00" }],
    jitterMinutes: 60,
  };

  test("delays an email by a random share of the jitter minutes", () => {
    const ten = at("2026-10-05T14:00:00Z");
    expect(planStep(ten, buildStepTiming(), newYork, rules, 0)).toBe(ten);
    expect(planStep(ten, buildStepTiming(), newYork, rules, 0.5)).toBe(ten + 30 * minute);
    expect(planStep(ten, buildStepTiming(), newYork, rules, 0.999_999)).toBeLessThan(ten + 60 * minute);
  });

  test("ends when the window closes, however late the email is", () => {
    const tenToFive = at("2026-10-05T20:50:00Z");
    expect(planSendRange(tenToFive, buildStepTiming(), newYork, rules)).toEqual({
      at: tenToFive,
      spreadMs: 10 * minute,
    });
  });

  test("continues past midnight in a night window", () => {
    const night = { ...rules, sendWindow: [{ days: weekdays, startTime: "22:00", endTime: "02:00" }] };
    const tenToMidnight = at("2026-10-06T03:50:00Z");
    expect(planSendRange(tenToMidnight, buildStepTiming(), newYork, night).spreadMs).toBe(60 * minute);
  });

  test("ends when the campaign ends", () => {
    const ten = at("2026-10-05T14:00:00Z");
    const ending = { ...rules, endAt: ten + 5 * minute };
    expect(planSendRange(ten, buildStepTiming(), newYork, ending).spreadMs).toBe(5 * minute);
    expect(applyJitter(planSendRange(ten, buildStepTiming(), newYork, ending), 0.999_999)).toBeLessThan(
      ending.endAt,
    );
  });
});

test("an email that can't leave before the campaign's end is due at the end, and is stopped there", () => {
  const friday = at("2026-10-02T14:00:00Z");
  const endAt = at("2026-10-04T00:00:00Z");
  const rules = {
    ...anyTimeSchedule,
    sendWindow: [{ days: [1], startTime: "09:00", endTime: "17:00" }],
    endAt,
  };
  expect(planSendRange(friday, buildStepTiming(), newYork, rules)).toEqual({ at: endAt, spreadMs: 0 });
});
