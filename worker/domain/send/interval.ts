import { minuteMs } from "../../../shared/time-lengths.ts";

/**
 * The share of the rate that is left unused, so that an email may leave a little after its
 * departure time.
 */
const spareShare = 1 / 50;

/**
 * Returns the milliseconds between two emails at this rate. A fiftieth of the rate stays unused, so
 * that an email may leave a little late. Even then, no minute has more emails than the rate allows,
 * nor has any interval that is longer than a minute. At very high rates, rounding to whole
 * milliseconds leaves no spare time.
 */
export function toIntervalMs(ratePerSecond: number): number {
  const exactMs = 1000 / ratePerSecond;
  const roomyMs = Math.floor(exactMs / (1 - spareShare));
  return Math.max(Math.ceil(exactMs), roomyMs);
}

/**
 * Returns the rate that gives this interval, with the fewest decimals. So a form shows the number
 * that a person typed.
 */
export function toRatePerSecond(intervalMs: number): number {
  const exact = 1000 / intervalMs;
  const plain = [exact, exact / (1 - spareShare)].flatMap((rate) =>
    [0, 1, 2, 3, 4].map((digits) => Number(rate.toFixed(digits))),
  );
  return plain.find((rate) => rate > 0 && toIntervalMs(rate) === intervalMs) ?? exact;
}

/**
 * Returns the milliseconds between two slots (sending times): the interval of the rate, or the
 * sender's least gap plus a tolerance if that sum is longer. An email that leaves late by the
 * tolerance still keeps the gap to the next email.
 */
export function computeSlotIntervalMs(rateIntervalMs: number, minGapSeconds: number): number {
  const gapMs = minGapSeconds * 1000;
  if (gapMs === 0) return rateIntervalMs;
  return Math.max(rateIntervalMs, Math.ceil(gapMs / (1 - spareShare)), gapMs + minuteMs * spareShare);
}

/**
 * Returns the time for which an email may still leave after its departure time. The result is the
 * spare part of the interval, but at least the spare part of a minute.
 */
export function getDepartureToleranceMs(intervalMs: number): number {
  return Math.floor(Math.max(intervalMs, minuteMs) * spareShare);
}
