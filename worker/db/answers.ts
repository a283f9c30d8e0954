import { limits } from "../../shared/limits.ts";
import type { AnswerStatus } from "../../shared/vocabulary.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import type { Scope } from "./scope.ts";

export type AnswerRow = {
  id: number;
  status: AnswerStatus;
  subject: string;
  bodyText: string;
  sentBy: string;
  createdAt: number;
  failure: string | null;
};

const columns = `id, CASE WHEN status = 'sending' AND created_at <= ?3 THEN 'probablySent' ELSE status END AS status,
  subject, body_text AS bodyText, sent_by AS sentBy, created_at AS createdAt, failure`;

export type NewAnswer = {
  id: number;
  recipientId: number;
  idempotencyKey: string;
  subject: string;
  bodyText: string;
};

/**
 * Stores an agent's answer before the answer is sent. Writes three rows and an audit entry.
 * @returns false, with nothing written, if the recipient has an answer with the same idempotency
 * key already
 */
export async function storeUnsentAnswer(
  scope: Scope,
  { id, recipientId, idempotencyKey, subject, bodyText }: NewAnswer,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const [inserted] = await db.$client.batch([
    db.$client
      .prepare(
        `INSERT INTO answers (id, tenant_id, recipient_id, idempotency_key, status, subject, body_text, sent_by, created_at)
        VALUES (?1, ?2, ?3, ?4, 'sending', ?5, ?6, ?7, ?8) ON CONFLICT (recipient_id, idempotency_key) DO NOTHING`,
      )
      .bind(id, tenantId, recipientId, idempotencyKey, subject, bodyText, audit.actor, audit.at),
    buildAuditEntryInsert(scope, audit, {
      condition: "EXISTS (SELECT 1 FROM answers WHERE id = ?)",
      values: [id],
    }),
  ]);
  return (inserted?.meta.changes ?? 0) > 0;
}

/**
 * Stores the outcome of an agent's answer to a reply. An answer that failed can be sent again under
 * a new key. An answered reply leaves the list of replies that an agent has to handle.
 */
export async function recordAnswerResult(
  { db, tenantId }: Scope,
  id: number,
  { status, failure }: { status: AnswerStatus; failure: string | null },
): Promise<void> {
  await db.$client.batch([
    db.$client
      .prepare("UPDATE answers SET status = ?3, failure = ?4 WHERE id = ?1 AND tenant_id = ?2")
      .bind(id, tenantId, status, failure),
    ...(status === "failed"
      ? []
      : [
          db.$client
            .prepare(
              `UPDATE reply_threads SET waiting_since = NULL
              WHERE recipient_id = (SELECT recipient_id FROM answers WHERE id = ?1) AND tenant_id = ?2
                AND waiting_since IS NOT NULL`,
            )
            .bind(id, tenantId),
        ]),
  ]);
}

/**
 * Returns the newest answers to a recipient, oldest first.
 * @param settledBefore an answer from before this instant counts as probably sent if the provider
 *   call has no result
 */
export async function listAnswers(
  { db, tenantId }: Scope,
  recipientId: number,
  settledBefore: number,
): Promise<AnswerRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT ${columns} FROM answers WHERE recipient_id = ?1 AND tenant_id = ?2 ORDER BY created_at DESC, id DESC LIMIT ?4`,
    )
    .bind(recipientId, tenantId, settledBefore, limits.answersShown)
    .all<AnswerRow>();
  return results.reverse();
}
