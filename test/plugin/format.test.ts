import { describe, expect, it } from "vitest";
import { createFormats } from "../../plugin/words/format.ts";

describe("dates on the screen", () => {
  const now = () => Date.parse("2026-11-22T12:00:00Z");
  const format = createFormats("en-US", now);

  it("are absolute and name their time zone", () => {
    const reader = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const elsewhere = reader === "Pacific/Kiritimati" ? "America/Denver" : "Pacific/Kiritimati";
    expect(format.instant("2026-11-26T16:12:00Z", elsewhere)).toMatch(/Nov \d+, .*(GMT|M[SD]T)/);
    expect(format.instant("2026-11-26T16:12:00Z", "America/Denver")).toBe("Thu, Nov 26, 9:12 AM MST");
    expect(format.instant("2026-11-26T16:12:00Z")).toBe(format.instant("2026-11-26T16:12:00Z", reader));
  });

  it("show the day in the requested time zone", () => {
    expect(format.day("2026-11-27T04:30:00Z", "America/Denver")).toBe("Thu, Nov 26");
    expect(format.day("2026-11-27T04:30:00Z", "Pacific/Kiritimati")).toBe("Fri, Nov 27");
  });

  it("name the year only if it is not this year", () => {
    expect(format.date("2026-02-03T12:00:00Z")).toBe("Feb 3");
    expect(format.date("2025-02-03T12:00:00Z")).toBe("Feb 3, 2025");
  });

  it("follow the locale, and use a default if the host's locale is invalid", () => {
    expect(createFormats("de-DE", now).clock("17:00")).toBe("17:00");
    expect(createFormats("not a locale", now).clock("09:00")).not.toBe("");
  });
});
