import type { Clock } from "./clock.ts";
import type { Fault } from "./faults.ts";

/** One door call of the engine: a tick, a queue batch, or what an agent asks for. */
export type Invocation = {
  isDead(): boolean;
  /** The process is gone: nothing of this door call happens any more, though what has left it still takes effect. */
  die(): void;
};

/** What a process that is gone gets: no answer and no error, ever. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/**
 * Makes one call to the outside, as `fault` will have it. When it takes effect and when its caller hears of it are two
 * events, so that anything may happen in between.
 */
export function reach<T>(
  clock: Clock,
  invocation: Invocation,
  fault: Fault,
  effect: () => Promise<T>,
): Promise<T> {
  if (invocation.isDead()) return never();
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
