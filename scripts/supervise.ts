import { UserFacingError } from "./process.ts";

/**
 * One run of a process that should never end. When the process ends, `ended` resolves to the reason
 * for the end.
 */
export type SupervisedRun = { ended: Promise<string>; stop: () => Promise<void> };

export type RestartLimits = { fastMs: number; fastEnds: number; now: () => number };
/**
 * The usual limits. A Worker that never answers is ended after a minute. `fastMs` is longer than a
 * minute, so that such a run counts as fast.
 */
const usualLimits: RestartLimits = { fastMs: 75_000, fastEnds: 3, now: () => performance.now() };

export type Supervisor = { finished: Promise<void>; stop: () => Promise<void> };

/**
 * Starts a run, and starts another run each time a run ends, until `stop` is called. `finished`
 * rejects after `fastEnds` runs in a row have each ended within `fastMs`.
 */
export function startSupervisor(
  start: () => SupervisedRun,
  say: (line: string) => void,
  limits = usualLimits,
): Supervisor {
  let current: SupervisedRun | undefined;
  let isStopping = false;

  async function runForever(): Promise<void> {
    let fastEnds = 0;
    for (;;) {
      const startedAt = limits.now();
      current = start();
      const reason = await current.ended;
      if (isStopping) return;
      // The child processes of a run that has ended could keep the port in use.
      await current.stop();
      if (isStopping) return;
      fastEnds = limits.now() - startedAt < limits.fastMs ? fastEnds + 1 : 0;
      if (fastEnds >= limits.fastEnds) {
        throw new UserFacingError(
          `The Worker ended ${fastEnds} times soon after its start (${reason}); giving up.`,
        );
      }
      say(`The Worker ended (${reason}); starting it again.`);
    }
  }

  return {
    finished: runForever(),
    stop: async () => {
      isStopping = true;
      await current?.stop();
    },
  };
}
