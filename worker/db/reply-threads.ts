import type { ReplyStanding, ReplyUndo } from "../domain/reply-outcome.ts";
import { abortUnless } from "./batch-guard.ts";
import { isReplySql } from "./reply-readings.ts";
import type { Database, Scope } from "./scope.ts";

/**
 * Whether an agent still has to handle a recipient's reply, and the reply's outcome, as stored.
 * `repliedAt`: when the person last replied.
 */
export type StoredReplyStanding = ReplyStanding & {
  repliedAt: number;
  undo: ReplyUndo | null;
  /** The agent who handles the replies; null if nobody in particular does. */
  assignedTo: string | null;
};

/** SQL: the agent who created the recipient's campaign. */
const creatorSql = (recipientId: string) => `(SELECT c.created_by FROM campaign_recipients r
  JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = ${recipientId})`;

/**
 * Builds the statement that marks the replies of the batch `batchId` as replies that an agent has
 * to handle. An outcome of an earlier reply is forgotten. The first reply is assigned to the
 * creator of the campaign. Writes three rows per recipient: one row of the table and two index
 * entries.
 */
export function buildReplyWaitingMarks(
  db: Database,
  recipientIds: readonly number[],
  batchId: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO reply_threads (recipient_id, tenant_id, replied_at, waiting_since, assigned_to)
      SELECT e.recipient_id, e.tenant_id, max(e.occurred_at), max(e.received_at), ${creatorSql("e.recipient_id")}
      FROM (SELECT DISTINCT value FROM json_each(?1)) j
      CROSS JOIN events e ON e.recipient_id = j.value AND e.kind = 'replied' AND e.batch_id = ?2
      GROUP BY e.recipient_id, e.tenant_id
      ON CONFLICT (recipient_id) DO UPDATE SET replied_at = max(replied_at, excluded.replied_at),
        waiting_since = excluded.waiting_since, outcome = NULL, decided_by = NULL, decided_at = NULL, undo = NULL`,
    )
    .bind(JSON.stringify(recipientIds), batchId);
}

/**
 * Builds the statements that mark a recipient's replies as handled if the recipient has only
 * automatic answers, and otherwise as replies to handle. Run after `buildReplyReadingInserts`, in
 * the same batch.
 */
export function buildReplyWaitingUpdates(
  { db, tenantId }: Scope,
  recipientId: number,
  now: number,
): D1PreparedStatement[] {
  const reply = `SELECT 1 FROM events e WHERE e.recipient_id = ?1 AND ${isReplySql("e")}`;
  return [
    db.$client
      .prepare(
        `UPDATE reply_threads SET waiting_since = NULL, undo = NULL
        WHERE recipient_id = ?1 AND tenant_id = ?2 AND outcome IS NULL AND NOT EXISTS (${reply})`,
      )
      .bind(recipientId, tenantId),
    db.$client
      .prepare(
        `INSERT INTO reply_threads (recipient_id, tenant_id, replied_at, waiting_since, assigned_to)
        SELECT ?1, ?2, ?3, ?3, ${creatorSql("?1")} WHERE EXISTS (${reply})
        ON CONFLICT (recipient_id) DO UPDATE SET waiting_since = coalesce(waiting_since, excluded.waiting_since)
        WHERE outcome IS NULL`,
      )
      .bind(recipientId, tenantId, now),
  ];
}

/**
 * Builds the statements that assign a recipient's replies to an agent. The batch is undone if
 * somebody has assigned the replies since `before` was read. Writes at most two rows.
 */
export function buildReplyAssignment(
  { db, tenantId }: Scope,
  recipientId: number,
  { assignedTo, before }: { assignedTo: string | null; before: string | null },
): D1PreparedStatement[] {
  const own = "recipient_id = ? AND tenant_id = ?";
  const held = `EXISTS (SELECT 1 FROM reply_threads WHERE ${own} AND assigned_to IS ?)`;
  return [
    abortUnless(db, "assignment", held, recipientId, tenantId, before),
    db.$client
      .prepare(`UPDATE reply_threads SET assigned_to = ? WHERE ${own}`)
      .bind(assignedTo, recipientId, tenantId),
  ];
}

type StoredThread = Omit<StoredReplyStanding, "undo"> & { undo: string | null };

/** Returns whether a recipient's reply is handled, and the outcome; null if there is no reply. */
export async function findReplyStanding(
  { db, tenantId }: Scope,
  recipientId: number,
): Promise<StoredReplyStanding | null> {
  const row = await db.$client
    .prepare(
      `SELECT replied_at AS repliedAt, waiting_since AS waitingSince, outcome, decided_by AS decidedBy,
        decided_at AS decidedAt, undo, assigned_to AS assignedTo
      FROM reply_threads WHERE recipient_id = ? AND tenant_id = ?`,
    )
    .bind(recipientId, tenantId)
    .first<StoredThread>();
  return row && { ...row, undo: row.undo === null ? null : (JSON.parse(row.undo) as ReplyUndo) };
}

/**
 * Builds a guard that undoes its batch if the person has replied again, or an agent has recorded an
 * outcome, since `before` was read.
 */
export function abortIfReplyChanged(
  { db, tenantId }: Scope,
  recipientId: number,
  before: StoredReplyStanding | null,
): D1PreparedStatement {
  const own = "SELECT 1 FROM reply_threads WHERE recipient_id = ? AND tenant_id = ?";
  return before === null
    ? abortUnless(db, "reply", `NOT EXISTS (${own})`, recipientId, tenantId)
    : abortUnless(
        db,
        "reply",
        `EXISTS (${own} AND replied_at = ? AND outcome IS ? AND decided_at IS ?)`,
        recipientId,
        tenantId,
        before.repliedAt,
        before.outcome,
        before.decidedAt,
      );
}

/**
 * Builds the statement that stores a recipient's reply as handled or to handle, with the outcome.
 * Writes at most five rows.
 */
export function buildReplyStandingUpsert(
  { db, tenantId }: Scope,
  recipientId: number,
  { outcome, waitingSince, decidedBy, decidedAt }: ReplyStanding,
  { undo, now }: { undo: ReplyUndo | null; now: number },
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO reply_threads (recipient_id, tenant_id, replied_at, waiting_since, outcome, decided_by, decided_at,
        undo, assigned_to)
      VALUES (?1, ?2, ?8, ?3, ?4, ?5, ?6, ?7, ?5)
      ON CONFLICT (recipient_id) DO UPDATE SET waiting_since = excluded.waiting_since, outcome = excluded.outcome,
        decided_by = excluded.decided_by, decided_at = excluded.decided_at, undo = excluded.undo`,
    )
    .bind(
      recipientId,
      tenantId,
      waitingSince,
      outcome,
      decidedBy,
      decidedAt,
      undo === null ? null : JSON.stringify(undo),
      now,
    );
}
