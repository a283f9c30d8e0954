import { afterEach, describe, expect, test } from "vitest";
import { campaignInput } from "../../shared/campaign.ts";
import { findWindowOpening, planStep } from "../../worker/domain/schedule/schedule.ts";
import { decideNextStep, explainHold } from "../../worker/domain/send/eligibility.ts";
import { advanceAfterSend } from "../../worker/domain/send/sequence.ts";
import { buildCandidate, mondayAt10InNewYork } from "../support/candidate.ts";
import { anyTimeSchedule, buildStepTiming } from "../support/schedule.ts";
import { day, hour, minute } from "../support/time.ts";

/*
 * Tests promises that comparable tools broke, according to complaints of the tools' users. The name
 * of each test is one promise.
 */

const office = [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }];
const newYork = "America/New_York";
const zoneBefore = process.env.TZ;
afterEach(() => {
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
});

test("a follow-up that is due while the window is closed leaves at its opening, not after the end", () => {
  const saturday = mondayAt10InNewYork + 5 * day;
  const due = { recipient: { scheduledAt: saturday, dueAt: saturday + hour } };
  const opens = mondayAt10InNewYork + 7 * day - hour;
  expect(
    decideNextStep(buildCandidate({ ...due, campaign: { sendWindow: office } }), saturday + minute),
  ).toEqual({
    kind: "hold",
    reason: "outsideWindow",
    until: opens,
  });
  const ending = buildCandidate({ ...due, campaign: { sendWindow: office, endAt: opens } });
  expect(decideNextStep(ending, saturday + minute)).toMatchObject({ kind: "hold", until: opens });
  expect(decideNextStep(ending, opens)).toEqual({ kind: "stop", reason: "campaignEnded" });
});

describe("the time shown for the next email", () => {
  const jittery = { sendWindow: office, jitterMinutes: 120 };

  test("stays the same however often it is asked for, and the email leaves then", () => {
    const { scheduledAt } = advanceAfterSend(buildCandidate({ campaign: jittery }), mondayAt10InNewYork, 0.7);
    const planned = scheduledAt ?? 0;
    expect(planned).toBe(mondayAt10InNewYork + 4 * day + 84 * minute);
    const waiting = buildCandidate({
      recipient: { lease: null, scheduledAt: planned, dueAt: planned },
      campaign: jittery,
    });
    for (let now = mondayAt10InNewYork; now < planned; now += 3 * hour) {
      expect(explainHold(waiting, now)).toEqual({ reason: "notDue", until: planned });
    }
    expect(decideNextStep(waiting, planned)).toEqual({ kind: "send" });
  });

  test("has the same jitter each time it is moved to the window's opening", () => {
    const evening = buildCandidate({ campaign: jittery });
    const untils = [1, 2, 3].map((hours) =>
      decideNextStep(evening, mondayAt10InNewYork + (7 + hours) * hour),
    );
    expect(new Set(untils.map((decision) => JSON.stringify(decision))).size).toBe(1);
  });
});

test.each(["America/Los_Angeles", "Asia/Tokyo", "UTC"])(
  "a server in the time zone %s sends at the recipient's hour",
  (zone) => {
    process.env.TZ = zone;
    const rules = { ...anyTimeSchedule, sendWindow: office };
    const sunday = Date.UTC(2026, 9, 4, 12);
    expect(findWindowOpening(sunday, "America/Denver", rules)).toBe(Date.UTC(2026, 9, 5, 15));
    expect(
      planStep(sunday, buildStepTiming({ delayDays: 2, sendTimeHour: 16 }), "America/Denver", rules, 0),
    ).toBe(Date.UTC(2026, 9, 6, 22));
  },
);

test("a sequence that is loaded, shown and saved again keeps 19:00 as 19:00", () => {
  const given = {
    name: "Evenings",
    type: "followUp",
    senderId: 1,
    steps: [{ templateId: 1, sendTimeHour: 19 }],
    sendWindow: [
      { days: [1, 2], startTime: "19:00", endTime: "11:00" },
      { days: [6], startTime: "19:00", endTime: "21:30" },
    ],
    schedule: { startAt: "2026-10-05T19:00:00-06:00", endAt: "2026-11-05T19:00:00-07:00", jitterMinutes: 15 },
  };
  const once = campaignInput.parse(given);
  expect(campaignInput.parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
  expect(once).toMatchObject(given);
});

test.each(["2026-03-07T20:00:00Z", "2026-10-31T20:00:00Z", "2026-07-01T20:00:00Z"])(
  "a delay of 22 hours from %s is exact, even when the clocks change",
  (from) => {
    const sentAt = Date.parse(from);
    const step = buildStepTiming({ delayHours: 22 });
    for (const zone of [newYork, "UTC", "Australia/Lord_Howe"]) {
      expect(planStep(sentAt, step, zone, anyTimeSchedule, 0)).toBe(sentAt + 22 * hour);
    }
    const { scheduledAt } = advanceAfterSend(buildCandidate({ following: step }), sentAt, 0);
    const next = buildCandidate({ recipient: { scheduledAt } });
    expect(decideNextStep(next, sentAt + 22 * hour - 1)).toMatchObject({ kind: "hold", reason: "notDue" });
    expect(decideNextStep(next, sentAt + 22 * hour)).toEqual({ kind: "send" });
  },
);

test("a daily cap that is cut after an email got its slot holds that email", () => {
  const slot = { slotAt: mondayAt10InNewYork, intervalMs: 1000, place: 31, domainPlace: null };
  expect(decideNextStep(buildCandidate({ sender: { dailyCap: 50 } }), mondayAt10InNewYork, slot)).toEqual({
    kind: "send",
  });
  expect(
    decideNextStep(buildCandidate({ sender: { dailyCap: 30 } }), mondayAt10InNewYork, slot),
  ).toMatchObject({
    kind: "hold",
    reason: "dailyCapReached",
  });
});
