import { describe, expect, it } from "vitest";
import { campaignCreate, campaignInput, campaignPatch } from "../../shared/campaign.ts";
import { CampaignBuilder, CampaignFaultsError } from "../../shared/campaign-builder.ts";

const started = () => new CampaignBuilder("12 Maple Street", "sellerOutreach").setSender(7);

/**
 * Returns the paths of all faults that the builder reports, in order; an empty list if there is no
 * fault.
 */
function faultsOf(builder: CampaignBuilder): string[] {
  try {
    builder.build();
    return [];
  } catch (error) {
    if (!(error instanceof CampaignFaultsError)) throw error;
    for (const { path, message } of error.faults) expect(error.message).toContain(`${path}: ${message}`);
    return error.faults.map(({ path }) => path);
  }
}

describe("CampaignBuilder", () => {
  it("builds the campaign that the API accepts", () => {
    const campaign = new CampaignBuilder("12 Maple Street", "sellerOutreach")
      .setProperty("p-1")
      .setSender(7, { replyTo: "Team@Example.com" })
      .addStep(41, { hours: 2 })
      .addStep(42, { days: 3, sendTimeHour: 9 }, { previousOpened: true })
      .addStep(43, { days: 4 }, { previousClicked: false, daysSinceLast: 3 })
      .setSendWindow({ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" })
      .setSchedule({ startAt: "2026-05-01T09:00:00-06:00", timeZone: "America/Denver" })
      .setIgnoresCollisions(true)
      .setUnknownPolicy("resend")
      .addTags("spring", "maple")
      .addTags("2026")
      .build();
    expect(campaign).toEqual({
      name: "12 Maple Street",
      type: "sellerOutreach",
      propertyId: "p-1",
      senderId: 7,
      otherSenderIds: [],
      ignoresCollisions: true,
      unknownPolicy: "resend",
      replyTo: "team@example.com",
      steps: [
        {
          kind: "email",
          templateId: 41,
          delayDays: 0,
          delayHours: 2,
          delayBusinessDays: 0,
          sendTimeHour: null,
          conditions: {},
          variants: [],
          startsThread: false,
        },
        {
          kind: "email",
          templateId: 42,
          delayDays: 3,
          delayHours: 0,
          delayBusinessDays: 0,
          sendTimeHour: 9,
          conditions: { previousOpened: true },
          variants: [],
          startsThread: false,
        },
        {
          kind: "email",
          templateId: 43,
          delayDays: 4,
          delayHours: 0,
          delayBusinessDays: 0,
          sendTimeHour: null,
          conditions: { previousClicked: false, daysSinceLast: 3 },
          variants: [],
          startsThread: false,
        },
      ],
      sendWindow: [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }],
      schedule: { startAt: "2026-05-01T09:00:00-06:00", timeZone: "America/Denver", jitterMinutes: 0 },
      maxLatenessHours: 72,
      tags: ["spring", "maple", "2026"],
    });
    expect(campaignInput.parse(campaign)).toEqual(campaign);
    expect(campaignCreate.safeParse(campaign).success).toBe(true);
  });

  it("fills in the fields that were left out", () => {
    const { propertyId, replyTo, schedule, tags } = started().addStep(1).build();
    expect({ propertyId, replyTo, schedule, tags }).toEqual({
      propertyId: null,
      replyTo: null,
      schedule: { startAt: null, timeZone: null, jitterMinutes: 0 },
      tags: [],
    });
  });

  it("names all faults at once", () => {
    const builder = new CampaignBuilder(" ", "nonsense" as never)
      .setProperty("a\nb")
      .setSender(0, { replyTo: "nobody" })
      .addStep(1, { days: -1, hours: 24, sendTimeHour: 24 }, { previousOpened: true, previousClicked: false })
      .addStep(1.5, { days: 366 }, { daysSinceLast: -1 })
      .setSendWindow({ days: [0, 8], startTime: "9:00", endTime: "24:00" })
      .setSchedule({ startAt: "tomorrow", timeZone: "Mars/Base" })
      .addTags("", "a".repeat(51));
    expect(faultsOf(builder).sort()).toEqual(
      [
        ...["name", "type", "propertyId", "senderId", "replyTo", "tags.0", "tags.1"],
        ...["sendWindow.0.days.0", "sendWindow.0.days.1", "sendWindow.0.startTime", "sendWindow.0.endTime"],
        ...["schedule.startAt", "schedule.timeZone"],
        ...["steps.0.delayDays", "steps.0.delayHours", "steps.0.sendTimeHour"],
        ...["steps.0.conditions.previousOpened", "steps.0.conditions.previousClicked"],
        ...["steps.1.templateId", "steps.1.delayDays", "steps.1.conditions.daysSinceLast"],
      ].sort(),
    );
  });

  it("needs a sender and a step, and takes at most twenty steps", () => {
    expect(faultsOf(new CampaignBuilder("a", "followUp"))).toEqual(["senderId", "steps"]);
    const builder = started();
    for (let step = 0; step < 20; step += 1) builder.addStep(1);
    expect(faultsOf(builder)).toEqual([]);
    expect(faultsOf(builder.addStep(1))).toEqual(["steps"]);
  });

  it("lets a first step wait, but not depend on an earlier email", () => {
    expect(faultsOf(started().addStep(1, { days: 2, hours: 3 }))).toEqual([]);
    expect(faultsOf(started().addStep(1, {}, { previousOpened: false }))).toEqual([
      "steps.0.conditions.previousOpened",
    ]);
    expect(
      faultsOf(started().addStep(1).addStep(2, {}, { previousOpened: false, previousClicked: true })),
    ).toEqual([]);
  });

  it("refuses a send window that opens and closes at the same time", () => {
    const window = { days: [1], startTime: "09:00", endTime: "09:00" };
    expect(faultsOf(started().addStep(1).setSendWindow(window))).toEqual(["sendWindow.0.endTime"]);
  });

  it("names the faults of a window and of a first step even beside a fault in another field", () => {
    const builder = started()
      .addStep(1.5, { days: 0.5 }, { previousClicked: true })
      .setSendWindow({ days: [1.5], startTime: "09:00", endTime: "09:00" });
    expect(faultsOf(builder)).toEqual([
      "sendWindow.0.days.0",
      "steps.0.templateId",
      "steps.0.delayDays",
      "sendWindow.0.endTime",
      "steps.0.conditions.previousClicked",
    ]);
  });

  it("does not change a campaign that it has built when more steps are added", () => {
    const builder = started().addStep(1).addTags("a");
    const built = builder.build();
    builder.addStep(2).addTags("b").setSender(8);
    expect([built.steps?.length, built.tags, built.senderId]).toEqual([1, ["a"], 7]);
  });
});

describe("CampaignBuilder with a sequence", () => {
  it("builds a campaign that the API accepts, without steps of its own", () => {
    const campaign = started().useSequence("sellerOutreach").build();
    expect(campaign).toMatchObject({ sequenceId: "sellerOutreach", senderId: 7 });
    expect(campaign.steps).toBeUndefined();
    expect(campaignCreate.safeParse(campaign).success).toBe(true);
  });

  it("refuses steps beside a sequence, and an invalid sequence id", () => {
    expect(faultsOf(started().useSequence("12").addStep(1))).toEqual(["sequenceId"]);
    expect(faultsOf(started().useSequence("1 2"))).toEqual(["sequenceId"]);
  });
});

describe("the API's check of a campaign", () => {
  it("refuses a first step that depends on an earlier email, as CampaignBuilder does", () => {
    const steps = [{ templateId: 1, conditions: { previousClicked: true } }];
    const created = campaignCreate.safeParse({ name: "a", type: "followUp", senderId: 1, steps });
    expect(created.error?.issues.map(({ path }) => path.join("."))).toEqual([
      "steps.0.conditions.previousClicked",
    ]);
    const patched = campaignPatch.safeParse({ steps });
    expect(patched.error?.issues.map(({ path }) => path.join("."))).toEqual([
      "steps.0.conditions.previousClicked",
    ]);
  });

  it.each([["x"], [[null]], [[{ conditions: null }]], [{}]])("refuses steps that are %j", (steps) => {
    expect(campaignPatch.safeParse({ steps }).success).toBe(false);
  });
});
