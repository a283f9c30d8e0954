import type { SimulatedClock } from "./clock.ts";
import type { Fault } from "./faults.ts";

/** One door call of the engine: a tick, a queue batch, or an agent's request. */
export type DoorCall = {
  isDead(): boolean;
  /**
   * Ends the process: the rest of the door call never runs, but calls already on their way still
   * take effect.
   */
  die(): void;
};

/** The result for a process that has died: a promise that never settles. */
export function createEndlessPromise<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/**
 * Makes one call to the outside, as `fault` says. Its effect and its answer are two events, so that
 * anything may happen between the two.
 */
export function callOutside<T>(
  clock: SimulatedClock,
  invocation: DoorCall,
  fault: Fault,
  effect: () => Promise<T>,
): Promise<T> {
  if (invocation.isDead()) return createEndlessPromise();
  return new Promise<T>((resolve, reject) => {
    clock.after(fault.reachesMs, async () => {
      const [result] = fault.takesEffect ? await Promise.allSettled([effect()]) : [];
      if (fault.ends === "death") {
        invocation.die();
        return;
      }
      clock.after(fault.answersMs, () => {
        if (invocation.isDead()) return;
        if (fault.ends === "answer" && result?.status === "fulfilled") resolve(result.value);
        else reject(result?.status === "rejected" ? result.reason : new Error(`chaos: ${fault.name}`));
      });
    });
  });
}
