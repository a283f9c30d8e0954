import { ticks } from "./schema.ts";
import type { Database } from "./scope.ts";

/** Returns when the last tick ran; null if none ever has. */
export async function findLastTickAt(db: Database): Promise<number | null> {
  const row = await db.select({ tickedAt: ticks.tickedAt }).from(ticks).get();
  return row?.tickedAt ?? null;
}

/**
 * A gap between ticks that is longer than this counts as an outage, and emails due in it as late.
 */
export const maxTickGapMs = 3_600_000;

/**
 * After a gap longer than `maxTickGapMs`, records that the clock runs again since `now`. A database
 * restored from a backup has such a gap too. Otherwise writes nothing.
 */
export async function recordOutage(db: Database, now: number): Promise<void> {
  await db.$client
    .prepare("UPDATE ticks SET running_since = ?1 WHERE id = 1 AND ticked_at < ?2")
    .bind(now, now - maxTickGapMs)
    .run();
}

/** Records a tick, for /health/ready. Writes one row. */
export async function recordTick(db: Database, now: number, claimed: number): Promise<void> {
  await db.$client
    .prepare(
      `INSERT INTO ticks (id, ticked_at, claimed) VALUES (1, ?1, ?2)
      ON CONFLICT (id) DO UPDATE SET ticked_at = excluded.ticked_at, claimed = excluded.claimed`,
    )
    .bind(now, claimed)
    .run();
}
