import { ExitError } from "./process.ts";

/** One run of something that should go on forever; `ended` says why it is over. */
export type SupervisedRun = { ended: Promise<string>; stop: () => Promise<void> };

export type RestartLimits = { fastMs: number; fastEnds: number; now: () => number };
/** A run that never answers is over after a minute, which counts as fast. */
const usualLimits: RestartLimits = { fastMs: 75_000, fastEnds: 3, now: () => performance.now() };

export type Supervisor = { finished: Promise<void>; stop: () => Promise<void> };

/**
 * Starts a run again each time it ends, until `stop` is called.
 * `finished` rejects after several runs in a row that ended soon after their start: another run
 * would end as well.
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
      // A run that has ended may leave children behind, which would hold the port.
      await current.stop();
      if (isStopping) return;
      fastEnds = limits.now() - startedAt < limits.fastMs ? fastEnds + 1 : 0;
      if (fastEnds >= limits.fastEnds) {
        throw new ExitError(
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
