import type { Ctx } from "../../../../worker/context.ts";
import type { EventJob, SendJob } from "../../../../worker/jobs.ts";
import type { Provider } from "../../../../worker/providers/provider.ts";
import { ingestEventBatch } from "../../../../worker/receive/ingest.ts";
import { sendQueuedEmails } from "../../../../worker/send/sender.ts";
import { bindings } from "../world.ts";
import { createSimulatedClock, type SimulatedClock } from "./clock.ts";
import { createSimulatedDatabase, type SimulatedDatabase } from "./database.ts";
import { createEntryPointCaller, type EntryPointCaller } from "./doors.ts";
import { createFaultSource, type FaultSource } from "./faults.ts";
import { createSimulatedPeople, type SimulatedPeople } from "./people.ts";
import { createProviderLog, type ProviderLog } from "./provider-log.ts";
import { createSimulatedQueue, type SimulatedQueueOptions } from "./queue.ts";
import { createRandom } from "./random.ts";
import type { ChaosScenario } from "./scenario.ts";

export type SimulationOptions = {
  seed: number;
  /**
   * The share of calls to D1 or to a queue that have a fault. `callRate` is the share of provider
   * calls that have a fault.
   */
  networkRate?: number;
  callRate?: number;
  /**
   * The probability that an agent stops a recipient during a job. Also the probability that, after
   * a provider call, an owner reacts or an agent changes the recipient.
   */
  stopRate?: number;
  /** The probability that the tenant stops all sending after a provider call. */
  panicRate?: number;
  /**
   * The share of recipients for whom an owner reacts or an agent changes the recipient at a random
   * time.
   */
  meddleRate?: number;
  /**
   * Changes each SQL statement before D1 runs the statement. A test puts a bug into the engine with
   * this function.
   */
  rewrite?: (sql: string) => string;
  /** Wraps the provider. A test puts a bug into the engine with this function. */
  provider?: (provider: Provider) => Provider;
};

export type Simulation = {
  clock: SimulatedClock;
  faults: FaultSource;
  database: SimulatedDatabase;
  provider: ProviderLog;
  people: SimulatedPeople;
  open: EntryPointCaller;
};

const unchanged = <T>(value: T): T => value;

/**
 * Connects the engine's entry points to the simulated outside world and to the real D1.
 */
export function createSimulation(options: SimulationOptions, scenario: ChaosScenario): Simulation {
  const {
    seed,
    networkRate = 0.04,
    callRate = 0.3,
    rewrite = unchanged,
    provider: plant = unchanged,
  } = options;
  const clock = createSimulatedClock(scenario.start);
  const faults = createFaultSource({
    random: createRandom(seed, "faults"),
    ...{ networkRate, callRate, turn: seed },
  });
  const database = createSimulatedDatabase({
    ...{ clock, faults, rewrite },
    onFact: (fact) => people.onFact(fact),
  });
  const provider = createProviderLog({
    clock,
    faults,
    onCall: (call) => people.onCall(call),
    onDelivery: (delivery) => people.onDelivery(delivery),
  });
  const open = createEntryPointCaller({
    seed,
    clock,
    bind: (invocation) => ({
      ...bindings,
      DB: database.open(invocation),
      SEND_QUEUE: queues.send.open(invocation),
      EVENT_QUEUE: queues.event.open(invocation),
    }),
    equip: (ctx, invocation) => ({
      ...ctx,
      providers: { ...ctx.providers, outbox: plant(provider.open(invocation, ctx.providers.outbox)) },
    }),
  });
  const shared = { clock, faults, random: createRandom(seed, "queues") };
  const queues = createQueues(shared, open, (job) => people.onJob(job));
  const people = createSimulatedPeople({
    ...{ scenario, clock, faults, random: createRandom(seed, "people") },
    stopRate: options.stopRate ?? 0.05,
    panicRate: options.panicRate ?? 0.0125,
    meddleRate: options.meddleRate ?? 0.12,
    ask: (request, then) => askUntilDone(clock, open, request, then),
    hear: (job, delayMs) => queues.event.put(job, delayMs),
  });
  return { clock, faults, database, provider, people, open };
}

function askUntilDone(
  clock: SimulatedClock,
  open: EntryPointCaller,
  request: (ctx: Ctx) => Promise<unknown>,
  then: () => void = () => undefined,
): void {
  open(request, (how) => {
    if (how === "done") then();
    else clock.after(20_000, () => askUntilDone(clock, open, request, then));
  });
}

/** Creates both queues, with their consumers' settings as in wrangler.toml. */
function createQueues(
  shared: Pick<SimulatedQueueOptions<unknown>, "clock" | "faults" | "random">,
  open: EntryPointCaller,
  onJob: (job: SendJob) => void,
) {
  return {
    send: createSimulatedQueue<SendJob>({
      ...shared,
      ...{ maxBatch: 10, maxRetries: 10, retryDelayMs: 30_000, mayLose: true },
      consume: (batch, ended) => {
        for (const { body } of batch.messages) onJob(body);
        open((ctx) => sendQueuedEmails(ctx, batch), ended);
      },
    }),
    // This queue loses no message, because the engine can't recover an event that never arrives.
    event: createSimulatedQueue<EventJob>({
      ...shared,
      ...{ maxBatch: 50, maxRetries: 20, retryDelayMs: 10_000, mayLose: false },
      consume: (batch, ended) => open((ctx) => ingestEventBatch(ctx, batch), ended),
    }),
  };
}
