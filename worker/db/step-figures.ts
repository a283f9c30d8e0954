import type { EmailStatName } from "../../shared/vocabulary.ts";
import { isNotReclassifiedSql } from "./engagement.ts";
import { answerKindSql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";

/*
 * Every figure is counted from messages and events when somebody asks. A running counter would
 * cost one more written row per event, and could drift.
 */

/**
 * The number of emails of one step and wording that a figure counts. An email counts once per
 * figure, even if the email is opened several times.
 */
export type StepFigure = {
  stepNumber: number;
  /** The index of the wording that was used; null if the step has only one wording. */
  variant: number | null;
  name: EmailStatName;
  value: number;
};

/** SQL: the figure that event `e` counts for. */
export const figureNameSql = (e: string) => `CASE WHEN ${e}.is_machine = 0 THEN ${answerKindSql(e)}
  WHEN ${e}.kind = 'opened' THEN 'machineOpened' ELSE 'machineClicked' END`;

/** SQL condition: event `e` counts for a figure. */
export const countsForFigureSql = (e: string) => `${e}.step_number > 0 AND CASE ${e}.kind
    WHEN 'opened' THEN 1 WHEN 'clicked' THEN 1
    WHEN 'replied' THEN ${answerKindSql(e)} <> 'autoReplied'
    WHEN 'autoReplied' THEN ${answerKindSql(e)} <> 'autoReplied'
    ELSE ${e}.is_machine = 0 AND ${e}.kind IN ('delivered', 'bounced', 'complained', 'unsubscribed') END
  AND ${isNotReclassifiedSql(e)}`;

/**
 * Returns the figures of several campaigns. Reads each message and each event of these campaigns
 * once, so the caller asks for the campaigns of one page only.
 */
export async function loadStepFigures(
  { db, tenantId }: Scope,
  campaignIds: readonly number[],
): Promise<(StepFigure & { campaignId: number })[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT c.id AS campaignId, m.step_number AS stepNumber, m.variant, m.status AS name, count(*) AS value
       FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value AND c.tenant_id = ?2
       CROSS JOIN messages m ON m.recipient_id BETWEEN c.first_recipient_id AND c.last_recipient_id
       WHERE m.campaign_id = c.id AND m.status IN ('sent', 'failed', 'skipped', 'unknown')
       GROUP BY 1, 2, 3, 4
       UNION ALL
       SELECT c.id, e.step_number, m.variant, ${figureNameSql("e")} AS name, count(DISTINCT e.recipient_id)
       FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value AND c.tenant_id = ?2
       CROSS JOIN events e ON e.recipient_id BETWEEN c.first_recipient_id AND c.last_recipient_id
       LEFT JOIN messages m ON m.recipient_id = e.recipient_id AND m.step_number = e.step_number
       WHERE +e.tenant_id = ?2 AND ${countsForFigureSql("e")}
       GROUP BY 1, 2, 3, 4`,
    )
    .bind(JSON.stringify(campaignIds), tenantId)
    .all<StepFigure & { campaignId: number }>();
  return results;
}
