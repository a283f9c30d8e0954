import type { EmailStats } from "../../../shared/analytics.ts";
import type { AnalyticsGroup, AnalyticsGrouping, OutcomeCounts } from "../../../shared/office-analytics.ts";
import { findMonday } from "./period.ts";

/**
 * The figures of a group of emails: the counts of what happened to the emails, and the outcomes of
 * the replies.
 */
export type Figures = { stats: EmailStats; outcomes: OutcomeCounts };

/**
 * The figures of one group, such as a day, a week, an hour or a sequence. `name` is the group's
 * name for people; null if the name follows from `key`.
 */
export type FigureRow = Figures & { key: string; name: string | null };

/** A grouping of the rows on the screen. `week` replaces `day` in a long period. */
export type RowGrouping = AnalyticsGrouping | "week";

/** The most days that get a row each. The columns of more days would be too thin to see. */
const mostDaysShown = 92;

const weekdayKeys = ["1", "2", "3", "4", "5", "6", "7"];
const hourKeys = Array.from({ length: 24 }, (_, hour) => String(hour));

/**
 * Returns the rows to show. Adds weekdays and hours without emails. If there are more than
 * `mostDaysShown` days, returns weeks instead of days.
 * @param total the sum of all groups; a row without emails has the same counts, but each count is 0
 */
export function listFigureRows(
  by: AnalyticsGrouping,
  groups: readonly AnalyticsGroup[],
  total: Figures,
): { grouping: RowGrouping; rows: FigureRow[] } {
  const none: Figures = { stats: toZeros(total.stats), outcomes: toZeros(total.outcomes) };
  if (by === "weekday") return { grouping: by, rows: fillRows(weekdayKeys, groups, none) };
  if (by === "hour") return { grouping: by, rows: fillRows(hourKeys, groups, none) };
  if (by === "day" && groups.length > mostDaysShown)
    return { grouping: "week", rows: mergeIntoWeeks(groups, none) };
  return { grouping: by, rows: [...groups] };
}

/** Returns a row for each key, in this order. A key without a group has no emails. */
function fillRows(keys: readonly string[], groups: readonly FigureRow[], none: Figures): FigureRow[] {
  const known = new Map(groups.map((group) => [group.key, group]));
  return keys.map((key) => known.get(key) ?? { key, name: null, ...none });
}

/** Returns one row per week. The key of a row is the week's Monday. */
function mergeIntoWeeks(days: readonly FigureRow[], none: Figures): FigureRow[] {
  const weeks = new Map<string, Figures>();
  for (const day of days) {
    const monday = findMonday(day.key);
    weeks.set(monday, addFigures(weeks.get(monday) ?? none, day));
  }
  return [...weeks].map(([key, figures]) => ({ key, name: null, ...figures }));
}

/** Returns only the figures of two groups, added up, without the groups' keys and names. */
const addFigures = (a: Figures, b: Figures): Figures => ({
  stats: addCounts(a.stats, b.stats),
  outcomes: addCounts(a.outcomes, b.outcomes),
});

const toZeros = <Name extends string>(counts: Record<Name, number>) =>
  Object.fromEntries(Object.keys(counts).map((name) => [name, 0])) as Record<Name, number>;

const addCounts = <Name extends string>(a: Record<Name, number>, b: Record<Name, number>) =>
  Object.fromEntries((Object.keys(a) as Name[]).map((name) => [name, a[name] + b[name]])) as Record<
    Name,
    number
  >;

/** Returns a count as a share of the emails sent, 0 to 1; null if no email was sent. */
export const computeShareOfSent = (count: number, { sent }: EmailStats): number | null =>
  sent === 0 ? null : Math.min(1, count / sent);

/**
 * Tells whether the mail services report deliveries. Without any delivery, the number of delivered
 * emails is unknown, unless all emails bounced.
 */
export const hasKnownDeliveries = ({ sent, delivered, bounced }: EmailStats): boolean =>
  delivered > 0 || bounced >= sent;

/** Tells whether Doorknock has tried to send any of the emails that the figures could count. */
export const hasTriedEmails = ({ stats }: Figures): boolean => stats.sent + stats.unknown + stats.failed > 0;
