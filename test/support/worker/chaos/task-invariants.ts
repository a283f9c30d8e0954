import type { ChaosRunRecord } from "./invariants.ts";
import { listTaskStepNumbers, taskWaitMs } from "./scenario.ts";

/**
 * The longest allowed time between a task's `opened_at` and the commit that opens the task. A slow
 * call or a clock that was set back makes the time longer than usual.
 */
const slackMs = 30 * 60_000;

/**
 * Returns a message for each task that breaks a rule. A task opens once and is closed once. The
 * engine closes a task only after the task's waiting time. No later step is sent before the task is
 * closed.
 */
export function findTaskFaults({ scenario, calls, facts }: ChaosRunRecord): string[] {
  const histories = Map.groupBy(
    facts.filter(({ table }) => table === "tasks"),
    ({ id, stepNumber }) => `${id}.${stepNumber}`,
  );
  const wayward = [...histories].flatMap(([key, [opening, closing, ...more]]) => {
    const isOnce = opening?.from === null && opening.to === "open" && closing?.from !== null;
    if (!isOnce || more.length > 0) return [`the task ${key} came up or was closed more than once`];
    const openMs = (closing?.seen ?? opening.seen) - opening.seen;
    return closing?.to === "expired" && openMs < taskWaitMs - slackMs
      ? [`the task ${key} expired after ${openMs} ms`]
      : [];
  });
  const early = calls.flatMap((call) =>
    listTaskStepNumbers(scenario)
      .filter((stepNumber) => stepNumber < call.stepNumber)
      .map((stepNumber) => `${call.recipientId}.${stepNumber}`)
      .filter((key) => !histories.get(key)?.some(({ to, order }) => to !== "open" && order < call.order))
      .map((key) => `step ${call.stepNumber} was called before the task ${key} was closed`),
  );
  return [...wayward, ...early];
}
