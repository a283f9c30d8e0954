import { beforeEach, describe, expect, test } from "vitest";
import type { SendJob } from "../../worker/jobs.ts";
import { minute } from "../support/time.ts";
import { createSelfAdvancingClock, testStartAt } from "../support/worker/clock.ts";
import { acceptEmail, type Engine, openEngine } from "../support/worker/engine.ts";
import { emptyDatabase } from "../support/worker/world.ts";

/**
 * For each minute, the delays in ms of the ticks, the Worker's runs every minute. In a minute, the
 * tick runs on time, late or twice.
 */
const tickLateness = [[0], [9000], [0, 40], [21_000], [0], [400, 400]];

type Rate = { name: string; perWindow: number; windowMs: number; minutes: number };

async function openAt({ perWindow, windowMs, minutes }: Rate): Promise<Engine> {
  const people = Math.ceil(((minutes + 2) * minute * perWindow) / windowMs);
  const recipients = Array.from({ length: people }, (_, index) => ({ email: `o${index}@example.com` }));
  const world = { intervalMs: windowMs / perWindow, recipients };
  return await openEngine({ world, provider: acceptEmail, clock: createSelfAdvancingClock() });
}

const slotOf = (job: SendJob) => Math.min(...job.entries.map(({ slotAt }) => slotAt));

/**
 * Runs ticks for some minutes. Calls `pass` with the queued jobs, and `pass` moves the clock until
 * the next tick.
 */
async function strike(
  { tick, clock, queue }: Engine,
  minutes: number,
  pass: (queued: SendJob[], until: number) => Promise<void>,
): Promise<void> {
  const strikes = Array.from({ length: minutes }, (_, passed) =>
    (tickLateness[passed % tickLateness.length] ?? []).map(
      (lateMs) => testStartAt + passed * minute + lateMs,
    ),
  ).flat();
  for (const [index, at] of strikes.entries()) {
    clock.at = Math.max(clock.at, at);
    await tick();
    await pass(queue.take(), strikes[index + 1] ?? testStartAt + minutes * minute);
  }
}

function expectExactly(times: readonly number[], { perWindow, windowMs, minutes }: Rate): void {
  const sorted = times.toSorted((a, b) => a - b);
  // A window may begin at any call. Therefore the time between a call and the call that comes
  // `perWindow` calls later must be at least the length of a window.
  const spans = sorted.slice(perWindow).map((at, index) => at - (sorted[index] ?? 0));
  expect(Math.min(...spans)).toBeGreaterThanOrEqual(windowMs);
  const allowed = (minutes * minute * perWindow) / windowMs;
  const used = sorted.filter((at) => at < testStartAt + minutes * minute).length;
  expect(used).toBeLessThanOrEqual(allowed);
  expect(used / allowed).toBeGreaterThanOrEqual(0.98);
}

beforeEach(emptyDatabase);

describe("a sender's rate is never exceeded and used to at least 98 %", () => {
  test.each<Rate>([
    { name: "1 per minute", perWindow: 1, windowMs: minute, minutes: 12 },
    { name: "2 per minute", perWindow: 2, windowMs: minute, minutes: 12 },
  ])("at $name, counted at the provider over twelve minutes", async (rate) => {
    const world = await openAt(rate);
    let waiting: SendJob[] = [];
    await strike(world, rate.minutes, async (queued, until) => {
      const ordered = [...waiting, ...queued].toSorted((a, b) => slotOf(a) - slotOf(b));
      waiting = ordered.filter((job) => slotOf(job) >= until);
      for (const job of ordered.filter((one) => slotOf(one) < until)) {
        // The queue counts in whole seconds, so it delivers a job at most a second before the slot,
        // the planned moment of the email. Then the sender waits until the slot.
        world.clock.at = Math.max(world.clock.at, Math.floor(slotOf(job) / 1000) * 1000);
        await world.deliver([job]);
      }
    });
    expectExactly(
      world.calls.map(({ at }) => at),
      rate,
    );
  });

  test("at 50 per second, counted by the queued slots over three minutes", async () => {
    const rate: Rate = { name: "50 per second", perWindow: 50, windowMs: 1000, minutes: 3 };
    const world = await openAt(rate);
    const slots: number[] = [];
    await strike(world, rate.minutes, async (queued) => {
      slots.push(...queued.flatMap(({ entries }) => entries.map(({ slotAt }) => slotAt)));
    });
    expectExactly(slots, rate);
  });
});
