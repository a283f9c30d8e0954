import type { WinnerChoice } from "../domain/winner.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { joinedRecipientRangeSql } from "./recipient-ranges.ts";
import { isReplySql } from "./reply-readings.ts";
import type { Database, Scope } from "./scope.ts";
import { type StoredWording, splitWordings } from "./step-wordings.ts";

/**
 * Builds the statement that lets ticks (the Worker's runs every minute) choose the best wordings
 * (the winners) of a launched campaign.
 */
export function buildWinnerChoiceSchedule(
  { db, tenantId }: Scope,
  campaignId: number,
  at: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_steps SET winner_due_at = ?3
       WHERE campaign_id = ?1 AND tenant_id = ?2 AND winner_after IS NOT NULL AND winner IS NULL`,
    )
    .bind(campaignId, tenantId, at);
}

/** A step for which a tick is to choose the winner, and the results of all wordings, in order. */
export type StepAwaitingWinner = {
  campaignId: number;
  stepNumber: number;
  /**
   * The stored instant at which the step was to be looked at. If the stored instant changes,
   * another tick was first.
   */
  dueAt: number;
  /** True if the campaign sends no more emails. */
  isOver: boolean;
  results: { sent: number; replied: number; reachedAt: number | null }[];
};

type JudgedRow = Pick<StepAwaitingWinner, "campaignId" | "stepNumber" | "dueAt"> & {
  isOver: number;
  variants: string;
  /** JSON array of the wordings that were sent, with their indexes. */
  results: string;
};

/**
 * Returns the steps whose winner is to be chosen now, the longest due first. Reads the recipients
 * of the steps' campaigns, the messages of the steps, and the events of messages that were sent by
 * `settledBy`.
 * @param settledBy emails that left after this instant do not count yet
 */
export async function listStepsAwaitingWinner(
  db: Database,
  { now, settledBy, limit }: { now: number; settledBy: number; limit: number },
): Promise<StepAwaitingWinner[]> {
  const { results } = await db.$client.prepare(stepsToJudgeSql).bind(now, settledBy, limit).all<JudgedRow>();
  return results.map(({ isOver, variants, results: sent, ...step }) => {
    const found = JSON.parse(sent) as (StepAwaitingWinner["results"][number] & { variant: number })[];
    const wordings = splitWordings(JSON.parse(variants) as StoredWording[]).variants;
    const results = wordings.map((_, index) => {
      const {
        sent = 0,
        replied = 0,
        reachedAt = null,
      } = found.find(({ variant }) => variant === index) ?? {};
      return { sent, replied, reachedAt };
    });
    return { ...step, isOver: isOver === 1, results };
  });
}

const stepsToJudgeSql = `
  WITH due AS MATERIALIZED (
    SELECT c.id, s.step_number, s.winner_due_at, s.winner_after, s.winner_since, s.variants, c.first_recipient_id,
      c.last_recipient_id, c.status NOT IN ('active', 'paused') AS is_over
    FROM campaign_steps s CROSS JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.winner_due_at <= ?1 ORDER BY s.winner_due_at LIMIT ?3),
  email AS (
    SELECT due.id AS campaign_id, due.step_number, due.winner_after, m.recipient_id, m.variant, m.sent_at,
      row_number() OVER (PARTITION BY due.id, due.step_number, m.variant ORDER BY m.sent_at) AS place
    FROM due CROSS JOIN campaign_recipients r ON ${joinedRecipientRangeSql("due", "r")}
    CROSS JOIN messages m ON m.recipient_id = r.id AND m.step_number = due.step_number
    WHERE m.status = 'sent' AND m.variant >= 0 AND m.sent_at >= coalesce(due.winner_since, 0)),
  result AS (
    SELECT campaign_id, step_number, variant, sum(sent_at <= ?2) AS sent,
      sum(sent_at <= ?2 AND EXISTS (SELECT 1 FROM events e
        WHERE e.recipient_id = email.recipient_id AND e.step_number = email.step_number AND ${isReplySql("e")})) AS replied,
      max(CASE WHEN place = winner_after THEN sent_at END) AS reached_at
    FROM email GROUP BY campaign_id, step_number, variant)
  SELECT due.id AS campaignId, due.step_number AS stepNumber, due.winner_due_at AS dueAt,
    due.is_over AS isOver, due.variants,
    (SELECT json_group_array(json_object('variant', t.variant, 'sent', t.sent, 'replied', t.replied,
        'reachedAt', t.reached_at)) FROM result t
      WHERE t.campaign_id = due.id AND t.step_number = due.step_number) AS results
  FROM due`;

/**
 * A tick's finding about one step: the chosen wording, or the instant of the next look (null: no
 * tick looks again).
 */
export type WinnerJudgment = Pick<StepAwaitingWinner, "campaignId" | "stepNumber" | "dueAt"> & {
  auditId: number;
  choice: WinnerChoice | null;
  nextDueAt: number | null;
};

/**
 * Writes the findings of a tick, unless another tick or an agent was first. Writes two rows per
 * step, and the entry of the audit log for each choice, in one batch.
 */
export async function recordWinnerJudgments(
  db: Database,
  judgments: readonly WinnerJudgment[],
  now: number,
): Promise<void> {
  const rows = JSON.stringify(judgments);
  const source = `FROM json_each(?1) j CROSS JOIN campaign_steps s
    ON s.campaign_id = j.value->>'campaignId' AND s.step_number = j.value->>'stepNumber'
    WHERE s.winner IS NULL AND s.winner_due_at = j.value->>'dueAt'`;
  await db.$client.batch([
    db.$client
      .prepare(
        `INSERT INTO audit_log (id, tenant_id, actor, action, subject, data, created_at)
        SELECT j.value->>'auditId', s.tenant_id, 'engine', 'campaign.winnerChosen', 'campaigns/' || s.campaign_id,
          json_set(j.value->'choice', '$.stepNumber', s.step_number), ?2
        ${source} AND j.value->>'choice' IS NOT NULL`,
      )
      .bind(rows, now),
    db.$client
      .prepare(
        `UPDATE campaign_steps AS s SET winner = j.value->>'choice', winner_due_at = j.value->>'nextDueAt'
        FROM json_each(?1) j
        WHERE s.campaign_id = j.value->>'campaignId' AND s.step_number = j.value->>'stepNumber'
          AND s.winner IS NULL AND s.winner_due_at = j.value->>'dueAt'`,
      )
      .bind(rows),
  ]);
}

/**
 * The reason why an agent's choice was refused. `status`: the campaign has ended. `step`: the step
 * has no such wording.
 */
export type WinnerConflict = "status" | "step";

/**
 * Writes an agent's choice of the winner, in place of any earlier choice. Writes two rows and the
 * audit entry.
 */
export async function chooseWinner(
  scope: Scope,
  step: { campaignId: number; stepNumber: number },
  choice: WinnerChoice,
  audit: AuditEntry,
): Promise<WinnerConflict | null> {
  const { db, tenantId } = scope;
  const { campaignId, stepNumber } = step;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "status",
        "EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND tenant_id = ? AND status IN ('active', 'paused'))",
        campaignId,
        tenantId,
      ),
      abortUnless(
        db,
        "step",
        `EXISTS (SELECT 1 FROM campaign_steps WHERE campaign_id = ? AND step_number = ? AND removed_at IS NULL
           AND (SELECT count(*) FROM json_each(variants) w WHERE w.value->>'startsThread' IS NULL) > max(1, ?))`,
        campaignId,
        stepNumber,
        choice.variant ?? 0,
      ),
      db.$client
        .prepare(
          `UPDATE campaign_steps SET winner = ?, winner_due_at = NULL
           WHERE campaign_id = ? AND step_number = ? AND tenant_id = ?`,
        )
        .bind(JSON.stringify(choice), campaignId, stepNumber, tenantId),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal as WinnerConflict | null;
}
