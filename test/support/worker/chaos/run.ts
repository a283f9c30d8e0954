import { horizonMs, tick } from "../../../../worker/send/sequencer.ts";
import { day } from "../../time.ts";
import { readEndState } from "./end-state.ts";
import { startRecordingFacts, stopRecordingFacts } from "./facts.ts";
import type { FaultSource } from "./faults.ts";
import { type InvariantName, listBrokenInvariants, type RunRecord } from "./invariants.ts";
import { createRandom } from "./random.ts";
import { chooseScenario, createScenario, type Scenario } from "./scenario.ts";
import { createSimulation, type SimulationOptions } from "./simulation.ts";
import { runTicks } from "./strikes.ts";

export type ChaosOptions = SimulationOptions & {
  recipients: number;
  unknownPolicy?: Scenario["unknownPolicy"];
  /** How often two ticks run at once. */
  overlapRate?: number;
  /** The parts of a run that the seed does not decide. */
  given?: Partial<Pick<Scenario, "sendWindow" | "intervalMs" | "dailyCap" | "domainDailyCap">>;
};

export type ChaosResult = {
  broken: { name: InvariantName; detail: string }[];
  evidence: RunRecord;
  ticks: number;
  steps: number;
  faults: FaultSource["drawn"];
};

/** Faults stop at this time, so that the run can come to its end. */
const troubledMs = 12 * day;
/** A recipient who is not through by this time is stuck. */
const longestMs = 60 * day;
/** About ten times a recipient's usual share of the events in a run. */
const stepsPerRecipient = 2500;

/** Runs one campaign from its launch to its end. The seed decides everything that is random. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, recipients, unknownPolicy = "assumeSent" } = options;
  const scenario = { ...chooseScenario(seed, recipients, unknownPolicy), ...options.given };
  await createScenario(scenario);
  await startRecordingFacts();
  try {
    return await play(options, scenario);
  } finally {
    await stopRecordingFacts();
  }
}

async function play(options: ChaosOptions, scenario: Scenario): Promise<ChaosResult> {
  const { clock, faults, database, provider, people, open } = createSimulation(options, scenario);
  people.start();
  clock.after(troubledMs, () => faults.stop());
  const strikes = runTicks({
    ...{ clock, faults, horizonMs },
    random: createRandom(options.seed, "strikes"),
    overlapRate: options.overlapRate ?? 0.15,
    until: scenario.start + longestMs,
    strike: () => open(tick),
  });
  const mostSteps = stepsPerRecipient * scenario.recipients.length;
  let steps = 0;
  for (; clock.nextAt() !== null && steps < mostSteps; steps += 1) await clock.step();
  const evidence: RunRecord = {
    scenario,
    calls: provider.calls,
    deliveries: provider.deliveries,
    facts: database.facts,
    end: await readEndState(),
    cameToRest: clock.nextAt() === null,
  };
  return {
    broken: listBrokenInvariants(evidence),
    evidence,
    ticks: strikes.count(),
    steps,
    faults: faults.drawn,
  };
}
