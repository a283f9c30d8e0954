import { hourMs } from "../../shared/time-lengths.ts";
import type {
  CountedFigure,
  DailyCounts,
  DailyFigureKey,
  DailyFigures,
  DayWindow,
} from "../domain/send/daily-figures.ts";
import { wasCampaignUnderWaySql } from "./figure-days.ts";
import { isReplySql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";
import { countsForFigureSql, figureNameSql } from "./step-figures.ts";

/** The most campaigns whose emails one statement counts. */
const campaignsPerCount = 500;

/** SQL: the instant that decides on which day message `m` counts. */
const sentAtSql = "coalesce(m.sent_at, m.attempted_at)";

/**
 * SQL: the figures of the emails that the campaigns in `?1` sent in the time windows in `?2`, one
 * row per figure. An email counts once per figure. An outcome counts for the email that was
 * answered, or for the last email to a person who has not replied.
 */
const countSql = `WITH w AS (
    SELECT value->>'zone' AS zone, value->>'day' AS day, value->>'startAt' AS start_at, value->>'endAt' AS end_at
    FROM json_each(?2)),
  m AS MATERIALIZED (
    SELECT m.recipient_id, m.step_number, m.status, coalesce(m.variant, -1) AS variant, w.zone, w.day, w.start_at,
      (${sentAtSql} - w.start_at) / ${hourMs} AS hour_index, r.sender_id, r.source,
      c.created_by AS agent_id, coalesce(c.sequence_id, '') AS sequence_id
    FROM json_each(?1) j
    CROSS JOIN campaigns c ON c.id = j.value AND c.tenant_id = ?3
    CROSS JOIN messages m ON m.recipient_id BETWEEN c.first_recipient_id AND c.last_recipient_id
      AND m.campaign_id = c.id AND m.status IN ('sent', 'failed', 'skipped', 'unknown')
    CROSS JOIN campaign_recipients r ON r.id = m.recipient_id
    CROSS JOIN senders n ON n.id = r.sender_id
    CROSS JOIN w ON w.zone = n.time_zone AND ${sentAtSql} >= w.start_at AND ${sentAtSql} < w.end_at)
  SELECT day, zone, start_at AS startAt, hour_index AS hourIndex, step_number AS stepNumber, variant,
    sender_id AS senderId, agent_id AS agentId, sequence_id AS sequenceId, source, name, count(*) AS value
  FROM (
    SELECT m.*, m.status AS name FROM m
    UNION ALL
    SELECT DISTINCT m.*, ${figureNameSql("e")} FROM m
    CROSS JOIN events e ON e.recipient_id = m.recipient_id AND e.step_number = m.step_number
    WHERE ${countsForFigureSql("e")}
    UNION ALL
    SELECT m.*, t.outcome FROM m
    CROSS JOIN reply_threads t ON t.recipient_id = m.recipient_id AND t.outcome IS NOT NULL
    WHERE m.step_number = coalesce(
      (SELECT max(e.step_number) FROM events e WHERE e.recipient_id = m.recipient_id AND ${isReplySql("e")}),
      (SELECT max(s.step_number) FROM messages s WHERE s.recipient_id = m.recipient_id AND s.status = 'sent')))
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`;

/**
 * Counts the figures of the emails that were sent in the time windows, from messages and events.
 * Reads every message of each campaign that may have sent emails in the windows.
 */
export async function countDailyFigures(
  scope: Scope,
  windows: readonly DayWindow[],
): Promise<CountedFigure[]> {
  if (windows.length === 0) return [];
  const campaigns = await listCampaignsOfWindows(scope, windows);
  const rows: CountedFigure[] = [];
  for (let from = 0; from < campaigns.length; from += campaignsPerCount) {
    const part = JSON.stringify(campaigns.slice(from, from + campaignsPerCount));
    const { results } = await scope.db.$client
      .prepare(countSql)
      .bind(part, JSON.stringify(windows), scope.tenantId)
      .all<CountedFigure>();
    rows.push(...results);
  }
  return rows;
}

/**
 * Returns the campaigns that may have sent emails between the first start and the last end of the
 * windows.
 */
async function listCampaignsOfWindows(
  { db, tenantId }: Scope,
  windows: readonly DayWindow[],
): Promise<number[]> {
  const startAt = Math.min(...windows.map((one) => one.startAt));
  const endAt = Math.max(...windows.map((one) => one.endAt));
  const { results } = await db.$client
    .prepare(
      `SELECT id FROM campaigns WHERE tenant_id = ?1 AND ${wasCampaignUnderWaySql("campaigns", "?2", "?3")} ORDER BY id`,
    )
    .bind(tenantId, startAt, endAt)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** Returns the time zones of the tenant's senders. */
export async function listSenderZones({ db, tenantId }: Scope): Promise<string[]> {
  const { results } = await db.$client
    .prepare("SELECT DISTINCT time_zone AS zone FROM senders WHERE tenant_id = ?")
    .bind(tenantId)
    .all<{ zone: string }>();
  return results.map(({ zone }) => zone);
}

type StoredRow = DailyFigureKey & { counts: string };

/**
 * Returns the dates and figures of the days from `from` to `to` whose figures are counted and
 * stored ("rolled up").
 */
export async function loadDailyFigures(
  { db, tenantId }: Scope,
  from: string,
  to: string,
): Promise<{ rolledDays: ReadonlySet<string>; figures: DailyFigures[] }> {
  const [days, rows] = await db.$client.batch<{ day: string } | StoredRow>(
    [
      "SELECT day FROM figure_days WHERE tenant_id = ?1 AND day BETWEEN ?2 AND ?3 AND state = 'rolled'",
      `SELECT f.day, f.hour, f.step_number AS stepNumber, f.variant, f.sender_id AS senderId, f.agent_id AS agentId,
         f.sequence_id AS sequenceId, f.source, f.counts
       FROM figure_days d CROSS JOIN daily_figures f ON f.tenant_id = d.tenant_id AND f.day = d.day
       WHERE d.tenant_id = ?1 AND d.day BETWEEN ?2 AND ?3 AND d.state = 'rolled'`,
    ].map((query) => db.$client.prepare(query).bind(tenantId, from, to)),
  );
  return {
    rolledDays: new Set(((days?.results ?? []) as { day: string }[]).map(({ day }) => day)),
    figures: ((rows?.results ?? []) as StoredRow[]).map(({ counts, ...key }) => ({
      ...key,
      counts: JSON.parse(counts) as DailyCounts,
    })),
  };
}
