import type { CircuitState } from "../../../shared/vocabulary.ts";

/**
 * The circuit breaker of one provider account, as kept in D1. `failures` in a row were the account's own fault or of
 * unknown outcome. `openUntil`, ms UTC: 0 while closed; ahead of now while open; behind it, one trial call may be made.
 */
export type Circuit = { failures: number; openUntil: number };

/** So many failures in a row are no accident of one email. */
export const failuresToOpen = 5;
const firstRestMs = 60_000;
const longestRestMs = 30 * 60_000;
/** How long whoever took the right to a trial keeps it: longer than the call; if its process is gone, the next may try. */
export const trialMs = 2 * 60_000;

export function circuitState({ openUntil }: Circuit, now: number): CircuitState {
  if (openUntil === 0) return "closed";
  return openUntil > now ? "open" : "halfOpen";
}

/**
 * Where the circuit stands after calls that were made side by side. One that was answered closes it: the account can be
 * reached and lets us in. A failed trial opens it again for longer: a minute, doubling up to half an hour.
 * @param answers what each call showed of the account
 * @returns the circuit it was given where nothing changes, which then needs no write
 */
export function circuitAfter(
  circuit: Circuit,
  answers: readonly ("answered" | "failed")[],
  now: number,
): Circuit {
  if (answers.length === 0) return circuit;
  if (answers.includes("answered")) {
    return circuit.failures === 0 && circuit.openUntil === 0 ? circuit : { failures: 0, openUntil: 0 };
  }
  const isTrial = circuit.openUntil > 0;
  // However many failed side by side when it opened, the first rest is the shortest.
  const failures = isTrial
    ? circuit.failures + 1
    : Math.min(failuresToOpen, circuit.failures + answers.length);
  if (failures < failuresToOpen) return { failures, openUntil: 0 };
  const restMs = Math.min(longestRestMs, firstRestMs * 2 ** Math.min(16, failures - failuresToOpen));
  return { failures, openUntil: now + restMs };
}
