import type { HoldReason } from "../../shared/vocabulary.ts";
import { dayOf, nextDayAt } from "./schedule.ts";

/** A sender's slot clock, as kept in D1. */
export type SenderPace = {
  /** Milliseconds between two emails. */
  intervalMs: number;
  dailyCap: number | null;
  timeZone: string;
  nextSlotAt: number;
  capDay: string;
  slotsToday: number;
};

/** Where the slot clock stands after a reservation. */
export type PaceState = Pick<SenderPace, "nextSlotAt" | "capDay" | "slotsToday">;

/** The most one sender is given in one tick, whatever its rate. */
export const slotsPerTick = 5_000;

/**
 * How many slots a sender has from `now` up to `now + horizonMs`: what its rate leaves and its daily cap allows.
 * This is the generic cell rate algorithm (ITU-T I.371) with no burst: `nextSlotAt` is its theoretical arrival time.
 */
export function slotCapacity(pace: SenderPace, now: number, horizonMs: number): number {
  const free = now + horizonMs - Math.max(pace.nextSlotAt, now);
  if (free <= 0) return 0;
  const byRate = Math.ceil(free / pace.intervalMs);
  return Math.max(0, Math.min(byRate, slotsPerTick, leftToday(pace, now)));
}

/**
 * The next `count` slots and where the clock stands once they are taken. Where the cap is used up, the clock moves to
 * the start of the sender's next day, so a capped sender costs nothing until then.
 * @param count at most `slotCapacity`
 */
export function planSlots(
  pace: SenderPace,
  count: number,
  now: number,
): { slots: number[]; after: PaceState } {
  const first = Math.max(pace.nextSlotAt, now);
  const slots = Array.from({ length: count }, (_, index) => first + index * pace.intervalMs);
  const capDay = dayOf(now, pace.timeZone);
  const slotsToday = (capDay === pace.capDay ? pace.slotsToday : 0) + count;
  const isCapReached = pace.dailyCap !== null && slotsToday >= pace.dailyCap;
  const byRate = first + count * pace.intervalMs;
  const nextSlotAt = isCapReached ? Math.max(byRate, nextDayAt(now, pace.timeZone)) : byRate;
  return { slots, after: { nextSlotAt, capDay, slotsToday } };
}

/** Why a sender can't take one more right now, for showing; null when it can. */
export function paceHold(pace: SenderPace, now: number): { reason: HoldReason; until: number } | null {
  if (pace.nextSlotAt <= now) return null;
  return { reason: leftToday(pace, now) <= 0 ? "dailyCapReached" : "senderBusy", until: pace.nextSlotAt };
}

function leftToday(pace: SenderPace, now: number): number {
  if (pace.dailyCap === null) return Number.POSITIVE_INFINITY;
  return pace.dailyCap - (dayOf(now, pace.timeZone) === pace.capDay ? pace.slotsToday : 0);
}
