import { describe, expect, it } from "vitest";
import {
  formatTaskTimes,
  formatTaskTitle,
  taskKindTexts,
  taskOutcomeTexts,
} from "../../plugin/words/task.ts";
import { describeDelay } from "../../plugin/words/timing.ts";
import type { Task } from "../../shared/task.ts";
import { taskKinds, taskOutcomes } from "../../shared/vocabulary.ts";
import { day, hour } from "../support/time.ts";

/** Noon in the local time zone, so that a time a few hours earlier or later is on the same day. */
const now = new Date(2026, 9, 5, 12).getTime();

const task = (change: Partial<Task> = {}): Task => ({
  id: "7-2",
  recipientId: 7,
  stepNumber: 2,
  position: 2,
  order: 2,
  campaignId: 3,
  campaignName: "Expired listing",
  recipientName: "Jane Doe",
  propertyId: "p-1",
  kind: "call",
  instructions: "Ask about the roof",
  assignedTo: { id: "alex", name: "Alex Morgan" },
  isMine: true,
  openedAt: new Date(now - hour).toISOString(),
  expiresAt: new Date(now + 3 * day).toISOString(),
  isPaused: false,
  outcome: null,
  closedAt: null,
  result: null,
  note: null,
  postponedUntil: null,
  phone: null,
  isDoNotCall: false,
  lastEmail: null,
  lastReply: null,
  ...change,
});

describe("a task", () => {
  it("has a title with what to do and for whom", () => {
    expect(taskKinds.map((kind) => formatTaskTitle(task({ kind })))).toEqual([
      "Call Jane Doe",
      "Visit Jane Doe",
      "Send a card to Jane Doe",
      "For Jane Doe",
      "Send Jane Doe the state’s form",
    ]);
    expect(formatTaskTitle(task({ recipientName: "" }))).toBe("Call the owner");
  });

  it("shows when it was opened, and when the sequence continues without it", () => {
    const times = (opened: number, expires: number) =>
      formatTaskTimes(
        task({
          openedAt: new Date(now + opened).toISOString(),
          expiresAt: new Date(now + expires).toISOString(),
        }),
        now,
      );
    expect(times(-hour, 3 * day)).toBe("Assigned today · continues on its own in 3 days");
    expect(times(-13 * hour, 13 * hour)).toBe("Assigned yesterday · continues on its own tomorrow");
    expect(times(-4 * day, hour)).toBe("Assigned 4 days ago · continues on its own today");
    // The task was opened at a time of the server's clock, which may be ahead of the agent's clock.
    expect(times(13 * hour, -13 * hour)).toBe("Assigned today · continues on its own today");
  });

  it("shows no such day while the sequence does not continue by itself", () => {
    expect(formatTaskTimes(task({ expiresAt: null }), now)).toBe("Assigned today");
    expect(formatTaskTimes(task({ isPaused: true }), now)).toBe("Assigned today · on hold while paused");
  });

  it("has texts for every kind and outcome", () => {
    expect(new Set(taskKinds.map((kind) => taskKindTexts[kind])).size).toBe(taskKinds.length);
    expect(new Set(taskOutcomes.map((outcome) => taskOutcomeTexts[outcome])).size).toBe(taskOutcomes.length);
  });
});

describe("the delay of a step without a wait", () => {
  it('is "Right after the previous task" after a task', () => {
    const none = { delayDays: 0, delayHours: 0 };
    expect(describeDelay(none, 3, "task")).toBe("Right after the previous task");
    expect(describeDelay(none, 3)).toBe("Right after the previous email");
  });
});
