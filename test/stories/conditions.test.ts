import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { StepConditions } from "../../shared/condition.ts";
import { createContext } from "../../worker/context.ts";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { explainHold } from "../../worker/domain/send/eligibility.ts";
import { storePropertyReports } from "../../worker/receive/property-reports.ts";
import { day } from "../support/time.ts";
import { ingestReportedEvent, listSentStepNumbers, runTickAt } from "../support/worker/story.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  readRecipientState,
  readStepStats,
  worldIds,
} from "../support/worker/world.ts";

/*
 * Tests the condition "only if they clicked email 1 within 14 days, otherwise wait up to 10 days"
 * on the second of three emails. The test moves the clock by hand; the database and the queue are
 * real.
 */
const launch = Date.UTC(2025, 9, 6, 14);
/**
 * The time between the tick that queues an email and the sending of the email, in ms, rounded up.
 * The delay of the next step counts from the sending. A tick is the Worker's run every minute.
 */
const moment = 60_000;
const strikeOn = (dayNumber: number) => runTickAt(launch + dayNumber * (day + moment));

const clickedFirst: StepConditions = {
  engagement: [{ stepNumber: 1, kind: "clicked", happened: true, withinDays: 14 }],
  otherwise: "wait",
  waitDays: 10,
};

async function launchWith(conditions: StepConditions): Promise<void> {
  await createWorld({
    now: launch,
    steps: [{}, { delayDays: 3, conditions }, { delayDays: 4 }],
  });
  await strikeOn(0);
  expect(await listSentStepNumbers()).toEqual([1]);
}

async function whyNotYet() {
  const ctx = createContext(bindings);
  const [candidate] = await loadCandidates(ctx.db, [worldIds.firstRecipient], worldIds.tenant);
  return candidate === undefined ? null : explainHold(candidate, ctx.now());
}

async function tellOfProperty(change: { standardStatus?: string; listPrice?: number }): Promise<void> {
  const { db } = createContext(bindings);
  const { standardStatus: status, listPrice = null } = change;
  const audit = { id: Date.now(), actor: "host", action: "property.changed", subject: "", at: Date.now() };
  const report = { status, at: Date.now(), source: "host" as const, isOwnListing: true };
  const facts = { at: Date.now(), address: null, contacts: [] };
  const news = {
    propertyId: "p-123-main",
    report,
    listPrice,
    facts,
    owners: null,
    people: [],
    opensProperty: false,
  };
  await storePropertyReports({ db, tenantId: worldIds.tenant }, [news], {}, audit);
}

beforeEach(async () => {
  await emptyDatabase();
  vi.useFakeTimers({ toFake: ["Date"], now: launch });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a step that waits for a click", () => {
  test("is sent when the click comes, and the next step counts from then", async () => {
    await launchWith(clickedFirst);
    await strikeOn(3);
    expect(await listSentStepNumbers()).toEqual([1]);
    expect((await whyNotYet())?.reason).toBe("waitingForCondition");
    await strikeOn(5);
    await ingestReportedEvent("clicked", 1);
    await strikeOn(5.1);
    expect(await listSentStepNumbers()).toEqual([1, 2]);
    await strikeOn(9);
    expect(await listSentStepNumbers()).toEqual([1, 2]);
    await strikeOn(9.2);
    expect(await listSentStepNumbers()).toEqual([1, 2, 3]);
  });

  test("is not sent because of a machine's click or an open", async () => {
    await launchWith(clickedFirst);
    await strikeOn(3);
    await ingestReportedEvent("clicked", 1, { isMachine: true });
    await ingestReportedEvent("opened", 1);
    await strikeOn(4);
    expect(await listSentStepNumbers()).toEqual([1]);
    expect(await readRecipientState()).toMatchObject({ nextStep: 2 });
  });

  test("is skipped when its wait is over, and the sequence continues from the planned time", async () => {
    await launchWith(clickedFirst);
    await strikeOn(3);
    await strikeOn(12.9);
    expect(await readRecipientState()).toMatchObject({ nextStep: 2 });
    await strikeOn(13.1);
    expect(await readStepStats(2)).toEqual({ skipped: 1 });
    await strikeOn(13.2);
    expect(await listSentStepNumbers()).toEqual([1, 3]);
  });

  test("ends its wait at a reply, which stops the recipient", async () => {
    await launchWith(clickedFirst);
    await strikeOn(3);
    await ingestReportedEvent("replied", 1);
    await ingestReportedEvent("clicked", 1);
    await strikeOn(4);
    expect(await listSentStepNumbers()).toEqual([1]);
    expect(await readRecipientState()).toMatchObject({
      status: "stopped",
      stopReason: "replied",
      dueAt: null,
    });
  });
});

describe("a step with a condition about the property", () => {
  test("is sent as soon as the host reports the expired status that it waits for", async () => {
    await launchWith({ propertyStatus: { is: ["Expired"] }, otherwise: "wait", waitDays: 30 });
    await strikeOn(3);
    await tellOfProperty({ standardStatus: "Active" });
    await strikeOn(4);
    expect(await listSentStepNumbers()).toEqual([1]);
    await tellOfProperty({ standardStatus: "Expired" });
    await strikeOn(4.1);
    expect(await listSentStepNumbers()).toEqual([1, 2]);
  });

  test("is skipped if it needs a changed price and the price is the same", async () => {
    await launchWith({ priceChanged: true });
    await tellOfProperty({ listPrice: 500_000 });
    await strikeOn(3);
    expect(await readStepStats(2)).toEqual({ skipped: 1 });
    const row = await bindings.DB.prepare(
      "SELECT skip_reason AS reason FROM messages WHERE step_number = 2",
    ).first();
    expect(row).toEqual({ reason: "priceNotChanged" });
  });

  test("is sent if it needs a changed price and the price changed after the recipient was added", async () => {
    await launchWith({ priceChanged: true });
    await tellOfProperty({ listPrice: 500_000 });
    await strikeOn(1);
    await tellOfProperty({ listPrice: 480_000 });
    await strikeOn(3);
    expect(await listSentStepNumbers()).toEqual([1, 2]);
  });
});

test("a recipient who did not open gets no more emails if the step's condition says stop", async () => {
  await launchWith({ previousOpened: true, otherwise: "stop" });
  await strikeOn(3);
  await strikeOn(7);
  expect(await listSentStepNumbers()).toEqual([1]);
  expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "conditionNotMet" });
});

test("a step's conditions can be about any earlier email", async () => {
  await createWorld({
    now: launch,
    steps: [
      {},
      { delayDays: 1 },
      { delayDays: 1, conditions: { engagement: [{ stepNumber: 1, kind: "opened", happened: true }] } },
      { delayDays: 1, conditions: { engagement: [{ stepNumber: 2, kind: "opened", happened: true }] } },
    ],
  });
  await strikeOn(0);
  await ingestReportedEvent("clicked", 1);
  for (const dayNumber of [1, 2, 3]) await strikeOn(dayNumber);
  expect(await listSentStepNumbers()).toEqual([1, 2, 3]);
  expect(await readStepStats(4)).toEqual({ skipped: 1 });
});
