import { minuteMs } from "../../../shared/time-lengths.ts";
import type { CircuitState } from "../../../shared/vocabulary.ts";

/**
 * The circuit breaker of one provider account, as stored in D1. `failures`: consecutive calls that
 * failed because of the account, because its service was down (503), or with an unknown outcome.
 * `openUntil`, ms UTC: 0 while calls are made; in the future while no calls are made; in the past
 * if one trial call may be made.
 */
export type Circuit = { failures: number; openUntil: number };

/**
 * The number of consecutive failures that opens a circuit. One faulty email cannot open the
 * circuit.
 */
export const failuresToOpenCircuit = 5;
const firstRestMs = minuteMs;
const longestRestMs = 30 * minuteMs;
/**
 * The time for which a process holds the right to the trial call. Every call takes less time. If
 * the process dies, another process may make the trial after this time.
 */
export const trialCallRightMs = 2 * minuteMs;

export function getCircuitState({ openUntil }: Circuit, now: number): CircuitState {
  if (openUntil === 0) return "closed";
  return openUntil > now ? "open" : "halfOpen";
}

/**
 * Returns the circuit after calls that ran in parallel. A single call with an answer closes the
 * circuit, because the account can be reached and accepts our credentials. A failed trial opens the
 * circuit again. The account first rests for one minute, then twice as long after each failed
 * trial, up to half an hour.
 * @param answers the findings about the account, one per call
 * @returns the same object if nothing changes, so that the caller can skip the write
 */
export function updateCircuit(
  circuit: Circuit,
  answers: readonly ("answered" | "failed")[],
  now: number,
): Circuit {
  if (answers.length === 0) return circuit;
  if (answers.includes("answered")) {
    return circuit.failures === 0 && circuit.openUntil === 0 ? circuit : { failures: 0, openUntil: 0 };
  }
  const isTrial = circuit.openUntil > 0;
  // However many calls failed in parallel, the account first rests for the shortest time.
  const failures = isTrial
    ? circuit.failures + 1
    : Math.min(failuresToOpenCircuit, circuit.failures + answers.length);
  if (failures < failuresToOpenCircuit) return { failures, openUntil: 0 };
  const restMs = Math.min(longestRestMs, firstRestMs * 2 ** Math.min(16, failures - failuresToOpenCircuit));
  return { failures, openUntil: now + restMs };
}
