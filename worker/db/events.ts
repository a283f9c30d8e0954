import type { EventKind } from "../../shared/vocabulary.ts";
import type { EventData } from "../domain/receive/event.ts";
import type { Database } from "./scope.ts";

/** An event ready to be stored. `recipientId` is 0 if the event belongs to no message of ours. */
export type EventRow = {
  recipientId: number;
  stepNumber: number;
  kind: EventKind;
  isMachine: boolean;
  dedupeKey: string;
  tenantId: number;
  occurredAt: number;
  receivedAt: number;
  data: EventData;
};

export type EventRecipient = {
  id: number;
  tenantId: number;
  campaignId: number;
  senderId: number;
  propertyId: string | null;
  email: string | null;
  name: string;
  /** The steps for which a provider was called, whatever the outcome. */
  begunSteps: number[];
  /** The steps whose emails went to an earlier address, which an agent has replaced. */
  replacedSteps: number[];
  /** True if the outcome of one of the recipient's provider calls is unknown. */
  hasUnknown: boolean;
};

/**
 * Returns the recipients with these ids, by id. If `tenantId` is given, returns only that tenant's
 * recipients.
 */
export async function loadEventRecipients(
  db: Database,
  ids: readonly number[],
  tenantId: number | null,
): Promise<Map<number, EventRecipient>> {
  const { results } = await db.$client
    .prepare(
      `SELECT r.id, r.tenant_id AS tenantId, r.campaign_id AS campaignId, r.sender_id AS senderId,
        r.property_id AS propertyId, r.email, r.name,
        (SELECT json_group_array(json_array(m.step_number, m.status,
            m.attempted_at <= r.email_changed_at)) FROM messages m WHERE m.recipient_id = r.id
          AND (m.attempt_id IS NOT NULL OR m.status IN ('sending', 'sent', 'unknown'))) AS begun
      FROM json_each(?1) j JOIN campaign_recipients r ON r.id = j.value
      WHERE ?2 IS NULL OR r.tenant_id = ?2`,
    )
    .bind(JSON.stringify(ids), tenantId)
    .all<Omit<EventRecipient, "begunSteps" | "replacedSteps" | "hasUnknown"> & { begun: string }>();
  return new Map(
    results.map(({ begun, ...owner }) => {
      const messages: [stepNumber: number, status: string, isReplaced: 0 | 1 | null][] = JSON.parse(begun);
      const begunSteps = messages.map(([stepNumber]) => stepNumber);
      const replacedSteps = messages.flatMap(([stepNumber, , isReplaced]) =>
        isReplaced ? [stepNumber] : [],
      );
      const hasUnknown = messages.some(([, status]) => status === "unknown");
      return [owner.id, { ...owner, begunSteps, replacedSteps, hasUnknown }];
    }),
  );
}

/**
 * Builds the statement that appends events. The primary key skips events that are already stored.
 * Writes one row per new event.
 */
export function buildEventInserts(
  db: Database,
  rows: readonly EventRow[],
  batchId: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at, received_at, batch_id, data)
      SELECT j.value->>'recipientId', j.value->>'stepNumber', j.value->>'kind', j.value->>'isMachine',
        j.value->>'dedupeKey', j.value->>'tenantId', j.value->>'occurredAt', j.value->>'receivedAt', ?2, j.value->'data'
      FROM json_each(?1) j WHERE 1
      ON CONFLICT DO NOTHING
      RETURNING recipient_id AS recipientId, step_number AS stepNumber, kind, dedupe_key AS dedupeKey`,
    )
    .bind(JSON.stringify(rows), batchId);
}
