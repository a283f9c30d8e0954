import { type AnswerKind, type RefusalKind, refusalKinds } from "../../shared/vocabulary.ts";
import type { PriorRefusal } from "../domain/reply-outcome.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { awaitGuardedBatch } from "./batch-guard.ts";
import { refuserAddedAtSql } from "./contact-history.ts";
import {
  buildReplyReadingInserts,
  isReplySql,
  listUndecidedReplies,
  type ReplyKey,
} from "./reply-readings.ts";
import type { Database, Scope } from "./scope.ts";
import { buildStopsByEvents, stopRecipients } from "./stops.ts";
import { buildSuppressionInsert } from "./suppressions.ts";

export type RefusalRow = {
  tenantId: number;
  propertyId: string;
  email: string;
  kind: RefusalKind;
  refusedAt: number;
  recipientId: number;
  name: string;
  note: string | null;
  replyText: string | null;
};

/**
 * SQL for the position of a kind of refusal in `refusalKinds`. A later kind is stronger than an
 * earlier kind.
 */
const weightSql = (kind: string) => `instr('${refusalKinds.join(" ")}', ${kind})`;

/**
 * SQL condition: the stored refusal still forbids emails. `isRefusalInForce` and
 * `forbidsEmailsAtProperty` in domain/send/contact-history.ts state the same rule.
 */
const isStandingSql = `(refusals.kind IN ('undecided', 'notSelling', 'wrongPerson') OR EXISTS (SELECT 1 FROM suppressions s
    WHERE s.tenant_id = refusals.tenant_id AND s.email = refusals.email))
  AND (refusals.kind = 'wrongPerson' OR ${refuserAddedAtSql("refusals")} > coalesce((SELECT p.owners_changed_at FROM properties p
    WHERE p.tenant_id = refusals.tenant_id AND p.property_id = refusals.property_id), 0))`;

/**
 * Builds the statement that records refusals. Each person has one row per property, with the
 * strongest kind of refusal that still counts, and the time of the latest refusal. If an agent
 * decides about a reply, the row keeps the time of the reply.
 * @param batchId the batch that appends the refusals' events, or null if an agent states the
 *   refusals. A refusal whose event an earlier batch has appended is left out.
 */
export function buildRefusalInserts(
  db: Database,
  rows: readonly RefusalRow[],
  batchId: number | null,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO refusals (tenant_id, property_id, email, kind, refused_at, recipient_id, name, note, reply_text)
      SELECT j.value->>'tenantId', j.value->>'propertyId', j.value->>'email', j.value->>'kind', j.value->>'refusedAt',
        j.value->>'recipientId', j.value->>'name', j.value->>'note', j.value->>'replyText'
      FROM json_each(?1) j WHERE ?2 IS NULL OR EXISTS (SELECT 1 FROM events e
        WHERE e.recipient_id = j.value->>'recipientId' AND e.kind IN ('replied', 'unsubscribed', 'complained') AND e.batch_id = ?2)
      ON CONFLICT (tenant_id, property_id, email) DO UPDATE SET
        kind = CASE WHEN ${weightSql("excluded.kind")} > ${weightSql("refusals.kind")} OR NOT (${isStandingSql})
          THEN excluded.kind ELSE refusals.kind END,
        refused_at = CASE WHEN ?2 IS NULL AND refusals.kind = 'undecided' THEN refusals.refused_at
          ELSE max(refusals.refused_at, excluded.refused_at) END,
        recipient_id = excluded.recipient_id,
        note = coalesce(excluded.note, refusals.note), reply_text = coalesce(excluded.reply_text, refusals.reply_text)
      WHERE ${weightSql("excluded.kind")} > ${weightSql("refusals.kind")} OR excluded.refused_at > refusals.refused_at`,
    )
    .bind(JSON.stringify(rows), batchId);
}

/**
 * A recipient, and an agent's statement about the recipient's refusal. `note`: the agent's own
 * words.
 */
export type AgentRefusalStatement = {
  recipientId: number;
  campaignId: number;
  propertyId: string | null;
  email: string;
  name: string;
  note: string | null;
};

/**
 * Records that a person wants no more emails: puts the address on the do-not-email list, and stops
 * the recipient and everybody at the property, in one batch. The person's replies that await an
 * agent's decision count as opt-outs from now on.
 * @param also additional statements of the batch; a guard among them can undo the batch
 * @returns false, with nothing written, if such a guard failed
 */
export async function recordOptOut(
  scope: Scope,
  said: AgentRefusalStatement,
  audit: AuditEntry,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const { db, tenantId } = scope;
  const { recipientId, campaignId, propertyId, email, note } = said;
  const evidence = { recipientId, ...(note === null ? {} : { note }) };
  const replies = await listUndecidedReplies(scope, email);
  const suppression = { tenantId, email, reason: "unsubscribed" as const, source: audit.actor, evidence };
  const stops = {
    recipients: [{ recipientId, reason: "unsubscribed" as const }],
    properties: propertyId === null ? [] : [{ tenantId, propertyId, recipientId }],
    campaignIds: [campaignId],
  };
  const batch = db.$client.batch([
    ...also,
    buildSuppressionInsert(db, [suppression], audit.at),
    ...recordReplyKinds(scope, replies, "unsubscribed", audit),
    ...(propertyId === null
      ? []
      : [buildRefusalInserts(db, [toRefusalRow(scope, { ...said, propertyId }, "refused", audit)], null)]),
    ...buildStopsByEvents(db, stops, audit.at),
    buildAuditEntryInsert(scope, audit),
  ]);
  return (await awaitGuardedBatch(batch)) === null;
}

/**
 * Records that an address belongs to no owner of a property, and stops the address's recipients at
 * this property. Other people at the property are not affected, nor is the address at other
 * properties.
 * @param also additional statements of the batch; a guard among them can undo the batch
 * @returns false, with nothing written, if such a guard failed
 */
export async function recordWrongPerson(
  scope: Scope,
  said: AgentRefusalStatement & { propertyId: string },
  audit: AuditEntry,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const { db, tenantId } = scope;
  const replies = await listUndecidedReplies(scope, said.email);
  const batch = db.$client.batch([
    ...also,
    ...recordReplyKinds(scope, replies, "replied", audit),
    buildRefusalInserts(db, [toRefusalRow(scope, said, "wrongPerson", audit)], null),
    ...stopRecipients(db, {
      where: "tenant_id = ?1 AND email = ?2 AND property_id = ?3",
      values: [tenantId, said.email, said.propertyId],
      reason: "manual",
      at: audit.at,
      campaignIds: "ofStopped",
    }),
    buildAuditEntryInsert(scope, audit),
  ]);
  return (await awaitGuardedBatch(batch)) === null;
}

/**
 * Builds the statement that records which kind an agent gives to the replies that await a decision.
 */
function recordReplyKinds(
  scope: Scope,
  replies: readonly ReplyKey[],
  kind: AnswerKind,
  { actor: decidedBy, at: decidedAt }: AuditEntry,
): D1PreparedStatement[] {
  if (replies.length === 0) return [];
  return [buildReplyReadingInserts(scope, { replies, kind, awayUntil: null, decidedBy, decidedAt })];
}

/**
 * Records that the household at a property does not want to sell, and stops everybody there. Nobody
 * at the property gets emails until the owners change. The person's replies that await an agent's
 * decision count as plain replies from now on.
 * @param also additional statements of the batch; a guard among them can undo the batch
 * @returns false, with nothing written, if such a guard failed
 */
export async function recordNotSelling(
  scope: Scope,
  said: AgentRefusalStatement & { propertyId: string },
  audit: AuditEntry,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const { db, tenantId } = scope;
  const { recipientId, campaignId, propertyId } = said;
  const replies = await listUndecidedReplies(scope, said.email);
  const stops = {
    recipients: [{ recipientId, reason: "manual" as const }],
    properties: [{ tenantId, propertyId, recipientId }],
    campaignIds: [campaignId],
  };
  const batch = db.$client.batch([
    ...also,
    ...recordReplyKinds(scope, replies, "replied", audit),
    buildRefusalInserts(db, [toRefusalRow(scope, said, "notSelling", audit)], null),
    ...buildStopsByEvents(db, stops, audit.at),
    buildAuditEntryInsert(scope, audit),
  ]);
  return (await awaitGuardedBatch(batch)) === null;
}

/**
 * Records that a person has not refused. Emails to the property are possible again unless another
 * person's refusal forbids emails to everybody there. The person's replies that await an agent's
 * decision count as plain replies from now on.
 * @param kinds the kinds of refusal that the agent may take back
 * @returns false, with no refusal removed, if the person has no refusal of these kinds at the
 *   property
 */
export async function recordNoRefusal(
  scope: Scope,
  there: { propertyId: string; email: string },
  kinds: readonly RefusalKind[],
  audit: AuditEntry,
): Promise<boolean> {
  const replies = await listUndecidedReplies(scope, there.email);
  const [removed] = await scope.db.$client.batch([
    buildRefusalDelete(scope, there, kinds),
    ...recordReplyKinds(scope, replies, "replied", audit),
    buildAuditEntryInsert(scope, audit),
  ]);
  return (removed?.meta.changes ?? 0) > 0;
}

/**
 * Builds the statement that removes the undecided refusal caused by one answer of a recipient. The
 * refusal stays if another answer of the recipient may also be a refusal.
 */
export function buildUndecidedRefusalDelete(
  { db, tenantId }: Scope,
  { recipientId, stepNumber, dedupeKey }: ReplyKey,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `DELETE FROM refusals WHERE kind = 'undecided' AND (tenant_id, property_id, email) IN (
          SELECT tenant_id, property_id, email FROM campaign_recipients WHERE id = ?1 AND tenant_id = ?2)
        AND NOT EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = ?1 AND ${isReplySql("e")}
          AND NOT (e.step_number = ?3 AND e.dedupe_key = ?4)
          AND (e.data->>'mayRefuse' = 1 OR e.data->>'mayWantOut' = 1))`,
    )
    .bind(recipientId, tenantId, stepNumber, dedupeKey);
}

/**
 * Builds the statement that removes a person's refusal at a property if the refusal has one of the
 * given kinds.
 */
export function buildRefusalDelete(
  { db, tenantId }: Scope,
  { propertyId, email }: { propertyId: string; email: string },
  kinds: readonly RefusalKind[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `DELETE FROM refusals WHERE tenant_id = ? AND property_id = ? AND email = ?
        AND kind IN (SELECT value FROM json_each(?))`,
    )
    .bind(tenantId, propertyId, email, JSON.stringify(kinds));
}

/**
 * Returns a person's stored refusal at a property, whether or not the refusal still counts; null if
 * no refusal is stored.
 */
export async function loadPriorRefusal(
  { db, tenantId }: Scope,
  { propertyId, email }: { propertyId: string; email: string },
): Promise<PriorRefusal | null> {
  return await db.$client
    .prepare(
      `SELECT kind, refused_at AS refusedAt, recipient_id AS recipientId, name, note, reply_text AS replyText
      FROM refusals WHERE tenant_id = ? AND property_id = ? AND email = ?`,
    )
    .bind(tenantId, propertyId, email)
    .first<PriorRefusal>();
}

/**
 * Builds the statements that replace a person's refusal at a property by the earlier refusal
 * `prior`. If `prior` is null, the person's refusal is removed.
 */
export function buildRefusalReplacement(
  { db, tenantId }: Scope,
  { propertyId, email }: { propertyId: string; email: string },
  prior: PriorRefusal | null,
): D1PreparedStatement[] {
  const remove = db.$client
    .prepare("DELETE FROM refusals WHERE tenant_id = ? AND property_id = ? AND email = ?")
    .bind(tenantId, propertyId, email);
  return prior === null
    ? [remove]
    : [remove, buildRefusalInserts(db, [{ tenantId, propertyId, email, ...prior }], null)];
}

function toRefusalRow(
  { tenantId }: Scope,
  { propertyId, email, recipientId, name, note }: AgentRefusalStatement & { propertyId: string },
  kind: RefusalKind,
  { at: refusedAt }: AuditEntry,
): RefusalRow {
  return { tenantId, propertyId, email, kind, refusedAt, recipientId, name, note, replyText: null };
}
