import { describe, expect, it } from "vitest";
import { campaignCreate } from "../../shared/campaign.ts";
import { CampaignBuilder } from "../../shared/campaign-builder.ts";
import { defaultSequenceRules, sequenceRules } from "../../shared/sequence-rules.ts";
import { fillMissingRules, getCampaignEnd } from "../../worker/domain/sequence-rules.ts";
import { day } from "../support/time.ts";

const hours = [{ days: [2, 4], startTime: "10:00", endTime: "12:00" }];
const ownRules = sequenceRules.parse({
  ...{ sendWindow: hours, skipsHolidays: false, exitStatuses: ["Withdrawn"], endsAfterDays: 60 },
  stopsOnClick: true,
});
const launch = (change: object = {}) =>
  campaignCreate.parse({ name: "Roofs", senderId: 1, sequenceId: "12", ...change });

describe("the rules of a sequence", () => {
  it("hold for a launch that says nothing about them", () => {
    expect(fillMissingRules(launch(), ownRules)).toMatchObject({
      sendWindow: hours,
      schedule: { startAt: null, endAt: null, skipsHolidays: false },
      exitStatuses: ["Withdrawn"],
      stopsOnClick: true,
      endsAfterDays: 60,
    });
  });

  it("give way, one by one, to what the launch says", () => {
    expect(fillMissingRules(launch({ sendWindow: null }), ownRules)).toMatchObject({
      sendWindow: null,
      exitStatuses: ["Withdrawn"],
    });
    expect(fillMissingRules(launch({ exitStatuses: [] }), ownRules)).toMatchObject({
      sendWindow: hours,
      exitStatuses: [],
    });
    const schedule = { skipsHolidays: true, endAt: new Date(9 * day).toISOString() };
    expect(fillMissingRules(launch({ schedule }), ownRules)).toMatchObject({ schedule, endsAfterDays: null });
    expect(fillMissingRules(launch({ schedule: { endAt: null } }), ownRules).endsAfterDays).toBeNull();
  });

  it("are any hour, no holidays and the usual statuses for a campaign without a sequence", () => {
    expect(fillMissingRules(launch(), null)).toMatchObject({
      sendWindow: null,
      schedule: { endAt: null, skipsHolidays: true },
      exitStatuses: defaultSequenceRules.exitStatuses,
      endsAfterDays: null,
    });
  });

  it("reach a campaign that CampaignBuilder builds from the sequence", () => {
    const built = new CampaignBuilder("Roofs", "followUp").setSender(7).useSequence("12");
    expect(fillMissingRules(campaignCreate.parse(built.build()), ownRules)).toMatchObject({
      sendWindow: hours,
      exitStatuses: ["Withdrawn"],
      endsAfterDays: 60,
    });
    built.setExitStatuses("Closed").setStopsOnClick(false);
    const other = built.setSchedule({ skipsHolidays: true }).build();
    expect(fillMissingRules(campaignCreate.parse(other), ownRules)).toMatchObject({
      sendWindow: hours,
      schedule: { skipsHolidays: true },
      exitStatuses: ["Closed"],
      stopsOnClick: false,
    });
  });
});

describe("the end of a campaign", () => {
  it("counts from the launch, or from the first day if that is later", () => {
    const rule = { startAt: null, endAt: null, endsAfterDays: 60 };
    expect(getCampaignEnd(rule, 1 * day)).toBe(61 * day);
    expect(getCampaignEnd({ ...rule, startAt: 5 * day }, 1 * day)).toBe(65 * day);
    expect(getCampaignEnd({ ...rule, startAt: 0 * day }, 1 * day)).toBe(61 * day);
  });

  it("is the campaign's own without a number of days", () => {
    expect(getCampaignEnd({ startAt: null, endAt: 3 * day, endsAfterDays: null }, 1 * day)).toBe(3 * day);
  });
});
