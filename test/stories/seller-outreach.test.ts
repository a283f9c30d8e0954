import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { day } from "../support/time.ts";
import { ingestReportedEvent, listSentStepNumbers, runTickAt } from "../support/worker/story.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  listCapturedEmails,
  readRecipientState,
  readStepStats,
} from "../support/worker/world.ts";

/*
 * The campaign "Seller Outreach Q4 2025" sends Jane Doe of 123 Main St three emails, on the days 0,
 * 3 and 7. The second email is sent only if Jane has opened the first email. The test moves the
 * clock by hand; the database, its migrations and the queue are real.
 */
const launch = Date.UTC(2025, 9, 6, 14);
const steps = [
  { subject: "Your home at {{property.streetAddress}}" },
  {
    delayDays: 3,
    conditions: { previousOpened: true },
    subject: "What homes near {{property.streetAddress}} sold for",
  },
  { delayDays: 4, subject: "Shall I close the file on {{property.streetAddress}}?" },
];

beforeEach(async () => {
  await emptyDatabase();
  vi.useFakeTimers({ toFake: ["Date"], now: launch });
  await createWorld({ now: launch, steps });
});

afterEach(() => {
  vi.useRealTimers();
});

/**
 * The time between the tick that queues an email and the sending of the email, in ms, rounded up.
 * The delay of the next step counts from the sending. A tick is the Worker's run every minute.
 */
const moment = 60_000;

const strikeOn = (dayNumber: number) => runTickAt(launch + dayNumber * (day + moment));

describe("Seller Outreach Q4 2025 to Jane Doe of 123 Main St", () => {
  test("sends all three emails on their days if the first is opened", async () => {
    await strikeOn(0);
    expect(await listSentStepNumbers()).toEqual([1]);
    expect((await listCapturedEmails())[0]).toMatchObject({
      toEmail: "jane.doe@example.com",
      subject: "Your home at 123 Main St",
    });
    await ingestReportedEvent("delivered", 1);
    // An open directly after the delivery would count as an open by a mail filter.
    vi.setSystemTime(launch + 20 * moment);
    await ingestReportedEvent("opened", 1);
    await strikeOn(2.9);
    expect(await listSentStepNumbers()).toEqual([1]);
    await strikeOn(3);
    expect(await listSentStepNumbers()).toEqual([1, 2]);
    await strikeOn(6.9);
    expect(await listSentStepNumbers()).toEqual([1, 2]);
    await strikeOn(7);
    expect(await listSentStepNumbers()).toEqual([1, 2, 3]);
    expect(await readRecipientState()).toMatchObject({ status: "completed", dueAt: null });
    expect(await readStepStats(1)).toMatchObject({ sent: 1, delivered: 1, opened: 1 });
    const campaign = await bindings.DB.prepare("SELECT status FROM campaigns").first();
    expect(campaign).toEqual({ status: "completed" });
  });

  test("skips the second and sends the third on day 7 if the first is not opened", async () => {
    await strikeOn(0);
    await strikeOn(3);
    expect(await listSentStepNumbers()).toEqual([1]);
    const { nextStep, scheduledAt } = await readRecipientState();
    expect(nextStep).toBe(3);
    expect(Math.abs((scheduledAt ?? 0) - launch - 7 * day)).toBeLessThan(10 * moment);
    expect(await readStepStats(2)).toEqual({ skipped: 1 });
    await strikeOn(7);
    expect(await listSentStepNumbers()).toEqual([1, 3]);
  });

  test("skips the second if only a machine opened the first", async () => {
    await strikeOn(0);
    await ingestReportedEvent("opened", 1, { isMachine: true });
    await strikeOn(3);
    expect(await listSentStepNumbers()).toEqual([1]);
    expect(await readStepStats(1)).toEqual({ sent: 1, machineOpened: 1 });
  });

  test("sends nothing more after a reply", async () => {
    await strikeOn(0);
    await ingestReportedEvent("opened", 1);
    await ingestReportedEvent("replied", 1, { data: { text: "Please call me." } });
    await strikeOn(3);
    await strikeOn(7);
    expect(await listSentStepNumbers()).toEqual([1]);
    expect(await readRecipientState()).toMatchObject({
      status: "stopped",
      stopReason: "replied",
      dueAt: null,
    });
  });

  test("sends nothing more after a bounce, and the address is suppressed", async () => {
    await strikeOn(0);
    await ingestReportedEvent("bounced", 1, { data: { bounceClass: "hard", status: "5.1.1" } });
    await strikeOn(3);
    await strikeOn(7);
    expect(await listSentStepNumbers()).toEqual([1]);
    expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "bounced" });
    const suppressed = await bindings.DB.prepare("SELECT email, reason FROM suppressions").all();
    expect(suppressed.results).toEqual([{ email: "jane.doe@example.com", reason: "bounced" }]);
  });
});
