import type { EmailStats } from "../../../shared/analytics.ts";
import { elseVariantIndex } from "../../../shared/limits.ts";
import type { AnalyticsGrouping, OutcomeCounts } from "../../../shared/office-analytics.ts";
import { dayMs, hourMs } from "../../../shared/time-lengths.ts";
import {
  type EmailStatName,
  emailStatNames,
  type SettlingOutcome,
  settlingOutcomes,
} from "../../../shared/vocabulary.ts";
import { getDayStart, getLocalHour, getNextDayStart, toIsoDay } from "../schedule/schedule.ts";
import { formatVariantName } from "./variant.ts";

/**
 * The name of a figure that is counted per day: a result of an email, or of the reply to the email.
 */
export type DailyFigureName = EmailStatName | SettlingOutcome;
export type DailyCounts = Partial<Record<DailyFigureName, number>>;

/**
 * The properties by which the emails of one day are told apart. Hours are counted in the sender's
 * time zone.
 */
export type DailyFigureKey = {
  day: string;
  hour: number;
  stepNumber: number;
  /** The index of the wording that was used; -1 if the step has only one wording. */
  variant: number;
  senderId: number;
  agentId: string;
  /** The sequence's id; empty for a campaign without a sequence. */
  sequenceId: string;
  source: string;
};
export type DailyFigures = DailyFigureKey & { counts: DailyCounts };

/** One day in one time zone: the day includes `startAt` and excludes `endAt`. */
export type DayWindow = { zone: string; day: string; startAt: number; endAt: number };

/** Returns the days from `from` to `to`, both included, as ISO dates. */
export function listDays(from: string, to: string): string[] {
  const days: string[] = [];
  const end = Date.parse(to);
  for (let at = Date.parse(from); at <= end; at += dayMs) days.push(toIsoDay(at, "UTC"));
  return days;
}

/** Returns the window of each day in each zone. A day may have 23 or 25 hours. */
export function listDayWindows(days: readonly string[], zones: readonly string[]): DayWindow[] {
  return zones.flatMap((zone) =>
    days.map((day) => {
      const startAt = getDayStart(day, zone);
      return { zone, day, startAt, endAt: getNextDayStart(startAt, zone) };
    }),
  );
}

/**
 * Tells whether the day has ended in every time zone. The last zone, UTC-12, ends a day 36 hours
 * after the day began in UTC.
 */
export const isDayClosed = (day: string, now: number): boolean => now >= Date.parse(day) + 36 * hourMs;

/** Returns the sum of these counts. */
export function sumDailyCounts(all: readonly DailyCounts[]): DailyCounts {
  const sum: DailyCounts = {};
  for (const counts of all) {
    for (const [name, value] of Object.entries(counts) as [DailyFigureName, number][])
      sum[name] = (sum[name] ?? 0) + value;
  }
  return sum;
}

/**
 * Returns the counts in the form of the API: a name without a count is zero, and a later stage of a
 * sale also counts for the earlier stages.
 */
export function splitDailyCounts(counts: DailyCounts): { stats: EmailStats; outcomes: OutcomeCounts } {
  const pick = <Name extends DailyFigureName>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, counts[name] ?? 0])) as Record<Name, number>;
  const outcomes = pick(settlingOutcomes);
  const appointment = outcomes.appointment + outcomes.listing;
  const interested = outcomes.interested + appointment;
  return { stats: pick(emailStatNames), outcomes: { ...outcomes, appointment, interested } };
}

/** Returns the key of the group to which an email with these properties belongs. */
export function toAnalyticsGroupKey(by: AnalyticsGrouping, key: DailyFigureKey): string {
  switch (by) {
    case "day":
      return key.day;
    case "weekday":
      return String(new Date(Date.parse(key.day)).getUTCDay() || 7);
    case "hour":
      return String(key.hour);
    case "step":
      return String(key.stepNumber);
    case "variant":
      if (key.variant < 0) return "";
      return key.variant === elseVariantIndex ? "else" : formatVariantName(key.variant);
    case "sequence":
      return key.sequenceId;
    case "sender":
      return String(key.senderId);
    case "agent":
      return key.agentId;
    case "source":
      return key.source;
  }
}

/** Returns one text per key, the same for equal keys. */
export const formatDailyFigureKey = (key: DailyFigureKey): string =>
  JSON.stringify([
    key.day,
    key.hour,
    key.stepNumber,
    key.variant,
    key.senderId,
    key.agentId,
    key.sequenceId,
    key.source,
  ]);

/** A counted figure. `hourIndex` counts the hours since `startAt`, the start of the day. */
export type CountedFigure = Omit<DailyFigureKey, "hour"> & {
  zone: string;
  startAt: number;
  hourIndex: number;
  name: DailyFigureName;
  value: number;
};

/** Returns the counted figures, one row for each key, with the hours of the local clock. */
export function mergeCountedFigures(rows: readonly CountedFigure[]): DailyFigures[] {
  const hours = new Map<string, number>();
  const merged = new Map<string, DailyFigures>();
  for (const { zone, startAt, hourIndex, name, value, ...rest } of rows) {
    const at = startAt + hourIndex * hourMs;
    const hour = hours.get(`${zone} ${at}`) ?? getLocalHour(at, zone);
    hours.set(`${zone} ${at}`, hour);
    const key = { ...rest, hour };
    const text = formatDailyFigureKey(key);
    const known = merged.get(text) ?? { ...key, counts: {} };
    known.counts[name] = (known.counts[name] ?? 0) + value;
    merged.set(text, known);
  }
  return [...merged.values()];
}

/**
 * Returns the number of figures that differ between two counts of the same days. A row that one of
 * the two counts lacks is taken as a row of zeros.
 */
export function countDifferingFigures(
  stored: readonly DailyFigures[],
  counted: readonly DailyFigures[],
): number {
  const before = new Map(stored.map((row) => [formatDailyFigureKey(row), row.counts]));
  const after = new Map(counted.map((row) => [formatDailyFigureKey(row), row.counts]));
  let drift = 0;
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, fresh] = [before.get(key) ?? {}, after.get(key) ?? {}];
    const names = new Set([...Object.keys(old), ...Object.keys(fresh)]) as Set<DailyFigureName>;
    for (const name of names) if ((old[name] ?? 0) !== (fresh[name] ?? 0)) drift += 1;
  }
  return drift;
}
