import type { AnswerKind, EventKind, MessageStatus, SkipReason, StepKind } from "../../shared/vocabulary.ts";
import type { EventData } from "../domain/receive/event.ts";
import { isOfPresentAddressSql } from "./address-replacements.ts";
import { isNotReclassifiedSql } from "./engagement.ts";
import { nearbyRecipientsSql } from "./recipient-ranges.ts";
import { isOpenReplyQuestionSql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";
import { stepRowPositionSql } from "./step-order.ts";

export type TimelineMessageRow = {
  stepNumber: number;
  /** The step's place in the sequence, from 1; null for a step that was taken out. */
  position: number | null;
  /** The step's place among all steps that the campaign has had. */
  order: number;
  stepKind: StepKind;
  status: MessageStatus;
  skipReason: SkipReason | null;
  failure: string | null;
  subject: string | null;
  sentAt: number | null;
  /** The address that the email went to; null for an email that has not left. */
  toEmail: string | null;
};
export type TimelineEventRow = {
  stepNumber: number;
  kind: EventKind;
  isMachine: boolean;
  occurredAt: number;
  data: EventData;
  dedupeKey: string;
  /** The day on which the writer of an automatic answer is back, YYYY-MM-DD. */
  awayUntil: string | null;
  /**
   * True if an agent is asked whether the writer of a reply wants no more emails, and has not
   * decided.
   */
  isAsked: boolean;
};
export type RecordedEventKind = { kind: EventKind; isMachine: boolean };
/** The facts that a recipient's events establish about the recipient. */
export type RecipientEventFacts = {
  events: RecordedEventKind[];
  /** The day on which the recipient is back, by the latest answer that names a day; YYYY-MM-DD. */
  awayUntil: string | null;
  /**
   * True if an agent is asked whether a reply of the recipient means that no more emails are
   * wanted.
   */
  hasOpenQuestion: boolean;
};

const maxEvents = 500;

/* SQL join: the agent's decision `g` on the kind of an answer's event `e`, if there is one. */
const joinReading = `LEFT JOIN reply_readings g ON e.kind IN ('replied', 'autoReplied')
  AND g.recipient_id = e.recipient_id AND g.step_number = e.step_number AND g.dedupe_key = e.dedupe_key`;
const kindSql = "coalesce(g.kind, e.kind)";
const awayUntilSql = "CASE WHEN g.kind IS NULL THEN e.data->>'awayUntil' ELSE g.away_until END";

/**
 * Returns one recipient's messages in the order of the steps, and the recipient's first 500 events.
 */
export async function loadTimeline(
  { db, tenantId }: Scope,
  recipientId: number,
): Promise<{ messages: TimelineMessageRow[]; events: TimelineEventRow[] }> {
  type Stored = Omit<TimelineEventRow, "isMachine" | "isAsked" | "data"> & {
    isMachine: number;
    isAsked: number;
    data: string;
  };
  const [messages, events] = await db.$client.batch<TimelineMessageRow | Stored>([
    db.$client
      .prepare(
        `SELECT m.step_number AS stepNumber, ${stepRowPositionSql("s")} AS position,
           coalesce(s.position, 0) AS "order", coalesce(s.kind, 'email') AS stepKind, m.status,
           m.skip_reason AS skipReason, m.failure, m.subject, m.sent_at AS sentAt,
           m.record->>'$.to.email' AS toEmail
         FROM messages m LEFT JOIN campaign_steps s ON s.campaign_id = m.campaign_id AND s.step_number = m.step_number
         WHERE m.recipient_id = ? AND m.tenant_id = ? ORDER BY s.position, m.step_number`,
      )
      .bind(recipientId, tenantId),
    db.$client
      .prepare(
        `SELECT e.step_number AS stepNumber, ${kindSql} AS kind, e.is_machine AS isMachine, e.occurred_at AS occurredAt,
           e.data, e.dedupe_key AS dedupeKey, ${awayUntilSql} AS awayUntil,
           g.recipient_id IS NOT NULL AND ${isOpenReplyQuestionSql("g")} AS isAsked
         FROM events e ${joinReading}
         WHERE e.recipient_id = ? AND e.tenant_id = ? AND ${isNotReclassifiedSql("e")} ORDER BY e.occurred_at LIMIT ?`,
      )
      .bind(recipientId, tenantId, maxEvents),
  ]);
  return {
    messages: (messages?.results ?? []) as TimelineMessageRow[],
    events: ((events?.results ?? []) as Stored[]).map((row) => ({
      ...row,
      isMachine: row.isMachine === 1,
      isAsked: row.isAsked === 1,
      data: JSON.parse(row.data) as EventData,
    })),
  };
}

type EventFactRow = { recipientId: number; kind: EventKind; isMachine: number; awayUntil: string | null };

/** Builds the query for each recipient's kinds of events, and for the end of an absence. */
const buildEventFactQuery = ({ db, tenantId }: Scope, recipientIds: readonly number[]) =>
  // SQLite takes the columns without an aggregate from the row with the greatest `awayAt`.
  db.$client
    .prepare(
      `SELECT e.recipient_id AS recipientId, ${kindSql} AS kind, e.is_machine AS isMachine, ${awayUntilSql} AS awayUntil,
         max(CASE WHEN ${awayUntilSql} IS NULL THEN 0 ELSE e.occurred_at END) AS awayAt
       FROM events e ${joinReading}
       WHERE ${nearbyRecipientsSql("e.recipient_id", recipientIds)} AND e.tenant_id = ? AND ${isNotReclassifiedSql("e")}
         AND (e.kind <> 'bounced' OR ${isOfPresentAddressSql("e")})
       GROUP BY 1, 2, 3`,
    )
    .bind(tenantId);

/**
 * Returns the day until which each recipient is away, by recipient id, for the absent ones only.
 */
export async function loadAbsenceEnds(
  scope: Scope,
  recipientIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (recipientIds.length === 0) return new Map();
  const { results } = await buildEventFactQuery(scope, recipientIds).all<EventFactRow>();
  return new Map(
    results.flatMap(({ recipientId, awayUntil }) => (awayUntil === null ? [] : [[recipientId, awayUntil]])),
  );
}

/** Returns the facts that each recipient's events establish, by recipient id. */
export async function loadRecipientEventFacts(
  scope: Scope,
  recipientIds: readonly number[],
): Promise<Map<number, RecipientEventFacts>> {
  if (recipientIds.length === 0) return new Map();
  const { db, tenantId } = scope;
  const [events, questions] = await db.$client.batch<EventFactRow | { recipientId: number }>([
    buildEventFactQuery(scope, recipientIds),
    db.$client
      .prepare(
        `SELECT DISTINCT g.recipient_id AS recipientId FROM reply_readings g
         WHERE ${nearbyRecipientsSql("g.recipient_id", recipientIds)} AND g.tenant_id = ? AND ${isOpenReplyQuestionSql("g")}`,
      )
      .bind(tenantId),
  ]);
  const asked = new Set(
    ((questions?.results ?? []) as { recipientId: number }[]).map((row) => row.recipientId),
  );
  const facts = new Map<number, RecipientEventFacts>(
    recipientIds.map((id) => [id, { events: [], awayUntil: null, hasOpenQuestion: asked.has(id) }]),
  );
  for (const { recipientId, kind, isMachine, awayUntil } of (events?.results ?? []) as EventFactRow[]) {
    const fact = facts.get(recipientId);
    fact?.events.push({ kind, isMachine: isMachine === 1 });
    if (fact && awayUntil !== null) fact.awayUntil = awayUntil;
  }
  return facts;
}

/**
 * An answer of a recipient, with the facts that are needed when an agent decides the answer's kind.
 */
export type StoredReply = Omit<TimelineEventRow, "isMachine" | "kind" | "isAsked"> & {
  kind: AnswerKind;
  /** The kind that an agent has given the answer; null if no agent has decided. */
  decidedKind: AnswerKind | null;
  /** True if an agent was asked about the answer and has not decided yet. */
  isAsked: boolean;
};

const maxReplies = 200;

/** Returns the newest 200 answers of one recipient, personal and automatic. */
export async function listReplies({ db, tenantId }: Scope, recipientId: number): Promise<StoredReply[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT e.step_number AS stepNumber, ${kindSql} AS kind, e.occurred_at AS occurredAt, e.data,
         e.dedupe_key AS dedupeKey, ${awayUntilSql} AS awayUntil, g.kind AS decidedKind,
         g.recipient_id IS NOT NULL AND g.kind IS NULL AS isAsked
       FROM events e ${joinReading}
       WHERE e.recipient_id = ? AND e.tenant_id = ? AND e.kind IN ('replied', 'autoReplied') AND e.is_machine = 0
       ORDER BY e.occurred_at DESC LIMIT ${maxReplies}`,
    )
    .bind(recipientId, tenantId)
    .all<Omit<StoredReply, "isAsked" | "data"> & { isAsked: number; data: string }>();
  return results.map((row) => ({ ...row, isAsked: row.isAsked === 1, data: JSON.parse(row.data) }));
}
