import type { Ctx } from "../context.ts";
import { bookDepartures, type DepartureBooking } from "../db/departures.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { isDeparturePunctual, planDepartures } from "../domain/send/departure.ts";
import { getDepartureToleranceMs } from "../domain/send/interval.ts";

type WaitingEmail = { candidate: Candidate; slotAt: number };
/**
 * An email with the instant `departsAt` at which the email leaves. `departsBy` is the last instant
 * at which the email may still leave.
 */
export type DepartingEmail<T> = T & { departsAt: number; departsBy: number };

/** One sender's emails that can leave together, in the order of their slots (planned instants). */
type DepartureGroup<T> = { waiting: T[]; intervalMs: number; booking: DepartureBooking };

/**
 * Decides when each email leaves, so that the sender's rate and minimum gap hold even if the queue
 * delivers emails late or out of order.
 * @param maxWaitMs the longest time that an email may wait until the email's sender is free
 * @returns `departing`: the emails that leave now. `later`: for each recipient of a busy sender, by
 * id, the instant at which to try again.
 */
export async function scheduleDepartures<T extends WaitingEmail>(
  ctx: Ctx,
  waiting: readonly T[],
  maxWaitMs: number,
): Promise<{ departing: DepartingEmail<T>[]; later: Map<number, number> }> {
  const now = ctx.now();
  const later = new Map<number, number>();
  const bySender = Map.groupBy(waiting, ({ candidate }) => candidate.recipient.senderId);
  const groups = [...bySender].map(([senderId, own]): DepartureGroup<T> => {
    const intervalMs = own[0]?.candidate.sender.intervalMs ?? 0;
    const sorted = own.toSorted((a, b) => a.slotAt - b.slotAt);
    const together = sorted.filter((_, index) => index * intervalMs <= maxWaitMs);
    for (const { candidate } of sorted.slice(together.length)) {
      later.set(candidate.recipient.id, now + intervalMs);
    }
    return { waiting: together, intervalMs, booking: toBooking(senderId, together, intervalMs, now) };
  });
  const latestAt = now + maxWaitMs;
  const free = await bookDepartures(
    ctx.db,
    groups.map(({ booking }) => booking),
    now,
    latestAt,
  );
  const departing = groups.flatMap((group): DepartingEmail<T>[] => {
    const freeAt = free.get(group.booking.senderId) ?? Number.POSITIVE_INFINITY;
    if (freeAt <= latestAt) return toDepartures(group, freeAt, now);
    for (const { candidate } of group.waiting) later.set(candidate.recipient.id, freeAt);
    return [];
  });
  return { departing, later };
}

function toBooking(
  senderId: number,
  together: readonly WaitingEmail[],
  intervalMs: number,
  now: number,
): DepartureBooking {
  const slots = together.map(({ slotAt }) => slotAt);
  const [first = now] = slots;
  const isAlone = slots.length === 1;
  return {
    senderId,
    spanMs: slots.length * intervalMs,
    slotsEndAt: (planDepartures(0, slots, intervalMs).at(-1) ?? 0) + intervalMs,
    punctualAt: isAlone && isDeparturePunctual(first, intervalMs, now) ? Math.max(first, now) : null,
  };
}

function toDepartures<T extends WaitingEmail>(
  { waiting, intervalMs, booking }: DepartureGroup<T>,
  freeAt: number,
  now: number,
): DepartingEmail<T>[] {
  const slots = waiting.map(({ slotAt }) => slotAt);
  const moments = planDepartures(Math.max(freeAt, now), slots, intervalMs);
  const keepsClock = booking.punctualAt !== null && freeAt <= booking.punctualAt;
  return waiting.map((one, index) => {
    const departsAt = moments[index] ?? one.slotAt;
    const promisedAt = keepsClock ? one.slotAt : departsAt;
    return { ...one, departsAt, departsBy: promisedAt + getDepartureToleranceMs(intervalMs) };
  });
}
