import type { SimulatedClock } from "./clock.ts";
import type { FaultSource } from "./faults.ts";
import { type EntryPointCall, makeOutsideCall } from "./outside.ts";
import type { Random } from "./random.ts";

/**
 * The queue's settings, as in wrangler.toml. If `mayLose` is true, the queue sometimes loses a
 * message.
 */
export type SimulatedQueueOptions<Body> = {
  clock: SimulatedClock;
  faults: FaultSource;
  random: Random;
  maxBatch: number;
  maxRetries: number;
  retryDelayMs: number;
  mayLose: boolean;
  /** Passes a batch to the consumer, and calls `ended` when the consumer has ended. */
  consume: (batch: MessageBatch<Body>, ended: (how: "done" | "failed" | "died") => void) => void;
};

export type SimulatedQueue<Body> = {
  open(invocation: EntryPointCall): Queue<Body>;
  /** Adds a message that does not come from the engine. `put` never has a network fault. */
  put(body: Body, delayMs: number): void;
};

type Waiting<Body> = { id: string; body: Body; attempts: number; visibleAt: number };

const batchTimeoutMs = 1000;
/** The time, in ms, after which the messages of a dead consumer process are delivered again. */
const abandonedMs = 60_000;

/** Simulates an unreliable Cloudflare queue: messages come late, out of order, twice, or never. */
export function createSimulatedQueue<Body>(options: SimulatedQueueOptions<Body>): SimulatedQueue<Body> {
  const { clock, random } = options;
  const waiting = new Set<Waiting<Body>>();
  let made = 0;
  const wait = (message: Waiting<Body>) => {
    waiting.add(message);
    clock.after(message.visibleAt - clock.now() + random.between(0, batchTimeoutMs), pump);
  };
  const put = (body: Body, delayMs: number) => {
    made += 1;
    for (const extraMs of drawCopyDelays(options)) {
      const visibleAt = clock.now() + delayMs + extraMs;
      wait({ id: `m${made}`, body: structuredClone(body), attempts: 1, visibleAt });
    }
  };
  const pump = () => {
    const ready = [...waiting].filter((message) => message.visibleAt <= clock.now());
    const shuffled = ready
      .map((message) => ({ message, place: random.next() }))
      .sort((a, b) => a.place - b.place);
    const batch = shuffled.slice(0, options.maxBatch).map(({ message }) => message);
    if (batch.length === 0) return;
    for (const message of batch) waiting.delete(message);
    deliver(batch, options, (message, delayMs) => {
      if (message.attempts > options.maxRetries) return;
      wait({ ...message, attempts: message.attempts + 1, visibleAt: clock.now() + delayMs });
    });
    if (ready.length > batch.length) clock.after(1, pump);
  };
  return { put, open: (invocation) => createProducer(options, invocation, put) };
}

/** Returns the queue binding for one call of an entry point of the Worker. */
function createProducer<Body>(
  { clock, faults }: SimulatedQueueOptions<Body>,
  invocation: EntryPointCall,
  put: (body: Body, delayMs: number) => void,
): Queue<Body> {
  const send = (label: string, effect: () => void) =>
    makeOutsideCall(clock, invocation, faults.drawNetwork(label), async () => effect());
  const queue = {
    send: (body: Body, { delaySeconds = 0 }: QueueSendOptions = {}) =>
      send("queue send", () => put(body, delaySeconds * 1000)),
    sendBatch(messages: Iterable<MessageSendRequest<Body>>) {
      const all = [...messages];
      return send("queue sendBatch", () => {
        for (const { body, delaySeconds = 0 } of all) put(body, delaySeconds * 1000);
      });
    },
  };
  return queue as unknown as Queue<Body>;
}

/**
 * Returns one delay for each time that a message is delivered. Most messages are delivered once,
 * after a short delay. For a lost message, returns no delay.
 */
function drawCopyDelays<Body>({ random, faults, mayLose }: SimulatedQueueOptions<Body>): number[] {
  const usual = random.between(0, 800);
  if (faults.hasStopped()) return [usual];
  const fate = random.next();
  if (fate < 0.03) return mayLose ? [] : [usual];
  if (fate < 0.07) return [usual, usual];
  if (fate < 0.1) return [usual, usual + random.between(0, 3000)];
  if (fate < 0.12) return [usual, usual + random.between(0, 12 * 60_000)];
  if (fate < 0.16) return [usual + random.between(1000, 12 * 60_000)];
  // The delay is longer than usual, but shorter than `slotHorizonMs`, for which the engine plans
  // ahead.
  if (fate < 0.22) return [usual + random.between(1000, 45_000)];
  return [usual];
}

function deliver<Body>(
  batch: readonly Waiting<Body>[],
  { consume, retryDelayMs }: SimulatedQueueOptions<Body>,
  again: (message: Waiting<Body>, delayMs: number) => void,
): void {
  // The copies of a message share an id, but the consumer acknowledges or retries each copy
  // separately. Therefore the map's key is the copy and not the id.
  const retries = new Map<Waiting<Body>, number>();
  const messages = batch.map((message) => ({
    id: message.id,
    body: message.body,
    attempts: message.attempts,
    timestamp: new Date(message.visibleAt),
    ack: () => retries.delete(message),
    retry: (options?: QueueRetryOptions) =>
      retries.set(message, options?.delaySeconds === undefined ? retryDelayMs : options.delaySeconds * 1000),
  }));
  consume({ queue: "chaos", messages } as unknown as MessageBatch<Body>, (how) => {
    if (how === "done") for (const [message, delayMs] of retries) again(message, delayMs);
    else for (const message of batch) again(message, how === "died" ? abandonedMs : retryDelayMs);
  });
}
