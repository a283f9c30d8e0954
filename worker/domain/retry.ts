/** How often an account that cannot send is tried before the message counts as failed: some four days, see `backoffMs`. */
export const maxAttempts = 30;
const baseMs = 60_000;
const ceilingMs = 4 * 3_600_000;

/**
 * Exponential backoff with half jitter: attempt 1 waits 0.5 to 1 minute, doubling up to 4 hours.
 * @param attempt how many attempts were made, from 1
 * @param random 0 ≤ random < 1
 * @param retryAfterMs what the provider asked for, if it did; never shortened, bounded to a day
 */
export function backoffMs(attempt: number, random: number, retryAfterMs: number | null): number {
  const full = Math.min(ceilingMs, baseMs * 2 ** Math.min(attempt - 1, 20));
  const jittered = Math.round(full / 2 + (full / 2) * random);
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, 24 * 3_600_000));
}
