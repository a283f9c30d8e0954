import { afterAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { networkFaultNames } from "../support/worker/chaos/faults.ts";
import { invariants } from "../support/worker/chaos/invariants.ts";
import { plantedBugs } from "../support/worker/chaos/planted.ts";
import { type ChaosOptions, type ChaosResult, runChaos } from "../support/worker/chaos/run.ts";

/*
 * Runs the real engine with real D1. Time, queues, the provider, owners and agents are simulated,
 * and calls to the outside fail at random. CHAOS_SEED=7 repeats one seed, CHAOS_RUNS=200 runs 200
 * seeds from the first seed on, and CHAOS_RECIPIENTS=1000 sets the number of recipients.
 */

const { seed: firstSeed, runs, recipients } = inject("chaos");
const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
/**
 * The time limit of a test, in ms. A run of 10 recipients takes a second or two. People start
 * larger runs by hand.
 */
const timeout = 60_000 + recipients * 5000;
const summaries: string[] = [];
/** The number of times that each fault happened to each kind of call, over all runs. */
const befallen = new Map<string, Map<string, number>>();

beforeEach(() => {
  // The engine logs every fault, and this suite causes thousands of faults. Therefore the log is
  // turned off.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterAll(() => console.log(summaries.join("\n")));

async function run(options: ChaosOptions): Promise<ChaosResult> {
  const startedAt = performance.now();
  const result = await runChaos(options);
  const took = ((performance.now() - startedAt) / 1000).toFixed(1);
  const { calls, deliveries } = result.record;
  let sum = 0;
  for (const [label, counts] of result.faults) {
    const all = befallen.get(label) ?? new Map<string, number>();
    befallen.set(label, all);
    for (const [name, count] of counts) {
      all.set(name, (all.get(name) ?? 0) + count);
      if (name !== "none") sum += count;
    }
  }
  summaries.push(
    `seed ${options.seed}: ${result.ticks} ticks, ${result.steps} steps, ${sum} faults, ${calls.length} calls, ${deliveries.length} delivered, ${took} s`,
  );
  return result;
}

describe("with random faults", () => {
  test.each(seeds)(
    "every invariant holds, and no recipient gets a step twice (seed %d)",
    { timeout },
    async (seed) => {
      const result = await run({ seed, recipients });
      expect(result.broken, `to see it again: CHAOS_SEED=${seed} CHAOS_RECIPIENTS=${recipients}`).toEqual([]);
    },
  );

  test.each(seeds.slice(0, Math.ceil(runs / 4)))(
    "a campaign that resends sends only unknown emails again (seed %d)",
    { timeout },
    async (seed) => {
      const result = await run({ seed, recipients, unknownPolicy: "resend" });
      expect(result.broken, `to see it again: CHAOS_SEED=${seed} CHAOS_RECIPIENTS=${recipients}`).toEqual([]);
    },
  );

  test.runIf(runs >= networkFaultNames.length)("every frequent call of the engine meets every fault", () => {
    const common = [...befallen].filter(
      ([label, counts]) => label !== "provider" && (counts.get("none") ?? 0) > 40 * runs,
    );
    const unmet = common.flatMap(([label, counts]) =>
      networkFaultNames.filter((fault) => !counts.has(fault)).map((fault) => `${label}: ${fault}`),
    );
    expect(common.length).toBeGreaterThan(5);
    expect(unmet).toEqual([]);
  });

  test("the same seed gives the same run", { timeout }, async () => {
    const [once, again] = [
      await runChaos({ seed: firstSeed, recipients: 6 }),
      await runChaos({ seed: firstSeed, recipients: 6 }),
    ];
    expect(again.record).toEqual(once.record);
    expect(once.record.deliveries.length).toBeGreaterThan(4);
  });
});

describe("the suite detects a planted bug:", () => {
  test("one against every invariant", () => {
    expect(new Set(plantedBugs.map(({ breaks }) => breaks))).toEqual(new Set(Object.keys(invariants)));
  });

  test.each(plantedBugs)("$what", { timeout }, async ({ breaks, plant, caughtBy = 1 }) => {
    const found = new Set<string>();
    let tried = 0;
    // Not every run shows the bug, so the seed that last found the bug is tried first.
    for (const seed of new Set([caughtBy, 1, 2, 3, 4, 5, 6])) {
      if (found.has(breaks)) break;
      const result = await runChaos({ ...plant, seed, recipients: 9 });
      for (const { name } of result.broken) found.add(name);
      tried += 1;
    }
    summaries.push(`${breaks}: ${[...found].join()} after ${tried} runs`);
    expect([...found]).toContain(breaks);
  });
});
