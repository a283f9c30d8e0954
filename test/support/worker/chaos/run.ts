import { horizonMs, tick } from "../../../../worker/send/sequencer.ts";
import { day } from "../../time.ts";
import { readEndState } from "./end-state.ts";
import { forgetFacts, watchFacts } from "./facts.ts";
import type { Faults } from "./faults.ts";
import { broken, type Evidence, type InvariantName } from "./invariants.ts";
import { createRandom } from "./random.ts";
import { chooseScenario, createScenario, type Scenario } from "./scenario.ts";
import { createSimulation, type SimulationOptions } from "./simulation.ts";
import { keepStriking } from "./strikes.ts";

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
  evidence: Evidence;
  ticks: number;
  steps: number;
  faults: Faults["drawn"];
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
  await watchFacts();
  try {
    return await play(options, scenario);
  } finally {
    await forgetFacts();
  }
}

async function play(options: ChaosOptions, scenario: Scenario): Promise<ChaosResult> {
  const { clock, faults, database, provider, people, open } = createSimulation(options, scenario);
  people.start();
  clock.after(troubledMs, () => faults.stop());
  const strikes = keepStriking({
    ...{ clock, faults, horizonMs },
    random: createRandom(options.seed, "strikes"),
    overlapRate: options.overlapRate ?? 0.15,
    until: scenario.start + longestMs,
    strike: () => open(tick),
  });
  const mostSteps = stepsPerRecipient * scenario.recipients.length;
  let steps = 0;
  for (; clock.nextAt() !== null && steps < mostSteps; steps += 1) await clock.step();
  const evidence: Evidence = {
    scenario,
    calls: provider.calls,
    deliveries: provider.deliveries,
    facts: database.facts,
    end: await readEndState(),
    cameToRest: clock.nextAt() === null,
  };
  return { broken: broken(evidence), evidence, ticks: strikes.count(), steps, faults: faults.drawn };
}
