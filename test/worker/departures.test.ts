import { beforeEach, describe, expect, inject, test } from "vitest";
import { toIntervalMs } from "../../worker/domain/send/interval.ts";
import type { SendJob } from "../../worker/jobs.ts";
import { minute } from "../support/time.ts";
import { createRandom } from "../support/worker/chaos/random.ts";
import { createSelfAdvancingClock, testStartAt } from "../support/worker/clock.ts";
import { acceptEmail, type Engine, openEngine } from "../support/worker/engine.ts";
import {
  bindings,
  buildNumberedRecipients,
  countMessagesByStatus,
  emptyDatabase,
  updateSender,
  type WorldOptions,
} from "../support/worker/world.ts";

/**
 * A function that returns the delay of each copy of a job, in ms. An empty list means that the
 * queue loses the job.
 */
type Lateness = (job: number) => number[];

const openPaced = (world: Partial<WorldOptions>) =>
  openEngine({ world, provider: acceptEmail, clock: createSelfAdvancingClock() });

beforeEach(emptyDatabase);

/**
 * Lets minutes pass. The queue delivers each job with the delays from `latenessOf`, and delivers a
 * job again if the sender asks for a retry.
 */
async function passWith(world: Engine, minutes: number, latenessOf: Lateness): Promise<void> {
  const waiting: { at: number; job: SendJob }[] = [];
  let jobs = 0;
  for (let passed = 0; passed < minutes; passed += 1) {
    const until = testStartAt + (passed + 1) * minute;
    await world.tick();
    for (const job of world.queue.take()) {
      const slotAt = Math.min(...job.entries.map((entry) => entry.slotAt));
      // The queue counts in whole seconds, so it may deliver a job up to one second before the
      // job's slot, the planned moment of the email.
      for (const lateMs of latenessOf(jobs)) waiting.push({ at: slotAt - (slotAt % 1000) + lateMs, job });
      jobs += 1;
    }
    for (let turn = 0; turn < 2000; turn += 1) {
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting[0];
      if (next === undefined || next.at >= until) break;
      waiting.shift();
      world.advance(Math.max(0, next.at - world.now()));
      const retryAfterMs = await world.deliverOne(next.job);
      if (retryAfterMs !== null) waiting.push({ at: world.now() + retryAfterMs, job: next.job });
    }
    world.advance(Math.max(0, until - world.now()));
  }
}

const gapsOf = ({ calls }: Engine) => {
  const times = calls.map(({ at }) => at).toSorted((a, b) => a - b);
  return times.slice(1).map((at, index) => at - (times[index] ?? 0));
};

/** Returns the greatest number of calls to the provider in any span of this length. */
function mostIn({ calls }: Engine, spanMs: number): number {
  const times = calls.map(({ at }) => at);
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + spanMs).length));
}

const punctual: Lateness = () => [0];

/**
 * Returns the delays of an unreliable queue. Jobs arrive up to `mostMs` late, out of order, twice,
 * or never. The same seed always produces the same delays.
 */
function unreliable(seed: number, mostMs: number): Lateness {
  const random = createRandom(seed, "queue");
  return () => {
    const late = () => (random.chance(0.5) ? random.between(0, 3000) : random.between(0, mostMs));
    if (random.chance(0.05)) return [];
    return random.chance(0.3) ? [late(), late()] : [late()];
  };
}

describe("a sending rate holds for the emails that are really sent:", () => {
  const seeds = inject("isDeep") ? [1, 2, 3, 4] : [1, 2];
  test.each(seeds)(
    "at one per minute no two emails are closer than a minute, with any queue delays (seed %d)",
    async (seed) => {
      const world = await openPaced({
        recipients: buildNumberedRecipients(60),
        intervalMs: toIntervalMs(1 / 60),
      });
      await passWith(world, 40, unreliable(seed, 90_000));
      expect(Math.min(...gapsOf(world))).toBeGreaterThanOrEqual(minute);
      expect(world.calls.length).toBeGreaterThan(15);
      expect((await countMessagesByStatus()).sent).toBe(world.calls.length);
    },
  );

  test.each(seeds)(
    "with a gap of ten minutes no two emails are closer than ten minutes (seed %d)",
    async (seed) => {
      const world = await openPaced({ recipients: buildNumberedRecipients(30), intervalMs: 1000 });
      await updateSender("min_gap_seconds = 600");
      await passWith(world, 120, unreliable(seed, 90_000));
      expect(Math.min(...gapsOf(world))).toBeGreaterThanOrEqual(10 * minute);
      expect(world.calls.length).toBeGreaterThan(4);
    },
  );

  test.each(seeds)(
    "with a gap of twenty seconds no two emails are closer than twenty seconds (seed %d)",
    async (seed) => {
      const world = await openPaced({ recipients: buildNumberedRecipients(60), intervalMs: 1000 });
      await updateSender("min_gap_seconds = 20");
      await passWith(world, 15, unreliable(seed, 70_000));
      expect(Math.min(...gapsOf(world))).toBeGreaterThanOrEqual(20_000);
      expect(world.calls.length).toBeGreaterThan(12);
    },
  );

  test.each([
    ["two", 2],
    ["twelve", 12],
    ["sixty", 60],
  ])("with a rate of %s per minute no minute has more, however late the jobs come", async (_, each) => {
    const world = await openPaced({
      recipients: buildNumberedRecipients(each * 8),
      intervalMs: toIntervalMs(each / 60),
    });
    await passWith(world, 6, unreliable(each, 70_000));
    expect(mostIn(world, minute)).toBeLessThanOrEqual(each);
    expect(world.calls.length).toBeGreaterThan(each * 2);
  });

  test("fifty per second stays fifty per second if all jobs come half a minute late", async () => {
    const world = await openPaced({ recipients: buildNumberedRecipients(600), intervalMs: toIntervalMs(50) });
    await passWith(world, 1, () => [30_000]);
    expect(world.calls).toHaveLength(600);
    const spanMs = (world.calls.at(-1)?.at ?? 0) - (world.calls[0]?.at ?? 0);
    expect(spanMs).toBeGreaterThanOrEqual(599 * 20);
    expect(mostIn(world, 1000)).toBeLessThanOrEqual(50);
  });

  test.each([
    ["one per minute", 1, 30],
    ["two per minute", 2, 20],
    ["one per second", 60, 4],
  ])("%s is used to at least 98 % if the queue is punctual", async (_, perMinute, minutes) => {
    const world = await openPaced({
      recipients: buildNumberedRecipients(perMinute * (minutes + 2)),
      intervalMs: toIntervalMs(perMinute / 60),
    });
    await passWith(world, minutes, punctual);
    expect(world.calls.length / (perMinute * minutes)).toBeGreaterThanOrEqual(0.98);
    expect(mostIn(world, minute)).toBeLessThanOrEqual(perMinute);
  });

  test("one per minute is fully used if the queue is always three seconds late", async () => {
    const world = await openPaced({
      recipients: buildNumberedRecipients(40),
      intervalMs: toIntervalMs(1 / 60),
    });
    await passWith(world, 30, () => [3000]);
    expect(world.calls.length).toBeGreaterThanOrEqual(29);
  });
});

describe("keeping the distance between emails costs", () => {
  const departures = async () =>
    await bindings.DB.prepare("SELECT next_departure_at FROM senders").first<number>("next_departure_at");

  test("no row if a slow sender's emails are on time", async () => {
    const world = await openPaced({
      recipients: buildNumberedRecipients(9),
      intervalMs: toIntervalMs(1 / 60),
    });
    await passWith(world, 8, punctual);
    expect(world.calls.length).toBeGreaterThanOrEqual(7);
    expect(await departures()).toBe(0);
  });

  test("one row if an email is late", async () => {
    const world = await openPaced({
      recipients: buildNumberedRecipients(9),
      intervalMs: toIntervalMs(1 / 60),
    });
    await passWith(world, 3, (job) => [job === 1 ? 20_000 : 0]);
    expect(await departures()).toBeGreaterThan(testStartAt + minute);
  });
});
