/** Keeps calls from an account that keeps failing by its own fault, for a while. */
export interface Circuit {
  /** Whether the account is to be left alone now. */
  isOpen(accountId: number): boolean;
  /** A channel fault or an unknown outcome counts against the account; any other answer clears it. */
  record(accountId: number, isFailure: boolean): void;
}

type State = { failures: number; openUntil: number };

/**
 * Opens after `threshold` failures in a row and stays open for `coolDownMs`; then one more failure opens it again and one
 * success closes it. Lives in memory: where several Workers run each learns by itself, which costs a few calls more.
 * @param now ms UTC
 */
export function createCircuit({
  threshold,
  coolDownMs,
  now,
}: {
  threshold: number;
  coolDownMs: number;
  now: () => number;
}): Circuit {
  const states = new Map<number, State>();
  return {
    isOpen: (accountId) => (states.get(accountId)?.openUntil ?? 0) > now(),
    record(accountId, isFailure) {
      if (!isFailure) {
        states.delete(accountId);
        return;
      }
      const failures = (states.get(accountId)?.failures ?? 0) + 1;
      states.set(accountId, { failures, openUntil: failures >= threshold ? now() + coolDownMs : 0 });
    },
  };
}
