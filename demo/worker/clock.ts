import { z } from "zod";

/*
 * Reads and moves the demo's clock, which is the real clock plus an offset that only grows. The
 * offset is stored in the database, so that all isolates (running copies of the Worker) read the
 * same time, also after a restart.
 */
const createTable =
  "CREATE TABLE IF NOT EXISTS demo_clock (id INTEGER PRIMARY KEY, offset_ms INTEGER NOT NULL) STRICT";

let hasTable = false;

export async function readClockOffset(db: D1Database, realNow: number): Promise<number> {
  if (!hasTable) {
    const start = db.prepare("INSERT INTO demo_clock VALUES (1, ?1) ON CONFLICT DO NOTHING");
    await db.batch([db.prepare(createTable), start.bind(computeInitialClockOffsetMs(realNow))]);
    hasTable = true;
  }
  return (await db.prepare("SELECT offset_ms FROM demo_clock WHERE id = 1").first<number>("offset_ms")) ?? 0;
}

export async function createDemoClock(db: D1Database): Promise<() => number> {
  const offset = await readClockOffset(db, Date.now());
  return () => Date.now() + offset;
}

export async function advanceDemoClock(db: D1Database, byMs: number): Promise<void> {
  await readClockOffset(db, Date.now());
  await db.batch([
    db.prepare("UPDATE demo_clock SET offset_ms = offset_ms + ?1 WHERE id = 1").bind(byMs),
    // Without this update, the skipped time would count as an outage, and the emails due in the
    // skipped time would count as late.
    db.prepare("UPDATE ticks SET ticked_at = ticked_at + ?1 WHERE id = 1").bind(byMs),
  ]);
}

const hourMs = 3_600_000;

/**
 * Returns the offset of a new demo in milliseconds. From Monday to Thursday, 10 to 15 o'clock in
 * Denver, the clock begins at the real time. At any other time, the clock begins at the next of
 * these hours. A visitor's first email then leaves at once, and the next day is a working day.
 */
export function computeInitialClockOffsetMs(realNow: number): number {
  const isOpen = (at: number) => {
    const parts = new Intl.DateTimeFormat("en-US", {
      timeZone: "America/Denver",
      weekday: "short",
      hour: "numeric",
      hourCycle: "h23",
    }).formatToParts(at);
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
    const hour = Number(part("hour"));
    return ["Mon", "Tue", "Wed", "Thu"].includes(part("weekday")) && hour >= 10 && hour < 15;
  };
  if (isOpen(realNow)) return 0;
  let at = Math.ceil(realNow / hourMs) * hourMs;
  while (!isOpen(at)) at += hourMs;
  return at - realNow;
}

const unitMs = { s: 1000, m: 60_000, h: hourMs, d: 24 * hourMs } as const;

/**
 * The body of a request to move the clock, such as `{ "advance": "3d" }`. The clock moves only
 * forward, by at most a year per request.
 */
export const clockAdvanceInput = z
  .object({
    advance: z
      .string()
      .regex(/^[1-9]\d{0,5}[smhd]$/, 'must be a whole number with s, m, h or d, such as "3d"')
      .transform((text) => Number(text.slice(0, -1)) * unitMs[text.slice(-1) as keyof typeof unitMs])
      .refine((ms) => ms <= 366 * unitMs.d, "must not be more than a year"),
  })
  .strict();
