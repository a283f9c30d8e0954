import { describe, expect, test } from "vitest";
import { englishPresets } from "../../shared/presets/presets.ts";
import { campaignStatuses } from "../../shared/vocabulary.ts";
import {
  buildSequenceSteps,
  findCampaignTransition,
  findMissingTemplateFaults,
  isDeletable,
  isOpenToRecipients,
  listLockedFields,
  listTemplateIds,
  planStepInEachZone,
  type RequestedCampaignStatus,
} from "../../worker/domain/campaign.ts";
import { buildPresetContent } from "../../worker/domain/office-preset.ts";
import {
  buildNewRecipients,
  buildRecipientTemplateData,
  checkRecipientAction,
  formatRecipientName,
} from "../../worker/domain/recipient.ts";
import { findOversizedTemplateDataFaults } from "../../worker/domain/recipient-data.ts";
import { buildCampaignSequence } from "../../worker/domain/sequence-content.ts";
import { anyTimeSchedule, buildStepTiming } from "../support/schedule.ts";

const now = Date.UTC(2025, 9, 6, 14);

describe("the status of a campaign", () => {
  const asked: RequestedCampaignStatus[] = ["active", "paused", "stopped", "archived"];
  const allowed = {
    draft: ["launch", null, null, "archive"],
    waitingForApproval: ["launch", null, null, "archive"],
    active: ["none", "pause", "stop", null],
    paused: ["resume", "none", "stop", null],
    completed: [null, null, null, "archive"],
    stopped: [null, null, "none", "archive"],
    archived: [null, null, null, "none"],
  };
  test.each(campaignStatuses)("%s changes only to the statuses that the table allows", (from) => {
    expect(asked.map((to) => findCampaignTransition(from, to))).toEqual(allowed[from]);
  });

  test("decides whether recipients may be added and whether the campaign may be deleted", () => {
    expect(campaignStatuses.filter(isOpenToRecipients)).toEqual(["draft", "active", "paused"]);
    expect(campaignStatuses.filter(isDeletable)).toEqual(["draft", "archived"]);
  });

  test("locks every field but name, tags and the policy for unknown outcomes after the launch", () => {
    const fields = ["name", "tags", "unknownPolicy", "steps", "senderId"];
    expect(listLockedFields("draft", fields)).toEqual([]);
    for (const status of [
      "waitingForApproval",
      "active",
      "paused",
      "completed",
      "stopped",
      "archived",
    ] as const) {
      expect(listLockedFields(status, fields)).toEqual(["steps", "senderId"]);
    }
  });
});

describe("a sequence", () => {
  const step = (templateId: number) => ({
    kind: "email" as const,
    templateId,
    delayDays: 0,
    delayHours: 0,
    delayBusinessDays: 0,
    sendTimeHour: null,
    conditions: {},
    variants: [],
    startsThread: false,
  });

  test("numbers its steps from 1, and names its missing templates", () => {
    const steps = buildSequenceSteps([step(5), step(6), step(5)]);
    expect(steps.map(({ stepNumber }) => stepNumber)).toEqual([1, 2, 3]);
    expect(listTemplateIds(steps)).toEqual([5, 6, 5]);
    expect(findMissingTemplateFaults(steps, new Set([6]))).toEqual({
      "steps.0.templateId": "is not one of your templates",
      "steps.2.templateId": "is not one of your templates",
    });
  });

  test("may contain tasks, which need no template", () => {
    const task = { kind: "call" as const, instructions: "Ask", waitDays: 3 };
    const { delayDays, delayHours, delayBusinessDays, conditions } = step(5);
    const timing = { delayDays, delayHours, delayBusinessDays, conditions };
    const steps = buildSequenceSteps([step(5), { kind: "task", task, ...timing }]);
    expect(steps[1]).toEqual({ kind: "task", stepNumber: 2, task, sendTimeHour: null, ...timing });
    expect(listTemplateIds(steps)).toEqual([5]);
    expect(findMissingTemplateFaults(steps, new Set([5]))).toEqual({});
  });

  test.each(englishPresets)("of preset $id has a template for every step", (preset) => {
    const { steps, templates } = buildCampaignSequence(buildPresetContent(preset, new Map()));
    const keys = preset.steps.map((_, index) => `${preset.id}.${index + 1}`);
    const sources = steps.map((step) => (step.kind === "email" ? step.source : null));
    expect(sources).toEqual(keys.map((presetKey) => ({ presetKey })));
    expect(templates.map(({ presetKey }) => presetKey)).toEqual(keys);
  });

  test("plans a step once per time zone", () => {
    const sendWindow = [{ days: [1, 2, 3, 4, 5], startTime: "12:00", endTime: "13:00" }];
    const noon = { step: step(1), schedule: { ...anyTimeSchedule, sendWindow } };
    const zones = ["America/New_York", "America/Denver", "America/New_York"];
    expect(planStepInEachZone(zones, noon, now)).toEqual([
      { zone: "America/New_York", at: now + 2 * 3_600_000, spreadMs: 0 },
      { zone: "America/Denver", at: now + 4 * 3_600_000, spreadMs: 0 },
    ]);
  });
});

describe("a recipient", () => {
  const given = { email: null, source: "host" as const, consent: null, templateData: {}, property: {} };

  test("has the full name as its name, or else the first and last name", () => {
    expect(formatRecipientName({ fullName: "Jane Doe", firstName: "J" })).toBe("Jane Doe");
    expect(formatRecipientName({ firstName: "Jane", lastName: "Doe" })).toBe("Jane Doe");
    expect(formatRecipientName({ lastName: "Doe" })).toBe("Doe");
    expect(formatRecipientName({})).toBe("");
  });

  test("has template variables, in which its named fields win over its other data", () => {
    const data = buildRecipientTemplateData(
      { ...given, firstName: "Jane", contactKey: "c-1", templateData: { firstName: "X", hobby: "chess" } },
      "p-1",
    );
    expect(data).toEqual({
      recipient: { firstName: "Jane", contactKey: "c-1", hobby: "chess" },
      property: { propertyId: "p-1" },
    });
    expect(buildRecipientTemplateData({ ...given, propertyId: "p-2" }, "p-1").property).toEqual({
      propertyId: "p-2",
    });
    expect(buildRecipientTemplateData(given, null).property).toEqual({});
  });

  test("is named in the fault if its template data is too large", () => {
    const data = (text: string) => ({ recipient: { text }, property: {} });
    expect(findOversizedTemplateDataFaults([data(""), data("é".repeat(8000))])).toHaveProperty([
      "recipients.1.templateData",
    ]);
    expect(findOversizedTemplateDataFaults([data("x".repeat(15_900))])).toEqual({});
  });

  test("is planned in its own time zone, or else in the campaign's", () => {
    const joining = {
      campaignPropertyId: null,
      timeZone: "America/Denver",
      timing: { step: buildStepTiming({ sendTimeHour: 12 }), schedule: anyTimeSchedule },
      sourceRules: {},
    };
    const rows = buildNewRecipients(
      [{ ...given, timeZone: "America/New_York" }, given],
      joining,
      now,
      () => 0,
    );
    expect(rows.map((row) => row.plannedAt - now)).toEqual([2 * 3_600_000, 4 * 3_600_000]);
    expect(rows.map((row) => row.timeZone)).toEqual(["America/New_York", null]);
  });

  test("can be paused, resumed or stopped only in certain statuses, and a repeat changes nothing", () => {
    const effects = (action: Parameters<typeof checkRecipientAction>[0]) =>
      (["active", "paused", "completed", "stopped", "waitingForEmail"] as const).map((status) =>
        checkRecipientAction(action, status),
      );
    expect(effects("pause")).toEqual(["apply", "none", "refuse", "refuse", "refuse"]);
    expect(effects("resume")).toEqual(["none", "apply", "refuse", "refuse", "refuse"]);
    expect(effects("stop")).toEqual(["apply", "apply", "refuse", "none", "apply"]);
  });
});
