import { hourMs } from "../../shared/time-lengths.ts";
import { ticks } from "./schema/operations.ts";
import type { Database } from "./scope.ts";

/**
 * Returns the time of the last tick (the Worker's run every minute); null if no tick has run yet.
 */
export async function findLastTickAt(db: Database): Promise<number | null> {
  const row = await db.select({ tickedAt: ticks.tickedAt }).from(ticks).get();
  return row?.tickedAt ?? null;
}

/** The longest gap between two ticks that is not an outage. A shorter gap makes no email late. */
export const maxTickGapMs = hourMs;

/**
 * Records `now` as the instant since which ticks run again, if the last tick was more than
 * `maxTickGapMs` ago. A database that was restored from a backup has such a gap too.
 */
export async function recordOutageEnd(db: Database, now: number): Promise<void> {
  await db.$client
    .prepare("UPDATE ticks SET running_since = ?1 WHERE id = 1 AND ticked_at < ?2")
    .bind(now, now - maxTickGapMs)
    .run();
}

/**
 * Records the time of a tick and the number of claimed recipients, for /health/ready. Writes one
 * row.
 */
export async function recordTick(db: Database, now: number, claimed: number): Promise<void> {
  await db.$client
    .prepare(
      `INSERT INTO ticks (id, ticked_at, claimed) VALUES (1, ?1, ?2)
      ON CONFLICT (id) DO UPDATE SET ticked_at = excluded.ticked_at, claimed = excluded.claimed`,
    )
    .bind(now, claimed)
    .run();
}
