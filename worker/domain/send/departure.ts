import { minuteMs } from "../../../shared/time-lengths.ts";

/*
 * Plans when a sender's emails really leave. An email's slot is the time planned for the email, and
 * the queue delivers some emails after their slots. So each email leaves at least one interval
 * after the sender's last departure.
 */

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
 * Returns the time for which an email may still leave after its departure time. The result is the
 * spare part of the interval, but at least the spare part of a minute.
 */
export function getDepartureToleranceMs(intervalMs: number): number {
  return Math.floor(Math.max(intervalMs, minuteMs) * spareShare);
}

/**
 * Returns when each queued email leaves: not before its slot, and at least one interval after the
 * previous email. The first email leaves no earlier than `freeAt`.
 */
export function planDepartures(freeAt: number, slots: readonly number[], intervalMs: number): number[] {
  const departures: number[] = [];
  for (const slotAt of slots) {
    const before = departures.at(-1);
    departures.push(Math.max(slotAt, before === undefined ? freeAt : before + intervalMs));
  }
  return departures;
}

/**
 * Tells whether an email leaves so close to its slot that the departure need not be recorded. Slots
 * are an interval apart, so punctual departures keep the spacing; a late departure must be
 * recorded. If the interval is shorter than a minute, the result is false, because the tolerance
 * can reach the next slot.
 */
export function isDeparturePunctual(slotAt: number, intervalMs: number, now: number): boolean {
  return intervalMs >= minuteMs && now <= slotAt + getDepartureToleranceMs(intervalMs) / 2;
}
