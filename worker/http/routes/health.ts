import { Hono } from "hono";
import { minuteMs } from "../../../shared/time-lengths.ts";
import type { Ctx } from "../../context.ts";
import { countSealedWithoutPrefix } from "../../db/sealed-texts.ts";
import { findLastTickAt } from "../../db/ticks.ts";
import { buildSealPrefix } from "../../providers/credentials.ts";
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
    const secretsWithOldKeys = await countSecretsWithOldKeys(c.get("ctx"));
    const isReady = found.ok && (lastTickAgeMs === null || lastTickAgeMs <= staleTickMs);
    const database = found.ok ? "ok" : "unavailable";
    const status = isReady ? "ok" : "unavailable";
    return c.json({ status, database, lastTickAgeMs, secretsWithOldKeys }, isReady ? 200 : 503);
  });

/**
 * Counts the secrets that are still sealed with an older key, up to 1,000. Null if CREDENTIALS_KEY
 * has one key, or if the database does not answer.
 */
async function countSecretsWithOldKeys({ db, settings }: Ctx): Promise<number | null> {
  const [newest, ...older] = settings.CREDENTIALS_KEY;
  if (older.length === 0) return null;
  const counting = countSealedWithoutPrefix(db, await buildSealPrefix(newest), 1000);
  const counted = await awaitWithin(databaseDeadlineMs, counting);
  return counted.ok ? counted.value : null;
}

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
