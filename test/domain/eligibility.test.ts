import { describe, expect, test } from "vitest";
import { decide, evidenceWindowMs, explain, sendingTimeoutMs } from "../../worker/domain/eligibility.ts";
import { candidate, day, hour, message, monday10 } from "../support/candidate.ts";

describe("a step that may go", () => {
  test("goes when it is due, its conditions hold and the window is open", () => {
    expect(decide(candidate(), monday10)).toEqual({ kind: "send" });
  });

  test("goes again after a definite no, once it is due again", () => {
    expect(decide(candidate({ message: message({ status: "retrying" }) }), monday10)).toEqual({
      kind: "send",
    });
  });
});

describe("stops", () => {
  test.each(["stopped", "archived"] as const)("a campaign that is %s sends nothing more", (status) => {
    expect(decide(candidate({ campaign: { status } }), monday10)).toEqual({
      kind: "stop",
      reason: "campaignStopped",
    });
  });

  test("an address suppressed after it was queued gets nothing", () => {
    expect(decide(candidate({ isSuppressed: true }), monday10)).toEqual({
      kind: "stop",
      reason: "suppressed",
    });
  });

  test.each(["stopped", "completed"] as const)("a recipient who is %s is left alone", (status) => {
    expect(decide(candidate({ recipient: { status } }), monday10)).toEqual({ kind: "ended" });
  });

  test("a message that failed for good stops its recipient", () => {
    const failed = candidate({ message: message({ status: "failed" }) });
    expect(decide(failed, monday10)).toEqual({ kind: "stop", reason: "sendFailed" });
  });
});

describe("holds", () => {
  test.each([
    ["recipientPaused", candidate({ recipient: { status: "paused" } }), null],
    [
      "missingVariables",
      candidate({
        recipient: { status: "paused" },
        message: message({ status: "retrying", failureReason: "missingVariables" }),
      }),
      null,
    ],
    ["waitingForEmail", candidate({ recipient: { status: "waitingForEmail", email: null } }), null],
    ["campaignNotActive", candidate({ campaign: { status: "paused" } }), null],
    ["campaignNotActive", candidate({ campaign: { status: "draft" } }), null],
    ["senderPaused", candidate({ sender: { isPaused: true } }), null],
    ["campaignNotStarted", candidate({ campaign: { startAt: monday10 + day } }), monday10 + day],
    ["notDue", candidate({ recipient: { lease: null, dueAt: monday10 + hour } }), monday10 + hour],
    [
      "retrying",
      candidate({
        recipient: { lease: null, dueAt: monday10 + hour },
        message: message({ status: "retrying" }),
      }),
      monday10 + hour,
    ],
    [
      "outsideWindow",
      candidate({ campaign: { sendWindow: { days: [2], startTime: "09:00", endTime: "17:00" } } }),
      monday10 + 23 * hour,
    ],
    ["outcomeUnknown", candidate({ message: message({}) }), monday10 + sendingTimeoutMs],
    ["outcomeUnknown", candidate({ message: message({ status: "unknown" }) }), monday10 + evidenceWindowMs],
  ] as const)("%s says until when", (reason, held, until) => {
    expect(decide(held, monday10)).toEqual({ kind: "hold", reason, until });
  });

  test("asking for it now opens the window, and nothing else", () => {
    const sendWindow = { days: [2], startTime: "09:00", endTime: "17:00" };
    const forced = { recipient: { sendNow: true }, campaign: { sendWindow } };
    expect(decide(candidate(forced), monday10)).toEqual({ kind: "send" });
    expect(decide(candidate({ ...forced, isSuppressed: true }), monday10).kind).toBe("stop");
    expect(decide(candidate({ ...forced, sender: { isPaused: true } }), monday10).kind).toBe("hold");
  });

  test("a busy sender and a full day are told apart, for showing only", () => {
    const unclaimed = { lease: null, dueAt: monday10 };
    const busy = candidate({ recipient: unclaimed, sender: { nextSlotAt: monday10 + hour } });
    expect(explain(busy, monday10)).toEqual({ reason: "senderBusy", until: monday10 + hour });
    const full = candidate({
      recipient: unclaimed,
      sender: { nextSlotAt: monday10 + hour, dailyCap: 30, slotsToday: 30, capDay: "2026-10-05" },
    });
    expect(explain(full, monday10)?.reason).toBe("dailyCapReached");
    expect(decide(busy, monday10)).toEqual({ kind: "send" });
  });

  test("asking why not yet does not change the answer", () => {
    const held = candidate({ recipient: { lease: null, dueAt: monday10 + hour } });
    expect(explain(held, monday10)).toEqual(explain(held, monday10));
  });
});

describe("conditions", () => {
  const conditioned = (conditions: object, previous: object | null, lastSentAt = monday10 - 3 * day) =>
    decide(candidate({ step: { conditions }, previous, recipient: { lastSentAt } }), monday10);

  test.each([
    [{ previousOpened: true }, { opened: false }, "notOpened"],
    [{ previousOpened: false }, { opened: true }, "opened"],
    [{ previousClicked: true }, { opened: true }, "notClicked"],
    [{ previousClicked: false }, { clicked: true }, "clicked"],
    [{ daysSinceLast: 4 }, {}, "tooSoonSinceLast"],
  ] as const)("%o with %o is skipped: %s", (conditions, previous, reason) => {
    expect(conditioned(conditions, previous)).toEqual({ kind: "skip", reason });
  });

  test.each([
    [{ previousOpened: true }, { opened: true }],
    [{ previousOpened: true }, { opened: false, clicked: true }],
    [{ previousOpened: false }, { opened: false }],
    [{ previousClicked: true }, { clicked: true }],
    [{ previousClicked: false }, { opened: true }],
    [{ daysSinceLast: 3 }, {}],
  ] as const)("%o with %o goes", (conditions, previous) => {
    expect(conditioned(conditions, previous)).toEqual({ kind: "send" });
  });

  test("where nothing was sent before, nothing was opened", () => {
    expect(conditioned({ previousOpened: true }, null)).toEqual({ kind: "skip", reason: "notOpened" });
  });
});

describe("outcomes left open", () => {
  const cutOff = monday10 - sendingTimeoutMs;
  const settled = monday10 - evidenceWindowMs;

  test("a call that never came to an end is parked as unknown, not made again", () => {
    const open = candidate({ message: message({ attemptedAt: cutOff }) });
    expect(decide(open, monday10)).toEqual({ kind: "markUnknown", until: cutOff + evidenceWindowMs });
  });

  test("evidence settles it as sent", () => {
    const open = candidate({ message: message({ attemptedAt: cutOff, hasEvidence: true }) });
    expect(decide(open, monday10)).toEqual({ kind: "advance", sentAt: cutOff, resolved: true });
  });

  test("without evidence it is assumed sent once the window has passed", () => {
    const open = candidate({ message: message({ status: "unknown", attemptedAt: settled }) });
    expect(decide(open, monday10)).toEqual({ kind: "advance", sentAt: settled, resolved: true });
  });

  test("a campaign that prefers a second try gets one only then", () => {
    const campaign = { unknownPolicy: "resend" as const };
    const early = candidate({ campaign, message: message({ status: "unknown", attemptedAt: settled + 1 }) });
    expect(decide(early, monday10).kind).toBe("hold");
    const ripe = candidate({ campaign, message: message({ status: "unknown", attemptedAt: settled }) });
    expect(decide(ripe, monday10)).toEqual({ kind: "resend" });
  });

  test("a message that went although its claim was lost is not sent again", () => {
    const sent = candidate({ message: message({ status: "sent", sentAt: monday10 - hour }) });
    expect(decide(sent, monday10)).toEqual({ kind: "advance", sentAt: monday10 - hour, resolved: false });
  });
});
