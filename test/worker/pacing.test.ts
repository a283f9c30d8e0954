import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { acceptEmail, openEngine } from "../support/worker/engine.ts";
import {
  addCampaignCopy,
  bindings,
  buildNumberedRecipients,
  countMessagesByStatus,
  emptyDatabase,
  readRecipientState,
  updateSender,
  type WorldOptions,
  worldIds,
} from "../support/worker/world.ts";

beforeEach(emptyDatabase);

const openPaced = (world: Partial<WorldOptions>) => openEngine({ world, provider: acceptEmail, meter: true });
const gapsOf = (calls: readonly { at: number }[]) =>
  calls.slice(1).map((call, index) => call.at - (calls[index]?.at ?? 0));
const count = async (table: string) =>
  (await bindings.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;

describe("a sender's rate", () => {
  test.each([1, 2])("of %d in five minutes allows exactly that many in each five minutes", async (each) => {
    const world = await openPaced({
      recipients: buildNumberedRecipients(20),
      intervalMs: (5 * minute) / each,
    });
    await world.pass(20);
    const windows = [0, 1, 2, 3].map(
      (index) =>
        world.calls.filter(
          ({ at }) => at >= testStartAt + index * 5 * minute && at < testStartAt + (index + 1) * 5 * minute,
        ).length,
    );
    expect(windows).toEqual([each, each, each, each]);
  });

  test("is limited by its minimum gap, if that is longer", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(20), intervalMs: 1000 });
    await updateSender("min_gap_seconds = 30");
    await world.pass(3);
    expect(world.calls).toHaveLength(6);
    expect(Math.min(...gapsOf(world.calls))).toBeGreaterThanOrEqual(30_000);
  });

  test("does not slow down another sender of the same tenant", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(20), intervalMs: 10 * minute });
    await bindings.DB.batch([
      bindings.DB.prepare(
        `INSERT INTO senders (id, tenant_id, from_name, from_email, license_type, license_number, time_zone, interval_ms, created_at)
         VALUES (12, 1, 'Bea', 'bea@cedarmain.example', 'Broker', '10', 'America/Denver', 1000, 0)`,
      ),
      bindings.DB.prepare("UPDATE campaign_recipients SET sender_id = 12 WHERE id % 2 = 0"),
    ]);
    await world.pass(2);
    const from = (name: string) => world.calls.filter((call) => call.from.email.startsWith(name)).length;
    expect([from("ann"), from("bea")]).toEqual([1, 10]);
  });

  test("spaces emails that were queued at once, so that no email leaves before its slot", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(9), intervalMs: 10_000 });
    await world.tick();
    const jobs = world.queue.take();
    const { retried } = await world.deliver(jobs);
    expect(world.calls).toHaveLength(1);
    expect(retried).toHaveLength(8);
  });

  test("also applies to retries, and a deferral by the service costs no attempt", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(3), intervalMs: 20_000 });
    world.answerWith(() => ({ kind: "deferred", retryAfterMs: minute, detail: "454 Throttling" }));
    await world.pass(1);
    expect(await countMessagesByStatus()).toEqual({ retrying: 3 });
    world.answerWith(() => ({ kind: "accepted", providerMessageId: "p" }));
    await world.pass(4);
    expect(await countMessagesByStatus()).toEqual({ sent: 3 });
    expect(Math.min(...gapsOf(world.calls))).toBeGreaterThanOrEqual(20_000);
    const attempts = await bindings.DB.prepare("SELECT DISTINCT attempts FROM messages").first("attempts");
    expect(attempts).toBe(1);
  });
});

describe("an email that is already queued", () => {
  test("is held by a daily cap that is cut after it was queued", async () => {
    const world = await openPaced({
      recipients: buildNumberedRecipients(9),
      intervalMs: 10_000,
      dailyCap: 9,
    });
    await world.tick();
    await updateSender("daily_cap = 4");
    await world.pass(3);
    expect(world.calls).toHaveLength(4);
    const due = await bindings.DB.prepare(
      "SELECT count(*) AS n FROM campaign_recipients WHERE due_at = ?1 AND lease IS NULL",
    )
      .bind(Date.UTC(2025, 9, 7, 4))
      .first("n");
    expect(due).toBe(5);
    expect((await world.whyNotYet(worldIds.firstRecipient + 8))?.until).toBe(Date.UTC(2025, 9, 7, 4));
    world.advance(day);
    await world.pass(3);
    expect(world.calls).toHaveLength(8);
  });

  test("is not checked again today if the cap was cut below today's count", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(3), dailyCap: 4 });
    await updateSender("slots_today = 9, cap_day = '2025-10-06'");
    await world.pass(1);
    expect(world.calls).toHaveLength(0);
    const nextSlotAt = await bindings.DB.prepare("SELECT next_slot_at FROM senders").first("next_slot_at");
    expect(nextSlotAt).toBe(Date.UTC(2025, 9, 7, 4));
  });

  test("is held by a ramp that is set after it was queued", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(9), intervalMs: 10_000 });
    await world.tick();
    await updateSender(`ramp = '{"start":2,"step":1,"ceiling":9,"startedOn":"2025-10-06"}'`);
    await world.pass(3);
    expect(world.calls).toHaveLength(2);
  });

  test("is held while its sender is paused, and is sent when the sender is resumed", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(3), intervalMs: 10_000 });
    await world.tick();
    await updateSender("is_paused = 1");
    await world.pass(2);
    expect(world.calls).toHaveLength(0);
    expect((await world.whyNotYet(worldIds.firstRecipient))?.reason).toBe("senderPaused");
    await updateSender("is_paused = 0");
    await world.pass(3);
    expect(world.calls).toHaveLength(3);
  });

  test("is slowed down by a pace that is reduced after it was queued", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(9), intervalMs: 10_000 });
    await world.tick();
    await updateSender("interval_ms = 40000");
    await world.pass(8);
    expect(world.calls.length).toBeGreaterThan(5);
    expect(Math.min(...gapsOf(world.calls))).toBeGreaterThanOrEqual(40_000);
  });

  test("is planned again if it would leave after midnight under another day's cap", async () => {
    const world = await openPaced({
      recipients: buildNumberedRecipients(5),
      intervalMs: 10_000,
      dailyCap: 3,
    });
    world.advance(Date.UTC(2025, 9, 7, 4) - testStartAt - 30_000);
    await world.tick();
    const slots = world.queue.take();
    world.advance(31_000);
    await world.deliver(slots.slice(0, 3));
    expect(world.calls).toHaveLength(0);
  });
});

describe("a daily cap for a recipient's domain", () => {
  test("is never exceeded, and the other recipients are held until the sender's next day", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(6), intervalMs: 1000 });
    await updateSender("domain_daily_cap = 4");
    await world.pass(3);
    expect(world.calls).toHaveLength(4);
    expect(await world.whyNotYet(worldIds.firstRecipient + 5)).toEqual({
      reason: "domainCapReached",
      until: Date.UTC(2025, 9, 7, 4),
    });
    expect(await readRecipientState(worldIds.firstRecipient + 5)).toMatchObject({
      isClaimed: false,
      scheduledAt: testStartAt,
    });
    world.advance(day);
    await world.pass(1);
    expect(world.calls).toHaveLength(6);
    expect(await count("sender_domain_days")).toBe(1);
  });

  test("is never exceeded by overlapping ticks", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(30), intervalMs: 10_000 });
    await updateSender("domain_daily_cap = 12");
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([world.tick(), world.tick(), world.tick()]);
      await world.pass(1);
    }
    expect(world.calls).toHaveLength(12);
    const row = await bindings.DB.prepare("SELECT domain, day, slots FROM sender_domain_days").first();
    expect(row).toEqual({ domain: "example.com", day: "2025-10-06", slots: 12 });
  });

  test("leaves slots to other domains, however many recipients of the full domain are due", async () => {
    const recipients = [...buildNumberedRecipients(400), ...buildNumberedRecipients(5, "other.example")];
    const world = await openPaced({ recipients, intervalMs: 10_000 });
    await updateSender("domain_daily_cap = 3");
    await world.pass(4);
    const to = (domain: string) => world.calls.filter((call) => call.to.email.endsWith(domain)).length;
    expect([to("@example.com"), to("@other.example")]).toEqual([3, 3]);
    await world.pass(1);
    expect(to("@other.example")).toBe(3);
  });

  test("that is cut after emails were queued also applies to them", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(9), intervalMs: 10_000 });
    await updateSender("domain_daily_cap = 9");
    await world.tick();
    await updateSender("domain_daily_cap = 2");
    await world.pass(3);
    expect(world.calls).toHaveLength(2);
    expect((await world.whyNotYet(worldIds.firstRecipient + 8))?.reason).toBe("domainCapReached");
  });

  test("writes no row if there is no such cap", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(6), intervalMs: 1000 });
    await world.pass(1);
    expect(world.calls).toHaveLength(6);
    expect(await count("sender_domain_days")).toBe(0);
  });
});

describe("when there are fewer slots than due emails", () => {
  test("follow-ups leave before first emails, even before older ones", async () => {
    const world = await openPaced({
      steps: [{}, {}],
      recipients: buildNumberedRecipients(40),
      intervalMs: 10_000,
    });
    await bindings.DB.prepare("UPDATE campaign_recipients SET next_step = 2, due_at = ?1 WHERE id > ?2")
      .bind(testStartAt - minute, worldIds.firstRecipient + 33)
      .run();
    await bindings.DB.prepare("UPDATE campaign_recipients SET due_at = ?1 WHERE next_step = 1")
      .bind(testStartAt - day)
      .run();
    await world.tick();
    const steps = world.queue.take().flatMap((job) => job.entries.map((entry) => entry.stepNumber));
    expect(steps.toSorted()).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 2]);
  });

  test("ten recipients of one campaign get half of the slots beside 10,000 of another", async () => {
    const world = await openPaced({ recipients: [], intervalMs: 10_000 });
    await addCampaignCopy(51, 10_000, testStartAt - day, "big.example");
    await world.pass(20);
    await addCampaignCopy(52, 10, world.now(), "small.example");
    const before = world.calls.length;
    await world.pass(5);
    const after = world.calls.slice(before);
    expect(after.filter((call) => call.to.email.endsWith("@small.example"))).toHaveLength(10);
    expect(after.filter((call) => call.to.email.endsWith("@big.example"))).toHaveLength(20);
  });

  test("a claim reads no more rows for a backlog of 10,000 than for one of 2,000", async () => {
    const read = async (backlog: number) => {
      await emptyDatabase();
      const world = await openPaced({ recipients: [], intervalMs: 10_000 });
      await addCampaignCopy(51, backlog, testStartAt - day, "big.example");
      const before = { ...world.cost };
      await world.tick();
      return {
        read: world.cost.rowsRead - before.rowsRead,
        written: world.cost.rowsWritten - before.rowsWritten,
      };
    };
    const [small, large] = [await read(2000), await read(10_000)];
    expect(large.written).toBe(small.written);
    expect(large.read).toBeLessThanOrEqual(small.read);
  });
});
