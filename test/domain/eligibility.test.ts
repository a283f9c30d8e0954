import { describe, expect, test } from "vitest";
import type { StepConditions } from "../../shared/condition.ts";
import { decideNextStep, explainHold } from "../../worker/domain/send/eligibility.ts";
import { evidenceWindowMs, sendingTimeoutMs } from "../../worker/domain/send/message-outcome.ts";
import { buildCandidate, buildListing, buildMessage, mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

describe("the email of a step", () => {
  test("is sent if it is due, its conditions hold and the window is open", () => {
    expect(decideNextStep(buildCandidate(), mondayAt10InNewYork)).toEqual({ kind: "send" });
  });

  test("is sent again after a definite refusal, when it is due again", () => {
    expect(
      decideNextStep(buildCandidate({ message: buildMessage({ status: "retrying" }) }), mondayAt10InNewYork),
    ).toEqual({
      kind: "send",
    });
  });
});

describe("the reasons for sending nothing more", () => {
  test.each(["stopped", "archived"] as const)("include a campaign that is %s", (status) => {
    expect(decideNextStep(buildCandidate({ campaign: { status } }), mondayAt10InNewYork)).toEqual({
      kind: "stop",
      reason: "campaignStopped",
    });
  });

  test("include an address that was suppressed after the email was queued", () => {
    expect(decideNextStep(buildCandidate({ isSuppressed: true }), mondayAt10InNewYork)).toEqual({
      kind: "stop",
      reason: "suppressed",
    });
  });

  test.each(["stopped", "completed"] as const)("include a recipient who is %s", (status) => {
    expect(decideNextStep(buildCandidate({ recipient: { status } }), mondayAt10InNewYork)).toEqual({
      kind: "ended",
    });
  });

  test("include a message that failed for good", () => {
    const failed = buildCandidate({ message: buildMessage({ status: "failed" }) });
    expect(decideNextStep(failed, mondayAt10InNewYork)).toEqual({ kind: "stop", reason: "sendFailed" });
  });
});

describe("a recipient who is held", () => {
  test.each([
    ["recipientPaused", buildCandidate({ recipient: { status: "paused" } }), null],
    [
      "missingVariables",
      buildCandidate({
        recipient: { status: "paused" },
        message: buildMessage({ status: "retrying", failureReason: "missingVariables" }),
      }),
      null,
    ],
    ["waitingForEmail", buildCandidate({ recipient: { status: "waitingForEmail", email: null } }), null],
    ["campaignNotActive", buildCandidate({ campaign: { status: "paused" } }), null],
    ["campaignNotActive", buildCandidate({ campaign: { status: "draft" } }), null],
    ["senderPaused", buildCandidate({ sender: { isPaused: true } }), null],
    [
      "campaignNotStarted",
      buildCandidate({ campaign: { startAt: mondayAt10InNewYork + day } }),
      mondayAt10InNewYork + day,
    ],
    [
      "notDue",
      buildCandidate({ recipient: { lease: null, dueAt: mondayAt10InNewYork + hour } }),
      mondayAt10InNewYork + hour,
    ],
    [
      "retrying",
      buildCandidate({
        recipient: { lease: null, dueAt: mondayAt10InNewYork + hour },
        message: buildMessage({ status: "retrying" }),
      }),
      mondayAt10InNewYork + hour,
    ],
    [
      "outsideWindow",
      buildCandidate({ campaign: { sendWindow: [{ days: [2], startTime: "09:00", endTime: "17:00" }] } }),
      mondayAt10InNewYork + 23 * hour,
    ],
    ["outcomeUnknown", buildCandidate({ message: buildMessage({}) }), mondayAt10InNewYork + sendingTimeoutMs],
    [
      "outcomeUnknown",
      buildCandidate({ message: buildMessage({ status: "unknown" }) }),
      mondayAt10InNewYork + evidenceWindowMs,
    ],
  ] as const)("has the reason %s, and an end time if one is known", (reason, held, until) => {
    expect(decideNextStep(held, mondayAt10InNewYork)).toEqual({ kind: "hold", reason, until });
  });

  test("is sent the email by Send now if only the window is closed", () => {
    const sendWindow = [{ days: [2], startTime: "09:00", endTime: "17:00" }];
    const forced = { recipient: { sendNow: 2 as const }, campaign: { sendWindow } };
    expect(decideNextStep(buildCandidate(forced), mondayAt10InNewYork)).toEqual({ kind: "send" });
    expect(decideNextStep(buildCandidate({ ...forced, isSuppressed: true }), mondayAt10InNewYork).kind).toBe(
      "stop",
    );
    expect(
      decideNextStep(buildCandidate({ ...forced, sender: { isPaused: true } }), mondayAt10InNewYork).kind,
    ).toBe("hold");
  });

  test("by the sender is shown whether the sender is busy or the daily cap is reached", () => {
    const unclaimed = { lease: null, dueAt: mondayAt10InNewYork };
    const busy = buildCandidate({ recipient: unclaimed, sender: { nextSlotAt: mondayAt10InNewYork + hour } });
    expect(explainHold(busy, mondayAt10InNewYork)).toEqual({
      reason: "senderBusy",
      until: mondayAt10InNewYork + hour,
    });
    const full = buildCandidate({
      recipient: unclaimed,
      sender: { nextSlotAt: mondayAt10InNewYork + hour, dailyCap: 30, slotsToday: 30, capDay: "2026-10-05" },
    });
    expect(explainHold(full, mondayAt10InNewYork)?.reason).toBe("dailyCapReached");
    expect(decideNextStep(busy, mondayAt10InNewYork)).toEqual({ kind: "send" });
  });

  test("has the same reason each time it is asked for", () => {
    const held = buildCandidate({ recipient: { lease: null, dueAt: mondayAt10InNewYork + hour } });
    expect(explainHold(held, mondayAt10InNewYork)).toEqual(explainHold(held, mondayAt10InNewYork));
  });
});

describe("a step's conditions", () => {
  const asks = (conditions: StepConditions) => ({ step: { conditions } });
  const opened = {
    engagement: [
      {
        stepNumber: 1,
        sentAt: mondayAt10InNewYork - 3 * day,
        openedAt: mondayAt10InNewYork - day,
        clickedAt: null,
      },
    ],
  };
  const waits = asks({ previousOpened: true, otherwise: "wait", waitDays: 10 });
  const waitEndsAt = mondayAt10InNewYork + 10 * day;
  const held = { kind: "hold", reason: "waitingForCondition" };

  test("that ask for an open send the step only if the email was opened", () => {
    expect(decideNextStep(buildCandidate(asks({ previousOpened: true })), mondayAt10InNewYork)).toEqual({
      kind: "skip",
      reason: "notOpened",
    });
    expect(
      decideNextStep(buildCandidate({ ...asks({ previousOpened: true }), ...opened }), mondayAt10InNewYork)
        .kind,
    ).toBe("send");
  });

  test("that do not hold stop the recipient if the step says so", () => {
    const stops = buildCandidate(asks({ previousOpened: true, otherwise: "stop" }));
    expect(decideNextStep(stops, mondayAt10InNewYork)).toEqual({ kind: "stop", reason: "conditionNotMet" });
  });

  test("that are waited for give their reason and end, also when an agent asks", () => {
    expect(decideNextStep(buildCandidate(waits), mondayAt10InNewYork)).toEqual({
      ...held,
      until: waitEndsAt,
    });
    const lookedAtLater = { lease: null, dueAt: waitEndsAt };
    expect(
      explainHold(buildCandidate({ ...waits, recipient: lookedAtLater }), mondayAt10InNewYork + day),
    ).toEqual({
      reason: "waitingForCondition",
      until: waitEndsAt,
    });
  });

  test("are not waited for past the campaign's end", () => {
    const ending = buildCandidate({ ...waits, campaign: { endAt: mondayAt10InNewYork + 2 * day } });
    expect(decideNextStep(ending, mondayAt10InNewYork)).toEqual({
      ...held,
      until: mondayAt10InNewYork + 2 * day,
    });
  });

  test("do not make a step count as late because it waited for them", () => {
    const campaign = { runningSince: mondayAt10InNewYork + 8 * day };
    const met = { ...waits, ...opened, campaign };
    expect(decideNextStep(buildCandidate(met), mondayAt10InNewYork + 8 * day)).toEqual({ kind: "send" });
    const forgotten = { ...met, campaign: { runningSince: mondayAt10InNewYork + 14 * day } };
    expect(decideNextStep(buildCandidate(forgotten), mondayAt10InNewYork + 14 * day)).toMatchObject({
      reason: "tooLate",
    });
  });

  test("use the property data that the host added, until the host sends newer data", () => {
    const recipient = { data: { recipient: {}, property: { standardStatus: "Active Under Contract" } } };
    const conditions = asks({ propertyStatus: { is: ["ActiveUnderContract"] } });
    const own = {
      ...recipient,
      data: { ...recipient.data, property: { ...recipient.data.property, isOwnListing: true } },
    };
    expect(decideNextStep(buildCandidate({ ...conditions, recipient: own }), mondayAt10InNewYork).kind).toBe(
      "send",
    );
    const listing = { stored: buildListing({ status: "Expired" }) };
    expect(
      decideNextStep(buildCandidate({ ...conditions, recipient: own, listing }), mondayAt10InNewYork),
    ).toEqual({
      kind: "skip",
      reason: "propertyStatus",
    });
  });

  test.each([
    ["another price than when they were added", 500_000, { listPrice: 480_000, changedAt: null }, "send"],
    ["the same price as when they were added", 500_000, { listPrice: 500_000, changedAt: null }, "skip"],
    ["a price that changed before they were added", null, { listPrice: 1, changedAt: 0 }, "skip"],
    [
      "a price that changed after they were added",
      null,
      { listPrice: 1, changedAt: mondayAt10InNewYork },
      "send",
    ],
    ["an unknown price", 500_000, { listPrice: null, changedAt: null }, "skip"],
  ] as const)("that ask for a changed price, with %s: %3$s", (_, listPrice, propertyPrice, kind) => {
    const recipient = { data: { recipient: {}, property: listPrice === null ? {} : { listPrice } } };
    const asked = buildCandidate({
      ...asks({ priceChanged: true }),
      recipient,
      propertyPrice: { namedAt: null, ...propertyPrice },
    });
    expect(decideNextStep(asked, mondayAt10InNewYork).kind).toBe(kind);
  });
});

describe("a message whose outcome is open", () => {
  const cutOff = mondayAt10InNewYork - sendingTimeoutMs;
  const settled = mondayAt10InNewYork - evidenceWindowMs;

  test("is marked unknown if its call never ended, and is not sent again", () => {
    const open = buildCandidate({ message: buildMessage({ attemptedAt: cutOff }) });
    expect(decideNextStep(open, mondayAt10InNewYork)).toEqual({
      kind: "markUnknown",
      until: cutOff + evidenceWindowMs,
    });
  });

  test("counts as sent if there is evidence", () => {
    const open = buildCandidate({ message: buildMessage({ attemptedAt: cutOff, hasEvidence: true }) });
    expect(decideNextStep(open, mondayAt10InNewYork)).toEqual({
      kind: "advance",
      sentAt: cutOff,
      resolved: true,
    });
  });

  test("stays unknown without evidence, and the sequence goes on after the evidence window", () => {
    const open = buildCandidate({ message: buildMessage({ status: "unknown", attemptedAt: settled }) });
    expect(decideNextStep(open, mondayAt10InNewYork)).toEqual({
      kind: "advance",
      sentAt: settled,
      resolved: false,
    });
  });

  test("is sent again only after the evidence window, if the campaign prefers a second try", () => {
    const campaign = { unknownPolicy: "resend" as const };
    const early = buildCandidate({
      campaign,
      message: buildMessage({ status: "unknown", attemptedAt: settled + 1 }),
    });
    expect(decideNextStep(early, mondayAt10InNewYork).kind).toBe("hold");
    const ripe = buildCandidate({
      campaign,
      message: buildMessage({ status: "unknown", attemptedAt: settled }),
    });
    expect(decideNextStep(ripe, mondayAt10InNewYork)).toEqual({ kind: "resend" });
  });

  test("is not sent a third time, because the server may have accepted both", () => {
    const message = buildMessage({ status: "unknown", attemptedAt: settled, resends: 1 });
    const twice = buildCandidate({ campaign: { unknownPolicy: "resend" }, message });
    expect(decideNextStep(twice, mondayAt10InNewYork)).toEqual({
      kind: "advance",
      sentAt: settled,
      resolved: false,
    });
  });

  test("is not sent again if it was sent but its claim was lost", () => {
    const sent = buildCandidate({
      message: buildMessage({ status: "sent", sentAt: mondayAt10InNewYork - hour }),
    });
    expect(decideNextStep(sent, mondayAt10InNewYork)).toEqual({
      kind: "advance",
      sentAt: mondayAt10InNewYork - hour,
      resolved: false,
    });
  });
});
