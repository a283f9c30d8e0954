import type { Database } from "./scope.ts";

/** So many departures of one sender, right now. */
export type Booking = {
  senderId: number;
  /** As long as they take together, the interval after the last one included. */
  spanMs: number;
  /** Where the sender is free again if only their slots are waited for. */
  slotsEndAt: number;
  /** Where it is free by then nothing needs to be noted; null where it always does. */
  punctualAt: number | null;
};

/**
 * Books departures, as one transaction: each sender's next one is moved on by what leaves now. Nothing is booked of a
 * sender that is not free until after `latestAt`. Writes one row per sender at most.
 * @returns from when each sender was free before this
 */
export async function bookDepartures(
  db: Database,
  bookings: readonly Booking[],
  now: number,
  latestAt: number,
): Promise<Map<number, number>> {
  const rows = JSON.stringify(bookings);
  const read = db.$client
    .prepare(
      `SELECT s.id, s.next_departure_at AS freeAt
      FROM json_each(?1) j JOIN senders s ON s.id = j.value->>'senderId'`,
    )
    .bind(rows);
  const book = db.$client
    .prepare(
      `UPDATE senders SET next_departure_at =
        max(j.value->>'slotsEndAt', max(next_departure_at, ?2) + (j.value->>'spanMs'))
      FROM json_each(?1) j
      WHERE senders.id = j.value->>'senderId' AND next_departure_at <= ?3
        AND coalesce(next_departure_at > j.value->>'punctualAt', 1)`,
    )
    .bind(rows, now, latestAt);
  const [before] = await db.$client.batch<{ id: number; freeAt: number }>([read, book]);
  return new Map((before?.results ?? []).map((row) => [row.id, row.freeAt]));
}
