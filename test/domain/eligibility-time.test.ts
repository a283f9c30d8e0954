import { describe, expect, test } from "vitest";
import type { NextStepDecision } from "../../worker/domain/send/candidate.ts";
import { decideNextStep, explainHold } from "../../worker/domain/send/eligibility.ts";
import { buildCandidate, buildMessage, mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour, minute } from "../support/time.ts";

const office = [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }];
const ended: NextStepDecision = { kind: "stop", reason: "campaignEnded" };
const endsFirst = (until: number): NextStepDecision => ({ kind: "hold", reason: "campaignEndsFirst", until });

describe("the end of a campaign", () => {
  test("stops every later email, even a retry and one sent by Send now", () => {
    const campaign = { endAt: mondayAt10InNewYork };
    expect(decideNextStep(buildCandidate({ campaign }), mondayAt10InNewYork - 1)).not.toEqual(ended);
    expect(decideNextStep(buildCandidate({ campaign }), mondayAt10InNewYork)).toEqual(ended);
    expect(
      decideNextStep(buildCandidate({ campaign, recipient: { sendNow: 2 } }), mondayAt10InNewYork),
    ).toEqual(ended);
    expect(
      decideNextStep(
        buildCandidate({ campaign, message: buildMessage({ status: "retrying" }) }),
        mondayAt10InNewYork,
      ),
    ).toEqual(ended);
  });

  test("still lets an open outcome be settled", () => {
    const sent = buildCandidate({
      campaign: { endAt: mondayAt10InNewYork },
      message: buildMessage({ status: "sent", sentAt: 1 }),
    });
    expect(decideNextStep(sent, mondayAt10InNewYork).kind).toBe("advance");
  });

  test("holds an email that is planned for later, until the end comes", () => {
    const endAt = mondayAt10InNewYork + day;
    const later = buildCandidate({
      recipient: { lease: null, dueAt: endAt, scheduledAt: endAt },
      campaign: { endAt },
    });
    expect(explainHold(later, mondayAt10InNewYork)).toEqual({ reason: "campaignEndsFirst", until: endAt });
    const saturday = mondayAt10InNewYork + 5 * day;
    const shut = buildCandidate({ campaign: { sendWindow: office, endAt: saturday + day } });
    expect(decideNextStep(shut, saturday)).toEqual(endsFirst(saturday + day));
  });

  test("is compared with the slot in which the email would leave", () => {
    const campaign = { endAt: mondayAt10InNewYork + minute };
    const slot = { slotAt: mondayAt10InNewYork + minute, intervalMs: 1000, place: 1, domainPlace: null };
    expect(decideNextStep(buildCandidate({ campaign }), mondayAt10InNewYork, slot)).toEqual(
      endsFirst(mondayAt10InNewYork + minute),
    );
  });
});

describe("the send window", () => {
  test("is checked at the slot's time, so that no queued email leaves after it closes", () => {
    const fivePm = mondayAt10InNewYork + 7 * hour;
    const slot = { slotAt: fivePm, intervalMs: 1000, place: 1, domainPlace: null };
    const due = buildCandidate({ campaign: { sendWindow: office } });
    expect(decideNextStep(due, fivePm - minute, { ...slot, slotAt: fivePm - 1 })).toEqual({ kind: "send" });
    expect(decideNextStep(due, fivePm - minute, slot)).toMatchObject({
      kind: "hold",
      reason: "outsideWindow",
    });
  });

  test("is closed on a holiday that the campaign skips", () => {
    // October 12, 2026, is Columbus Day.
    const holiday = mondayAt10InNewYork + 7 * day;
    const campaign = { sendWindow: office, skipsHolidays: true };
    expect(decideNextStep(buildCandidate({ campaign }), holiday)).toEqual({
      kind: "hold",
      reason: "outsideWindow",
      until: holiday + 23 * hour,
    });
    expect(decideNextStep(buildCandidate({ campaign: { sendWindow: office } }), holiday)).toEqual({
      kind: "send",
    });
  });
});
