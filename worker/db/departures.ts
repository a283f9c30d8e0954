import type { Database } from "./scope.ts";

/** A booking by one run of the queue's consumer: the time in which one sender's emails leave. */
export type DepartureBooking = {
  senderId: number;
  /** The total time that the emails take to leave, including the interval after the last email. */
  spanMs: number;
  /**
   * The instant at which the sender is free again if the emails leave at their slots, the instants
   * that were planned for the emails.
   */
  slotsEndAt: number;
  /**
   * If the sender is free by this instant, `next_departure_at` need not be written. If `punctualAt`
   * is null, the column must always be written.
   */
  punctualAt: number | null;
};

/**
 * Books the departures of emails in one transaction: makes each sender busy for the `spanMs` of the
 * sender's booking, and at least until `slotsEndAt`. Books nothing for a sender that is busy beyond
 * `latestAt`. Writes at most one row per sender.
 * @returns for each sender, the instant from which the sender was free before this booking
 */
export async function bookDepartures(
  db: Database,
  bookings: readonly DepartureBooking[],
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
