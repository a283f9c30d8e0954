import { ticks } from "./schema.ts";
import type { Database } from "./scope.ts";

/** When the clock last struck; null if it never has. */
export async function lastTickAt(db: Database): Promise<number | null> {
  const row = await db.select({ tickedAt: ticks.tickedAt }).from(ticks).get();
  return row?.tickedAt ?? null;
}
