import { minuteMs } from "../../../shared/time-lengths.ts";
import { getDepartureToleranceMs } from "./interval.ts";

/*
 * Plans when a sender's emails really leave. An email's slot is the time planned for the email, and
 * the queue delivers some emails after their slots. So each email leaves at least one interval
 * after the sender's last departure.
 */

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
