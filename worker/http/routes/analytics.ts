import { Hono } from "hono";
import {
  type AnalyticsFilterChoice,
  type AnalyticsGroup,
  type AnalyticsGrouping,
  type AnalyticsQuery,
  analyticsQuery,
  type FiguresRebuildResult,
  figuresRebuildInput,
  maxAnalyticsDays,
  type OfficeAnalytics,
} from "../../../shared/office-analytics.ts";
import { loadDailyFigures } from "../../db/daily-figures.ts";
import { loadOrCountKeptAnswers } from "../../db/kept-answers.ts";
import { calculateEmailRates } from "../../domain/analytics.ts";
import { AppError } from "../../domain/errors.ts";
import {
  countDifferingFigures,
  type DailyCounts,
  type DailyFigures,
  isDayClosed,
  listDays,
  splitDailyCounts,
  sumDailyCounts,
  toAnalyticsGroupKey,
} from "../../domain/send/daily-figures.ts";
import { countFiguresOfDays, rollUpDay } from "../../send/roll-up.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { loadGroupNames } from "../analytics-names.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, parseInput, readJson, refuseFaultyFields } from "../request.ts";
import { toIso } from "../views/instant.ts";

/** The most groups that an answer lists, the groups with the most emails first. */
const maxGroups = 400;
/** The most agents, and the most sequences, that an answer offers as filters. */
const maxChoices = 200;

/** Routes that answer with an office's figures over all its campaigns. */
export const analyticsRoutes = new Hono<AppEnv>()
  .get("/analytics", requires({ role: "viewer", property: "every", owner: "anyone" }), async (c) => {
    const query = parseInput(analyticsQuery, c.req.query());
    const days = parseDays(query);
    const desk = getRequestScope(c);
    const now = desk.ctx.now();
    const id = JSON.stringify(query);
    const kept = await loadOrCountKeptAnswers(
      desk.scope,
      "office",
      [{ id, stamp: "" }],
      now,
      async () => new Map([[id, await countGroups(desk, query, days)]]),
      () => true,
    );
    const { answer = noFigures, countedAt = now } = kept.get(id) ?? {};
    const { total, groups, agentIds, sequenceIds } = answer;
    const { from, to, by } = query;
    const keys = groups.map(({ key }) => key);
    const names = await loadGroupNames(desk.scope, by, keys);
    const choices = {
      agents: await nameChoices(desk, "agent", agentIds),
      sequences: await nameChoices(desk, "sequence", sequenceIds),
    };
    const view: OfficeAnalytics = {
      from,
      to,
      by,
      countedAt: toIso(countedAt),
      total: toFigures(total),
      groups: groups.map(
        ({ key, counts }): AnalyticsGroup => ({ key, name: names.get(key) ?? null, ...toFigures(counts) }),
      ),
      choices,
    };
    return c.json(view);
  })

  /**
   * Recounts the days that are over, stores the figures, and answers with the number of stored
   * figures that were wrong.
   */
  .post("/analytics/rebuild", requires({ role: "admin", property: "every", owner: "anyone" }), async (c) => {
    const { ctx, scope } = getRequestScope(c);
    const input = await readJson(c, figuresRebuildInput);
    const days = parseDays(input).filter((day) => isDayClosed(day, ctx.now()));
    const { rolledDays, figures: stored } = await loadDailyFigures(scope, input.from, input.to);
    const counted: DailyFigures[] = [];
    for (const day of days) counted.push(...(await rollUpDay(ctx, scope, day)));
    const comparable = counted.filter(({ day }) => rolledDays.has(day));
    const answer: FiguresRebuildResult = {
      days: days.length,
      rows: counted.length,
      drift: countDifferingFigures(stored, comparable),
    };
    return c.json(answer);
  });

/** @throws AppError invalidRequest if the days are in the wrong order or too many */
function parseDays({ from, to }: Pick<AnalyticsQuery, "from" | "to">): string[] {
  if (from > to) refuseFaultyFields({ to: "must not be before from" });
  const days = listDays(from, to);
  if (days.length > maxAnalyticsDays)
    refuseFaultyFields({ from: `must be within ${maxAnalyticsDays} days of to` });
  if (days.length === 0) throw new AppError("invalidRequest", "The days aren't valid.");
  return days;
}

type GroupCounts = { key: string; counts: DailyCounts };
type CountedGroups = {
  total: DailyCounts;
  groups: GroupCounts[];
  /** The agents and sequences with emails on the days, regardless of the filters. */
  agentIds: string[];
  sequenceIds: string[];
};
const noFigures: CountedGroups = { total: {}, groups: [], agentIds: [], sequenceIds: [] };

/**
 * Counts the figures of each group. Uses the stored figures of the days that are already rolled up
 * (summed up and stored), and counts the other days from messages and events.
 */
async function countGroups(
  { scope }: RequestScope,
  query: AnalyticsQuery,
  days: readonly string[],
): Promise<CountedGroups> {
  const { rolledDays, figures } = await loadDailyFigures(scope, query.from, query.to);
  const live = days.filter((day) => !rolledDays.has(day));
  const counted = await countFiguresOfDays(scope, live);
  const all = [...figures, ...counted];
  const asked = all.filter((row) => isAsked(row, query));
  const groups = [...Map.groupBy(asked, (row) => toAnalyticsGroupKey(query.by, row))].map(([key, rows]) => ({
    key,
    counts: sumDailyCounts(rows.map(({ counts }) => counts)),
  }));
  const listed = query.by === "day" ? fillDays(groups, days) : sortGroups(groups, query);
  return {
    total: sumDailyCounts(groups.map(({ counts }) => counts)),
    groups: listed.slice(0, maxGroups),
    agentIds: listDistinct(all.map(({ agentId }) => agentId)),
    sequenceIds: listDistinct(all.map(({ sequenceId }) => sequenceId)),
  };
}

const listDistinct = (ids: readonly string[]): string[] =>
  [...new Set(ids)].filter(Boolean).slice(0, maxChoices);

/** Returns the agents or sequences with these ids as filter choices, sorted by name. */
async function nameChoices(
  { scope }: RequestScope,
  by: AnalyticsGrouping,
  ids: readonly string[],
): Promise<AnalyticsFilterChoice[]> {
  const names = await loadGroupNames(scope, by, ids);
  return ids
    .map((id) => ({ id, name: names.get(id) ?? null }))
    .toSorted((a, b) => (a.name ?? a.id).localeCompare(b.name ?? b.id, "en"));
}

const isAsked = (row: DailyFigures, { agentId, senderId, sequenceId }: AnalyticsQuery) =>
  (agentId === undefined || row.agentId === agentId) &&
  (senderId === undefined || row.senderId === senderId) &&
  (sequenceId === undefined || row.sequenceId === sequenceId);

/** Returns one group per day, in order. A day without emails has no counts. */
function fillDays(groups: readonly GroupCounts[], days: readonly string[]): GroupCounts[] {
  const byDay = new Map(groups.map((group) => [group.key, group]));
  return days.map((day) => byDay.get(day) ?? { key: day, counts: {} });
}

/** Returns the groups in the order of their numbers, or the groups with the most emails first. */
function sortGroups(groups: readonly GroupCounts[], { by }: AnalyticsQuery): GroupCounts[] {
  const isNumbered = by === "weekday" || by === "hour" || by === "step";
  const sent = ({ counts }: GroupCounts) => counts.sent ?? 0;
  return groups.toSorted((a, b) =>
    isNumbered ? Number(a.key) - Number(b.key) : sent(b) - sent(a) || (a.key < b.key ? -1 : 1),
  );
}

function toFigures(counts: DailyCounts) {
  const { stats, outcomes } = splitDailyCounts(counts);
  return { stats, rates: calculateEmailRates(stats), outcomes };
}
