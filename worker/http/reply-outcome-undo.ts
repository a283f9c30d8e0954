import { buildResumeAfterOutcome } from "../db/answer-stops.ts";
import { type AuditEntry, buildAuditEntryInsert } from "../db/audit-log.ts";
import { awaitGuardedBatch } from "../db/batch-guard.ts";
import { loadListings, storeListings } from "../db/listings.ts";
import type { RecipientRow } from "../db/recipients.ts";
import { buildRefusalReplacement } from "../db/refusals.ts";
import { buildReplyQuestionReopening } from "../db/reply-readings.ts";
import {
  abortIfReplyChanged,
  buildReplyStandingUpsert,
  findReplyStanding,
  type StoredReplyStanding,
} from "../db/reply-threads.ts";
import { stopRecipients } from "../db/stops.ts";
import { buildRecordedOptOutDelete } from "../db/suppressions.ts";
import { unknownListing } from "../domain/compliance/listing-report.ts";
import { AppError } from "../domain/errors.ts";
import { isOutcomeUndoable, isSaleStage, type ReplyUndo } from "../domain/reply-outcome.ts";
import type { RequestScope } from "./access.ts";
import { buildRecipientAuditEntry } from "./recipient-detail.ts";

/**
 * Undoes the outcome that an agent has just recorded for a reply. Restores the reply's earlier
 * outcome, and the earlier records about the address and the home. If the outcome had resumed the
 * sequence, the undo stops the sequence again. A repeated call finds nothing to undo, and succeeds.
 * @throws AppError conflict if the time is over, or somebody else has changed the reply meanwhile
 */
export async function undoReplyOutcome(desk: RequestScope, recipient: RecipientRow): Promise<void> {
  const { ctx, scope } = desk;
  const thread = await findReplyStanding(scope, recipient.id);
  // Each outcome is stored with its undo, so an outcome without one has been restored by an undo.
  if (thread === null || thread.outcome === null || thread.undo === null) return;
  const { undo } = thread;
  if (!isOutcomeUndoable(thread.decidedAt, true, ctx.now()))
    throw new AppError("conflict", "It's too late to undo this. Choose another outcome instead.");
  const audit = {
    ...buildRecipientAuditEntry(desk, recipient, "recipient.outcomeUndone"),
    data: { outcome: thread.outcome },
  };
  const batch = [
    abortIfReplyChanged(scope, recipient.id, thread),
    buildReplyStandingUpsert(scope, recipient.id, undo.standing, { undo: null, now: audit.at }),
    ...takeBackEffects(desk, recipient, thread, undo, audit),
    buildAuditEntryInsert(scope, audit),
  ];
  if ((await awaitGuardedBatch(scope.db.$client.batch(batch))) !== null)
    throw new AppError("conflict", "Someone else changed this reply in the meantime. Reload and try again.");
  if (thread.outcome === "alreadyListed") await restoreListing(desk, recipient, undo, audit);
}

function takeBackEffects(
  { scope }: RequestScope,
  { id, campaignId, propertyId, email }: RecipientRow,
  { outcome, decidedBy, decidedAt }: StoredReplyStanding,
  undo: ReplyUndo,
  audit: AuditEntry,
): D1PreparedStatement[] {
  if (undo.hasResumed) {
    const where = "id = ?1 AND tenant_id = ?2";
    const stop = { where, values: [id, scope.tenantId], reason: "replied" as const, isUndoable: true };
    return stopRecipients(scope.db, { ...stop, at: audit.at, campaignIds: [campaignId] });
  }
  if (isSaleStage(outcome)) {
    const isFirst = !isSaleStage(undo.standing.outcome);
    const resumed = { person: undo.hasStopped, others: isFirst, since: decidedAt ?? 0 };
    return buildResumeAfterOutcome(scope, { id, campaignId, propertyId }, resumed, audit.at);
  }
  const isRefusal = outcome === "noMore" || outcome === "wrongPerson" || outcome === "notSelling";
  if (!isRefusal || email === null) return [];
  const added = { email, source: decidedBy ?? "", createdAt: decidedAt ?? 0 };
  return [
    ...(outcome === "noMore" && !undo.wasSuppressed ? [buildRecordedOptOutDelete(scope, added)] : []),
    ...(propertyId === null ? [] : buildRefusalReplacement(scope, { propertyId, email }, undo.refusal)),
    ...(undo.questions.length > 0 ? [buildReplyQuestionReopening(scope, undo.questions)] : []),
  ];
}

/** Restores the home's listing to its state before the agent said that the home is listed. */
async function restoreListing(
  { scope }: RequestScope,
  { propertyId }: RecipientRow,
  { listing }: ReplyUndo,
  audit: AuditEntry,
): Promise<void> {
  if (propertyId === null) return;
  const before = (await loadListings(scope, [propertyId])).get(propertyId);
  if (before === undefined) return;
  const change = { propertyId, before, listing: listing ?? unknownListing, hasNewContent: true, stops: null };
  await storeListings(scope, [change], [], audit.at);
}
