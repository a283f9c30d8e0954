import { dayMs, hourMs, minuteMs } from "../../shared/time-lengths.ts";
import type { Ctx } from "../context.ts";
import { countDailyFigures, listSenderZones } from "../db/daily-figures.ts";
import { beginRollUp, createDayTenantScope, listDaysToRollUp, storeRolledUpDay } from "../db/figure-days.ts";
import type { Scope } from "../db/scope.ts";
import { toIsoDay } from "../domain/schedule/schedule.ts";
import {
  type DailyFigures,
  isDayClosed,
  listDayWindows,
  mergeCountedFigures,
} from "../domain/send/daily-figures.ts";

/**
 * One tick (the Worker's run every minute) checks this number of the latest closed days, which are
 * over in every time zone. After noon UTC, when one more day is closed, a tick checks one more.
 */
const closedDaysPerLook = 3;
/** The most days, each of one tenant, whose figures one tick counts and stores ("rolls up"). */
const daysPerTick = 20;
/** The first and the last minute of an hour in which ticks roll up days. */
const firstMinute = 20;
const lastMinute = 29;

/**
 * Counts and stores the figures of closed days of all tenants, if the present minute of the hour is
 * between `firstMinute` and `lastMinute`.
 */
export async function rollUpClosedDays(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  const minute = Math.floor((now % hourMs) / minuteMs);
  if (minute < firstMinute || minute > lastMinute) return;
  const closed = Array.from({ length: closedDaysPerLook + 1 }, (_, back) =>
    toIsoDay(now - (back + 1) * dayMs, "UTC"),
  )
    .filter((day) => isDayClosed(day, now))
    .map((day) => ({ day, startAt: Date.parse(day) - dayMs, endAt: Date.parse(day) + 2 * dayMs }));
  for (const one of await listDaysToRollUp(ctx.db, closed, daysPerTick)) {
    await rollUpDay(ctx, createDayTenantScope(ctx.db, one), one.day);
  }
}

/** Counts the figures of the emails that were sent on these days, from messages and events. */
export async function countFiguresOfDays(scope: Scope, days: readonly string[]): Promise<DailyFigures[]> {
  const windows = listDayWindows(days, await listSenderZones(scope));
  return mergeCountedFigures(await countDailyFigures(scope, windows));
}

/**
 * Counts a day's figures, stores the figures in place of earlier figures, and returns the figures.
 */
export async function rollUpDay(ctx: Ctx, scope: Scope, day: string): Promise<DailyFigures[]> {
  const token = ctx.newId();
  await beginRollUp(scope, day, token);
  const figures = await countFiguresOfDays(scope, [day]);
  await storeRolledUpDay(scope, day, token, figures);
  return figures;
}
