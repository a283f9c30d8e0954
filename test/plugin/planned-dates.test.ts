import { describe, expect, it } from "vitest";
import { createFormats } from "../../plugin/words/format.ts";
import { formatFirstSendDate, formatStepDate } from "../../plugin/words/planned-dates.ts";
import type { CampaignPlan } from "../../shared/campaign-plan.ts";

const launchAt = "2026-11-22T12:00:00.000Z";
const reader = Intl.DateTimeFormat().resolvedOptions().timeZone;
const far = reader === "Pacific/Kiritimati" ? "America/Denver" : "Pacific/Kiritimati";
const format = createFormats("en-US", () => Date.parse(launchAt));

const item = (timeZone: string, ...plannedAts: (string | null)[]) => ({
  timeZone,
  listing: null,
  needsConsent: false,
  needsRepresentative: false,
  steps: plannedAts.map((plannedAt, index) => ({ stepNumber: index + 1, plannedAt })),
});
const plan = (...items: CampaignPlan["items"]): CampaignPlan => ({ warnings: [], launchAt, items });

describe("the date shown for a step", () => {
  it("is right after the launch if the plan says so, or else the earliest time", () => {
    expect(formatStepDate(plan(item(reader, launchAt)), 1, format)).toBe("Right after launch");
    const at = "2026-11-23T16:00:00.000Z";
    expect(formatStepDate(plan(item(reader, at)), 1, format)).toBe(`From ${format.instant(at)}`);
    expect(formatStepDate(plan(item(far, at)), 1, format)).toMatch(/^From .*(GMT|M[SD]T)/);
  });

  it("is a day for a later step, in the recipient's time zone", () => {
    const zoned = item("America/Denver", launchAt, "2026-11-27T04:30:00.000Z");
    expect(formatStepDate(plan(zoned), 2, format)).toBe("About Thu, Nov 26");
  });

  it("says so if the campaign ends before the step", () => {
    expect(formatStepDate(plan(item(reader, launchAt, null)), 2, format)).toBe(
      "The campaign ends before this",
    );
  });
});

describe("the date shown for the first email of a launch", () => {
  it("is the earliest of all recipients", () => {
    const later = item(reader, "2026-11-23T16:00:00.000Z");
    expect(formatFirstSendDate(plan(later, item(reader, launchAt)), 0, format)).toBe("Right after launch");
    const earlier = item(reader, "2026-11-23T15:00:00.000Z");
    expect(formatFirstSendDate(plan(later, earlier), 0, format)).toBe(
      format.instant("2026-11-23T15:00:00.000Z"),
    );
  });

  it("is not the date of a task before the email", () => {
    const taskFirst = plan(item(reader, launchAt, "2026-11-23T15:00:00.000Z"));
    expect(formatFirstSendDate(taskFirst, 1, format)).toBe(format.instant("2026-11-23T15:00:00.000Z"));
  });

  it("says so if the campaign ends first for everybody", () => {
    expect(formatFirstSendDate(plan(item(reader, null)), 0, format)).toBe("The campaign ends before this");
  });
});
