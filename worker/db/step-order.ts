import type { Scope } from "./scope.ts";

/*
 * A step has begun for a recipient once the step's task was opened, or the step's email was
 * skipped, or was tried and does not wait for another try. A step that has begun runs to its end
 * for the recipient, even if the sequence changes.
 */

/**
 * SQL condition: a step has begun for a recipient. An email that waits for another try can still be
 * dropped, so the email's step has not begun.
 * @param recipient SQL for the recipient's id
 * @param step SQL for the step's number
 */
export const hasStepBegunSql = (recipient: string, step: string) =>
  `(EXISTS (SELECT 1 FROM messages b WHERE b.recipient_id = ${recipient} AND b.step_number = ${step}
      AND b.status <> 'retrying')
    OR EXISTS (SELECT 1 FROM tasks b WHERE b.recipient_id = ${recipient} AND b.step_number = ${step}))`;

/**
 * Loads the numbers of the steps that have begun for each recipient.
 * @returns the step numbers by the recipient's id; a recipient without such a step is left out
 */
export async function listBegunSteps(
  { db, tenantId }: Scope,
  recipientIds: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const { results } = await db.$client
    .prepare(
      `SELECT r.id, json_group_array(o.step_number) AS steps
       FROM campaign_recipients r
       JOIN campaign_steps o ON o.campaign_id = r.campaign_id
       WHERE r.id IN (SELECT value FROM json_each(?)) AND r.tenant_id = ?
         AND ${hasStepBegunSql("r.id", "o.step_number")}
       GROUP BY r.id`,
    )
    .bind(JSON.stringify(recipientIds), tenantId)
    .all<{ id: number; steps: string }>();
  return new Map(results.map(({ id, steps }) => [id, JSON.parse(steps) as number[]]));
}

/**
 * SQL: the number of the first step of recipient `r`'s sequence that has not begun for the
 * recipient; null if no step is left. Reads the campaign's steps.
 * @param leftOut SQL for the number of a step that the search skips
 */
export const nextStepSql = (leftOut: string) => `(SELECT o.step_number FROM campaign_steps o
  WHERE o.campaign_id = r.campaign_id AND o.removed_at IS NULL AND o.step_number <> ${leftOut}
    AND NOT ${hasStepBegunSql("r.id", "o.step_number")}
  ORDER BY o.position LIMIT 1)`;

/**
 * SQL: the place of a step in its sequence, from 1; null if there is no step, or the step was taken
 * out of the sequence.
 * @param step the alias of the step's row
 */
export const stepRowPositionSql = (step: string) => `CASE WHEN ${step}.removed_at IS NULL THEN
  nullif((SELECT count(*) FROM campaign_steps b WHERE b.campaign_id = ${step}.campaign_id
    AND b.removed_at IS NULL AND b.position <= ${step}.position), 0) END`;

/**
 * SQL: the place of a step in its sequence, as in `stepRowPositionSql`.
 * @param campaign SQL for the campaign's id
 * @param step SQL for the step's number
 */
export const stepPositionSql = (campaign: string, step: string) => `(SELECT ${stepRowPositionSql("a")}
  FROM campaign_steps a WHERE a.campaign_id = ${campaign} AND a.step_number = ${step})`;

/** Returns a step's place in its sequence, from 1; null for a step that was taken out. */
export type StepPositionLookup = (campaignId: number, stepNumber: number) => number | null;

/** Loads the places of all steps of these campaigns. */
export async function loadStepPositions(
  { db, tenantId }: Scope,
  campaignIds: readonly number[],
): Promise<StepPositionLookup> {
  const { results } = await db.$client
    .prepare(
      `SELECT campaign_id || ' ' || step_number AS step,
         row_number() OVER (PARTITION BY campaign_id ORDER BY position) AS position
       FROM campaign_steps
       WHERE campaign_id IN (SELECT value FROM json_each(?)) AND tenant_id = ? AND removed_at IS NULL`,
    )
    .bind(JSON.stringify(campaignIds), tenantId)
    .all<{ step: string; position: number }>();
  const positions = new Map(results.map(({ step, position }) => [step, position]));
  return (campaignId, stepNumber) => positions.get(`${campaignId} ${stepNumber}`) ?? null;
}

/**
 * Loads the places of the recipients' next steps, by the recipient's id. Reads two rows for each
 * recipient and one for each step before the next step, where `loadStepPositions` sorts all steps.
 */
export async function loadNextStepPositions(
  { db, tenantId }: Scope,
  recipientIds: readonly number[],
): Promise<ReadonlyMap<number, number | null>> {
  const { results } = await db.$client
    .prepare(
      `SELECT r.id, ${stepPositionSql("r.campaign_id", "r.next_step")} AS position
       FROM json_each(?1) j CROSS JOIN campaign_recipients r ON r.id = j.value AND +r.tenant_id = ?2`,
    )
    .bind(JSON.stringify(recipientIds), tenantId)
    .all<{ id: number; position: number | null }>();
  return new Map(results.map(({ id, position }) => [id, position]));
}

/** Tells whether a step has begun for a recipient. */
export async function hasStepBegun(
  { db, tenantId }: Scope,
  recipientId: number,
  stepNumber: number,
): Promise<boolean> {
  const row = await db.$client
    .prepare(
      `SELECT 1 FROM campaign_recipients r WHERE r.id = ?1 AND r.tenant_id = ?2 AND ${hasStepBegunSql("r.id", "?3")}`,
    )
    .bind(recipientId, tenantId, stepNumber)
    .first();
  return row !== null;
}
