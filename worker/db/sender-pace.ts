import type { SenderRamp } from "../../shared/sender.ts";
import type { SenderPace } from "../domain/pacing.ts";
import type { SenderRow } from "./senders.ts";

/** A sender's limits and slot clock as hot statements read them. */
export type SenderPaceRow = Omit<SenderPace, "ramp" | "timeZone"> & {
  ramp: string | null;
  senderTimeZone: string;
};

/** The columns of `SenderPaceRow`, from the senders table under this alias. */
export function paceColumns(alias: string): string {
  const s = alias;
  return `max(${s}.interval_ms, ${s}.min_gap_seconds * 1000) AS intervalMs, ${s}.daily_cap AS dailyCap, ${s}.ramp,
  ${s}.domain_daily_cap AS domainDailyCap, ${s}.time_zone AS senderTimeZone, ${s}.next_slot_at AS nextSlotAt,
  ${s}.cap_day AS capDay, ${s}.slots_today AS slotsToday`;
}

/** The same of a whole row. */
export function paceOfSender(row: SenderRow): SenderPace {
  return { ...row, intervalMs: Math.max(row.intervalMs, row.minGapSeconds * 1000) };
}

export function paceOf(row: SenderPaceRow): SenderPace {
  return {
    intervalMs: row.intervalMs,
    dailyCap: row.dailyCap,
    ramp: row.ramp === null ? null : (JSON.parse(row.ramp) as SenderRamp | null),
    domainDailyCap: row.domainDailyCap,
    timeZone: row.senderTimeZone,
    nextSlotAt: row.nextSlotAt,
    capDay: row.capDay,
    slotsToday: row.slotsToday,
  };
}
