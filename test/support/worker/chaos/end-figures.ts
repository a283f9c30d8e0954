import { type AnalyticsGrouping, analyticsGroupings } from "../../../../shared/office-analytics.ts";
import { createContext } from "../../../../worker/context.ts";
import { loadDailyFigures } from "../../../../worker/db/daily-figures.ts";
import { createScope } from "../../../../worker/db/scope.ts";
import { sumDailyCounts, toAnalyticsGroupKey } from "../../../../worker/domain/send/daily-figures.ts";
import { rollUpClosedDays } from "../../../../worker/send/roll-up.ts";
import { day, hour, minute } from "../../time.ts";
import { recountFiguresByGroup } from "../figure-recount.ts";
import { bindings, worldIds } from "../world.ts";
import type { SimulatedClock } from "./clock.ts";

/** The days between two roll-ups. A roll-up looks at the last three closed days. */
const daysBetweenRollUps = 2;
/** The time after which every day of a run is over in every time zone. */
const closingMs = 3 * day;
/** The minute of an hour in which the Worker rolls up days. */
const rollUpMinute = 25;

/**
 * Lets the product count and store ("roll up") the figures of closed days while the run goes on, so
 * that many events arrive after the figures of their day were stored.
 */
export function planRollUps(clock: SimulatedClock, longestMs: number): void {
  for (let after = day; after < longestMs; after += daysBetweenRollUps * day)
    clock.after(after, () => rollUpAt(clock.now()));
}

/** Rolls up the closed days, with the product's statements and without faults. */
async function rollUpAt(at: number): Promise<void> {
  const now = Math.floor(at / hour) * hour + rollUpMinute * minute;
  await rollUpClosedDays(createContext(bindings, { now: () => now }));
}

/** A figure of a group, as text: the grouping, the group, the figure's name and the value. */
type GroupFigures = { counted: string[]; actual: string[] };

/**
 * Returns the stored figures of all days of the run, by every grouping of the product. `actual` has
 * the same figures, counted again from the raw rows.
 */
export async function readGroupFigures(startAt: number, endAt: number): Promise<GroupFigures> {
  await rollUpAt(endAt + closingMs);
  const [from, to] = [toDay(startAt - day), toDay(endAt + day)];
  const scope = createScope(createContext(bindings).db, worldIds.tenant);
  const { figures } = await loadDailyFigures(scope, from, to);
  const lists: GroupFigures = { counted: [], actual: [] };
  for (const by of analyticsGroupings) {
    for (const [key, own] of Map.groupBy(figures, (one) => toAnalyticsGroupKey(by, one)))
      lists.counted.push(...listFigures(by, key, sumDailyCounts(own.map(({ counts }) => counts))));
    for (const [key, counts] of Object.entries(await recountFiguresByGroup(by, from, to)))
      lists.actual.push(...listFigures(by, key, counts));
  }
  return lists;
}

const listFigures = (by: AnalyticsGrouping, key: string, counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([name, value]) => `${by} ${key}: ${name} ${value}`);

const toDay = (at: number) => new Date(at).toISOString().slice(0, 10);
