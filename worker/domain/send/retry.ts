import { dayMs, hourMs, minuteMs } from "../../../shared/time-lengths.ts";

/**
 * The most attempts for one message while the accounts cannot send; then the message counts as
 * failed. The waits of `calculateBackoffMs` add up to at most four days.
 */
export const maxAttemptsPerMessage = 30;
const baseMs = minuteMs;
const ceilingMs = 4 * hourMs;
const longestAskedMs = dayMs;

/**
 * The longest total deferral of a message; then the message counts as failed. Three days outlast a
 * service's daily quota and a weekend.
 */
export const maxMessageDeferralMs = 3 * dayMs;
const deferralCeilingMs = hourMs;

/**
 * Returns the wait after a failed attempt: an exponential backoff with half jitter. The wait after
 * attempt 1 is 0.5 to 1 minute, and doubles up to 4 hours.
 * @param attempt how many attempts were made, from 1
 * @param random 0 ≤ random < 1
 */
export function calculateBackoffMs(attempt: number, random: number): number {
  return applyHalfJitter(Math.min(ceilingMs, baseMs * 2 ** Math.min(attempt - 1, 20)), random);
}

/**
 * Returns the wait of a deferred message: the message's total wait so far plus one minute, at most
 * an hour. So the waits are about 1, 2 and 4 minutes, then longer. Up to half of each wait is taken
 * off at random.
 * @param deferredMs the total wait of the earlier deferrals
 * @param random 0 ≤ random < 1
 * @param retryAfterMs the wait that the provider asked for, or null. The result is at least this
 * wait, or a day if this wait is longer than a day.
 */
export function calculateDeferralMs(deferredMs: number, random: number, retryAfterMs: number | null): number {
  const waitMs = applyHalfJitter(Math.min(deferralCeilingMs, baseMs + deferredMs), random);
  return Math.max(waitMs, Math.min(retryAfterMs ?? 0, longestAskedMs));
}

function applyHalfJitter(full: number, random: number): number {
  return Math.round(full / 2 + (full / 2) * random);
}
