import { type AnswerKind, type RefusalKind, refusalKinds } from "../../shared/vocabulary.ts";
import { type AuditEntry, insertAuditEntry } from "./audit-log.ts";
import { decideReadings, listOpenQuestions, type ReplyKey } from "./reply-readings.ts";
import type { Database, Scope } from "./scope.ts";
import { stopByEvents, stopRecipients } from "./stops.ts";
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
};

/** SQL for the position of a kind in the vocabulary. A later kind outweighs an earlier kind. */
const weightSql = (kind: string) => `instr('${refusalKinds.join(" ")}', ${kind})`;

/**
 * Records refusals. Each person has one row per property, with the strongest kind and the latest
 * time of that kind.
 * @param batchId the batch that appends the refusals' events, so that an event that was stored
 *   before writes nothing; null for what an agent says
 */
export function addRefusals(
  db: Database,
  rows: readonly RefusalRow[],
  batchId: number | null,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO refusals (tenant_id, property_id, email, kind, refused_at, recipient_id, name, note)
      SELECT j.value->>'tenantId', j.value->>'propertyId', j.value->>'email', j.value->>'kind', j.value->>'refusedAt',
        j.value->>'recipientId', j.value->>'name', j.value->>'note'
      FROM json_each(?1) j WHERE ?2 IS NULL OR EXISTS (SELECT 1 FROM events e
        WHERE e.recipient_id = j.value->>'recipientId' AND e.kind IN ('unsubscribed', 'complained') AND e.batch_id = ?2)
      ON CONFLICT (tenant_id, property_id, email) DO UPDATE SET
        kind = CASE WHEN ${weightSql("excluded.kind")} > ${weightSql("refusals.kind")} THEN excluded.kind ELSE refusals.kind END,
        refused_at = max(refusals.refused_at, excluded.refused_at), note = coalesce(excluded.note, refusals.note)
      WHERE ${weightSql("excluded.kind")} > ${weightSql("refusals.kind")}
        OR (excluded.kind = refusals.kind AND excluded.refused_at > refusals.refused_at)`,
    )
    .bind(JSON.stringify(rows), batchId);
}

/** A recipient about whom an agent states something. `note`: the agent's own words. */
export type StatementOnRecipient = {
  recipientId: number;
  campaignId: number;
  propertyId: string | null;
  email: string;
  name: string;
  note: string | null;
};

/**
 * Records that a person wants no more emails: suppresses the address, and stops the recipient and
 * everybody at the property, in one batch. The person's replies that an agent is asked about count
 * as opt-outs from now on.
 */
export async function recordOptOut(
  scope: Scope,
  said: StatementOnRecipient,
  audit: AuditEntry,
): Promise<void> {
  const { db, tenantId } = scope;
  const { recipientId, campaignId, propertyId, email, note } = said;
  const evidence = { recipientId, ...(note === null ? {} : { note }) };
  const replies = await listOpenQuestions(scope, email);
  const suppression = { tenantId, email, reason: "unsubscribed" as const, source: audit.actor, evidence };
  const stops = {
    recipients: [{ recipientId, reason: "unsubscribed" as const }],
    properties: propertyId === null ? [] : [{ tenantId, propertyId }],
    campaignIds: [campaignId],
  };
  await db.$client.batch([
    buildSuppressionInsert(db, [suppression], audit.at),
    ...decideAll(scope, replies, "unsubscribed", audit),
    ...(propertyId === null
      ? []
      : [addRefusals(db, [toRefusalRow(scope, { ...said, propertyId }, "refused", audit)], null)]),
    ...stopByEvents(db, stops, audit.at),
    insertAuditEntry(scope, audit),
  ]);
}

/**
 * Records that an address belongs to no owner of a property, and stops the address's recipients at
 * this property. Other people at the property and the address at other properties are not affected.
 */
export async function recordWrongPerson(
  scope: Scope,
  said: StatementOnRecipient & { propertyId: string },
  audit: AuditEntry,
): Promise<void> {
  const { db, tenantId } = scope;
  const replies = await listOpenQuestions(scope, said.email);
  await db.$client.batch([
    ...decideAll(scope, replies, "replied", audit),
    addRefusals(db, [toRefusalRow(scope, said, "wrongPerson", audit)], null),
    ...stopRecipients(db, {
      where: "tenant_id = ?1 AND email = ?2 AND property_id = ?3",
      values: [tenantId, said.email, said.propertyId],
      reason: "manual",
      at: audit.at,
      campaignIds: "ofStopped",
    }),
    insertAuditEntry(scope, audit),
  ]);
}

/** Records what an agent has said about the replies for which an agent was asked. */
function decideAll(
  scope: Scope,
  replies: readonly ReplyKey[],
  kind: AnswerKind,
  { actor: decidedBy, at: decidedAt }: AuditEntry,
): D1PreparedStatement[] {
  if (replies.length === 0) return [];
  return decideReadings(scope, { replies, kind, awayUntil: null, decidedBy, decidedAt });
}

function toRefusalRow(
  { tenantId }: Scope,
  { propertyId, email, recipientId, name, note }: StatementOnRecipient & { propertyId: string },
  kind: RefusalKind,
  { at: refusedAt }: AuditEntry,
): RefusalRow {
  return { tenantId, propertyId, email, kind, refusedAt, recipientId, name, note };
}
