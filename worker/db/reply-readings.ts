import type { AnswerKind } from "../../shared/vocabulary.ts";
import type { Database, Scope } from "./scope.ts";

/*
 * An answer's event never changes. An agent may say that a reply was automatic, or that an
 * automatic answer was a person's reply. A row in `reply_readings` then stores the kind that the
 * answer counts as.
 */

/**
 * SQL: the kind as which event `e` counts: the kind that an agent gave the event, or else the
 * event's own kind.
 */
export const answerKindSql = (e: string) => `CASE WHEN ${e}.kind IN ('replied', 'autoReplied') THEN coalesce(
  (SELECT g.kind FROM reply_readings g WHERE g.recipient_id = ${e}.recipient_id
    AND g.step_number = ${e}.step_number AND g.dedupe_key = ${e}.dedupe_key), ${e}.kind) ELSE ${e}.kind END`;

/** SQL condition: event `e` counts as a person's reply. */
export const isReplySql = (e: string) =>
  `${e}.kind IN ('replied', 'autoReplied') AND ${answerKindSql(e)} = 'replied'`;

/**
 * SQL condition: row `g` asks an agent whether the writer wants no more emails, and the question is
 * not settled yet.
 */
export const isOpenReplyQuestionSql = (g: string) => `${g}.kind IS NULL AND NOT EXISTS (
  SELECT 1 FROM campaign_recipients w JOIN suppressions s ON s.tenant_id = w.tenant_id AND s.email = w.email
  WHERE w.id = ${g}.recipient_id)`;

/** The most campaigns of one person whose replies are looked at, the newest first. */
const campaignsPerPerson = 100;

/**
 * SQL condition: a reply of the person of recipient `r`, in any campaign of the tenant, still asks
 * an agent whether the person wants no more emails. An outcome given to the reply is a decision.
 */
export const hasUndecidedReplySql = `EXISTS (SELECT 1
  FROM (SELECT o.id FROM campaign_recipients o WHERE o.tenant_id = r.tenant_id AND o.email = r.email
    ORDER BY o.campaign_id DESC LIMIT ${campaignsPerPerson}) found
  CROSS JOIN reply_readings g ON g.recipient_id = found.id
  WHERE g.kind IS NULL AND NOT EXISTS (
    SELECT 1 FROM reply_threads h WHERE h.recipient_id = found.id AND h.outcome IS NOT NULL))`;

/** The key of an answer's event. */
export type ReplyKey = { recipientId: number; stepNumber: number; dedupeKey: string };

/**
 * Builds the statement that asks the agent whether the writers of the given replies want no more
 * emails. Writes one row per reply, and no row for a reply about which an agent has already been
 * asked.
 */
export function buildReplyQuestionInserts(
  db: Database,
  rows: readonly (ReplyKey & { tenantId: number })[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO reply_readings (recipient_id, step_number, dedupe_key, tenant_id)
      SELECT value->>'recipientId', value->>'stepNumber', value->>'dedupeKey', value->>'tenantId'
      FROM json_each(?1) WHERE 1 ON CONFLICT DO NOTHING`,
    )
    .bind(
      JSON.stringify(
        rows.map(({ recipientId, stepNumber, dedupeKey, tenantId }) => ({
          recipientId,
          stepNumber,
          dedupeKey,
          tenantId,
        })),
      ),
    );
}

/**
 * Returns the keys, made by `formatReplyKey`, of the given answers about which an agent has
 * decided.
 */
export async function loadDecidedReplyKeys(
  db: Database,
  replies: readonly ReplyKey[],
): Promise<ReadonlySet<string>> {
  if (replies.length === 0) return new Set();
  const { results } = await db.$client
    .prepare(
      `SELECT g.recipient_id AS recipientId, g.step_number AS stepNumber, g.dedupe_key AS dedupeKey
      FROM json_each(?) j CROSS JOIN reply_readings g ON g.recipient_id = j.value->>'recipientId'
        AND g.step_number = j.value->>'stepNumber' AND g.dedupe_key = j.value->>'dedupeKey'
      WHERE g.kind IS NOT NULL`,
    )
    .bind(JSON.stringify(replies))
    .all<ReplyKey>();
  return new Set(results.map(formatReplyKey));
}

export const formatReplyKey = ({ recipientId, stepNumber, dedupeKey }: ReplyKey) =>
  `${recipientId} ${stepNumber} ${dedupeKey}`;

/** Returns at most 100 replies of a person, in any campaign, that await an agent's decision. */
export async function listUndecidedReplies({ db, tenantId }: Scope, email: string): Promise<ReplyKey[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT g.recipient_id AS recipientId, g.step_number AS stepNumber, g.dedupe_key AS dedupeKey
      FROM campaign_recipients r JOIN reply_readings g ON g.recipient_id = r.id AND g.kind IS NULL
      WHERE r.tenant_id = ? AND r.email = ? LIMIT 100`,
    )
    .bind(tenantId, email)
    .all<ReplyKey>();
  return results;
}

export type DecidedReplyReading = {
  replies: readonly ReplyKey[];
  kind: AnswerKind;
  awayUntil: string | null;
  decidedBy: string;
  decidedAt: number;
};

/** Builds the statement that records the kind that an agent gives to the answers. */
export function buildReplyReadingInserts(
  { db, tenantId }: Scope,
  decided: DecidedReplyReading,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO reply_readings (recipient_id, step_number, dedupe_key, tenant_id, kind, away_until, decided_by, decided_at)
        SELECT value->>'recipientId', value->>'stepNumber', value->>'dedupeKey', ?2, ?3, ?4, ?5, ?6
        FROM json_each(?1) WHERE 1
        ON CONFLICT (recipient_id, step_number, dedupe_key) DO UPDATE SET kind = excluded.kind,
          away_until = excluded.away_until, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
    )
    .bind(
      JSON.stringify(decided.replies),
      tenantId,
      decided.kind,
      decided.awayUntil,
      decided.decidedBy,
      decided.decidedAt,
    );
}

/**
 * Builds the statement that asks the agent again about replies that an agent had already judged.
 */
export function buildReplyQuestionReopening(
  { db }: Scope,
  replies: readonly ReplyKey[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE reply_readings SET kind = NULL, away_until = NULL, decided_by = NULL, decided_at = NULL
        WHERE (recipient_id, step_number, dedupe_key) IN (
          SELECT value->>'recipientId', value->>'stepNumber', value->>'dedupeKey' FROM json_each(?1))`,
    )
    .bind(JSON.stringify(replies));
}
