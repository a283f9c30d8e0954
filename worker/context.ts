import { createOutboxStore } from "./db/outbox.ts";
import { type Database, openDatabase } from "./db/scope.ts";
import { type Bindings, type Settings, settings } from "./env.ts";
import type { EventJob, SendJob } from "./jobs.ts";
import type { Providers } from "./providers/provider.ts";
import { createProviders } from "./providers/registry.ts";

/** What a door hands to everything behind it. Rules get `now`, ids and randomness from here and from nowhere else. */
export type Ctx = {
  db: Database;
  /** Milliseconds UTC. */
  now: () => number;
  /** Resolves once this many milliseconds have passed. */
  sleep: (ms: number) => Promise<void>;
  /** A new row id: grows with time, never reused, exact in a double. */
  newId: () => number;
  /** 0 ≤ random < 1. */
  random: () => number;
  providers: Providers;
  queues: { send: Queue<SendJob>; event: Queue<EventJob> };
  settings: Settings;
};

/** Ids count milliseconds since 2025 in 41 bits and have 12 bits to tell apart what was made in the same one. */
const idEpoch = Date.UTC(2025, 0, 1);

export function createIds(now: () => number, random: () => number): () => number {
  let last = 0;
  return () => {
    const fresh = Math.max(1, now() - idEpoch) * 4096 + Math.floor(random() * 4096);
    last = Math.max(last + 1, fresh);
    return last;
  };
}

export type ContextOptions = Partial<Pick<Ctx, "now" | "sleep" | "random">>;

/** Built once per door call. `options` replaces the clock and randomness: the demo and tests do. */
export function createContext(env: Bindings, options: ContextOptions = {}): Ctx {
  const wallClock = () => Date.now();
  const now = options.now ?? wallClock;
  const random = options.random ?? (() => Math.random());
  const db = openDatabase(env.DB);
  const checked = settings.parse(env);
  return {
    db,
    now,
    sleep: options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    random,
    newId: createIds(now, random),
    providers: createProviders(
      {
        sendgrid: endpoints(
          checked.SENDGRID_API_BASE,
          "https://api.sendgrid.com",
          "https://api.eu.sendgrid.com",
        ),
        mailgun: endpoints(checked.MAILGUN_API_BASE, "https://api.mailgun.net", "https://api.eu.mailgun.net"),
      },
      createOutboxStore(db, now),
      wallClock,
    ),
    queues: { send: env.SEND_QUEUE, event: env.EVENT_QUEUE },
    settings: checked,
  };
}

function endpoints(override: string | undefined, us: string, eu: string): { us: string; eu: string } {
  return override === undefined ? { us, eu } : { us: override, eu: override };
}
