import { nearbySaleVariable } from "../../shared/words/nearby-sale.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/** The wording of a campaign's step, of one variant of the step, or of the step's else email. */
export type StepLetter = {
  stepNumber: number;
  subject: string;
  preheader: string;
  bodyHtml: string;
  bodyText: string;
};

/**
 * Returns the wordings of a campaign's steps, each in the version that the step uses, in the order
 * of the steps.
 */
export async function listCampaignLetters(
  { db, tenantId }: Scope,
  campaignId: number,
): Promise<StepLetter[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT s.step_number AS stepNumber, v.subject, v.preheader, v.body_html AS bodyHtml, v.body_text AS bodyText
       FROM campaign_steps s LEFT JOIN json_each(s.variants) w
       JOIN email_template_versions v ON v.template_id = coalesce(w.value->>'templateId', s.template_id)
         AND v.version = coalesce(w.value->>'templateVersion', s.template_version)
       WHERE s.campaign_id = ? AND s.tenant_id = ? AND s.kind = 'email' AND s.removed_at IS NULL
       ORDER BY s.position, w.key`,
    )
    .bind(campaignId, tenantId)
    .all<StepLetter>();
  return results;
}

/**
 * Returns at most `limit` personal wordings of a campaign's recipients. The subject is empty if the
 * recipient gets the subject of the step.
 */
export async function listPersonalLettersOfCampaign(
  { db, tenantId }: Scope,
  campaignId: number,
  limit: number,
): Promise<StepLetter[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT step_number AS stepNumber, coalesce(subject, '') AS subject, preheader, body_html AS bodyHtml,
         body_text AS bodyText
       FROM personal_wordings
       WHERE recipient_id BETWEEN (SELECT first_recipient_id FROM campaigns WHERE id = ?1)
           AND (SELECT last_recipient_id FROM campaigns WHERE id = ?1) AND +tenant_id = ?2 LIMIT ?3`,
    )
    .bind(campaignId, tenantId, limit)
    .all<StepLetter>();
  return results;
}

/**
 * Returns the newest wordings of templates, each with the number of the step that uses the wording.
 */
export async function listNewestLetters(
  { db, tenantId }: Scope,
  used: readonly { stepNumber: number; templateId: number }[],
): Promise<StepLetter[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT j.value->>'stepNumber' AS stepNumber, v.subject, v.preheader, v.body_html AS bodyHtml,
         v.body_text AS bodyText
       FROM json_each(?1) j
       CROSS JOIN email_templates t ON t.id = j.value->>'templateId' AND +t.tenant_id = ?2
       JOIN email_template_versions v ON v.template_id = t.id AND v.version = t.version ORDER BY j.key`,
    )
    .bind(JSON.stringify(used), tenantId)
    .all<StepLetter>();
  return results;
}

/**
 * Returns the news of a nearby sale from the stored data of the campaign's recipients; null
 * if the campaign's launch named no sale.
 */
export async function findNearbySaleNews(
  { db, tenantId }: Scope,
  campaignId: number,
): Promise<string | null> {
  const row = await db.$client
    .prepare(
      `SELECT data->>'$.property.${nearbySaleVariable}' AS news FROM campaign_recipients
       WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 LIMIT 1`,
    )
    .bind(campaignId, tenantId)
    .first<{ news: string | null }>();
  return row?.news ?? null;
}
