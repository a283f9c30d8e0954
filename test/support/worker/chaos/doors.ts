import { type Ctx, createContext } from "../../../../worker/context.ts";
import type { Bindings } from "../../../../worker/env.ts";
import type { SimulatedClock } from "./clock.ts";
import { createEndlessPromise, type EntryPointCall } from "./outside.ts";
import { createRandom } from "./random.ts";

/**
 * The end of one call of an entry point of the Worker: the handler returned, the handler threw, or
 * the process died before the handler ended.
 */
export type EntryPointCallEnd = "done" | "failed" | "died";

/**
 * A function that calls an entry point of the Worker, as the platform does. The caller does not
 * wait for the handler; `ended` is called when the handler has ended.
 */
export type EntryPointCaller = (
  handler: (ctx: Ctx) => Promise<unknown>,
  ended?: (how: EntryPointCallEnd) => void,
) => void;

export type EntryPointCallerOptions = {
  seed: number;
  clock: SimulatedClock;
  bind: (invocation: EntryPointCall) => Bindings;
  equip: (ctx: Ctx, invocation: EntryPointCall) => Ctx;
};

/**
 * Returns a function that calls the Worker's entry points with the simulation's clock, random
 * numbers, bindings and providers.
 */
export function createEntryPointCaller({
  seed,
  clock,
  bind,
  equip,
}: EntryPointCallerOptions): EntryPointCaller {
  return (handler, ended = () => undefined) => {
    const random = createRandom(seed, `door call ${clock.stamp().order}`);
    const invocation = createInvocation(ended);
    const ctx = createContext(bind(invocation), {
      now: clock.seen,
      random: random.next,
      sleep: (ms) => sleep(clock, invocation, ms),
    });
    handler(equip(ctx, invocation)).then(
      () => invocation.end("done"),
      () => invocation.end("failed"),
    );
  };
}

function createInvocation(
  ended: (how: EntryPointCallEnd) => void,
): EntryPointCall & { end: (how: EntryPointCallEnd) => void } {
  let how: EntryPointCallEnd | null = null;
  const end = (now: EntryPointCallEnd) => {
    if (how !== null) return;
    how = now;
    ended(now);
  };
  return { end, die: () => end("died"), isDead: () => how === "died" };
}

function sleep(clock: SimulatedClock, invocation: EntryPointCall, ms: number): Promise<void> {
  if (invocation.isDead()) return createEndlessPromise();
  return new Promise((resolve) => {
    clock.after(ms, () => {
      if (!invocation.isDead()) resolve();
    });
  });
}
