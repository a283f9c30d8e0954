import { ticks } from "./schema.ts";
import type { Database } from "./scope.ts";

/** When the clock last struck; null if it never has. */
export async function lastTickAt(db: Database): Promise<number | null> {
  const row = await db.select({ tickedAt: ticks.tickedAt }).from(ticks).get();
  return row?.tickedAt ?? null;
}

/** A clock that has not struck for this long was away, and what it missed is late. */
export const longGapMs = 3_600_000;

/** After an outage, or on a database restored from long ago, this is when running began again; else nothing is written. */
export async function noteReturn(db: Database, now: number): Promise<void> {
  await db.$client
    .prepare("UPDATE ticks SET running_since = ?1 WHERE id = 1 AND ticked_at < ?2")
    .bind(now, now - longGapMs)
    .run();
}

/** Notes that the clock has struck, for /health/ready. Writes one row. */
export async function recordTick(db: Database, now: number, claimed: number): Promise<void> {
  await db.$client
    .prepare(
      `INSERT INTO ticks (id, ticked_at, claimed) VALUES (1, ?1, ?2)
      ON CONFLICT (id) DO UPDATE SET ticked_at = excluded.ticked_at, claimed = excluded.claimed`,
    )
    .bind(now, claimed)
    .run();
}
