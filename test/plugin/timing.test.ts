import { describe, expect, it } from "vitest";
import { createFormats } from "../../plugin/words/format.ts";
import { nextOpen, planSteps, wallClock } from "../../plugin/words/timing.ts";

const weekdays = [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }];
const overnight = [{ days: [5], startTime: "22:00", endTime: "02:00" }];
const wall = (text: string) => Date.parse(`${text}Z`);
const read = (ms: number) => new Date(ms).toISOString().slice(0, 16);

describe("the first email", () => {
  it("goes at once while the window is open", () => {
    expect(nextOpen(wall("2026-11-25T10:30"), weekdays)).toBe(wall("2026-11-25T10:30"));
  });

  it.each([
    ["before hours", "2026-11-25T07:00", "2026-11-25T09:00"],
    ["after hours", "2026-11-25T17:00", "2026-11-26T09:00"],
    ["on Friday evening", "2026-11-27T18:00", "2026-11-30T09:00"],
    ["on Sunday", "2026-11-29T12:00", "2026-11-30T09:00"],
  ])("%s waits until the window opens", (_, from, to) =>
    expect(read(nextOpen(wall(from), weekdays))).toBe(to),
  );

  it("may go after midnight in a window that began the evening before", () => {
    expect(read(nextOpen(wall("2026-11-28T01:00"), overnight))).toBe("2026-11-28T01:00");
    expect(read(nextOpen(wall("2026-11-28T02:00"), overnight))).toBe("2026-12-04T22:00");
  });
});

it("may go in whichever of several hours comes first", () => {
  const split = [
    { days: [1, 2, 3, 4, 5], startTime: "14:00", endTime: "17:00" },
    { days: [3], startTime: "09:00", endTime: "12:00" },
  ];
  expect(read(nextOpen(wall("2026-11-25T07:00"), split))).toBe("2026-11-25T09:00");
  expect(read(nextOpen(wall("2026-11-25T12:30"), split))).toBe("2026-11-25T14:00");
  expect(read(nextOpen(wall("2026-11-25T18:00"), split))).toBe("2026-11-26T14:00");
});

describe("the emails after it", () => {
  it("count from the one before, keep to the window and to their own hour", () => {
    const steps = [
      { delayDays: 0, delayHours: 0, sendTimeHour: null },
      { delayDays: 3, delayHours: 0, sendTimeHour: 9 },
      { delayDays: 4, delayHours: 0, sendTimeHour: null },
    ];
    const planned = planSteps(steps, wall("2026-11-25T18:00"), weekdays);
    expect(planned.map(read)).toEqual(["2026-11-26T09:00", "2026-11-30T09:00", "2026-12-04T09:00"]);
  });

  it("never go before the one before", () => {
    const steps = [{ delayDays: 0, delayHours: 2, sendTimeHour: 9 }];
    expect(planSteps(steps, wall("2026-11-25T10:00"), null).map(read)).toEqual(["2026-11-26T09:00"]);
  });
});

describe("a wall clock", () => {
  it("reads the hour there, on either side of the change to summer time", () => {
    expect(read(wallClock(Date.parse("2026-03-08T08:59:00Z"), "America/Denver"))).toBe("2026-03-08T01:59");
    expect(read(wallClock(Date.parse("2026-03-08T09:00:00Z"), "America/Denver"))).toBe("2026-03-08T03:00");
  });
});

describe("dates on the screen", () => {
  const now = () => Date.parse("2026-11-22T12:00:00Z");
  const format = createFormats("en-US", now);

  it("are absolute, and name the recipient's zone where it is not the reader's", () => {
    const reader = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const elsewhere = reader === "Pacific/Kiritimati" ? "America/Denver" : "Pacific/Kiritimati";
    expect(format.instant("2026-11-26T16:12:00Z", elsewhere)).toMatch(/Nov \d+, .*(GMT|M[SD]T)/);
    expect(format.instant("2026-11-26T16:12:00Z", reader)).not.toMatch(/GMT|UTC/);
  });

  it("name the year only where it is not this one", () => {
    expect(format.date("2026-02-03T12:00:00Z")).toBe("Feb 3");
    expect(format.date("2025-02-03T12:00:00Z")).toBe("Feb 3, 2025");
  });

  it("follow the locale, and fall back where the host gives nonsense", () => {
    expect(createFormats("de-DE", now).clock("17:00")).toBe("17:00");
    expect(createFormats("not a locale", now).clock("09:00")).not.toBe("");
  });
});
