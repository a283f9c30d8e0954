import { Hono } from "hono";
import { minuteMs } from "../../../shared/time-lengths.ts";
import { findLastTickAt } from "../../db/ticks.ts";
import { allowAnybody } from "../permissions.ts";
import type { AppEnv } from "../request.ts";

const databaseDeadlineMs = 2000;
/**
 * If the last tick (run of the cron trigger) is older than this limit, the cron trigger counts as
 * failed. The trigger runs every minute.
 */
const staleTickMs = 3 * minuteMs;

export const healthRoutes = new Hono<AppEnv>()
  .get("/health", allowAnybody, (c) => c.json({ status: "ok" }))

  /**
   * Answers whether emails can be sent: D1 answers in time, and the cron trigger runs. A new
   * deployment is ready before its first tick.
   */
  .get("/health/ready", allowAnybody, async (c) => {
    const { db, now } = c.get("ctx");
    const found = await awaitWithin(databaseDeadlineMs, findLastTickAt(db));
    const tickedAt = found.ok ? found.value : null;
    const lastTickAgeMs = tickedAt === null ? null : Math.max(0, now() - tickedAt);
    const isReady = found.ok && (lastTickAgeMs === null || lastTickAgeMs <= staleTickMs);
    const database = found.ok ? "ok" : "unavailable";
    return c.json({ status: isReady ? "ok" : "unavailable", database, lastTickAgeMs }, isReady ? 200 : 503);
  });

async function awaitWithin<Value>(
  ms: number,
  work: Promise<Value>,
): Promise<{ ok: true; value: Value } | { ok: false }> {
  const cancel = new AbortController();
  const deadline = scheduler.wait(ms, { signal: cancel.signal }).then(
    () => ({ ok: false as const }),
    () => ({ ok: false as const }),
  );
  const answered = work.then(
    (value) => ({ ok: true as const, value }),
    () => ({ ok: false as const }),
  );
  const result = await Promise.race([answered, deadline]);
  cancel.abort();
  return result;
}
