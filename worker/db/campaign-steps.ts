import type { StepConditions } from "../../shared/condition.ts";
import type { SequenceStep } from "../domain/campaign.ts";
import { guard } from "./guard.ts";
import type { Scope } from "./scope.ts";

export type StepRow = {
  stepNumber: number;
  templateId: number;
  templateVersion: number;
  templateName: string;
  subject: string;
  delayDays: number;
  delayHours: number;
  delayBusinessDays: number;
  sendTimeHour: number | null;
  conditions: StepConditions;
};

export async function stepsOf({ db, tenantId }: Scope, campaignId: number): Promise<StepRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT s.step_number AS stepNumber, s.template_id AS templateId, s.template_version AS templateVersion,
              t.name AS templateName, v.subject, s.delay_days AS delayDays, s.delay_hours AS delayHours,
              s.delay_business_days AS delayBusinessDays,
              s.send_time_hour AS sendTimeHour, s.conditions
       FROM campaign_steps s
       JOIN email_templates t ON t.id = s.template_id
       JOIN email_template_versions v ON v.template_id = s.template_id AND v.version = s.template_version
       WHERE s.campaign_id = ? AND s.tenant_id = ?
       ORDER BY s.step_number`,
    )
    .bind(campaignId, tenantId)
    .all<Omit<StepRow, "conditions"> & { conditions: string }>();
  return results.map((row) => ({ ...row, conditions: JSON.parse(row.conditions) as StepConditions }));
}

/** How a step finds its template; each by an index of its own, so that the tenant's other templates are not read. */
const templateBy = {
  id: "t.id = j.value->>'templateId' AND +t.tenant_id = ?2",
  presetKey: "t.tenant_id = ?2 AND t.preset_key = j.value->>'presetKey' AND t.preset_key IS NOT NULL",
} as const;

const insertSteps = (by: keyof typeof templateBy) => `
  INSERT INTO campaign_steps
    (campaign_id, step_number, tenant_id, template_id, template_version, delay_days, delay_hours,
     delay_business_days, send_time_hour, conditions)
  SELECT ?1, j.value->>'stepNumber', ?2, t.id, t.version,
         j.value->>'delayDays', j.value->>'delayHours', j.value->>'delayBusinessDays',
         j.value->>'sendTimeHour', j.value->>'conditions'
  FROM json_each(?3) j CROSS JOIN email_templates t
  WHERE ${templateBy[by]} AND t.deleted_at IS NULL`;

/**
 * Writes a campaign's steps, each pinned to its template's newest version. All templates of one sequence come from
 * the same kind of source. Guard `templates`: one of them is not there, or no longer.
 */
export function stepStatements(
  { db, tenantId }: Scope,
  campaignId: number,
  steps: readonly SequenceStep[],
): D1PreparedStatement[] {
  const isPreset = steps.some((step) => "presetKey" in step.source);
  const rows = steps.map(({ source, ...step }) => ({ ...step, ...source }));
  return [
    db.$client
      .prepare(insertSteps(isPreset ? "presetKey" : "id"))
      .bind(campaignId, tenantId, JSON.stringify(rows)),
    guard(
      db,
      "templates",
      "(SELECT count(*) FROM campaign_steps WHERE campaign_id = ?) = ?",
      campaignId,
      steps.length,
    ),
  ];
}
