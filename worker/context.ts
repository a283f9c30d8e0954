import { createOutboxStore } from "./db/outbox.ts";
import { type Database, openDatabase } from "./db/scope.ts";
import { type Bindings, type Settings, settingsSchema } from "./env.ts";
import type { EventJob, SendJob } from "./jobs.ts";
import type { Providers } from "./providers/provider.ts";
import { createProviders } from "./providers/registry.ts";

/**
 * The database, clock, ids, randomness, providers and queues for one call of an entry point. The
 * code behind an entry point uses no other source of time, ids or randomness.
 */
export type Ctx = {
  db: Database;
  /** Returns the present time in milliseconds UTC. */
  now: () => number;
  /**
   * Returns the real time, which neither the demo nor a test moves. Only for what another server
   * compares with its own clock.
   */
  wallClock: () => number;
  /** Resolves after `ms` milliseconds. */
  sleep: (ms: number) => Promise<void>;
  /**
   * Returns a new row id, larger than the ids that this context returned before. An id has at most
   * 53 bits, so a JavaScript number holds the id exactly.
   */
  newId: () => number;
  /** Returns a random number from 0 up to, but not including, 1. */
  random: () => number;
  providers: Providers;
  queues: { send: Queue<SendJob>; event: Queue<EventJob> };
  settings: Settings;
};

/**
 * The instant from which the milliseconds in ids are counted. An id has 41 bits of milliseconds and
 * 12 random bits. The random bits make equal ids in one millisecond unlikely.
 */
const idEpoch = Date.UTC(2025, 0, 1);

export function createIdGenerator(now: () => number, random: () => number): () => number {
  let last = 0;
  return () => {
    const fresh = Math.max(1, now() - idEpoch) * 4096 + Math.floor(random() * 4096);
    last = Math.max(last + 1, fresh);
    return last;
  };
}

export type ContextOptions = Partial<Pick<Ctx, "now" | "sleep" | "random">>;

/**
 * Builds the context of one call of an entry point. The demo and the tests replace the clock and
 * the randomness through `options`.
 */
export function createContext(env: Bindings, options: ContextOptions = {}): Ctx {
  const wallClock = () => Date.now();
  const now = options.now ?? wallClock;
  const random = options.random ?? (() => Math.random());
  const db = openDatabase(env.DB);
  const checked = settingsSchema.parse(env);
  return {
    db,
    now,
    wallClock,
    sleep: options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    random,
    newId: createIdGenerator(now, random),
    providers: createProviders(
      {
        sendgrid: pickEndpoints(
          checked.SENDGRID_API_BASE,
          "https://api.sendgrid.com",
          "https://api.eu.sendgrid.com",
        ),
        mailgun: pickEndpoints(
          checked.MAILGUN_API_BASE,
          "https://api.mailgun.net",
          "https://api.eu.mailgun.net",
        ),
      },
      createOutboxStore(db, now),
      wallClock,
    ),
    queues: { send: env.SEND_QUEUE, event: env.EVENT_QUEUE },
    settings: checked,
  };
}

function pickEndpoints(override: string | undefined, us: string, eu: string): { us: string; eu: string } {
  return override === undefined ? { us, eu } : { us: override, eu: override };
}
