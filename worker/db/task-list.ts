import type { StepTask } from "../../shared/task.ts";
import type {
  CampaignStatus,
  RecipientStatus,
  TaskKind,
  TaskOutcome,
  TaskResult,
} from "../../shared/vocabulary.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";
import { stepRowPositionSql } from "./step-order.ts";
import { replyTaskStepNumber, type TaskKey } from "./tasks.ts";

export type TaskRow = TaskKey & {
  /** The step's place in the sequence, from 1; null if the task has no step in the sequence. */
  position: number | null;
  /** The step's place among all steps that the campaign has had. */
  order: number;
  campaignId: number;
  campaignName: string;
  campaignStatus: CampaignStatus;
  recipientName: string;
  recipientStatus: RecipientStatus;
  propertyId: string | null;
  propertyState: string | null;
  kind: TaskKind;
  /** The step's instructions; null for a task that a reply has opened. */
  instructions: StepTask["instructions"] | null;
  assignedTo: string;
  /** The name of the agent whom the task is for; null if no token has contained the name. */
  assignedToName: string | null;
  openedAt: number;
  expiresAt: number;
  outcome: TaskOutcome | null;
  closedAt: number | null;
  result: TaskResult | null;
  note: string | null;
  postponedUntil: number | null;
  phone: string | null;
  /** The host's do-not-call value for the person, such as true, 1 or a word. */
  doNotCall: string | number | null;
  lastSubject: string | null;
  lastSentAt: number | null;
  lastReply: string | null;
  lastRepliedAt: number | null;
};

/** The most characters of a reply that a task shows. */
const firstWordsLength = 200;

/**
 * SQL: the phone number, the last email and the last reply that a task shows. Reads a few messages
 * and replies of the recipient.
 */
const backgroundSql = `
  coalesce(r.data->>'$.recipient.phone', r.data->>'$.recipient.mobilePhone', r.data->>'$.recipient.homePhone',
    r.data->>'$.recipient.directPhone', r.data->>'$.recipient.officePhone') AS phone,
  r.data->>'$.recipient.doNotCall' AS doNotCall,
  (SELECT m.subject FROM messages m WHERE m.recipient_id = r.id AND m.sent_at IS NOT NULL
    ORDER BY m.sent_at DESC LIMIT 1) AS lastSubject,
  r.last_sent_at AS lastSentAt,
  (SELECT substr(e.data->>'text', 1, ${firstWordsLength}) FROM events e WHERE e.recipient_id = r.id
    AND e.kind = 'replied' AND e.is_machine = 0 ORDER BY e.occurred_at DESC LIMIT 1) AS lastReply,
  (SELECT e.occurred_at FROM events e WHERE e.recipient_id = r.id
    AND e.kind = 'replied' AND e.is_machine = 0 ORDER BY e.occurred_at DESC LIMIT 1) AS lastRepliedAt`;

/** SQL: the agent whom a task is for. */
const assignedToSql = "coalesce(d.agent_id, c.created_by)";

const columns = `k.recipient_id AS recipientId, k.step_number AS stepNumber,
  ${stepRowPositionSql("s")} AS position, coalesce(s.position, 0) AS "order", k.campaign_id AS campaignId,
  c.name AS campaignName, c.status AS campaignStatus, r.name AS recipientName, r.status AS recipientStatus,
  r.property_id AS propertyId, r.property_state AS propertyState, k.kind, s.task->>'instructions' AS instructions, k.opened_at AS openedAt,
  ${assignedToSql} AS assignedTo, CASE WHEN d.agent_id IS NULL THEN o.name ELSE d.name END AS assignedToName,
  k.expires_at AS expiresAt, k.outcome, k.closed_at AS closedAt, k.result, k.note,
  k.postponed_until AS postponedUntil, ${backgroundSql}`;
const joinCampaignSql = `CROSS JOIN campaigns c ON c.id = k.campaign_id
  LEFT JOIN campaign_steps s ON s.campaign_id = k.campaign_id AND s.step_number = k.step_number
  LEFT JOIN agents d ON d.tenant_id = k.tenant_id AND d.agent_id = s.task->>'assignedTo'
  LEFT JOIN agents o ON o.tenant_id = k.tenant_id AND o.agent_id = c.created_by`;

/**
 * SQL: the tables that a query of open tasks reads first. A tenant's list uses the index of open
 * tasks; a list for properties begins with the recipients at these properties. The query reads no
 * unrelated tasks in either case.
 */
const openTaskSourcesSql = {
  tenant: `tasks k INDEXED BY tasks_open CROSS JOIN campaign_recipients r ON r.id = k.recipient_id`,
  properties: `(SELECT DISTINCT value FROM json_each(?4)) j
    CROSS JOIN campaign_recipients r INDEXED BY campaign_recipients_property
      ON r.tenant_id = ?1 AND r.property_id = j.value
    CROSS JOIN tasks k ON k.recipient_id = r.id AND k.step_number IN (r.next_step, ${replyTaskStepNumber})`,
} as const;

export type OpenTaskFilter = {
  /** The properties whose tasks are listed; null lists every task, with or without a property. */
  properties: readonly string[] | null;
  /** The agent whose tasks are listed; null lists the tasks of every agent. */
  agentId: string | null;
  /** The last task of the previous page. */
  after: { openedAt: number; recipientId: number } | null;
  limit: number;
  now: number;
};

/** Returns the open tasks that are not postponed, the longest open first. */
export async function listOpenTasks({ db, tenantId }: Scope, filter: OpenTaskFilter): Promise<TaskRow[]> {
  const { properties, agentId, after, limit, now } = filter;
  const { results } = await db.$client
    .prepare(
      `SELECT ${columns} FROM ${openTaskSourcesSql[properties === null ? "tenant" : "properties"]} ${joinCampaignSql}
      WHERE k.tenant_id = ?1 AND k.outcome IS NULL AND (k.opened_at, k.recipient_id) > (?2, ?3)
        AND (k.postponed_until IS NULL OR k.postponed_until <= ?6)
        ${properties === null ? "AND ?4 IS NULL" : ""} AND (?7 IS NULL OR ${assignedToSql} = ?7)
      ORDER BY k.opened_at, k.recipient_id LIMIT ?5`,
    )
    .bind(
      tenantId,
      after?.openedAt ?? 0,
      after?.recipientId ?? 0,
      properties === null ? null : JSON.stringify(properties),
      limit,
      now,
      agentId,
    )
    .all<TaskRow>();
  return results;
}

/** Returns the tasks that have opened for one recipient, in the order of their steps. */
export async function listTasksOfRecipient({ db, tenantId }: Scope, recipientId: number): Promise<TaskRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT ${columns} FROM tasks k CROSS JOIN campaign_recipients r ON r.id = k.recipient_id ${joinCampaignSql}
      WHERE k.recipient_id = ? AND +k.tenant_id = ? ORDER BY "order", k.step_number`,
    )
    .bind(recipientId, tenantId)
    .all<TaskRow>();
  return results;
}

export type TaskOutcomeCount = { stepNumber: number; outcome: TaskOutcome | null; count: number };

/**
 * Counts the outcomes of a campaign's tasks. The outcomes are counted on request, because a running
 * count would write one more row for every outcome. Reads the campaign's recipients and tasks.
 */
export async function countTaskOutcomes(
  { db, tenantId }: Scope,
  campaignId: number,
): Promise<TaskOutcomeCount[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT k.step_number AS stepNumber, k.outcome, count(*) AS count
      FROM campaign_recipients r CROSS JOIN tasks k ON k.recipient_id = r.id
      WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2 AND k.step_number > 0 GROUP BY 1, 2`,
    )
    .bind(campaignId, tenantId)
    .all<TaskOutcomeCount>();
  return results;
}
