import { describe, expect, test } from "vitest";
import { sourceRules } from "../../../shared/source-rule.ts";
import { recipientSources } from "../../../shared/vocabulary.ts";
import {
  getSourceWaitEnd,
  hasReachedSourceLimit,
  listSourcesToApprove,
} from "../../../worker/domain/compliance/source-rules.ts";
import { decideNextStep } from "../../../worker/domain/send/eligibility.ts";
import { buildCandidate, mondayAt10InNewYork } from "../../support/candidate.ts";
import { day } from "../../support/time.ts";

const person = (change: object = {}) => ({
  source: "probate" as const,
  sourceDate: "2026-06-01",
  consent: null,
  ...change,
});
const filedAt = Date.UTC(2026, 5, 1);

describe("the rules for a person's source", () => {
  test("need an approval for public filings and for the sources that the office marks", () => {
    expect(listSourcesToApprove(recipientSources, {})).toEqual(["probate", "preForeclosure"]);
    const settings = { list: { needsApproval: true } };
    expect(listSourcesToApprove(["list", "host", "list"], settings)).toEqual(["list"]);
    expect(listSourcesToApprove(["list", "host"], {})).toEqual([]);
  });

  test("count the wait from the date of the record, or else from when the person was added", () => {
    expect(getSourceWaitEnd(person(), mondayAt10InNewYork, {})).toBe(filedAt + 60 * day);
    expect(getSourceWaitEnd(person({ sourceDate: null }), mondayAt10InNewYork, {})).toBe(
      mondayAt10InNewYork + 60 * day,
    );
    expect(getSourceWaitEnd(person({ source: "preForeclosure" }), mondayAt10InNewYork, {})).toBe(
      filedAt + 30 * day,
    );
    expect(getSourceWaitEnd(person(), mondayAt10InNewYork, { probate: { waitDays: 90 } })).toBe(
      filedAt + 90 * day,
    );
    expect(getSourceWaitEnd(person({ source: "host" }), mondayAt10InNewYork, {})).toBe(0);
  });

  test("no longer apply once the person has consented", () => {
    const asked = person({ consent: { by: "the executor" } });
    expect(getSourceWaitEnd(asked, mondayAt10InNewYork, {})).toBe(0);
    expect(hasReachedSourceLimit(asked, 5, {})).toBe(false);
  });

  test("allow two emails after a filing, and the office's number for other sources", () => {
    expect([0, 1, 2, 3].map((sent) => hasReachedSourceLimit(person(), sent, {}))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    const settings = { list: { mostEmails: 1 }, probate: { mostEmails: 1 } };
    expect(hasReachedSourceLimit(person(), 1, settings)).toBe(true);
    expect(hasReachedSourceLimit(person({ source: "list" }), 1, settings)).toBe(true);
    expect(hasReachedSourceLimit(person({ source: "host" }), 19, settings)).toBe(false);
  });

  test("can be made stricter for filings, but not looser", () => {
    const isAllowed = (rules: unknown) => sourceRules.safeParse(rules).success;
    expect(isAllowed({ probate: { waitDays: 90, mostEmails: 1 }, list: { needsApproval: true } })).toBe(true);
    expect(isAllowed({ probate: { needsApproval: false } })).toBe(false);
    expect(isAllowed({ preForeclosure: { mostEmails: 3 } })).toBe(false);
    expect(isAllowed({ preForeclosure: { mostEmails: null } })).toBe(false);
    expect(isAllowed({ unknownSource: { waitDays: 1 } })).toBe(false);
  });
});

describe("the next email to a person from a filing", () => {
  const data = { recipient: { role: "Executor" }, property: {} };
  const decide = (recipient: object, more: object = {}) =>
    decideNextStep(
      buildCandidate({
        recipient: { source: "probate", data, dueAt: mondayAt10InNewYork, ...recipient },
        ...more,
      }),
      mondayAt10InNewYork,
    );
  const filed = (daysAgo: number) => ({
    sourceDate: new Date(mondayAt10InNewYork - daysAgo * day).toISOString().slice(0, 10),
  });

  test("waits, even if an agent asks to send it now", () => {
    const hold = { kind: "hold", reason: "sourceWait" };
    expect(decide(filed(59))).toMatchObject(hold);
    expect(decide({ ...filed(59), sendNow: true })).toMatchObject(hold);
    expect(decide(filed(61))).toEqual({ kind: "send" });
  });

  test("is skipped after the second email, but a task is still opened", () => {
    expect(decide(filed(61), { emailsSent: 2 })).toEqual({ kind: "skip", reason: "sourceLimit" });
    const task = {
      kind: "task" as const,
      task: { kind: "call" as const, instructions: "Call", waitDays: 3 },
      delayDays: 0,
      delayHours: 0,
      delayBusinessDays: 0,
      sendTimeHour: null,
      conditions: {},
    };
    expect(decide(filed(61), { emailsSent: 2, step: task })).toMatchObject({ kind: "openTask" });
  });
});
