import type { CampaignBacklog, CampaignRecipientCounts } from "../../shared/campaign.ts";
import { type CampaignStatus, type RecipientStatus, recipientStatuses } from "../../shared/vocabulary.ts";
import { backlogSql } from "./backlog.ts";
import { loadOrCountKeptAnswers } from "./kept-answers.ts";
import { joinedRecipientRangeSql } from "./recipient-ranges.ts";
import { isOpenReplyQuestionSql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";
import { loadStepFigures, type StepFigure } from "./step-figures.ts";

/** The figures of a campaign that are kept for a minute if the campaign is large. */
type CampaignTotals = {
  counts: CampaignRecipientCounts;
  stats: StepFigure[];
  nextSendAt: number | null;
  /** The recipient whose email goes at `nextSendAt`; null if no email is planned. */
  nextRecipientId: number | null;
  backlog: Omit<CampaignBacklog, "sent">;
};

/**
 * The figures that a list of campaigns shows for each campaign, besides the columns of the
 * campaign's row.
 */
export type CampaignFigures = CampaignTotals & {
  /**
   * The number of replies for which an agent has not yet said whether the writer wants no more
   * emails.
   */
  openQuestions: number;
  /** When the totals were counted; null if the totals are never kept. */
  countedAt: number | null;
};

type RecipientTotals = Record<RecipientStatus, number> &
  Pick<CampaignTotals, "nextSendAt" | "nextRecipientId" | "backlog">;
type QuestionRow = { campaignId: number; count: number };

/** The figures of a campaign with at least this number of recipients are kept for a minute. */
const largeCampaign = 10;

/** Tells whether the figures of a campaign with these counts are kept for a minute. */
export const isLargeCampaign = ({ counts }: Pick<CampaignFigures, "counts">): boolean =>
  counts.recipients >= largeCampaign;

/**
 * Returns the figures of several campaigns. Reads every recipient, message and event of the
 * campaigns whose totals are not kept, so the caller asks for the campaigns of one page only.
 */
export async function loadCampaignFigures(
  scope: Scope,
  campaigns: readonly { id: number; status: CampaignStatus }[],
  now: number,
): Promise<Map<number, CampaignFigures>> {
  const keys = campaigns.map(({ id, status }) => ({ id: String(id), stamp: status }));
  const ids = campaigns.map(({ id }) => id);
  const [totals, questions] = await Promise.all([
    loadOrCountKeptAnswers(
      scope,
      "figures",
      keys,
      now,
      (missing) => countTotals(scope, missing, now),
      isLargeCampaign,
    ),
    countOpenQuestions(scope, ids),
  ]);
  return new Map(
    ids.map((id) => {
      const { answer = createEmptyTotals(), countedAt = now } = totals.get(String(id)) ?? {};
      const keptSince = isLargeCampaign(answer) ? countedAt : null;
      return [id, { ...answer, countedAt: keptSince, openQuestions: questions.get(id) ?? 0 }];
    }),
  );
}

/** Counts the totals of the campaigns whose ids are in `keys`, by campaign id. */
async function countTotals(
  scope: Scope,
  keys: readonly string[],
  now: number,
): Promise<Map<string, CampaignTotals>> {
  const ids = keys.map(Number);
  const [people, stats] = await Promise.all([
    loadRecipientTotals(scope, ids, now),
    loadStepFigures(scope, ids),
  ]);
  const totals = new Map(keys.map((key) => [key, createEmptyTotals()]));
  for (const row of people)
    addRecipientTotals(totals.get(String(row.campaignId)), JSON.parse(row.totals) as RecipientTotals);
  for (const { campaignId, ...figure } of stats) totals.get(String(campaignId))?.stats.push(figure);
  return totals;
}

/**
 * Counts the recipients and the backlog of each campaign, and finds the earliest planned email.
 * Reads each recipient once, because a subquery without GROUP BY sorts nothing.
 */
async function loadRecipientTotals(
  { db, tenantId }: Scope,
  ids: readonly number[],
  now: number,
): Promise<{ campaignId: number; totals: string }[]> {
  const counts = recipientStatuses.map(
    (status) => `'${status}', count(*) FILTER (WHERE r.status = '${status}')`,
  );
  // While a tick (the Worker's run every minute) handles a recipient, due_at is the end of the time
  // that the tick has for the recipient (the lease). The time of the next send is then in
  // scheduled_at.
  const { results } = await db.$client
    .prepare(
      `SELECT c.id AS campaignId, (SELECT json_object(${counts.join()}, 'backlog', ${backlogSql("?3")}, 'nextSendAt',
          min(CASE WHEN r.status = 'active' AND r.due_at IS NOT NULL AND r.next_is_task = 0
            THEN CASE WHEN r.lease IS NULL THEN r.due_at ELSE coalesce(r.scheduled_at, r.due_at) END END),
          -- SQLite takes r.id from the row with the least nextSendAt.
          'nextRecipientId', r.id)
        FROM campaign_recipients r WHERE ${joinedRecipientRangeSql("c", "r")}) AS totals
       FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value AND c.tenant_id = ?2`,
    )
    .bind(JSON.stringify(ids), tenantId, now)
    .all<{ campaignId: number; totals: string }>();
  return results;
}

/** Counts the open questions of each campaign. */
async function countOpenQuestions(
  { db, tenantId }: Scope,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT c.id AS campaignId, (SELECT count(*) FROM reply_readings g
         WHERE g.recipient_id BETWEEN c.first_recipient_id AND c.last_recipient_id
           AND ${isOpenReplyQuestionSql("g")}) AS count
       FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value AND c.tenant_id = ?2`,
    )
    .bind(JSON.stringify(ids), tenantId)
    .all<QuestionRow>();
  return new Map(results.map(({ campaignId, count }) => [campaignId, count]));
}

const createEmptyTotals = (): CampaignTotals => ({
  counts: { recipients: 0, active: 0, waitingForEmail: 0, paused: 0, completed: 0, stopped: 0 },
  stats: [],
  nextSendAt: null,
  nextRecipientId: null,
  backlog: { remaining: 0, overdue: 0, needsConfirmation: 0 },
});

function addRecipientTotals(totals: CampaignTotals | undefined, counted: RecipientTotals): void {
  if (totals === undefined) return;
  for (const status of recipientStatuses) {
    totals.counts[status] = counted[status];
    totals.counts.recipients += counted[status];
  }
  totals.backlog = counted.backlog;
  if (counted.nextSendAt === null) return;
  totals.nextSendAt = counted.nextSendAt;
  totals.nextRecipientId = counted.nextRecipientId;
}
