import { type Ctx, createContext } from "../../../../worker/context.ts";
import type { Bindings } from "../../../../worker/env.ts";
import type { Clock } from "./clock.ts";
import { type Invocation, never } from "./outside.ts";
import { createRandom } from "./random.ts";

/** How a door call ended: it returned, it threw, or its process died before either. */
export type End = "done" | "failed" | "died";

/** Makes one door call as the platform does: by itself, with no caller that waits for it. */
export type Open = (handler: (ctx: Ctx) => Promise<unknown>, ended?: (how: End) => void) => void;

export type DoorOptions = {
  seed: number;
  clock: Clock;
  bind: (invocation: Invocation) => Bindings;
  equip: (ctx: Ctx, invocation: Invocation) => Ctx;
};

/** Creates door calls whose clock, randomness and outside world are the simulation's. */
export function createDoors({ seed, clock, bind, equip }: DoorOptions): Open {
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

function createInvocation(ended: (how: End) => void): Invocation & { end: (how: End) => void } {
  let how: End | null = null;
  const end = (now: End) => {
    if (how !== null) return;
    how = now;
    ended(now);
  };
  return { end, die: () => end("died"), isDead: () => how === "died" };
}

function sleep(clock: Clock, invocation: Invocation, ms: number): Promise<void> {
  if (invocation.isDead()) return never();
  return new Promise((resolve) => {
    clock.after(ms, () => {
      if (!invocation.isDead()) resolve();
    });
  });
}
