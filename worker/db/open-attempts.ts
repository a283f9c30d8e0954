import { dayMs, minuteMs } from "../../shared/time-lengths.ts";
import type { Database } from "./scope.ts";

/*
 * An open attempt is a provider call whose outcome is unknown. A tick (the Worker's run every
 * minute) settles the open attempts of due recipients. A recipient who was stopped, paused or
 * snoozed is not due. A tick therefore asks the service about that recipient's attempt, from the
 * time `ask_at` on.
 */

/**
 * The time from a provider call to the first question about the call. By then, every service can
 * find the email.
 */
const askAfterMs = 31 * minuteMs;
/** The age from which an attempt is too old for questions. */
const stopsAskingAfterMs = dayMs;

/**
 * Builds the statement that marks recipients' open attempts as unknown and sets the time at which a
 * tick first asks about each attempt. If the provider call ends after all, the call's outcome is
 * written as usual. Writes nothing for a recipient without an open attempt.
 * @param recipients a SELECT of the ids of recipients who are not due, with `?1` … for `values`
 */
export function buildOpenAttemptsMarking(
  db: Database,
  recipients: string,
  values: readonly unknown[],
  at: number,
): D1PreparedStatement {
  const oldest = `?${values.length + 1}`;
  return db.$client
    .prepare(
      `UPDATE messages SET status = 'unknown',
        ask_at = CASE WHEN attempted_at > ${oldest} THEN attempted_at + ${askAfterMs} END
      WHERE (recipient_id, step_number) IN (
        SELECT m.recipient_id, m.step_number FROM campaign_recipients r
        JOIN messages m ON m.recipient_id = r.id AND m.step_number = r.next_step
        WHERE r.id IN (${recipients}) AND m.status IN ('sending', 'unknown'))`,
    )
    .bind(...values, at - stopsAskingAfterMs);
}

/**
 * An open attempt about which the service is to be asked. `askAt` is the time of the next question.
 */
export type AttemptToAskAbout = {
  recipientId: number;
  stepNumber: number;
  tenantId: number;
  senderId: number;
  accountId: number | null;
  attemptedAt: number;
  askAt: number;
};

/**
 * SQL condition: the attempt in the row of `messages` is still open, and the recipient is not due
 * before the next question.
 */
const isLeftOverSql = `messages.status = 'unknown' AND EXISTS (SELECT 1 FROM campaign_recipients r
  WHERE r.id = messages.recipient_id AND r.next_step = messages.step_number AND r.lease IS NULL
    AND coalesce(r.due_at > messages.ask_at, 1))`;

/**
 * Returns up to `limit` open attempts to ask the services about, the longest waiting first. Sets
 * the next question about each attempt to `nextAt`, so that an overlapping tick does not ask again.
 * Ends the questions about an attempt that is settled or too old.
 */
export async function takeAttemptsToAskAbout(
  db: Database,
  now: number,
  nextAt: number,
  limit: number,
): Promise<AttemptToAskAbout[]> {
  const { results } = await db.$client
    .prepare(
      `UPDATE messages SET ask_at = CASE WHEN messages.attempted_at > ?3 AND ${isLeftOverSql} THEN ?2 END
      WHERE (recipient_id, step_number) IN (
        SELECT recipient_id, step_number FROM messages WHERE ask_at <= ?1 ORDER BY ask_at LIMIT ?4)
      RETURNING recipient_id AS recipientId, step_number AS stepNumber, tenant_id AS tenantId,
        (SELECT r.sender_id FROM campaign_recipients r WHERE r.id = recipient_id) AS senderId,
        provider_account_id AS accountId, attempted_at AS attemptedAt, ask_at AS askAt`,
    )
    .bind(now, nextAt, now - stopsAskingAfterMs, limit)
    .all<AttemptToAskAbout & { askAt: number | null }>();
  return results.filter(({ askAt }) => askAt !== null);
}

/**
 * Builds the statement that ends the questions about the given attempts. If `isAbsent` is true, the
 * service does not have the email, and the email is tried again when the recipient's sequence
 * continues. If `isAbsent` is false, the outcome stays unknown. Nothing changes for an attempt that
 * was settled meanwhile.
 */
export function buildAttemptQuestionEnd(
  db: Database,
  answers: readonly { recipientId: number; stepNumber: number; askAt: number; isAbsent: boolean }[],
): D1PreparedStatement {
  const rows = JSON.stringify(answers);
  const asked = `messages.recipient_id = j.value->>'recipientId' AND messages.step_number = j.value->>'stepNumber'
    AND messages.ask_at = j.value->>'askAt' AND ${isLeftOverSql}`;
  return db.$client
    .prepare(
      `UPDATE messages SET ask_at = NULL, resends = messages.resends + (j.value->>'isAbsent'),
        status = iif(j.value->>'isAbsent', 'retrying', messages.status)
      FROM json_each(?1) j WHERE ${asked}`,
    )
    .bind(rows);
}
