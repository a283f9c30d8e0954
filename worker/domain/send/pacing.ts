import type { SenderRamp } from "../../../shared/sender.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import type { HoldReason } from "../../../shared/vocabulary.ts";
import { getNextDayStart, toIsoDay } from "../schedule/schedule.ts";

/** The limits on a sender's pace. */
export type PaceLimits = {
  /** Milliseconds between two slots (sending times), from the sender's rate and minimum gap. */
  intervalMs: number;
  dailyCap: number | null;
  ramp: SenderRamp | null;
  /** The most emails per day to one recipient domain. */
  domainDailyCap: number | null;
  timeZone: string;
};

/**
 * A sender's slot clock, as stored in D1. A slot is the sending time of one email, and the clock
 * says when the next slot is. `capDay`: the day, in the sender's zone, of the last slot that was
 * handed out. `slotsToday`: the number of slots handed out for `capDay`.
 */
export type PaceState = { nextSlotAt: number; capDay: string; slotsToday: number };

export type SenderPace = PaceLimits & PaceState;

/** The most slots that one sender gets in one tick (the Worker's run every minute). */
export const maxSlotsPerTick = 5_000;

/**
 * Returns the most emails a sender may send on a day (YYYY-MM-DD in the sender's zone), or null for
 * no limit. The result is the smaller of the cap and the ramp's number, which grows from day to
 * day. A day before the ramp begins counts as the ramp's first day.
 */
export function getEffectiveDailyCap({ dailyCap, ramp }: PaceLimits, day: string): number | null {
  if (ramp === null) return dailyCap;
  const days = Math.max(0, Math.round((Date.parse(day) - Date.parse(ramp.startedOn)) / dayMs));
  const ramped = Math.min(ramp.ceiling, ramp.start + ramp.step * days);
  return dailyCap === null ? ramped : Math.min(dailyCap, ramped);
}

/**
 * Returns how many slots a sender has from `now` to `now + horizonMs`, within its rate and caps.
 * The rate uses the generic cell rate algorithm (ITU-T I.371) with no burst; `nextSlotAt` is the
 * theoretical arrival time.
 */
export function countFreeSlots(pace: SenderPace, now: number, horizonMs: number): number {
  const until = now + horizonMs;
  let state = getStateAt(pace, now);
  let total = 0;
  while (state.nextSlotAt < until && total < maxSlotsPerTick) {
    const run = takeSlotsOfDay(pace, state, maxSlotsPerTick - total, until);
    total += run.count;
    state = run.after;
    // A domain cap is counted per day, so one reservation must stay within a day.
    if (pace.domainDailyCap !== null) break;
  }
  return total;
}

/**
 * Returns the share of `total` for each demand. Every demand is met up to a common limit, and the
 * limit is as high as the total allows. So the larger demands share the slots that the small
 * demands leave.
 */
export function divideFairly(wanted: readonly number[], total: number): number[] {
  const shares = wanted.map(() => 0);
  let left = total;
  const byWant = wanted.map((want, index) => ({ want, index })).sort((a, b) => a.want - b.want);
  for (const [position, { want, index }] of byWant.entries()) {
    const share = Math.min(want, Math.floor(left / (byWant.length - position)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}

/**
 * Returns the next `count` slots, the number of each slot within its day, and the slot clock after
 * the last slot. When the cap is used up, the clock moves to the start of the sender's next day, so
 * that ticks skip the sender until then. Slots past midnight count on their own day.
 */
export function planSlots(
  pace: SenderPace,
  count: number,
  now: number,
): { slots: number[]; places: number[]; after: PaceState } {
  const slots: number[] = [];
  const places: number[] = [];
  let state = getStateAt(pace, now);
  do {
    const run = takeSlotsOfDay(pace, state, count - slots.length, Number.POSITIVE_INFINITY);
    for (let index = 0; index < run.count; index += 1) {
      slots.push(state.nextSlotAt + index * pace.intervalMs);
      places.push(run.after.slotsToday - run.count + index + 1);
    }
    state = run.after;
  } while (slots.length < count);
  return { slots, places, after: state };
}

/**
 * Returns the earliest instant at which one more email could leave if no other email were waiting.
 */
export function findNextFreeSlot(pace: SenderPace, now: number): number {
  const { nextSlotAt } = takeSlotsOfDay(pace, getStateAt(pace, now), 0, Number.POSITIVE_INFINITY).after;
  return nextSlotAt;
}

/** Returns the day of the sender's next slot, in the sender's zone, and the end of that day. */
export function getNextSlotDay(pace: SenderPace, now: number): { day: string; endsAt: number } {
  const at = Math.max(pace.nextSlotAt, now);
  return {
    day: getLaterDay(toIsoDay(at, pace.timeZone), pace.capDay),
    endsAt: getNextDayStart(at, pace.timeZone),
  };
}

/** Returns how many slots were handed out on the sender's present day. */
export function countSlotsToday(pace: SenderPace, now: number): number {
  return toIsoDay(now, pace.timeZone) <= pace.capDay ? pace.slotsToday : 0;
}

/**
 * Returns why a sender has no free slot now, or null if the sender has a free slot. The result is
 * only for display.
 */
export function explainPaceHold(pace: SenderPace, now: number): { reason: HoldReason; until: number } | null {
  const until = findNextFreeSlot(pace, now);
  if (until <= now) return null;
  const cap = getEffectiveDailyCap(pace, toIsoDay(now, pace.timeZone));
  const isCapReached = cap !== null && countSlotsToday(pace, now) >= cap;
  return { reason: isCapReached ? "dailyCapReached" : "senderBusy", until };
}

/**
 * Returns why a sender cannot write to this recipient's domain today, or null if the sender can.
 * The result is only for display.
 */
export function explainDomainHold(
  pace: SenderPace & { domainSlots: number },
  now: number,
): { reason: HoldReason; until: number } | null {
  if (pace.domainDailyCap === null || pace.domainSlots < pace.domainDailyCap) return null;
  if (toIsoDay(now, pace.timeZone) > pace.capDay) return null;
  return { reason: "domainCapReached", until: getNextDayStart(now, pace.timeZone) };
}

/** A slot that was handed out, with the pace for which the slot was planned. */
export type PlannedSlot = {
  slotAt: number;
  intervalMs: number;
  /** The number of the slot within its day, from 1. */
  place: number;
  /**
   * The number of the email within its day and recipient domain, from 1. Null if the sender had no
   * domain cap.
   */
  domainPlace: number | null;
};

/**
 * Returns why a slot is no longer valid at the moment of sending, or null. The reasons are a lower
 * cap, a slower pace or a passed midnight. `until` equals `now` if the email only needs a new slot.
 */
export function explainInvalidSlot(
  pace: PaceLimits,
  slot: PlannedSlot,
  now: number,
): { reason: HoldReason; until: number } | null {
  if (slot.intervalMs < pace.intervalMs) return { reason: "senderBusy", until: now };
  const day = toIsoDay(slot.slotAt, pace.timeZone);
  const cap = getEffectiveDailyCap(pace, day);
  const { domainDailyCap } = pace;
  if (cap === null && domainDailyCap === null) return null;
  const tomorrow = getNextDayStart(slot.slotAt, pace.timeZone);
  if (now >= tomorrow) return { reason: "senderBusy", until: now };
  if (cap !== null && slot.place > cap) return { reason: "dailyCapReached", until: tomorrow };
  if (domainDailyCap === null) return null;
  // The email was not counted for its domain, because the sender had no domain cap when the slot
  // was planned.
  if (slot.domainPlace === null) return { reason: "senderBusy", until: now };
  return slot.domainPlace > domainDailyCap ? { reason: "domainCapReached", until: tomorrow } : null;
}

/**
 * Returns the slot clock after a change of the sender's limits. Slots that were handed out still
 * count, and a change of the zone does not start a second day.
 * @param horizonMs the longest time between `now` and a slot that was handed out before
 */
export function applyNewPaceLimits(
  before: SenderPace,
  limits: PaceLimits,
  now: number,
  horizonMs: number,
): PaceState {
  // The next slot is the last slot plus the new interval. If a cap has moved the clock to a later
  // day, the limit below applies, because the last slot is at most `horizonMs` after `now`.
  const byRate = Math.max(0, before.nextSlotAt - before.intervalMs + limits.intervalMs);
  const nextSlotAt = Math.min(byRate, now + horizonMs + limits.intervalMs);
  const { capDay, slotsToday } = before;
  if (before.timeZone === limits.timeZone) return { nextSlotAt, capDay, slotsToday };
  return { nextSlotAt, capDay: toIsoDay(now, limits.timeZone), slotsToday: countSlotsToday(before, now) };
}

function getStateAt({ nextSlotAt, capDay, slotsToday }: PaceState, now: number): PaceState {
  return { nextSlotAt: Math.max(nextSlotAt, now), capDay, slotsToday };
}

/**
 * Returns how many slots can be taken on the day of the clock's next slot, and the clock after the
 * last of these slots. Takes at most `most` slots, all before `until`.
 */
function takeSlotsOfDay(
  pace: PaceLimits,
  state: PaceState,
  most: number,
  until: number,
): { count: number; after: PaceState } {
  const at = state.nextSlotAt;
  // The day never moves back, so that no day is counted twice.
  const capDay = getLaterDay(toIsoDay(at, pace.timeZone), state.capDay);
  const used = capDay === state.capDay ? state.slotsToday : 0;
  const cap = getEffectiveDailyCap(pace, capDay) ?? Number.POSITIVE_INFINITY;
  const endsAt = getNextDayStart(at, pace.timeZone);
  const byRate = Math.ceil((Math.min(endsAt, until) - at) / pace.intervalMs);
  const count = Math.max(0, Math.min(byRate, cap - used, most));
  const slotsToday = used + count;
  const afterLast = at + count * pace.intervalMs;
  const nextSlotAt = slotsToday >= cap ? Math.max(afterLast, endsAt) : afterLast;
  return { count, after: { nextSlotAt, capDay, slotsToday } };
}

function getLaterDay(day: string, other: string): string {
  if (day < other) return other;
  return day;
}
