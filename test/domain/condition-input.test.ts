import { describe, expect, test } from "vitest";
import { campaignPatch } from "../../shared/campaign.ts";
import { CampaignBuilder, CampaignFaultsError } from "../../shared/campaign-builder.ts";
import { type StepConditions, stepConditions } from "../../shared/condition.ts";

/**
 * Returns the paths of the faults in a campaign of two steps with the conditions `first` and
 * `second`.
 */
function faultsOf(second: unknown, first: unknown = {}): string[] {
  const steps = [first, second].map((conditions) => ({ templateId: 1, conditions }));
  const parsed = campaignPatch.safeParse({ steps });
  return parsed.error?.issues.map(({ path }) => path.slice(1).join(".")) ?? [];
}

const opened = { kind: "opened", happened: true };

describe("a step's conditions", () => {
  test.each([
    [{}],
    [{ previousOpened: true, otherwise: "stop" }],
    [{ engagement: [{ ...opened, stepNumber: 1, withinDays: 365 }], otherwise: "wait", waitDays: 60 }],
    [{ engagement: [{ ...opened, stepNumber: "previous" }], otherwise: "skip" }],
    [{ propertyStatus: { is: ["Active", "Active Under Contract"] }, priceChanged: true }],
  ])("%j are accepted", (conditions) => {
    expect(faultsOf(conditions)).toEqual([]);
  });

  test.each([
    [{ engagement: [{ ...opened, stepNumber: 2 }] }, ["1.conditions.engagement.0.stepNumber"]],
    [
      {
        engagement: [
          { ...opened, stepNumber: 1 },
          { ...opened, stepNumber: 3 },
        ],
      },
      ["1.conditions.engagement.1.stepNumber"],
    ],
    [{ engagement: [] }, ["1.conditions.engagement"]],
    [{ engagement: Array(5).fill({ ...opened, stepNumber: 1 }) }, ["1.conditions.engagement"]],
    [{ engagement: [{ ...opened, stepNumber: 1, withinDays: 0 }] }, ["1.conditions.engagement.0.withinDays"]],
    [{ propertyStatus: {} }, ["1.conditions.propertyStatus"]],
    [{ propertyStatus: { is: ["Sold"] } }, ["1.conditions.propertyStatus.is.0"]],
    [{ previousOpened: true, otherwise: "wait" }, ["1.conditions.waitDays"]],
    [{ previousOpened: true, waitDays: 3 }, ["1.conditions.waitDays"]],
    [{ previousOpened: true, otherwise: "stop", waitDays: 3 }, ["1.conditions.waitDays"]],
    [{ previousOpened: true, otherwise: "wait", waitDays: 61 }, ["1.conditions.waitDays"]],
    [{ otherwise: "stop" }, ["1.conditions.otherwise"]],
    [{ previousOpened: true, otherwise: "later" }, ["1.conditions.otherwise"]],
    [null, ["1.conditions"]],
  ])("%j are refused, and the fault names the field", (conditions, faults) => {
    expect(faultsOf(conditions)).toEqual(faults);
  });

  test("of a first step may not ask about an earlier email, but may ask about the property", () => {
    expect(faultsOf({}, { engagement: [{ ...opened, stepNumber: "previous" }] })).toEqual([
      "0.conditions.engagement.0.stepNumber",
    ]);
    expect(faultsOf({}, { propertyStatus: { is: ["Expired"] }, otherwise: "wait", waitDays: 5 })).toEqual([]);
  });

  test("are refused with all faults at once", () => {
    const conditions = {
      engagement: [{ ...opened, stepNumber: 7, withinDays: -1 }],
      otherwise: "wait",
      propertyStatus: { isNot: ["gone"] },
    };
    expect(faultsOf(conditions).toSorted()).toEqual([
      "1.conditions.engagement.0.stepNumber",
      "1.conditions.engagement.0.withinDays",
      "1.conditions.propertyStatus.isNot.0",
      "1.conditions.waitDays",
    ]);
  });

  test("keep a property status in RESO's spelling without spaces", () => {
    const parsed = stepConditions.parse({ propertyStatus: { is: ["Active Under Contract"] } });
    expect(parsed.propertyStatus?.is).toEqual(["ActiveUnderContract"]);
  });

  test("are accepted and checked by CampaignBuilder", () => {
    const built = (conditions: StepConditions) =>
      new CampaignBuilder("12 Maple Street", "sellerOutreach")
        .setSender(7)
        .addStep(1)
        .addStep(2, { days: 3 }, conditions)
        .build();
    const conditions: StepConditions = {
      engagement: [{ stepNumber: 1, kind: "clicked", happened: true, withinDays: 7 }],
      otherwise: "wait",
      waitDays: 10,
    };
    expect(built(conditions).steps?.[1]?.conditions).toEqual(conditions);
    expect(() => built({ ...conditions, otherwise: "stop" })).toThrow(CampaignFaultsError);
  });
});
