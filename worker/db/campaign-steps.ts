import type { StepConditions } from "../../shared/condition.ts";
import type { StepTask } from "../../shared/task.ts";
import type { SequenceStep } from "../domain/campaign.ts";
import type { ElseWording, WeightedWording } from "../domain/send/variant.ts";
import type { WinnerChoice } from "../domain/winner.ts";
import { abortUnless } from "./batch-guard.ts";
import type { Scope } from "./scope.ts";
import { joinWordings, type StoredWording, splitWordings } from "./step-wordings.ts";

type TemplateNames = { templateName: string; subject: string };
export type StepVariantRow = WeightedWording & TemplateNames;

type AnyStepRow = {
  /** The step's id within its campaign. */
  stepNumber: number;
  /** The step's place in the sequence, from 1; null for a step that was taken out. */
  position: number | null;
  delayDays: number;
  delayHours: number;
  delayBusinessDays: number;
  /** The ISO weekdays on which the step may take place; null for any day. */
  weekdays: number[] | null;
  sendTimeHour: number | null;
  conditions: StepConditions;
};
export type EmailStepRow = AnyStepRow & {
  kind: "email";
  templateId: number;
  templateVersion: number;
  templateName: string;
  subject: string;
  startsThread: boolean;
  variants: StepVariantRow[];
  /**
   * After this number of sent emails per wording, the Worker chooses the best wording (the winner).
   * Null: a person chooses.
   */
  winnerAfter: number | null;
  /**
   * Emails before this instant do not count for the choice of the winner; null if all emails count.
   */
  winnerSince: number | null;
  choice: WinnerChoice | null;
  /**
   * The index of the wording that every later recipient gets; null while recipients are divided
   * among the wordings.
   */
  winner: number | null;
  elseEmail: (ElseWording & TemplateNames) | null;
};
export type TaskStepRow = AnyStepRow & { kind: "task"; task: StepTask };
export type StepRow = EmailStepRow | TaskStepRow;

type StoredStep = Omit<AnyStepRow, "conditions" | "position" | "weekdays"> &
  Pick<
    EmailStepRow,
    "templateId" | "templateVersion" | "templateName" | "subject" | "winnerAfter" | "winnerSince"
  > & {
    task: string | null;
    weekdays: string | null;
    conditions: string;
    variants: string;
    startsThread: number;
    choice: string | null;
    isRemoved: number;
    place: number;
  };

export type StepCounts = { steps: number; emails: number };

/** Counts the steps and the email steps of each campaign that has steps. */
export async function countCampaignSteps(
  { db, tenantId }: Scope,
  campaignIds: readonly number[],
): Promise<ReadonlyMap<number, StepCounts>> {
  const { results } = await db.$client
    .prepare(
      `SELECT j.value AS campaignId, (SELECT json_object('steps', count(*), 'emails', sum(s.kind = 'email'))
         FROM campaign_steps s WHERE s.campaign_id = j.value AND s.tenant_id = ?2 AND s.removed_at IS NULL) AS counts
       FROM json_each(?1) j`,
    )
    .bind(JSON.stringify(campaignIds), tenantId)
    .all<{ campaignId: number; counts: string }>();
  const counted = results.map(({ campaignId, counts }): [number, StepCounts] => [
    campaignId,
    JSON.parse(counts) as StepCounts,
  ]);
  return new Map(counted.filter(([, { steps }]) => steps > 0));
}

/** Returns the steps of a campaign's sequence in order. */
export async function listCampaignSteps(scope: Scope, campaignId: number): Promise<StepRow[]> {
  const steps = await listStepsEverUsed(scope, campaignId);
  return steps.filter(({ position }) => position !== null);
}

/** Returns the steps of a campaign's sequence and the steps that were taken out, in order. */
export async function listStepsEverUsed({ db, tenantId }: Scope, campaignId: number): Promise<StepRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT s.step_number AS stepNumber, s.task, s.template_id AS templateId, s.template_version AS templateVersion,
              t.name AS templateName, v.subject, s.delay_days AS delayDays, s.delay_hours AS delayHours,
              s.delay_business_days AS delayBusinessDays, s.weekdays,
              s.send_time_hour AS sendTimeHour, s.conditions, s.starts_thread AS startsThread,
              s.winner_after AS winnerAfter, s.winner_since AS winnerSince, s.winner AS choice,
              s.removed_at IS NOT NULL AS isRemoved, s.position AS place,
              CASE WHEN s.variants = '[]' THEN '[]' ELSE (SELECT json_group_array(json_object(
                 'templateId', wt.id, 'templateVersion', wv.version, 'templateName', wt.name,
                 'subject', wv.subject, 'weight', w.value->>'weight',
                 'startsThread', w.value->'startsThread') ORDER BY w.key)
               FROM json_each(s.variants) w
               JOIN email_templates wt ON wt.id = w.value->>'templateId'
               JOIN email_template_versions wv
                 ON wv.template_id = wt.id AND wv.version = w.value->>'templateVersion') END AS variants
       FROM campaign_steps s
       LEFT JOIN email_templates t ON t.id = s.template_id
       LEFT JOIN email_template_versions v ON v.template_id = s.template_id AND v.version = s.template_version
       WHERE s.campaign_id = ? AND s.tenant_id = ?`,
    )
    .bind(campaignId, tenantId)
    .all<StoredStep>();
  // Sorting in SQL would count as reading each step twice.
  results.sort((a, b) => a.place - b.place || a.stepNumber - b.stepNumber);
  let position = 0;
  return results.map((row) => toStep(row, row.isRemoved === 1 ? null : ++position));
}

function toStep(row: StoredStep, position: number | null): StepRow {
  const { stepNumber, delayDays, delayHours, delayBusinessDays, sendTimeHour } = row;
  const conditions = JSON.parse(row.conditions) as StepConditions;
  const weekdays = row.weekdays === null ? null : (JSON.parse(row.weekdays) as number[]);
  const base = {
    ...{ stepNumber, position, delayDays, delayHours, delayBusinessDays, weekdays },
    ...{ sendTimeHour, conditions },
  };
  if (row.task !== null) return { ...base, kind: "task", task: JSON.parse(row.task) as StepTask };
  const { templateId, templateVersion, templateName, subject, winnerAfter, winnerSince } = row;
  const choice = row.choice === null ? null : (JSON.parse(row.choice) as WinnerChoice);
  return {
    ...base,
    kind: "email",
    templateId,
    templateVersion,
    templateName,
    subject,
    startsThread: row.startsThread === 1,
    ...{ winnerAfter, winnerSince, choice, winner: choice?.variant ?? null },
    ...splitWordings(JSON.parse(row.variants) as (StoredWording & TemplateNames)[]),
  };
}

/**
 * SQL conditions that find a step's template. Each condition uses an index of its own, so that the
 * tenant's other templates are not read.
 */
const templateConditions = {
  id: (t: string, j: string) => `${t}.id = ${j}.value->>'templateId' AND +${t}.tenant_id = ?2`,
  presetKey: (t: string, j: string) =>
    `${t}.tenant_id = ?2 AND ${t}.preset_key = ${j}.value->>'presetKey' AND ${t}.preset_key IS NOT NULL`,
} as const;

const insertEmailStepsSql = (by: keyof typeof templateConditions) => `
  INSERT INTO campaign_steps
    (campaign_id, step_number, position, tenant_id, template_id, template_version, delay_days, delay_hours,
     delay_business_days, weekdays, send_time_hour, conditions, starts_thread, winner_after, variants)
  SELECT ?1, j.value->>'stepNumber', j.value->>'stepNumber', ?2, t.id, t.version,
         j.value->>'delayDays', j.value->>'delayHours', j.value->>'delayBusinessDays', j.value->>'weekdays',
         j.value->>'sendTimeHour', j.value->>'conditions', j.value->>'startsThread', j.value->>'winnerAfter',
         (SELECT json_group_array(json_set(json_remove(v.value, '$.presetKey'),
            '$.templateId', w.id, '$.templateVersion', w.version) ORDER BY v.key)
          FROM json_each(j.value, '$.wordings') v CROSS JOIN email_templates w ON ${templateConditions[by]("w", "v")}
          WHERE w.deleted_at IS NULL)
  FROM json_each(?3) j CROSS JOIN email_templates t
  WHERE ${templateConditions[by]("t", "j")} AND t.deleted_at IS NULL`;

const insertTaskStepsSql = `
  INSERT INTO campaign_steps
    (campaign_id, step_number, position, tenant_id, kind, task, delay_days, delay_hours, delay_business_days, weekdays, conditions)
  SELECT ?1, j.value->>'stepNumber', j.value->>'stepNumber', ?2, 'task', j.value->>'task',
         j.value->>'delayDays', j.value->>'delayHours', j.value->>'delayBusinessDays', j.value->>'weekdays', j.value->>'conditions'
  FROM json_each(?3) j`;

/**
 * Returns the statements that insert a campaign's steps. Each wording is pinned to the newest
 * version of the wording's template. In one sequence, either all emails come from templates of the
 * tenant, or all emails come from steps of a preset. The guard `templates` undoes the batch if a
 * template does not exist or is deleted.
 */
export function buildStepInserts(
  { db, tenantId }: Scope,
  campaignId: number,
  steps: readonly SequenceStep[],
): D1PreparedStatement[] {
  const emails = steps.filter((step) => step.kind === "email");
  const tasks = steps.filter((step) => step.kind === "task");
  const isPreset = emails.some((step) => "presetKey" in step.source);
  const rows = emails.map(({ source, variants, elseEmail, ...step }) => {
    const named = variants.map(({ weight, source: template }) => ({ ...template, weight }));
    const other = elseEmail && { ...elseEmail.source, startsThread: elseEmail.startsThread };
    return { ...step, ...source, wordings: joinWordings(source, named, other) };
  });
  return [
    ...(tasks.length > 0
      ? [db.$client.prepare(insertTaskStepsSql).bind(campaignId, tenantId, JSON.stringify(tasks))]
      : []),
    db.$client
      .prepare(insertEmailStepsSql(isPreset ? "presetKey" : "id"))
      .bind(campaignId, tenantId, JSON.stringify(rows)),
    abortUnless(
      db,
      "templates",
      "(SELECT count(*) + sum(json_array_length(variants)) FROM campaign_steps WHERE campaign_id = ?) = ?",
      campaignId,
      rows.reduce((sum, { wordings }) => sum + wordings.length, steps.length),
    ),
  ];
}
