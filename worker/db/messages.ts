import type { LetterRecord } from "../../shared/letter-record.ts";
import type { MessageFailureReason, SkipReason } from "../../shared/vocabulary.ts";
import type { MessageEffort } from "../domain/send/attempt.ts";
import { hasCooledOffSql } from "./other-campaigns.ts";
import type { Database } from "./scope.ts";

export type AttemptRequest = {
  recipientId: number;
  stepNumber: number;
  lease: number;
  subject: string;
  /** True if the email tells the person that no more emails will come. */
  saysLast: boolean;
  variant: number | null;
  /** The record that is kept of the letter; null if no record is kept. */
  record: LetterRecord | null;
  /** The account that is called first. */
  accountId: number;
  /** The revision of the property's listing that the decision to send used. */
  listingRevision: number;
};

/**
 * Takes the right to make one provider call for each request, in one atomic statement right before
 * the call. Repeats every check whose result may have changed since a tick (the Worker's run every
 * minute) chose the recipient, such as stops and pauses. Writes one message row for each request
 * that passes the checks. The row names the account, so that the service can be asked about the
 * email if the process dies.
 * @returns an entry for each recipient whose call may be made, by recipient id: the number of
 * attempts including this attempt, and the total time of deferrals
 */
export async function beginAttempts(
  db: Database,
  requests: readonly AttemptRequest[],
  attemptId: number,
  now: number,
): Promise<Map<number, MessageEffort>> {
  const { results } = await db.$client
    .prepare(
      `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, subject, says_last, variant, record,
        attempts, attempt_id, attempted_at,
        provider_account_id)
      SELECT r.id, r.next_step, r.tenant_id, r.campaign_id, 'sending', j.value->>'subject', j.value->>'saysLast', j.value->>'variant', j.value->>'record', 1, ?2, ?3,
        j.value->>'accountId'
      FROM json_each(?1) j
      JOIN campaign_recipients r ON r.id = j.value->>'recipientId'
      JOIN campaigns c ON c.id = r.campaign_id
      JOIN senders n ON n.id = r.sender_id
      JOIN tenants t ON t.id = r.tenant_id
      LEFT JOIN properties p ON p.tenant_id = r.tenant_id AND p.property_id = r.property_id
      WHERE r.lease = j.value->>'lease' AND r.next_step = j.value->>'stepNumber' AND r.due_at > ?3
        AND r.status = 'active' AND c.status = 'active' AND n.is_paused = 0
        AND NOT EXISTS (SELECT 1 FROM agents a
          WHERE a.tenant_id = c.tenant_id AND a.agent_id = c.created_by AND a.paused_at IS NOT NULL)
        AND t.stopped_at IS NULL AND coalesce(c.recall_until, 0) <= ?3
        AND coalesce(p.listing_revision, 0) = j.value->>'listingRevision'
        AND NOT EXISTS (SELECT 1 FROM suppressions x WHERE x.tenant_id = r.tenant_id AND x.email = r.email)
        AND ${hasCooledOffSql("?3")}
      ON CONFLICT (recipient_id, step_number) DO UPDATE SET
        status = 'sending', attempts = attempts + 1, attempt_id = excluded.attempt_id,
        attempted_at = excluded.attempted_at, provider_account_id = excluded.provider_account_id,
        subject = excluded.subject, says_last = excluded.says_last, variant = excluded.variant, record = excluded.record,
        failure = NULL, failure_reason = NULL
      WHERE messages.status = 'retrying'
      RETURNING recipient_id AS recipientId, attempts, deferred_ms AS deferredMs`,
    )
    .bind(JSON.stringify(requests), attemptId, now)
    .all<MessageEffort & { recipientId: number }>();
  return new Map(results.map(({ recipientId, ...effort }) => [recipientId, effort]));
}

/**
 * Records that an attempt to send an email continues with another account. Writes one row if the
 * attempt is still open. A stop or a tick may have ended the attempt meanwhile.
 * @returns whether the account may be called
 */
export async function moveAttemptToAccount(
  db: Database,
  attempt: { recipientId: number; stepNumber: number; attemptId: number },
  accountId: number,
): Promise<boolean> {
  const { meta } = await db.$client
    .prepare(
      `UPDATE messages SET provider_account_id = ?4
      WHERE recipient_id = ?1 AND step_number = ?2 AND attempt_id = ?3 AND status = 'sending'`,
    )
    .bind(attempt.recipientId, attempt.stepNumber, attempt.attemptId, accountId)
    .run();
  return meta.changes > 0;
}

/**
 * The new state of a message row. A null `effort` leaves the number of attempts and the total
 * deferral unchanged.
 */
export type MessageConclusion = {
  recipientId: number;
  stepNumber: number;
  status: "sent" | "retrying" | "failed" | "unknown";
  sentAt: number | null;
  effort: MessageEffort | null;
  providerAccountId: number | null;
  providerMessageId: string | null;
  failureReason: MessageFailureReason | null;
  failure: string | null;
};

/**
 * Builds the statement that writes the outcomes of the messages that were attempted under one
 * attempt id. A row that has an outcome already is left unchanged, so a batch that runs twice
 * changes nothing.
 */
export function buildAttemptConclusions(
  db: Database,
  outcomes: readonly MessageConclusion[],
  attemptId: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE messages AS m SET
        status = j.value->>'status', sent_at = j.value->>'sentAt',
        attempts = coalesce(j.value->>'$.effort.attempts', m.attempts),
        deferred_ms = coalesce(j.value->>'$.effort.deferredMs', m.deferred_ms),
        provider_account_id = j.value->>'providerAccountId', provider_message_id = j.value->>'providerMessageId',
        failure_reason = j.value->>'failureReason', failure = j.value->>'failure'
      FROM json_each(?1) j
      WHERE m.recipient_id = j.value->>'recipientId' AND m.step_number = j.value->>'stepNumber'
        AND m.attempt_id = ?2 AND m.status IN ('sending', 'unknown')`,
    )
    .bind(JSON.stringify(outcomes), attemptId);
}

/**
 * The new status of a message that was `sending` or `unknown`. `sent`: evidence shows that the
 * email was sent. `retrying`: the email is tried again. `unknown`: the provider call was cut off.
 */
export type OutcomeSettlement = {
  recipientId: number;
  stepNumber: number;
  lease: number;
  /** `failed`: the service has not taken the email in any attempt. */
  status: "sent" | "unknown" | "retrying" | "failed";
  sentAt: number | null;
};

/**
 * Builds the statement that writes the new statuses of messages that had no known outcome. Does
 * nothing for a recipient whose claim was lost, because the message may belong to a later attempt
 * by now. Run before the claims are released, in the same batch.
 */
export function buildOutcomeSettlements(
  db: Database,
  settlements: readonly OutcomeSettlement[],
): D1PreparedStatement {
  const rows = JSON.stringify(settlements);
  return db.$client
    .prepare(
      `UPDATE messages AS m SET status = j.value->>'status', sent_at = j.value->>'sentAt',
        resends = m.resends + (j.value->>'status' = 'retrying'),
        failure_reason = iif(j.value->>'status' = 'failed', 'tooManyAttempts', m.failure_reason)
      FROM json_each(?1) j
      JOIN campaign_recipients r ON r.id = j.value->>'recipientId' AND r.lease = j.value->>'lease'
      WHERE m.recipient_id = r.id AND m.step_number = j.value->>'stepNumber'
        AND m.status IN ('sending', 'unknown')`,
    )
    .bind(rows);
}

/**
 * Builds the statement that settles unknown outcomes by evidence (events about the message) if no
 * tick will settle the outcome. No tick settles the outcome if the sequence has ended or waits, or
 * if the recipient is at another step. A message that the provider rejected has failed; any other
 * evidence shows that the message was sent. Run after the stops, in the batch that appends the
 * evidence.
 */
export function buildUnclaimedOutcomeSettlements(
  db: Database,
  recipientIds: readonly number[],
): D1PreparedStatement {
  const rows = JSON.stringify(recipientIds);
  const evidence = (kinds: string) => `EXISTS (SELECT 1 FROM events e
    WHERE e.recipient_id = m.recipient_id AND e.step_number = m.step_number AND e.kind ${kinds})`;
  const status = `CASE WHEN ${evidence("= 'rejected'")} THEN 'failed' ELSE 'sent' END`;
  const open = `FROM json_each(?1) j JOIN campaign_recipients r ON r.id = j.value
    JOIN messages m ON m.recipient_id = r.id
    WHERE m.status = 'unknown' AND (r.status IN ('stopped', 'completed') OR m.step_number <> r.next_step OR m.ask_at IS NOT NULL) AND ${evidence("NOT IN ('failed', 'unknown')")}`;
  return db.$client
    .prepare(
      `UPDATE messages AS m SET
        status = s.status, ask_at = NULL, sent_at = iif(s.status = 'sent', m.attempted_at, NULL),
        failure_reason = iif(s.status = 'failed', 'addressRefused', NULL)
      FROM (SELECT m.recipient_id AS recipientId, m.step_number AS stepNumber, ${status} AS status ${open}) s
      WHERE m.recipient_id = s.recipientId AND m.step_number = s.stepNumber`,
    )
    .bind(rows);
}

/**
 * A step that a claimed recipient skips. `stepsVersion`: the version of the steps for which the
 * skip was decided.
 */
export type StepSkip = {
  recipientId: number;
  stepNumber: number;
  lease: number;
  stepsVersion: number;
  reason: SkipReason;
};

/**
 * Builds the statement that records skipped steps, each with the reason. The table's key keeps a
 * step from being recorded twice. An email that waited for another try is not tried again.
 */
export function buildSkippedStepInserts(
  db: Database,
  skips: readonly StepSkip[],
  now: number,
): D1PreparedStatement {
  const rows = JSON.stringify(skips);
  const source = `FROM json_each(?1) j
    JOIN campaign_recipients r ON r.id = j.value->>'recipientId' AND r.lease = j.value->>'lease'
      AND r.next_step = j.value->>'stepNumber'
    JOIN campaigns c ON c.id = r.campaign_id AND c.steps_version = j.value->>'stepsVersion'
    WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = r.id AND m.step_number = r.next_step
      AND m.status <> 'retrying')`;
  return db.$client
    .prepare(
      `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, skip_reason, attempted_at)
      SELECT r.id, r.next_step, r.tenant_id, r.campaign_id, 'skipped', j.value->>'reason', ?2 ${source}
      ON CONFLICT (recipient_id, step_number) DO UPDATE SET
        status = 'skipped', skip_reason = excluded.skip_reason, failure = NULL, failure_reason = NULL
      WHERE messages.status = 'retrying'`,
    )
    .bind(rows, now);
}

/**
 * Builds the statement that records why an email can't be made, for example because variables are
 * missing. The email is tried again when the recipient is resumed.
 */
export function buildUnrenderableEmailInserts(
  db: Database,
  notes: readonly {
    recipientId: number;
    stepNumber: number;
    lease: number;
    reason: MessageFailureReason;
    failure: string;
  }[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, failure_reason, failure)
      SELECT r.id, r.next_step, r.tenant_id, r.campaign_id, 'retrying', j.value->>'reason', j.value->>'failure'
      FROM json_each(?1) j
      JOIN campaign_recipients r ON r.id = j.value->>'recipientId' AND r.lease = j.value->>'lease'
        AND r.next_step = j.value->>'stepNumber'
      WHERE 1
      ON CONFLICT (recipient_id, step_number) DO UPDATE SET
        failure_reason = excluded.failure_reason, failure = excluded.failure
      WHERE messages.status = 'retrying'`,
    )
    .bind(JSON.stringify(notes));
}
