import { describe, expect, test } from "vitest";
import { CampaignBuilder, CampaignFaultsError } from "../../shared/campaign-builder.ts";
import { planSendRange } from "../../worker/domain/schedule/schedule.ts";
import type { Candidate } from "../../worker/domain/send/candidate.ts";
import { decideNextStep } from "../../worker/domain/send/eligibility.ts";
import { forecastSend } from "../../worker/domain/send/forecast.ts";
import {
  advanceAfterSend,
  advanceAfterTask,
  planStepWithoutSnooze,
} from "../../worker/domain/send/sequence.ts";
import { buildCandidate, buildListing, mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

const call = { kind: "call" as const, instructions: "Ask how the move went", waitDays: 3 };
const timing = { delayDays: 3, delayHours: 0, delayBusinessDays: 0, sendTimeHour: null };
const taskStep = { ...timing, kind: "task" as const, conditions: {}, task: call };
const night = [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "22:00", endTime: "05:00" }];

/**
 * Returns a recipient whom the engine has claimed (reserved for one job), and whose next step is a
 * due task.
 */
const due = (parts: Partial<Candidate> = {}): Candidate => ({
  ...buildCandidate(),
  step: taskStep,
  ...parts,
});
const opened = (closedAt: number | null = null) => ({
  task: { openedAt: mondayAt10InNewYork - day, expiresAt: mondayAt10InNewYork + 2 * day, closedAt },
});
const expiresAt = mondayAt10InNewYork + 3 * day;

describe("a task that is due", () => {
  test("is opened, and expires after the task's days", () => {
    expect(decideNextStep(due(), mondayAt10InNewYork)).toEqual({ kind: "openTask", expiresAt });
  });

  test("ignores the send window and the sender's pause, pace and accounts", () => {
    const { sender, campaign } = buildCandidate();
    const held = due({
      sender: {
        ...sender,
        isPaused: true,
        dailyCap: 1,
        slotsToday: 1,
        nextSlotAt: mondayAt10InNewYork + day,
      },
      campaign: { ...campaign, sendWindow: night },
      accountFreeAt: null,
    });
    expect(decideNextStep(held, mondayAt10InNewYork)).toEqual({ kind: "openTask", expiresAt });
  });

  test.each<[string, Partial<Candidate>, unknown]>([
    ["suppressed", { isSuppressed: true }, { kind: "stop", reason: "suppressed" }],
    [
      "of a stopped tenant",
      { isTenantStopped: true },
      { kind: "hold", reason: "tenantStopped", until: null },
    ],
    [
      "whose campaign is paused",
      { campaign: { ...buildCandidate().campaign, status: "paused" } },
      { kind: "hold", reason: "campaignNotActive", until: null },
    ],
    [
      "whose home is sold",
      { listing: { ...buildCandidate().listing, stored: buildListing({ status: "Closed" }) } },
      { kind: "stop", reason: "recentlySold" },
    ],
    [
      "whose step is far too late",
      { campaign: { ...buildCandidate().campaign, runningSince: mondayAt10InNewYork + 9 * day } },
      { kind: "hold", reason: "tooLate", until: null },
    ],
    [
      "whose conditions do not hold",
      { step: { ...taskStep, conditions: { previousOpened: true } } },
      { kind: "skip", reason: "notOpened" },
    ],
  ])("is not opened for somebody %s", (_, parts, decision) => {
    expect(decideNextStep(due(parts), mondayAt10InNewYork)).toEqual(decision);
  });

  test("expires no later than the campaign's end", () => {
    const campaign = { ...buildCandidate().campaign, endAt: mondayAt10InNewYork + hour };
    expect(decideNextStep(due({ campaign }), mondayAt10InNewYork)).toEqual({
      kind: "openTask",
      expiresAt: mondayAt10InNewYork + hour,
    });
  });

  test("is forecast as a task to wait for", () => {
    expect(forecastSend(due(), true, mondayAt10InNewYork, null)).toMatchObject({
      verdict: "held",
      reason: "waitingForTask",
    });
  });
});

describe("a task that is open", () => {
  test("holds its recipient, even if the step's conditions no longer hold", () => {
    const step = { ...taskStep, conditions: { previousOpened: true } };
    const hold = { kind: "hold", reason: "waitingForTask", until: mondayAt10InNewYork + 2 * day };
    expect(decideNextStep(due({ ...opened(), step }), mondayAt10InNewYork)).toEqual(hold);
  });

  test("is closed when it expires, and the sequence goes on from that time", () => {
    const over = mondayAt10InNewYork + 2 * day;
    expect(decideNextStep(due(opened()), over)).toEqual({ kind: "closeTask", closedAt: over });
    expect(decideNextStep(due(opened()), over + hour)).toEqual({ kind: "closeTask", closedAt: over });
  });

  test("goes on from the time at which an agent closed the task", () => {
    expect(decideNextStep(due(opened(mondayAt10InNewYork - hour)), mondayAt10InNewYork)).toEqual({
      kind: "closeTask",
      closedAt: mondayAt10InNewYork - hour,
    });
  });

  test("ends when its recipient is stopped", () => {
    expect(decideNextStep(due({ ...opened(), isSuppressed: true }), mondayAt10InNewYork).kind).toBe("stop");
  });
});

describe("after a closed task", () => {
  const { recipient } = buildCandidate();
  const closed = (change: Partial<Candidate["recipient"]> = {}) =>
    due({ recipient: { ...recipient, ...change } });

  test("the next step's delay counts from when the task was closed", () => {
    const progress = advanceAfterTask(closed(), mondayAt10InNewYork - hour, mondayAt10InNewYork, 0);
    expect(progress).toMatchObject({ nextStep: 3, scheduledAt: mondayAt10InNewYork - hour + 4 * day });
  });

  test("a next step whose delay is over is due now and not late", () => {
    expect(
      advanceAfterTask(closed(), mondayAt10InNewYork - 9 * day, mondayAt10InNewYork, 0).scheduledAt,
    ).toBe(mondayAt10InNewYork);
  });

  test("a snoozed recipient stays snoozed", () => {
    const snoozedUntil = mondayAt10InNewYork + 9 * day;
    expect(
      advanceAfterTask(closed({ snoozedUntil }), mondayAt10InNewYork, mondayAt10InNewYork, 0).scheduledAt,
    ).toBe(snoozedUntil);
  });

  test("a recipient marked Send now gets the next email now", () => {
    expect(
      advanceAfterTask(closed({ sendNow: 2 }), mondayAt10InNewYork, mondayAt10InNewYork, 0).scheduledAt,
    ).toBe(mondayAt10InNewYork);
  });

  test("ending a snooze plans the next step from the task, not from the earlier email", () => {
    const after = buildCandidate({ recipient: { lastSentAt: mondayAt10InNewYork - 9 * day } });
    expect(
      planStepWithoutSnooze(
        { ...after, previousTaskClosedAt: mondayAt10InNewYork - day },
        mondayAt10InNewYork,
        0,
      ),
    ).toBe(mondayAt10InNewYork + 2 * day);
  });
});

describe("the plan of a task", () => {
  test("uses the delay and the holidays, but neither the send window nor jitter", () => {
    const { campaign } = buildCandidate();
    const rules = { ...campaign, sendWindow: night, jitterMinutes: 60 };
    const plan = planSendRange(mondayAt10InNewYork, { ...timing, kind: "task" }, "America/New_York", rules);
    expect(plan).toEqual({ at: mondayAt10InNewYork + 3 * day, spreadMs: 0 });
    // The step's delay ends on Columbus Day, which is a Monday.
    const onHoliday = planSendRange(
      mondayAt10InNewYork + 4 * day,
      { ...timing, kind: "task" },
      "America/New_York",
      {
        ...rules,
        skipsHolidays: true,
      },
    );
    expect(onHoliday.at).toBe(Date.UTC(2026, 9, 13, 4));
  });

  test("is announced by the email before it: the recipient's next step is a task", () => {
    expect(advanceAfterSend(buildCandidate(), mondayAt10InNewYork, 0).nextIsTask).toBe(false);
    const before = { ...buildCandidate(), following: { ...timing, stepNumber: 3, kind: "task" as const } };
    expect(advanceAfterSend(before, mondayAt10InNewYork, 0).nextIsTask).toBe(true);
  });
});

describe("CampaignBuilder.addTask", () => {
  const builder = () => new CampaignBuilder("12 Maple Street", "sellerOutreach").setSender(7);

  test("adds a task as a step", () => {
    const { steps } = builder().addStep(41).addTask(call, { days: 2 }, { previousOpened: false }).build();
    expect(steps?.[1]).toEqual({
      kind: "task",
      task: call,
      delayDays: 2,
      delayHours: 0,
      delayBusinessDays: 0,
      conditions: { previousOpened: false },
    });
  });

  const faultsOf = (build: () => unknown) => {
    try {
      build();
    } catch (error) {
      if (error instanceof CampaignFaultsError) return error.faults.map(({ path }) => path);
      throw error;
    }
    return [];
  };

  test("refuses a sequence with tasks only, and a condition about a task", () => {
    expect(faultsOf(() => builder().addTask(call).build())).toEqual(["steps"]);
    const asks = { engagement: [{ stepNumber: 1, kind: "opened" as const, happened: true }] };
    expect(faultsOf(() => builder().addTask(call).addStep(41, {}, asks).build())).toEqual([
      "steps.1.conditions.engagement.0.stepNumber",
    ]);
    expect(faultsOf(() => builder().addTask(call).addStep(41, {}, { previousOpened: true }).build())).toEqual(
      ["steps.1.conditions.previousOpened"],
    );
  });
});
