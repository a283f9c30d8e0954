import type { LetterRecord } from "../../shared/letter-record.ts";
import type { MessageStatus, RecipientSource, SkipReason } from "../../shared/vocabulary.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/** A letter that was sent or probably sent, with the letter's record. */
export type SentLetterRow = {
  recipientId: number;
  stepNumber: number;
  campaignId: number;
  campaignName: string;
  status: MessageStatus;
  sentAt: number;
  fromEmail: string;
  toEmail: string | null;
  toName: string;
  propertyId: string | null;
  source: RecipientSource;
  sourceDate: string | null;
  subject: string | null;
  /** Null for a letter that was sent before records were kept. */
  record: LetterRecord | null;
};

/** The letters of one campaign, or all letters to one address. */
export type SentLetterFilter = { campaignId: number } | { email: string };

/** The last letter of the previous page; a page begins after this letter. */
export type SentLetterCursor = { recipientId: number; stepNumber: number };

const columns = `m.recipient_id AS recipientId, m.step_number AS stepNumber, c.id AS campaignId, c.name AS campaignName,
  m.status, coalesce(m.sent_at, m.attempted_at) AS sentAt, n.from_email AS fromEmail, r.email AS toEmail,
  r.name AS toName, r.property_id AS propertyId, r.source, r.source_date AS sourceDate, m.subject, m.record`;

const tail = `CROSS JOIN messages m ON m.recipient_id = r.id AND m.status IN ('sending', 'sent', 'unknown')
  CROSS JOIN campaigns c ON c.id = r.campaign_id
  CROSS JOIN senders n ON n.id = r.sender_id
  WHERE (m.recipient_id, m.step_number) > (?3, ?4)
  ORDER BY m.recipient_id, m.step_number LIMIT ?5`;

/** Returns one page of letters. Reads the recipients after the cursor, and their messages. */
export async function listSentLetters(
  { db, tenantId }: Scope,
  filter: SentLetterFilter,
  after: SentLetterCursor,
  limit: number,
): Promise<SentLetterRow[]> {
  const recipients =
    "campaignId" in filter
      ? `SELECT * FROM campaign_recipients WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2 AND id >= ?3`
      : "SELECT * FROM campaign_recipients WHERE tenant_id = ?2 AND email = ?1 AND id >= ?3";
  const { results } = await db.$client
    .prepare(`SELECT ${columns} FROM (${recipients}) r ${tail}`)
    .bind(
      "campaignId" in filter ? filter.campaignId : filter.email,
      tenantId,
      after.recipientId,
      after.stepNumber,
      limit,
    )
    .all<Omit<SentLetterRow, "record"> & { record: string | null }>();
  return results.map((row) => {
    const record = row.record === null ? null : (JSON.parse(row.record) as LetterRecord);
    if (record === null) return { ...row, record };
    const { from, to } = record;
    return { ...row, record, fromEmail: from.email, toEmail: to.email, toName: to.name };
  });
}

/** A recipient's message, with the record of its letter. */
export type MessageLetterRow = {
  stepNumber: number;
  status: MessageStatus;
  skipReason: SkipReason | null;
  failure: string | null;
  subject: string | null;
  sentAt: number | null;
  /** The index of the wording that was used, as in the table `messages`. */
  variant: number | null;
  record: LetterRecord | null;
};

/**
 * Returns one recipient's messages in the order of the steps, each with the record of its letter.
 */
export async function listMessageLetters(
  { db, tenantId }: Scope,
  recipientId: number,
): Promise<MessageLetterRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT m.step_number AS stepNumber, m.status, m.skip_reason AS skipReason, m.failure, m.subject,
         coalesce(m.sent_at, m.attempted_at) AS sentAt, m.variant, m.record
       FROM messages m LEFT JOIN campaign_steps s ON s.campaign_id = m.campaign_id AND s.step_number = m.step_number
       WHERE m.recipient_id = ? AND m.tenant_id = ? ORDER BY s.position, m.step_number`,
    )
    .bind(recipientId, tenantId)
    .all<Omit<MessageLetterRow, "record"> & { record: string | null }>();
  return results.map((row) => ({
    ...row,
    record: row.record === null ? null : (JSON.parse(row.record) as LetterRecord),
  }));
}
