import { runTick, slotHorizonMs } from "../../../../worker/send/sequencer.ts";
import { day } from "../../time.ts";
import { planRollUps } from "./end-figures.ts";
import { readEndState } from "./end-state.ts";
import { startRecordingStatusChanges, stopRecordingStatusChanges } from "./facts.ts";
import type { FaultSource } from "./faults.ts";
import { type ChaosRunRecord, type InvariantName, listBrokenInvariants } from "./invariants.ts";
import { createRandom } from "./random.ts";
import { type ChaosScenario, chooseScenario, insertScenario } from "./scenario.ts";
import { createSimulation, type SimulationOptions } from "./simulation.ts";
import { runTicks } from "./strikes.ts";

export type ChaosOptions = SimulationOptions & {
  recipients: number;
  unknownPolicy?: ChaosScenario["unknownPolicy"];
  /**
   * The share of ticks during which a second tick starts. A tick is the Worker's run every minute.
   */
  overlapRate?: number;
  /** The settings that the caller chooses. The seed decides all other settings. */
  given?: Partial<Pick<ChaosScenario, "sendWindow" | "intervalMs" | "dailyCap" | "domainDailyCap">>;
};

export type ChaosResult = {
  broken: { name: InvariantName; detail: string }[];
  record: ChaosRunRecord;
  ticks: number;
  steps: number;
  faults: FaultSource["drawn"];
};

/** The time after which no more faults happen, so that the run can end. */
const troubledMs = 12 * day;
/** The time after which a recipient who is still active counts as stuck. */
const longestMs = 60 * day;
/**
 * The greatest allowed number of events per recipient in a run, about ten times the usual number.
 */
const stepsPerRecipient = 2500;

/**
 * Runs two campaigns from the launch to the end, and returns the invariants that the run broke. The
 * seed decides everything that is random.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, recipients, unknownPolicy = "assumeSent" } = options;
  const scenario = { ...chooseScenario(seed, recipients, unknownPolicy), ...options.given };
  await insertScenario(scenario);
  await startRecordingStatusChanges();
  try {
    return await play(options, scenario);
  } finally {
    await stopRecordingStatusChanges();
  }
}

async function play(options: ChaosOptions, scenario: ChaosScenario): Promise<ChaosResult> {
  const { clock, faults, database, provider, people, open } = createSimulation(options, scenario);
  people.start();
  planRollUps(clock, longestMs);
  clock.after(troubledMs, () => faults.stop());
  const strikes = runTicks({
    ...{ clock, faults, horizonMs: slotHorizonMs },
    random: createRandom(options.seed, "strikes"),
    overlapRate: options.overlapRate ?? 0.15,
    until: scenario.start + longestMs,
    strike: () => open(runTick),
  });
  const mostSteps = stepsPerRecipient * scenario.recipients.length;
  let steps = 0;
  for (; clock.nextAt() !== null && steps < mostSteps; steps += 1) await clock.step();
  const record: ChaosRunRecord = {
    scenario,
    calls: provider.calls,
    deliveries: provider.deliveries,
    facts: database.facts,
    end: await readEndState(scenario.start, clock.now()),
    cameToRest: clock.nextAt() === null,
  };
  return {
    broken: listBrokenInvariants(record),
    record,
    ticks: strikes.count(),
    steps,
    faults: faults.drawn,
  };
}
