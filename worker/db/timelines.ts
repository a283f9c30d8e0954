import type { EventKind, MessageStatus, SkipReason, StepKind } from "../../shared/vocabulary.ts";
import type { EventData } from "../domain/receive/event.ts";
import { isNotReclassifiedSql } from "./engagement.ts";
import type { Scope } from "./scope.ts";

export type TimelineMessageRow = {
  stepNumber: number;
  stepKind: StepKind;
  status: MessageStatus;
  skipReason: SkipReason | null;
  failure: string | null;
  subject: string | null;
  sentAt: number | null;
};
export type TimelineEventRow = {
  stepNumber: number;
  kind: EventKind;
  isMachine: boolean;
  occurredAt: number;
  data: EventData;
};
export type RecordedEventKind = { kind: EventKind; isMachine: boolean };

const maxEvents = 500;

/**
 * Returns one recipient's messages in the order of the steps, and the recipient's first 500 events.
 */
export async function loadTimeline(
  { db, tenantId }: Scope,
  recipientId: number,
): Promise<{ messages: TimelineMessageRow[]; events: TimelineEventRow[] }> {
  type Stored = Omit<TimelineEventRow, "isMachine" | "data"> & { isMachine: number; data: string };
  const [messages, events] = await db.$client.batch<TimelineMessageRow | Stored>([
    db.$client
      .prepare(
        `SELECT m.step_number AS stepNumber, coalesce(s.kind, 'email') AS stepKind, m.status,
           m.skip_reason AS skipReason, m.failure, m.subject, m.sent_at AS sentAt
         FROM messages m LEFT JOIN campaign_steps s ON s.campaign_id = m.campaign_id AND s.step_number = m.step_number
         WHERE m.recipient_id = ? AND m.tenant_id = ? ORDER BY m.step_number`,
      )
      .bind(recipientId, tenantId),
    db.$client
      .prepare(
        `SELECT step_number AS stepNumber, kind, is_machine AS isMachine, occurred_at AS occurredAt, data
         FROM events e WHERE recipient_id = ? AND tenant_id = ? AND ${isNotReclassifiedSql("e")} ORDER BY occurred_at LIMIT ?`,
      )
      .bind(recipientId, tenantId, maxEvents),
  ]);
  return {
    messages: (messages?.results ?? []) as TimelineMessageRow[],
    events: ((events?.results ?? []) as Stored[]).map((row) => ({
      ...row,
      isMachine: row.isMachine === 1,
      data: JSON.parse(row.data) as EventData,
    })),
  };
}

/** Returns the distinct kinds of each recipient's events, by recipient id. */
export async function loadEventKinds(
  { db, tenantId }: Scope,
  recipientIds: readonly number[],
): Promise<Map<number, RecordedEventKind[]>> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT recipient_id AS recipientId, kind, is_machine AS isMachine FROM events e
       WHERE recipient_id IN (SELECT value FROM json_each(?)) AND tenant_id = ? AND ${isNotReclassifiedSql("e")}`,
    )
    .bind(JSON.stringify(recipientIds), tenantId)
    .all<{ recipientId: number; kind: EventKind; isMachine: number }>();
  const facts = new Map<number, RecordedEventKind[]>(recipientIds.map((id) => [id, []]));
  for (const { recipientId, kind, isMachine } of results) {
    facts.get(recipientId)?.push({ kind, isMachine: isMachine === 1 });
  }
  return facts;
}
