import { sequenceEndStepNumber } from "../../shared/limits.ts";
import type { WaitingReplyCounts } from "../../shared/reply.ts";
import type { SettlingOutcome } from "../../shared/vocabulary.ts";
import { isOpenReplyQuestionSql, isReplySql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";

/** A reply that an agent has to handle. */
export type WaitingReplyRow = {
  recipientId: number;
  recipientName: string;
  email: string | null;
  campaignId: number;
  campaignName: string;
  propertyId: string | null;
  address: string | null;
  repliedAt: number;
  waitingSince: number;
  outcome: SettlingOutcome | null;
  firstWords: string | null;
  isAsked: number;
  canContinue: number;
  assignedTo: string | null;
};

export type WaitingReplyFilter = {
  /** The properties whose replies are listed; null lists the replies of every property. */
  properties: readonly string[] | null;
  /** The agent whose replies are listed; null lists the replies of every agent. */
  agentId: string | null;
  /** The last reply of the previous page. */
  after: { waitingSince: number; recipientId: number } | null;
  limit: number;
  now: number;
};

/** The most characters of a reply that the list shows. */
const firstWordsLength = 200;

/**
 * SQL: the tables that a query of waiting replies reads first. A list of a tenant or an agent uses
 * an index of waiting replies; a list for properties begins with the recipients at these
 * properties.
 */
const waitingSourcesSql = {
  tenant: `reply_threads t INDEXED BY reply_threads_waiting CROSS JOIN campaign_recipients r ON r.id = t.recipient_id`,
  agent: `reply_threads t INDEXED BY reply_threads_of_agent CROSS JOIN campaign_recipients r ON r.id = t.recipient_id`,
  properties: `(SELECT DISTINCT value FROM json_each(?4)) j
    CROSS JOIN campaign_recipients r INDEXED BY campaign_recipients_property
      ON r.tenant_id = ?1 AND r.property_id = j.value
    CROSS JOIN reply_threads t ON t.recipient_id = r.id`,
} as const;

/** Returns the replies that an agent has to handle, the newest first. Reads ≤ 6 rows per reply. */
export async function listWaitingReplies(
  { db, tenantId }: Scope,
  { properties, agentId, after, limit, now }: WaitingReplyFilter,
): Promise<WaitingReplyRow[]> {
  const source = properties !== null ? "properties" : agentId !== null ? "agent" : "tenant";
  const { results } = await db.$client
    .prepare(
      `SELECT r.id AS recipientId, r.name AS recipientName, r.email, r.campaign_id AS campaignId, c.name AS campaignName,
        r.property_id AS propertyId, t.replied_at AS repliedAt, t.waiting_since AS waitingSince, t.outcome,
        t.assigned_to AS assignedTo,
        coalesce(r.data->>'$.property.streetAddress', r.data->>'$.property.unparsedAddress') AS address,
        (SELECT substr(e.data->>'text', 1, ${firstWordsLength}) FROM events e WHERE e.recipient_id = r.id
          AND ${isReplySql("e")} ORDER BY e.occurred_at DESC LIMIT 1) AS firstWords,
        EXISTS (SELECT 1 FROM reply_readings g WHERE g.recipient_id = r.id AND ${isOpenReplyQuestionSql("g")}) AS isAsked,
        r.status = 'stopped' AND r.stop_reason = 'replied' AND r.next_step < ${sequenceEndStepNumber} AS canContinue
      FROM ${waitingSourcesSql[source]} CROSS JOIN campaigns c ON c.id = r.campaign_id
      WHERE t.tenant_id = ?1 AND t.waiting_since <= ?6 AND (t.waiting_since, t.recipient_id) < (?2, ?3)
        ${properties === null ? "AND ?4 IS NULL" : ""} AND ${agentId === null ? "?7 IS NULL" : "t.assigned_to = ?7"}
      ORDER BY t.waiting_since DESC, t.recipient_id DESC LIMIT ?5`,
    )
    .bind(
      tenantId,
      after?.waitingSince ?? Number.MAX_SAFE_INTEGER,
      after?.recipientId ?? Number.MAX_SAFE_INTEGER,
      properties === null ? null : JSON.stringify(properties),
      limit,
      now,
      agentId,
    )
    .all<WaitingReplyRow>();
  return results;
}

/**
 * Counts the replies that an agent has to handle: all replies of the office, and the replies that
 * are assigned to the agent. Each count ends at `most` and reads at most `most` rows.
 */
export async function countWaitingReplies(
  { db, tenantId }: Scope,
  agentId: string,
  { most, now }: { most: number; now: number },
): Promise<WaitingReplyCounts> {
  const count = (index: string, condition: string) => `(SELECT count(*) FROM (SELECT 1 FROM reply_threads
    INDEXED BY ${index} WHERE tenant_id = ?1 AND ${condition} waiting_since <= ?3 LIMIT ?4))`;
  const counts = await db.$client
    .prepare(
      `SELECT ${count("reply_threads_of_agent", "assigned_to = ?2 AND")} AS mine,
        ${count("reply_threads_waiting", "")} AS office`,
    )
    .bind(tenantId, agentId, now, most)
    .first<WaitingReplyCounts>();
  return counts ?? { mine: 0, office: 0 };
}
