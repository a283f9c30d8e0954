import type { AbsencePlan } from "../domain/send/sequence.ts";
import { buildResumeAfterAutomaticReply, type ResumableRecipient } from "./answer-stops.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { buildUndecidedRefusalDelete } from "./refusals.ts";
import { buildReplyReadingInserts, type ReplyKey } from "./reply-readings.ts";
import { buildReplyWaitingUpdates } from "./reply-threads.ts";
import type { Scope } from "./scope.ts";
import { buildStopsByEvents } from "./stops.ts";
import type { StoredReply } from "./timelines.ts";

/**
 * An answer that an agent calls either a person's reply or automatic, and the recipient who wrote
 * the answer.
 */
export type AnswerToClassify = { recipient: ResumableRecipient; reply: StoredReply };

/**
 * Records that an answer is a person's reply. If the answer counted as automatic, the recipient and
 * everybody at the property are stopped, as after any reply.
 * @returns false, with nothing written, if an agent has decided about the answer meanwhile
 */
export async function recordAnswerAsReply(
  scope: Scope,
  read: AnswerToClassify,
  audit: AuditEntry,
): Promise<boolean> {
  const { recipient, reply } = read;
  const { id: recipientId, campaignId, propertyId } = recipient;
  const stops = {
    recipients: [{ recipientId, reason: "replied" as const }],
    properties: propertyId === null ? [] : [{ tenantId: scope.tenantId, propertyId, recipientId }],
    campaignIds: [campaignId],
  };
  const followed =
    reply.kind === "replied"
      ? // Whether the reply refuses to sell is another question, which stays open.
        reply.data.mayRefuse === true
        ? []
        : [buildUndecidedRefusalDelete(scope, toReplyKey(read))]
      : buildStopsByEvents(scope.db, stops, audit.at);
  return await record(scope, read, { kind: "replied", awayUntil: null }, followed, audit);
}

/**
 * Records that an answer is automatic, and until when the writer is away. If the answer counted as
 * a reply, the sequences that the reply stopped continue.
 * @param absence the end of the absence; `plan` is null if the absence postpones no email
 * @returns false, with nothing written, if an agent has decided about the answer meanwhile
 */
export async function recordAnswerAsAutomatic(
  scope: Scope,
  read: AnswerToClassify,
  absence: { awayUntil: string | null; plan: AbsencePlan | null },
  audit: AuditEntry,
): Promise<boolean> {
  const { recipient, reply } = read;
  const { awayUntil, plan } = absence;
  const followed = [
    buildUndecidedRefusalDelete(scope, toReplyKey(read)),
    ...(reply.kind === "replied" ? buildResumeAfterAutomaticReply(scope, recipient, audit.at) : []),
    ...(plan === null ? [] : [postpone(scope, recipient.id, plan)]),
  ];
  return await record(scope, read, { kind: "autoReplied", awayUntil }, followed, audit);
}

const toReplyKey = ({ recipient, reply }: AnswerToClassify): ReplyKey => ({
  recipientId: recipient.id,
  stepNumber: reply.stepNumber,
  dedupeKey: reply.dedupeKey,
});

async function record(
  scope: Scope,
  read: AnswerToClassify,
  reading: { kind: "replied" | "autoReplied"; awayUntil: string | null },
  followed: readonly D1PreparedStatement[],
  audit: AuditEntry,
): Promise<boolean> {
  const key = toReplyKey(read);
  const decided = { ...reading, replies: [key], decidedBy: audit.actor, decidedAt: audit.at };
  const refusal = await awaitGuardedBatch(
    scope.db.$client.batch([
      abortIfReadOtherwise(scope, key, read.reply),
      buildReplyReadingInserts(scope, decided),
      ...buildReplyWaitingUpdates(scope, key.recipientId, audit.at),
      ...followed,
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

/**
 * Builds a guard that undoes its batch if an agent has decided about the answer since `reply` was
 * loaded.
 */
function abortIfReadOtherwise(
  scope: Scope,
  { recipientId, stepNumber, dedupeKey }: ReplyKey,
  { decidedKind, awayUntil }: StoredReply,
): D1PreparedStatement {
  return abortUnless(
    scope.db,
    "read",
    `NOT EXISTS (SELECT 1 FROM reply_readings WHERE recipient_id = ? AND step_number = ? AND dedupe_key = ?
      AND (kind IS NOT ? OR kind IS NOT NULL AND away_until IS NOT ?))`,
    recipientId,
    stepNumber,
    dedupeKey,
    decidedKind,
    awayUntil,
  );
}

function postpone({ db, tenantId }: Scope, id: number, { scheduledAt, snoozedUntil }: AbsencePlan) {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients SET snoozed_until = ?3, scheduled_at = ?4, lease = NULL, send_now = 0,
        due_at = CASE WHEN status = 'active' AND (SELECT status FROM campaigns WHERE id = campaign_id) = 'active'
          THEN ?4 END
      WHERE id = ?1 AND tenant_id = ?2 AND status IN ('active', 'paused')`,
    )
    .bind(id, tenantId, snoozedUntil, scheduledAt);
}
