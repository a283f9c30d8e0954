import { type Ctx, createContext } from "../../../worker/context.ts";
import { loadCandidates } from "../../../worker/db/candidates.ts";
import { beginAttempts } from "../../../worker/db/messages.ts";
import { openDatabase } from "../../../worker/db/scope.ts";
import { explainHold } from "../../../worker/domain/send/eligibility.ts";
import type { Bindings } from "../../../worker/env.ts";
import type { SendJob } from "../../../worker/jobs.ts";
import type { OutgoingEmail, Provider, SendOutcome } from "../../../worker/providers/provider.ts";
import { ingestEvents } from "../../../worker/receive/ingest.ts";
import { sendQueuedEmails } from "../../../worker/send/sender.ts";
import { leaseBeyondHorizonMs, runTick, slotHorizonMs } from "../../../worker/send/sequencer.ts";
import { minute } from "../time.ts";
import { type Clock, createClock } from "./clock.ts";
import { meterDatabase, type StatementCost } from "./cost.ts";
import { buildEvent, type EventParts } from "./event.ts";
import { createCollectingQueue, deliverBatch } from "./queue.ts";
import { bindings, createWorld, type WorldOptions, worldIds } from "./world.ts";

/** A function that answers for the mail provider: returns the outcome of sending an email. */
export type EmailResponder = (email: OutgoingEmail) => SendOutcome | Promise<SendOutcome>;

const taken: SendOutcome = { kind: "accepted", providerMessageId: "p-1" };
export const acceptEmail = () => taken;

export type EngineOptions = {
  /**
   * The rows that are first inserted into the database; see `createWorld`. Without `world`, the
   * database stays as it is.
   */
  world?: Partial<WorldOptions>;
  /**
   * The function that answers for the provider. Without `provider`, the outbox provider answers,
   * which only stores emails.
   */
  provider?: EmailResponder;
  clock?: Clock;
  /** If true, `cost` of the returned engine adds up the cost of all statements. */
  meter?: boolean;
  env?: Partial<Bindings>;
};

/** An email that the engine passed to the provider, and the time of the call. */
export type EngineProviderCall = OutgoingEmail & { at: number };

const maxRedeliveries = 5;
const getDepartureAt = (job: SendJob) => Math.max(...job.entries.map(({ slotAt }) => slotAt));

/**
 * Returns the engine with the real D1. A test moves the engine's clock by hand, and delivers the
 * jobs of the engine's queue by hand.
 */
export async function openEngine(options: EngineOptions = {}) {
  const { world, provider, clock = createClock(), meter = false, env } = options;
  if (world !== undefined) await createWorld({ now: clock.at, ...world });
  const { d1, cost } = meter ? meterDatabase(bindings.DB) : { d1: bindings.DB, cost: noCost };
  const database = { onSql: (_sql: string): void => undefined };
  const queue = createCollectingQueue<SendJob>();
  const base = createContext(
    { ...bindings, DB: watchDatabase(d1, (sql) => database.onSql(sql)), SEND_QUEUE: queue.queue, ...env },
    { now: clock.now, random: () => 0, sleep: clock.sleep },
  );
  const calls: EngineProviderCall[] = [];
  let answer = provider;
  const outbox: Provider = {
    ...base.providers.outbox,
    send: async (email, ...rest) => {
      calls.push({ ...email, at: clock.at });
      return answer === undefined ? base.providers.outbox.send(email, ...rest) : answer(email);
    },
  };
  const ctx: Ctx = { ...base, providers: { ...base.providers, outbox } };
  const consume = (batch: MessageBatch<SendJob>) => sendQueuedEmails(ctx, batch);
  const deliverJobs = (jobs: readonly SendJob[] = queue.take()) => deliverBatch(jobs, consume);

  /**
   * Delivers jobs to the queue consumer. If the consumer asks for a retry, delivers the job again
   * after the delay that the consumer asks for.
   */
  async function deliverAll(jobs: readonly SendJob[] = queue.take()): Promise<void> {
    for (let left = jobs, turn = 0; left.length > 0 && turn < maxRedeliveries; turn += 1) {
      const { retried, retriedAfterMs } = await deliverJobs(left);
      const put = new Set(retried.map(Number));
      left = left.filter((_, index) => put.has(index));
      if (left.length > 0) clock.at += Math.min(...retriedAfterMs);
    }
  }

  let waiting: SendJob[] = [];
  /**
   * Delivers each job whose last slot is before `until`, at the time of this slot. A slot is the
   * planned moment of an email.
   */
  async function deliverUntil(until: number): Promise<void> {
    waiting.push(...queue.take());
    const ready = waiting
      .filter((job) => getDepartureAt(job) < until)
      .toSorted((a, b) => getDepartureAt(a) - getDepartureAt(b));
    waiting = waiting.filter((job) => getDepartureAt(job) >= until);
    for (const job of ready) {
      clock.at = Math.max(clock.at, getDepartureAt(job));
      await deliverJobs([job]);
    }
  }

  return {
    ctx,
    clock,
    queue,
    /** The emails that the engine has passed to the provider, in order. */
    calls,
    cost,
    /**
     * The engine's database. Calls `onSql` with each prepared statement. A test may set an `onSql`
     * that throws or moves the clock.
     */
    database,
    now: clock.now,
    advance: clock.advance,
    answerWith: (next: EmailResponder) => {
      answer = next;
    },
    tick: () => runTick(ctx),
    deliver: deliverJobs,
    deliverAll,
    /**
     * @returns the delay that the consumer asked for, or null if the consumer did not retry the job
     */
    async deliverOne(job: SendJob): Promise<number | null> {
      return (await deliverJobs([job])).retriedAfterMs[0] ?? null;
    },
    /** Runs a tick, which queues jobs for due emails, and delivers the jobs. */
    async run() {
      await runTick(ctx);
      await deliverJobs();
    },
    /**
     * Lets minutes pass. In each minute, runs a tick, and delivers the jobs whose slots lie in this
     * minute.
     */
    async pass(minutes: number) {
      for (let count = 0; count < minutes; count += 1) {
        const until = clock.at + minute;
        await runTick(ctx);
        await deliverUntil(until);
        clock.at = until;
      }
    },
    /** Moves the clock until no recipient is claimed for sending any more. */
    outlastClaims: () => clock.advance(slotHorizonMs + leaseBeyondHorizonMs + 1),
    /**
     * Begins to send the queued email but does not finish, like a process that dies during the
     * provider call.
     */
    async beginAndDie(): Promise<number> {
      await runTick(ctx);
      const entry = queue.take()[0]?.entries[0];
      if (entry === undefined) throw new Error("nothing was queued");
      const { recipientId, stepNumber, lease } = entry;
      const terms = {
        subject: "x",
        saysLast: false,
        record: null,
        variant: null,
        accountId: worldIds.account,
        listingRevision: 0,
      };
      const call = { recipientId, stepNumber, lease, ...terms };
      return (await beginAttempts(ctx.db, [call], 5, clock.at)).size;
    },
    /** Ingests events as if the mail service reported the events now. */
    hear: (events: EventParts | readonly EventParts[], tenantId: number = worldIds.tenant) =>
      ingestEvents(ctx, {
        kind: "events",
        tenantId,
        source: "test",
        receivedAt: clock.at,
        events: [events].flat().map((parts) => buildEvent({ occurredAt: clock.at, ...parts })),
      }),
    /**
     * Returns the reason why a recipient's next email is held, and the time of the engine's next
     * check.
     */
    async whyNotYet(recipientId: number = worldIds.firstRecipient) {
      const [candidate] = await loadCandidates(openDatabase(bindings.DB), [recipientId], null);
      return candidate === undefined ? null : explainHold(candidate, clock.at);
    },
  };
}
export type Engine = Awaited<ReturnType<typeof openEngine>>;

const noCost: StatementCost = { rowsRead: 0, rowsWritten: 0, statements: 0 };

/** Returns a wrapped database that calls `onSql` with each prepared statement. */
function watchDatabase(d1: D1Database, onSql: (sql: string) => void): D1Database {
  return new Proxy(d1, {
    get(target, name) {
      if (name === "batch") return target.batch.bind(target);
      if (name !== "prepare") return Reflect.get(target, name) as unknown;
      return (sql: string) => {
        onSql(sql);
        return target.prepare(sql);
      };
    },
  });
}
