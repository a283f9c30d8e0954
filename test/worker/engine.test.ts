import { beforeEach, describe, expect, test } from "vitest";
import { evidenceWindowMs, sendingTimeoutMs } from "../../worker/domain/send/message-outcome.ts";
import type { SendOutcome } from "../../worker/providers/provider.ts";
import { leaseBeyondHorizonMs } from "../../worker/send/sequencer.ts";
import { day, minute } from "../support/time.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { acceptEmail, openEngine } from "../support/worker/engine.ts";
import {
  bindings,
  countMessagesByStatus,
  emptyDatabase,
  readRecipientState,
  readStepStats,
  type WorldOptions,
  worldIds,
} from "../support/worker/world.ts";

const accepted = acceptEmail();
/** Opens an engine whose provider accepts every email by default. */
const open = (world: Partial<WorldOptions> = {}) => openEngine({ world, provider: acceptEmail });

beforeEach(emptyDatabase);

describe("there is one message per recipient and step:", () => {
  test("overlapping ticks queue a recipient once", async () => {
    const world = await open();
    const results = await Promise.all([world.tick(), world.tick()]);
    expect(results.map(({ enqueued }) => enqueued).toSorted()).toEqual([0, 1]);
  });

  test("a queue message that is delivered twice, even at the same time, sends one email", async () => {
    const world = await open();
    await world.tick();
    const jobs = world.queue.take();
    await Promise.all([world.deliver(jobs), world.deliver(jobs)]);
    await world.deliver(jobs);
    expect(world.calls).toHaveLength(1);
    expect(await readStepStats(1)).toEqual({ sent: 1 });
  });

  test("the email of a lost queue message is queued again when its claim expires", async () => {
    const world = await open();
    await world.tick();
    world.queue.take();
    world.outlastClaims();
    await world.run();
    expect(world.calls).toHaveLength(1);
  });

  test("a queue message that arrives after its claim expired sends nothing", async () => {
    const world = await open();
    await world.tick();
    const stale = world.queue.take();
    world.outlastClaims();
    await world.deliver(stale);
    expect(world.calls).toHaveLength(0);
  });

  test("emails that are delayed past their slots are planned again, not sent in a burst", async () => {
    const world = await open();
    await world.tick();
    world.advance(2 * minute);
    await world.deliver();
    expect(world.calls).toHaveLength(0);
    expect(await readRecipientState()).toMatchObject({ isClaimed: false, dueAt: world.now() });
    await world.run();
    expect(world.calls).toHaveLength(1);
  });
});

describe("the outcome of a call", () => {
  test("that is unknown is never sent again, and without evidence the sequence goes on", async () => {
    const world = await open({ steps: [{}, { delayDays: 3 }] });
    world.answerWith(() => ({ kind: "unknown", detail: "timed out" }));
    await world.run();
    expect(await countMessagesByStatus()).toEqual({ unknown: 1 });
    expect(await readStepStats(1)).toEqual({ unknown: 1 });
    expect((await world.whyNotYet())?.reason).toBe("outcomeUnknown");
    world.advance(evidenceWindowMs + 1);
    await world.run();
    expect(world.calls).toHaveLength(1);
    expect(await readStepStats(1)).toEqual({ unknown: 1 });
    expect(await readRecipientState()).toMatchObject({ nextStep: 2, scheduledAt: testStartAt + 3 * day });
  });

  test("that is unknown becomes sent when a webhook confirms the delivery", async () => {
    const world = await open({ steps: [{}, { delayDays: 3 }] });
    world.answerWith(() => ({ kind: "unknown", detail: "timed out" }));
    await world.run();
    await world.hear({ kind: "delivered" });
    world.advance(evidenceWindowMs + 1);
    await world.run();
    expect(await countMessagesByStatus()).toEqual({ sent: 1 });
    expect(world.calls).toHaveLength(1);
  });

  test("is unknown if the process dies during the call, and the step is not sent again", async () => {
    const world = await open({ steps: [{}, { delayDays: 3 }] });
    expect(await world.beginAndDie()).toBe(1);
    world.outlastClaims();
    await world.run();
    expect(await countMessagesByStatus()).toEqual({ unknown: 1 });
    world.advance(evidenceWindowMs);
    await world.run();
    expect(await countMessagesByStatus()).toEqual({ unknown: 1 });
    expect(await readRecipientState()).toMatchObject({ nextStep: 2 });
    expect(world.calls).toHaveLength(0);
    expect(sendingTimeoutMs).toBeLessThan(leaseBeyondHorizonMs);
  });

  test("still counts if the answer comes after the message was marked unknown", async () => {
    const world = await open();
    await world.tick();
    let finish: (outcome: SendOutcome) => void = () => undefined;
    world.answerWith(() => new Promise((resolve) => (finish = resolve)));
    const sending = world.deliver();
    await expect.poll(() => world.calls.length).toBe(1);
    world.outlastClaims();
    await world.tick();
    expect(await countMessagesByStatus()).toEqual({ unknown: 1 });
    finish(accepted);
    await sending;
    expect(await countMessagesByStatus()).toEqual({ sent: 1 });
    expect(await readStepStats(1)).toEqual({ sent: 1 });
  });

  test("that is a deferral is retried at the provider's time and costs no attempt", async () => {
    const world = await open();
    world.answerWith(() => ({ kind: "deferred", retryAfterMs: 5 * minute, detail: "429" }));
    await world.run();
    expect(await readRecipientState()).toMatchObject({ dueAt: testStartAt + 5 * minute, nextStep: 1 });
    expect(await world.whyNotYet()).toEqual({ reason: "retrying", until: testStartAt + 5 * minute });
    world.answerWith(() => accepted);
    world.advance(5 * minute);
    await world.run();
    expect(world.calls).toHaveLength(2);
    expect(await countMessagesByStatus()).toEqual({ sent: 1 });
  });

  test("that is the account's fault costs no recipient: the email is sent once the account works", async () => {
    const world = await open();
    world.answerWith(() => ({ kind: "refused", fault: "channel", status: "401", detail: "bad key" }));
    await world.run();
    world.advance(minute);
    await world.run();
    expect(await countMessagesByStatus()).toEqual({ retrying: 1 });
    world.answerWith(() => accepted);
    world.advance(5 * minute);
    await world.run();
    expect(await countMessagesByStatus()).toEqual({ sent: 1 });
  });

  test("that is a refused address counts as a bounce, stops the recipient and suppresses the address", async () => {
    const world = await open();
    world.answerWith(() => ({
      kind: "refused",
      fault: "recipient",
      status: "5.1.1",
      bounceClass: "hard",
      detail: "no such user",
    }));
    await world.run();
    expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "bounced" });
    expect(await readStepStats(1)).toEqual({ failed: 1, bounced: 1 });
    const row = await bindings.DB.prepare("SELECT email, reason FROM suppressions").first();
    expect(row).toEqual({ email: "jane.doe@example.com", reason: "bounced" });
  });

  test("that is a refused address does not delay the other recipients", async () => {
    const recipients = ["a", "b", "c"].map((name) => ({
      email: `${name}@example.com`,
      propertyId: `p-${name}`,
    }));
    const world = await open({ recipients });
    world.answerWith(({ to }) =>
      to.email.startsWith("b")
        ? { kind: "refused", fault: "recipient", status: "5.1.1", bounceClass: "hard", detail: "no" }
        : accepted,
    );
    await world.run();
    expect(await countMessagesByStatus()).toEqual({ sent: 2, failed: 1 });
  });
});

describe("a stop takes effect at once:", () => {
  test("a reply between queueing and sending stops the queued email", async () => {
    const world = await open();
    await world.tick();
    await world.hear({ kind: "replied" });
    await world.deliver();
    expect(world.calls).toHaveLength(0);
    expect(await readRecipientState()).toMatchObject({
      status: "stopped",
      stopReason: "replied",
      dueAt: null,
    });
  });

  test("a reply from one owner stops the co-owner of the property, and nobody else", async () => {
    const recipients = [
      { email: "jane@example.com", propertyId: "p-1" },
      { email: "john@example.com", propertyId: "p-1" },
      { email: "else@example.com", propertyId: "p-2" },
    ];
    const world = await open({ recipients });
    await world.tick();
    await world.hear({ kind: "replied" });
    await world.deliver();
    expect(world.calls.map(({ to }) => to.email)).toEqual(["else@example.com"]);
    expect(await readRecipientState(worldIds.firstRecipient + 1)).toMatchObject({
      stopReason: "propertyStopped",
    });
  });

  test("an out-of-office reply stops no recipient", async () => {
    const world = await open();
    await world.tick();
    await world.hear({ kind: "autoReplied" });
    await world.deliver();
    expect(world.calls).toHaveLength(1);
  });

  test("an address that is suppressed while its email is queued gets nothing", async () => {
    const world = await open();
    await world.tick();
    await bindings.DB.prepare(
      "INSERT INTO suppressions VALUES (1, 'jane.doe@example.com', 'manual', 'test', '{}', 1)",
    ).run();
    await world.deliver();
    expect(world.calls).toHaveLength(0);
    expect(await readRecipientState()).toMatchObject({ stopReason: "suppressed" });
  });

  test.each(["paused", "stopped", "archived"])(
    "a campaign that becomes %s sends none of its queued emails",
    async (status) => {
      const world = await open();
      await world.tick();
      await bindings.DB.prepare("UPDATE campaigns SET status = ?1").bind(status).run();
      await world.deliver();
      expect(world.calls).toHaveLength(0);
    },
  );

  test("a stop during the call stays in force when the call ends", async () => {
    const world = await open({ steps: [{}, { delayDays: 3 }] });
    world.answerWith(async () => {
      await world.hear({ kind: "unsubscribed" });
      return accepted;
    });
    await world.run();
    expect(await readRecipientState()).toMatchObject({
      status: "stopped",
      stopReason: "unsubscribed",
      dueAt: null,
    });
    expect(await countMessagesByStatus()).toEqual({ sent: 1 });
  });
});

describe("an event of an email", () => {
  test("is counted once, however often and in whatever order events arrive", async () => {
    const world = await open();
    await world.run();
    world.advance(minute);
    await world.hear({ kind: "opened", dedupeKey: "o1" });
    await world.hear({ kind: "opened", dedupeKey: "o2" });
    await world.hear({ kind: "opened", dedupeKey: "o1" });
    await world.hear({ kind: "delivered", occurredAt: testStartAt });
    expect(await readStepStats(1)).toEqual({ sent: 1, opened: 1, delivered: 1 });
    const events = await bindings.DB.prepare("SELECT count(*) AS n FROM events").first();
    expect(events).toEqual({ n: 3 });
  });

  test("from another tenant's account has no effect on a recipient", async () => {
    const world = await open();
    await world.run();
    await world.hear({ kind: "complained", email: "jane.doe@example.com", dedupeKey: "x" }, 999);
    expect(await readStepStats(1)).toEqual({ sent: 1 });
    const suppressed = await bindings.DB.prepare("SELECT count(*) AS n FROM suppressions").first();
    expect(suppressed).toEqual({ n: 0 });
  });

  test("is matched by the Message-ID if it does not contain our key", async () => {
    const world = await open({ steps: [{}, { delayDays: 3 }] });
    await world.run();
    const messageId = world.calls[0]?.messageId.replace(/[<>]/g, "") ?? "";
    await world.hear({
      kind: "bounced",
      recipientId: null,
      stepNumber: null,
      messageId,
      data: { bounceClass: "hard" },
    });
    expect(await readRecipientState()).toMatchObject({ status: "stopped", stopReason: "bounced" });
  });
});

describe("the pace of a sender", () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ email: `o${index}@example.com` }));

  test("never exceeds the daily cap, and the other emails leave on the next day", async () => {
    const world = await open({ recipients: people(5), dailyCap: 3 });
    await world.run();
    await world.run();
    expect(world.calls).toHaveLength(3);
    world.advance(day);
    await world.run();
    expect(world.calls).toHaveLength(5);
  });

  test("puts slots one interval apart, and hands out only those before the horizon", async () => {
    const world = await open({ recipients: people(100), intervalMs: 10_000 });
    await world.tick();
    const slots = world.queue.take().flatMap((job) => job.entries.map((entry) => entry.slotAt));
    expect(slots).toHaveLength(9);
    expect(slots.slice(1).map((slot, index) => slot - (slots[index] ?? 0))).toEqual(Array(8).fill(10_000));
  });
});

describe("an email with missing variables", () => {
  test("is not sent, and the failure names the variables", async () => {
    const bodyHtml = "<p>Hi {{recipient.nickname}}, about {{property.lotNumber}}</p>";
    const world = await open({ steps: [{ bodyHtml }] });
    await world.run();
    expect(world.calls).toHaveLength(0);
    expect(await readRecipientState()).toMatchObject({ status: "paused", dueAt: null });
    expect((await world.whyNotYet())?.reason).toBe("missingVariables");
    const row = await bindings.DB.prepare("SELECT failure FROM messages").first<{ failure: string }>();
    expect(row?.failure).toBe("No usable value for: recipient.nickname, property.lotNumber");
  });
});

describe("the follow-ups of a sequence", () => {
  test("reply to the email before, so that mail programs show one conversation", async () => {
    const world = await open({ steps: [{}, { delayDays: 3 }] });
    await world.run();
    world.advance(3 * day);
    await world.run();
    expect(world.calls).toHaveLength(2);
    expect(world.calls[1]?.headers["In-Reply-To"]).toBe(world.calls[0]?.messageId);
  });
});
