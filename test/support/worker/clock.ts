/** Monday, October 6, 2025, at 10:00 in New York. */
export const testStartAt = Date.UTC(2025, 9, 6, 14);

/** A clock that a test moves by hand. `sleep` replaces the platform's timer. */
export type Clock = {
  at: number;
  now: () => number;
  advance: (ms: number) => void;
  sleep: (ms: number) => Promise<void>;
};

export function createClock(at: number = testStartAt): Clock {
  const clock: Clock = {
    at,
    now: () => clock.at,
    advance: (ms) => {
      clock.at += ms;
    },
    sleep: async () => undefined,
  };
  return clock;
}

/**
 * Returns a clock that sleeping code moves. The sleep with the earliest end wakes first, and the
 * clock moves to this end.
 */
export function createSelfAdvancingClock(at: number = testStartAt): Clock {
  const clock = createClock(at);
  const sleepers: { wakesAt: number; wake: () => void }[] = [];
  clock.sleep = (ms) =>
    new Promise<void>((wake) => {
      sleepers.push({ wakesAt: clock.at + ms, wake });
      setTimeout(() => {
        const [next] = sleepers.sort((a, b) => a.wakesAt - b.wakesAt).splice(0, 1);
        clock.at = Math.max(clock.at, next?.wakesAt ?? clock.at);
        next?.wake();
      }, 0);
    });
  return clock;
}
