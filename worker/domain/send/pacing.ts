import type { SenderRamp } from "../../../shared/sender.ts";
import type { HoldReason } from "../../../shared/vocabulary.ts";
import { dayOf, nextDayAt } from "../schedule/schedule.ts";

/** What a sender is held to. */
export type PaceLimits = {
  /** Milliseconds between two slots: what its rate and its minimum gap come to. */
  intervalMs: number;
  dailyCap: number | null;
  ramp: SenderRamp | null;
  /** Most emails a day to one recipient domain. */
  domainDailyCap: number | null;
  timeZone: string;
};

/** Where a sender's slot clock stands, as kept in D1; `capDay` is the sender's day that the last slot handed out is on. */
export type PaceState = { nextSlotAt: number; capDay: string; slotsToday: number };

export type SenderPace = PaceLimits & PaceState;

/** The most one sender is given in one tick, whatever its rate. */
export const slotsPerTick = 5_000;

const dayMs = 86_400_000;

/**
 * The most emails on one day (YYYY-MM-DD, the sender's): the smaller of its cap and of where its ramp has got to. The
 * ramp's first day holds for the days before it too. Null for no limit.
 */
export function effectiveDailyCap({ dailyCap, ramp }: PaceLimits, day: string): number | null {
  if (ramp === null) return dailyCap;
  const days = Math.max(0, Math.round((Date.parse(day) - Date.parse(ramp.startedOn)) / dayMs));
  const ramped = Math.min(ramp.ceiling, ramp.start + ramp.step * days);
  return dailyCap === null ? ramped : Math.min(dailyCap, ramped);
}

/**
 * How many slots a sender has from `now` up to `now + horizonMs`: what its rate leaves and its caps allow.
 * This is the generic cell rate algorithm (ITU-T I.371) with no burst: `nextSlotAt` is its theoretical arrival time.
 */
export function slotCapacity(pace: SenderPace, now: number, horizonMs: number): number {
  const until = now + horizonMs;
  let state = stateAt(pace, now);
  let total = 0;
  while (state.nextSlotAt < until && total < slotsPerTick) {
    const run = takeOnOneDay(pace, state, slotsPerTick - total, until);
    total += run.count;
    state = run.after;
    // Counted per domain and day, so one reservation must not run into the next day.
    if (pace.domainDailyCap !== null) break;
  }
  return total;
}

/**
 * Shares `total` out among those who want so much each: everybody gets what they want up to the same bound, which is as
 * high as the total allows, so that what one leaves goes to the others.
 */
export function sharesOf(wanted: readonly number[], total: number): number[] {
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
 * The next `count` slots, each with its place among those of its day, and where the clock stands once they are taken.
 * Where the cap is used up the clock moves to the start of the sender's next day, so a capped sender costs nothing
 * until then. Slots past midnight count on their own day.
 */
export function planSlots(
  pace: SenderPace,
  count: number,
  now: number,
): { slots: number[]; places: number[]; after: PaceState } {
  const slots: number[] = [];
  const places: number[] = [];
  let state = stateAt(pace, now);
  do {
    const run = takeOnOneDay(pace, state, count - slots.length, Number.POSITIVE_INFINITY);
    for (let index = 0; index < run.count; index += 1) {
      slots.push(state.nextSlotAt + index * pace.intervalMs);
      places.push(run.after.slotsToday - run.count + index + 1);
    }
    state = run.after;
  } while (slots.length < count);
  return { slots, places, after: state };
}

/** When one more email could leave at the earliest, if nobody else were waiting. */
export function nextFreeSlotAt(pace: SenderPace, now: number): number {
  const { nextSlotAt } = takeOnOneDay(pace, stateAt(pace, now), 0, Number.POSITIVE_INFINITY).after;
  return nextSlotAt;
}

/** The sender's day that its next slot is on, and when that day is over. */
export function nextSlotDay(pace: SenderPace, now: number): { day: string; endsAt: number } {
  const at = Math.max(pace.nextSlotAt, now);
  return { day: laterOf(dayOf(at, pace.timeZone), pace.capDay), endsAt: nextDayAt(at, pace.timeZone) };
}

/** How many slots were handed out on the sender's present day. */
export function slotsTaken(pace: SenderPace, now: number): number {
  return dayOf(now, pace.timeZone) <= pace.capDay ? pace.slotsToday : 0;
}

/** Why a sender can't take one more right now, for showing; null when it can. */
export function paceHold(pace: SenderPace, now: number): { reason: HoldReason; until: number } | null {
  const until = nextFreeSlotAt(pace, now);
  if (until <= now) return null;
  const cap = effectiveDailyCap(pace, dayOf(now, pace.timeZone));
  const isCapReached = cap !== null && slotsTaken(pace, now) >= cap;
  return { reason: isCapReached ? "dailyCapReached" : "senderBusy", until };
}

/** Why a sender can't write to this recipient's domain today, for showing; null when it can. */
export function domainHold(
  pace: SenderPace & { domainSlots: number },
  now: number,
): { reason: HoldReason; until: number } | null {
  if (pace.domainDailyCap === null || pace.domainSlots < pace.domainDailyCap) return null;
  if (dayOf(now, pace.timeZone) > pace.capDay) return null;
  return { reason: "domainCapReached", until: nextDayAt(now, pace.timeZone) };
}

/** A slot as it was handed out, with what it was handed out under. */
export type PlannedSlot = {
  slotAt: number;
  intervalMs: number;
  /** Which one of its day. */
  place: number;
  /** Which one of its day to the recipient's domain; null where the sender had no such cap. */
  domainPlace: number | null;
};

/**
 * Whether a slot still stands at the moment of sending, whatever was changed since it was handed out: caps cut, the
 * pace slowed down, midnight passed. `until` is `now` where it is only to be planned anew.
 */
export function slotHold(
  pace: PaceLimits,
  slot: PlannedSlot,
  now: number,
): { reason: HoldReason; until: number } | null {
  if (slot.intervalMs < pace.intervalMs) return { reason: "senderBusy", until: now };
  const day = dayOf(slot.slotAt, pace.timeZone);
  const cap = effectiveDailyCap(pace, day);
  const { domainDailyCap } = pace;
  if (cap === null && domainDailyCap === null) return null;
  const tomorrow = nextDayAt(slot.slotAt, pace.timeZone);
  if (now >= tomorrow) return { reason: "senderBusy", until: now };
  if (cap !== null && slot.place > cap) return { reason: "dailyCapReached", until: tomorrow };
  if (domainDailyCap === null) return null;
  // Not counted: the sender had no such cap when it was planned.
  if (slot.domainPlace === null) return { reason: "senderBusy", until: now };
  return slot.domainPlace > domainDailyCap ? { reason: "domainCapReached", until: tomorrow } : null;
}

/**
 * Where the slot clock stands once a sender's limits have changed. Nothing is given back: what was handed out keeps
 * counting, and another zone starts no second day.
 * @param horizonMs no slot handed out before `now` is further ahead than this
 */
export function repaced(before: SenderPace, limits: PaceLimits, now: number, horizonMs: number): PaceState {
  // The last slot plus the new interval; where a cap has moved the clock on, the last slot is before the horizon anyway.
  const byRate = Math.max(0, before.nextSlotAt - before.intervalMs + limits.intervalMs);
  const nextSlotAt = Math.min(byRate, now + horizonMs + limits.intervalMs);
  const { capDay, slotsToday } = before;
  if (before.timeZone === limits.timeZone) return { nextSlotAt, capDay, slotsToday };
  return { nextSlotAt, capDay: dayOf(now, limits.timeZone), slotsToday: slotsTaken(before, now) };
}

function stateAt({ nextSlotAt, capDay, slotsToday }: PaceState, now: number): PaceState {
  return { nextSlotAt: Math.max(nextSlotAt, now), capDay, slotsToday };
}

/** As many slots as one day of the sender's has, from where the clock stands, at most `most` and before `until`. */
function takeOnOneDay(
  pace: PaceLimits,
  state: PaceState,
  most: number,
  until: number,
): { count: number; after: PaceState } {
  const at = state.nextSlotAt;
  // Never an earlier day than what is counted already: a count is not started twice.
  const capDay = laterOf(dayOf(at, pace.timeZone), state.capDay);
  const used = capDay === state.capDay ? state.slotsToday : 0;
  const cap = effectiveDailyCap(pace, capDay) ?? Number.POSITIVE_INFINITY;
  const endsAt = nextDayAt(at, pace.timeZone);
  const byRate = Math.ceil((Math.min(endsAt, until) - at) / pace.intervalMs);
  const count = Math.max(0, Math.min(byRate, cap - used, most));
  const slotsToday = used + count;
  const afterLast = at + count * pace.intervalMs;
  const nextSlotAt = slotsToday >= cap ? Math.max(afterLast, endsAt) : afterLast;
  return { count, after: { nextSlotAt, capDay, slotsToday } };
}

function laterOf(day: string, other: string): string {
  if (day < other) return other;
  return day;
}
