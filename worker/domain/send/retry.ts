/** How often an account that cannot send is tried before the message counts as failed: some four days, see `backoffMs`. */
export const maxAttempts = 30;
const baseMs = 60_000;
const ceilingMs = 4 * 3_600_000;
const longestAskedMs = 24 * 3_600_000;

/** So long in all a message is put off before it counts as failed: longer than a service's daily quota or a weekend. */
export const maxDeferredMs = 3 * 24 * 3_600_000;
const deferralCeilingMs = 3_600_000;

/**
 * Exponential backoff with half jitter: attempt 1 waits 0.5 to 1 minute, doubling up to 4 hours.
 * @param attempt how many attempts were made, from 1
 * @param random 0 ≤ random < 1
 */
export function backoffMs(attempt: number, random: number): number {
  return halfJittered(Math.min(ceilingMs, baseMs * 2 ** Math.min(attempt - 1, 20)), random);
}

/**
 * How long a message waits that was put off: as long again as it has waited so far and a minute more, up to an hour, which
 * is 1, 2, 4 minutes and so on; half of it is left to chance.
 * @param deferredMs how long it was put off before, in all
 * @param random 0 ≤ random < 1
 * @param retryAfterMs what the provider asked for, if it did; never shortened, bounded to a day
 */
export function deferralMs(deferredMs: number, random: number, retryAfterMs: number | null): number {
  const waitMs = halfJittered(Math.min(deferralCeilingMs, baseMs + deferredMs), random);
  return Math.max(waitMs, Math.min(retryAfterMs ?? 0, longestAskedMs));
}

function halfJittered(full: number, random: number): number {
  return Math.round(full / 2 + (full / 2) * random);
}
