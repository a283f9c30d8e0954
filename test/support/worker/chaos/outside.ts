import type { SimulatedClock } from "./clock.ts";
import type { OutsideCallCourse } from "./faults.ts";

/**
 * One call of an entry point of the Worker: a tick (the Worker's run every minute), a queue batch,
 * or an agent's request.
 */
export type EntryPointCall = {
  isDead(): boolean;
  /**
   * Ends the process. The rest of this call's code never runs, but calls to the outside that have
   * begun still take effect.
   */
  die(): void;
};

/**
 * Returns a promise that never settles. The code of a dead process waits for this promise, so that
 * the code never continues.
 */
export function createEndlessPromise<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/**
 * Makes one call from the Worker to the outside, and returns the call's answer. `fault` says how
 * the call ends. The effect and the answer are separate events, so that other events may happen in
 * between.
 */
export function makeOutsideCall<T>(
  clock: SimulatedClock,
  invocation: EntryPointCall,
  fault: OutsideCallCourse,
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
