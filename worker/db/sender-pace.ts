import type { SenderRamp } from "../../shared/sender.ts";
import { computeSlotIntervalMs } from "../domain/send/interval.ts";
import type { SenderPace } from "../domain/send/pacing.ts";
import type { Scope } from "./scope.ts";
import type { SenderRow } from "./senders.ts";

/** A sender's limits and next free slot (instant for an email), as a row of a query. */
export type SenderPaceRow = Omit<SenderPace, "ramp" | "timeZone"> & {
  ramp: string | null;
  minGapSeconds: number;
  senderTimeZone: string;
};

/** Returns the SQL columns of a `SenderPaceRow`, for the senders table under this alias. */
export function senderPaceColumnsSql(alias: string): string {
  const s = alias;
  return `${s}.interval_ms AS intervalMs, ${s}.min_gap_seconds AS minGapSeconds, ${s}.daily_cap AS dailyCap, ${s}.ramp,
  ${s}.domain_daily_cap AS domainDailyCap, ${s}.time_zone AS senderTimeZone, ${s}.next_slot_at AS nextSlotAt,
  ${s}.cap_day AS capDay, ${s}.slots_today AS slotsToday`;
}

/** Builds the pace from a whole sender row. */
export function toSenderPace(row: SenderRow): SenderPace {
  return { ...row, intervalMs: computeSlotIntervalMs(row.intervalMs, row.minGapSeconds) };
}

export function parseSenderPaceRow(row: SenderPaceRow): SenderPace {
  return {
    intervalMs: computeSlotIntervalMs(row.intervalMs, row.minGapSeconds),
    dailyCap: row.dailyCap,
    ramp: row.ramp === null ? null : (JSON.parse(row.ramp) as SenderRamp | null),
    domainDailyCap: row.domainDailyCap,
    timeZone: row.senderTimeZone,
    nextSlotAt: row.nextSlotAt,
    capDay: row.capDay,
    slotsToday: row.slotsToday,
  };
}

/**
 * Counts one more email in the sender's day.
 * @param cap the most emails of the day; null: no limit
 * @returns false, with nothing counted, if the day already has `cap` emails
 */
export async function countAgainstDailyCap(
  { db, tenantId }: Scope,
  senderId: number,
  day: string,
  cap: number | null,
): Promise<boolean> {
  // A sender whose slots of tomorrow are already handed out has a later `cap_day`; an email of
  // today is then not counted, because the count of today is gone.
  const row = await db.$client
    .prepare(
      `UPDATE senders SET slots_today = CASE WHEN cap_day = ?3 THEN slots_today + 1 WHEN cap_day < ?3 THEN 1 ELSE slots_today END,
        cap_day = max(cap_day, ?3)
      WHERE id = ?1 AND tenant_id = ?2 AND (?4 IS NULL OR cap_day <> ?3 OR slots_today < ?4) RETURNING id`,
    )
    .bind(senderId, tenantId, day, cap)
    .first<{ id: number }>();
  return row !== null;
}
