import { describe, expect, test } from "vitest";
import type { StepConditions } from "../../shared/condition.ts";
import {
  type ConditionFacts,
  type EarlierEmail,
  judgeConditions,
} from "../../worker/domain/send/conditions.ts";
import { mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

const sentAt = mondayAt10InNewYork - 3 * day;
const email = (change: Partial<EarlierEmail> = {}): EarlierEmail => ({
  stepNumber: 1,
  sentAt,
  openedAt: null,
  clickedAt: null,
  ...change,
});

function judge(conditions: StepConditions, facts: Partial<ConditionFacts> = {}, now = mondayAt10InNewYork) {
  const known = {
    scheduledAt: mondayAt10InNewYork,
    lastSentAt: sentAt,
    previousStepNumber: 1,
    engagement: [email()],
    propertyStatus: null,
    isPriceChanged: false,
  };
  return judgeConditions(conditions, { ...known, ...facts }, now);
}

const engagement = (
  kind: "opened" | "clicked",
  happened: boolean,
  more: { stepNumber?: number; withinDays?: number } = {},
): StepConditions => ({ engagement: [{ stepNumber: "previous", kind, happened, ...more }] });

const opened = { engagement: [email({ openedAt: sentAt + hour })] };
const openedLate = { engagement: [email({ openedAt: sentAt + 2 * day + 1 })] };
const clicked = { engagement: [email({ clickedAt: sentAt + hour })] };
const twoEmails = {
  previousStepNumber: 2,
  engagement: [
    email({ clickedAt: sentAt + hour }),
    email({ stepNumber: 2, sentAt: mondayAt10InNewYork - day }),
  ],
};

describe("a step is sent if its conditions hold:", () => {
  test.each<[StepConditions, Partial<ConditionFacts>]>([
    [{}, {}],
    [{ previousOpened: true }, opened],
    [{ previousOpened: true }, clicked],
    [{ previousOpened: false }, {}],
    [{ previousClicked: true }, clicked],
    [{ previousClicked: false }, opened],
    [engagement("opened", true), opened],
    [engagement("opened", true, { withinDays: 2 }), opened],
    [engagement("opened", true, { withinDays: 2 }), { engagement: [email({ openedAt: sentAt + 2 * day })] }],
    [engagement("opened", true, { withinDays: 2 }), clicked],
    [engagement("opened", false, { withinDays: 2 }), openedLate],
    [engagement("clicked", true, { stepNumber: 1 }), twoEmails],
    [engagement("clicked", false), twoEmails],
    [engagement("opened", false, { stepNumber: 1 }), { previousStepNumber: null, engagement: [] }],
    [{ daysSinceLast: 3 }, {}],
    [{ daysSinceLast: 3 }, { lastSentAt: null }],
    [{ propertyStatus: { is: ["Expired", "Withdrawn"] } }, { propertyStatus: "Expired" }],
    [{ propertyStatus: { isNot: ["Pending", "Closed"] } }, { propertyStatus: "Active" }],
    [{ propertyStatus: { isNot: ["Pending"] } }, { propertyStatus: null }],
    [{ priceChanged: true }, { isPriceChanged: true }],
    [{ priceChanged: false }, { isPriceChanged: false }],
  ])("%j with %j", (conditions, facts) => {
    expect(judge(conditions, facts)).toBeNull();
  });
});

describe("a step is skipped with the reason of the condition that does not hold:", () => {
  test.each<[string, StepConditions, Partial<ConditionFacts>]>([
    ["notOpened", { previousOpened: true }, {}],
    ["notOpened", { previousOpened: true }, { previousStepNumber: null, engagement: [] }],
    ["opened", { previousOpened: false }, opened],
    ["opened", { previousOpened: false }, clicked],
    ["notClicked", { previousClicked: true }, opened],
    ["clicked", { previousClicked: false }, clicked],
    ["notOpened", engagement("opened", true, { withinDays: 2 }), openedLate],
    ["opened", engagement("opened", false, { withinDays: 2 }), opened],
    ["notClicked", engagement("clicked", true), twoEmails],
    ["clicked", engagement("clicked", false, { stepNumber: 1 }), twoEmails],
    ["notOpened", engagement("opened", true, { stepNumber: 1 }), { engagement: [] }],
    ["tooSoonSinceLast", { daysSinceLast: 4 }, {}],
    ["propertyStatus", { propertyStatus: { is: ["Expired"] } }, { propertyStatus: "Active" }],
    ["propertyStatus", { propertyStatus: { is: ["Expired"] } }, { propertyStatus: null }],
    ["propertyStatus", { propertyStatus: { isNot: ["Pending"] } }, { propertyStatus: "Pending" }],
    ["priceNotChanged", { priceChanged: true }, {}],
    ["priceChanged", { priceChanged: false }, { isPriceChanged: true }],
    ["notClicked", { previousOpened: true, previousClicked: true }, opened],
  ])("%s: %j with %j", (reason, conditions, facts) => {
    expect(judge(conditions, facts)).toEqual({ kind: "skip", reason });
    expect(judge({ ...conditions, otherwise: "skip" }, facts)).toEqual({ kind: "skip", reason });
    expect(judge({ ...conditions, otherwise: "stop" }, facts)).toEqual({ kind: "stop" });
  });
});

describe("a step that waits for its conditions", () => {
  const endsAt = mondayAt10InNewYork + 5 * day;
  const waiting = (conditions: StepConditions): StepConditions => ({
    ...conditions,
    otherwise: "wait",
    waitDays: 5,
  });

  test("waits until its days are over, counted from its planned time", () => {
    const conditions = waiting({ previousOpened: true });
    expect(judge(conditions)).toEqual({ kind: "wait", until: endsAt });
    expect(judge(conditions, {}, endsAt - 1)).toEqual({ kind: "wait", until: endsAt });
    expect(judge(conditions, {}, endsAt)).toEqual({ kind: "skip", reason: "notOpened" });
  });

  test("is sent as soon as its conditions hold", () => {
    expect(judge(waiting({ previousOpened: true }), opened, mondayAt10InNewYork + hour)).toBeNull();
    const status = waiting({ propertyStatus: { is: ["Expired"] } });
    expect(judge(status)).toEqual({ kind: "wait", until: endsAt });
    expect(judge(status, { propertyStatus: "Expired" })).toBeNull();
    expect(judge(waiting({ priceChanged: true }))).toEqual({ kind: "wait", until: endsAt });
  });

  test("waits for the days since the last email, and is sent on that day", () => {
    const conditions = waiting({ daysSinceLast: 4 });
    expect(judge(conditions)).toEqual({ kind: "wait", until: sentAt + 4 * day });
    expect(judge(conditions, {}, sentAt + 4 * day)).toBeNull();
  });

  test("does not wait for an event that can no longer happen", () => {
    const opensOnly = waiting(engagement("opened", true, { withinDays: 4 }));
    expect(judge(opensOnly)).toEqual({ kind: "wait", until: sentAt + 4 * day });
    expect(judge(opensOnly, {}, sentAt + 4 * day)).toEqual({ kind: "skip", reason: "notOpened" });
    expect(judge(waiting({ previousOpened: false }), opened)).toEqual({ kind: "skip", reason: "opened" });
    expect(judge(waiting({ previousOpened: true }), { engagement: [] })?.kind).toBe("skip");
    expect(judge(waiting({ priceChanged: false }), { isPriceChanged: true })?.kind).toBe("skip");
  });

  test("ends its wait as soon as one of its conditions can no longer hold", () => {
    const conditions = waiting({ previousOpened: false, priceChanged: true });
    expect(judge(conditions, opened)).toEqual({ kind: "skip", reason: "opened" });
  });

  test("that forbids an open waits until its window has passed without one", () => {
    const conditions = waiting(engagement("opened", false, { withinDays: 6 }));
    const windowEndsAt = sentAt + 6 * day;
    expect(judge(conditions)).toEqual({ kind: "wait", until: windowEndsAt });
    expect(judge(conditions, {}, windowEndsAt)).toBeNull();
    expect(judge(conditions, opened)).toEqual({ kind: "skip", reason: "opened" });
    const longer = waiting(engagement("opened", false, { withinDays: 100 }));
    expect(judge(longer, {}, endsAt)).toBeNull();
  });

  test("is skipped if it has no planned time to count its days from", () => {
    expect(judge(waiting({ previousOpened: true }), { scheduledAt: null })?.kind).toBe("skip");
  });
});
