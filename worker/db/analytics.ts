import type { CampaignRecipientCounts } from "../../shared/campaign.ts";
import type { RecipientStatus } from "../../shared/vocabulary.ts";
import { joinedRecipientRangeSql } from "./recipient-ranges.ts";
import { isOpenQuestionSql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";
import { loadStepFigures, type StepFigure } from "./step-figures.ts";

/**
 * The figures that a list of campaigns shows for each campaign, besides the columns of the
 * campaign's row.
 */
export type CampaignFigures = {
  stepCount: number;
  emailCount: number;
  counts: CampaignRecipientCounts;
  stats: StepFigure[];
  nextSendAt: number | null;
  /** The recipient whose email goes at `nextSendAt`; null if no email is planned. */
  nextRecipientId: number | null;
  /**
   * The number of replies for which an agent has not yet said whether the writer wants no more
   * emails.
   */
  openQuestions: number;
};

type CountRow = {
  campaignId: number;
  status: RecipientStatus;
  count: number;
  nextSendAt: number | null;
  nextRecipientId: number;
};
type QuestionRow = { campaignId: number; count: number };
type StepRow = { campaignId: number; count: number; emails: number };

/**
 * Returns the figures of several campaigns. Reads every recipient, message and event of these
 * campaigns once, so the caller asks for the campaigns of one page only.
 */
export async function loadCampaignFigures(
  scope: Scope,
  campaignIds: readonly number[],
): Promise<Map<number, CampaignFigures>> {
  const [[counts, steps, questions], stats] = await Promise.all([
    loadStandingFigures(scope, campaignIds),
    loadStepFigures(scope, campaignIds),
  ]);
  const figures = new Map(campaignIds.map((id) => [id, createEmptyCampaignFigures()]));
  for (const row of (counts?.results ?? []) as CountRow[]) addCount(figures.get(row.campaignId), row);
  for (const { campaignId, ...figure } of stats) figures.get(campaignId)?.stats.push(figure);
  for (const row of (steps?.results ?? []) as StepRow[]) {
    const found = figures.get(row.campaignId);
    if (found === undefined) continue;
    found.stepCount = row.count;
    found.emailCount = row.emails;
  }
  for (const row of (questions?.results ?? []) as QuestionRow[]) {
    const found = figures.get(row.campaignId);
    if (found !== undefined) found.openQuestions = row.count;
  }
  return figures;
}

/** Reads how many recipients of each campaign stand where, its steps, and its open questions. */
const loadStandingFigures = (scope: Scope, campaignIds: readonly number[]) =>
  scope.db.$client.batch<CountRow | StepRow | QuestionRow>(
    [
      // While a recipient is claimed, due_at is the end of the lease, and scheduled_at is the time
      // of the next send.
      `SELECT c.id AS campaignId, r.status, count(*) AS count,
              min(CASE WHEN r.status = 'active' AND r.due_at IS NOT NULL AND r.next_is_task = 0
                       THEN CASE WHEN r.lease IS NULL THEN r.due_at ELSE coalesce(r.scheduled_at, r.due_at) END END) AS nextSendAt,
              -- SQLite takes r.id from the row with the least nextSendAt.
              r.id AS nextRecipientId
       FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value AND c.tenant_id = ?2
       CROSS JOIN campaign_recipients r ON ${joinedRecipientRangeSql("c", "r")}
       GROUP BY c.id, r.status`,
      `SELECT campaign_id AS campaignId, count(*) AS count, sum(kind = 'email') AS emails FROM campaign_steps
       WHERE campaign_id IN (SELECT value FROM json_each(?1)) AND tenant_id = ?2 AND removed_at IS NULL
       GROUP BY campaign_id`,
      `SELECT c.id AS campaignId, count(*) AS count FROM json_each(?1) j
       CROSS JOIN campaigns c ON c.id = j.value AND c.tenant_id = ?2
       CROSS JOIN reply_readings g ON g.recipient_id BETWEEN c.first_recipient_id AND c.last_recipient_id
       WHERE ${isOpenQuestionSql("g")} GROUP BY c.id`,
    ].map((query) => scope.db.$client.prepare(query).bind(JSON.stringify(campaignIds), scope.tenantId)),
  );

export function createEmptyCampaignFigures(): CampaignFigures {
  return {
    stepCount: 0,
    emailCount: 0,
    counts: { recipients: 0, active: 0, waitingForEmail: 0, paused: 0, completed: 0, stopped: 0 },
    stats: [],
    nextSendAt: null,
    nextRecipientId: null,
    openQuestions: 0,
  };
}

function addCount(figures: CampaignFigures | undefined, row: CountRow): void {
  if (figures === undefined) return;
  figures.counts[row.status] = row.count;
  figures.counts.recipients += row.count;
  if (row.nextSendAt !== null && row.nextSendAt < (figures.nextSendAt ?? Number.POSITIVE_INFINITY)) {
    figures.nextSendAt = row.nextSendAt;
    figures.nextRecipientId = row.nextRecipientId;
  }
}
