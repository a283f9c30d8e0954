import { sequenceEndStepNumber } from "../../shared/limits.ts";
import type { SettlingOutcome } from "../../shared/vocabulary.ts";
import type { ReplyStanding, ReplyUndo } from "../domain/reply-outcome.ts";
import { abortUnless } from "./batch-guard.ts";
import { isOpenReplyQuestionSql, isReplySql } from "./reply-readings.ts";
import type { Database, Scope } from "./scope.ts";

/**
 * Whether an agent still has to handle a recipient's reply, and the reply's outcome, as stored.
 * `repliedAt`: when the person last replied.
 */
export type StoredReplyStanding = ReplyStanding & { repliedAt: number; undo: ReplyUndo | null };

/**
 * Builds the statement that marks the replies of the batch `batchId` as replies that an agent has
 * to handle. An outcome of an earlier reply is forgotten. Writes two rows per recipient: one row of
 * the table and one entry of the index of waiting replies.
 */
export function buildReplyWaitingMarks(
  db: Database,
  recipientIds: readonly number[],
  batchId: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO reply_threads (recipient_id, tenant_id, replied_at, waiting_since)
      SELECT e.recipient_id, e.tenant_id, max(e.occurred_at), max(e.received_at)
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
        `INSERT INTO reply_threads (recipient_id, tenant_id, replied_at, waiting_since)
        SELECT ?1, ?2, ?3, ?3 WHERE EXISTS (${reply})
        ON CONFLICT (recipient_id) DO UPDATE SET waiting_since = coalesce(waiting_since, excluded.waiting_since)
        WHERE outcome IS NULL`,
      )
      .bind(recipientId, tenantId, now),
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
        decided_at AS decidedAt, undo
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
 * Writes at most three rows.
 */
export function buildReplyStandingUpsert(
  { db, tenantId }: Scope,
  recipientId: number,
  { outcome, waitingSince, decidedBy, decidedAt }: ReplyStanding,
  { undo, now }: { undo: ReplyUndo | null; now: number },
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO reply_threads (recipient_id, tenant_id, replied_at, waiting_since, outcome, decided_by, decided_at, undo)
      VALUES (?1, ?2, ?8, ?3, ?4, ?5, ?6, ?7)
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

/** A reply that an agent has to handle. */
export type WaitingReplyRow = {
  recipientId: number;
  recipientName: string;
  email: string | null;
  campaignId: number;
  campaignName: string;
  propertyId: string | null;
  address: string | null;
  repliedAt: number;
  waitingSince: number;
  outcome: SettlingOutcome | null;
  firstWords: string | null;
  isAsked: number;
  canContinue: number;
};

export type WaitingReplyFilter = {
  /** The properties whose replies are listed; null lists the replies of every property. */
  properties: readonly string[] | null;
  /** The last reply of the previous page. */
  after: { waitingSince: number; recipientId: number } | null;
  limit: number;
  now: number;
};

/** The most characters of a reply that the list shows. */
const firstWordsLength = 200;

/**
 * SQL: the tables that a query of waiting replies reads first. A tenant's list uses the index of
 * waiting replies; a list for properties begins with the recipients at these properties.
 */
const waitingSourcesSql = {
  tenant: `reply_threads t INDEXED BY reply_threads_waiting CROSS JOIN campaign_recipients r ON r.id = t.recipient_id`,
  properties: `(SELECT DISTINCT value FROM json_each(?4)) j
    CROSS JOIN campaign_recipients r INDEXED BY campaign_recipients_property
      ON r.tenant_id = ?1 AND r.property_id = j.value
    CROSS JOIN reply_threads t ON t.recipient_id = r.id`,
} as const;

/** Returns the replies that an agent has to handle, the newest first. Reads ≤ 6 rows per reply. */
export async function listWaitingReplies(
  { db, tenantId }: Scope,
  { properties, after, limit, now }: WaitingReplyFilter,
): Promise<WaitingReplyRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT r.id AS recipientId, r.name AS recipientName, r.email, r.campaign_id AS campaignId, c.name AS campaignName,
        r.property_id AS propertyId, t.replied_at AS repliedAt, t.waiting_since AS waitingSince, t.outcome,
        coalesce(r.data->>'$.property.streetAddress', r.data->>'$.property.unparsedAddress') AS address,
        (SELECT substr(e.data->>'text', 1, ${firstWordsLength}) FROM events e WHERE e.recipient_id = r.id
          AND ${isReplySql("e")} ORDER BY e.occurred_at DESC LIMIT 1) AS firstWords,
        EXISTS (SELECT 1 FROM reply_readings g WHERE g.recipient_id = r.id AND ${isOpenReplyQuestionSql("g")}) AS isAsked,
        r.status = 'stopped' AND r.stop_reason = 'replied' AND r.next_step < ${sequenceEndStepNumber} AS canContinue
      FROM ${waitingSourcesSql[properties === null ? "tenant" : "properties"]} CROSS JOIN campaigns c ON c.id = r.campaign_id
      WHERE t.tenant_id = ?1 AND t.waiting_since <= ?6 AND (t.waiting_since, t.recipient_id) < (?2, ?3)
        ${properties === null ? "AND ?4 IS NULL" : ""}
      ORDER BY t.waiting_since DESC, t.recipient_id DESC LIMIT ?5`,
    )
    .bind(
      tenantId,
      after?.waitingSince ?? Number.MAX_SAFE_INTEGER,
      after?.recipientId ?? Number.MAX_SAFE_INTEGER,
      properties === null ? null : JSON.stringify(properties),
      limit,
      now,
    )
    .all<WaitingReplyRow>();
  return results;
}
