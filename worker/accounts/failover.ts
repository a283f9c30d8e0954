import type { SendOutcome } from "../providers/provider.ts";
import type { SendResult } from "./send-result.ts";

/** Tells whether the service refused the account itself. Another account may then succeed. */
export function isAccountRefused(outcome: SendOutcome): boolean {
  return outcome.kind === "refused" && outcome.fault === "channel";
}

/**
 * Tells whether the next account may be tried: after a refusal for a fault of the account, and
 * after a temporary refusal if `whenDeferred` is true.
 */
export function mayFailOver(outcome: SendOutcome, whenDeferred: boolean): boolean {
  if (outcome.kind === "deferred") return whenDeferred;
  return isAccountRefused(outcome);
}

const firstWaitMs = 500;
const longestWaitMs = 20_000;

/**
 * Returns the wait in milliseconds before the next round over the accounts. The waits are 0.5 s, 1
 * s, 2 s and so on, each shortened by a random part of at most half. The wait is never shorter than
 * the wait for which the provider asked. Returns null if no further round may follow.
 */
export function computeRetryWaitMs(result: SendResult, round: number, random: number): number | null {
  const isTemporary = result.kind === "deferred" || isAccountRefused(result);
  if (!isTemporary || result.accountId === null) return null;
  const askedMs = result.kind === "deferred" ? (result.retryAfterMs ?? 0) : 0;
  const backoffMs = Math.round(firstWaitMs * 2 ** (round - 1) * (0.5 + random / 2));
  const waitMs = Math.max(askedMs, backoffMs);
  return waitMs <= longestWaitMs ? waitMs : null;
}

/**
 * Returns the result that counts for the email after all accounts were tried. A temporary refusal
 * takes precedence over a final refusal, because a temporary refusal uses up no attempt and may
 * name the time of the next try.
 */
export function pickFinalResult(results: readonly SendResult[]): SendResult | undefined {
  return results.find(({ kind }) => kind === "deferred") ?? results.at(-1);
}
