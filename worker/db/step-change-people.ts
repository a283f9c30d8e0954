import type { RecipientStatus } from "../../shared/vocabulary.ts";
import type { SendNowLevel } from "../domain/send/candidate.ts";
import type { PersonInSequence } from "../domain/send/step-change.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";
import { replyTaskStepNumber } from "./tasks.ts";

type PersonRow = {
  id: number;
  status: RecipientStatus;
  nextStep: number;
  nextIsTask: number;
  timeZone: string;
  messages: string;
  tasks: string;
  endedAt: number | null;
  startedAt: number;
  scheduledAt: number | null;
  dueAt: number | null;
  isClaimed: number;
  sendNow: SendNowLevel;
  snoozedUntil: number | null;
};

const peopleSql = `SELECT r.id, r.status, r.next_step AS nextStep, r.next_is_task AS nextIsTask,
    coalesce(r.time_zone, c.time_zone, t.time_zone) AS timeZone,
    (SELECT json_group_array(json_array(m.step_number, m.status = 'retrying')) FROM messages m
      WHERE m.recipient_id = r.id) AS messages,
    (SELECT json_group_array(k.step_number) FROM tasks k
      WHERE k.recipient_id = r.id AND k.step_number > ${replyTaskStepNumber}) AS tasks,
    nullif(max(coalesce(r.last_sent_at, 0),
      coalesce((SELECT max(k.closed_at) FROM tasks k
        WHERE k.recipient_id = r.id AND k.step_number > ${replyTaskStepNumber}), 0),
      coalesce((SELECT max(m.attempted_at) FROM messages m WHERE m.recipient_id = r.id
        AND m.status = 'skipped' AND m.skip_reason NOT IN ('stepAddedLater', 'movedPast')), 0)), 0) AS endedAt,
    max(r.created_at, coalesce(c.launched_at, 0), coalesce(c.recall_until, 0)) AS startedAt,
    r.scheduled_at AS scheduledAt, r.due_at AS dueAt, r.lease IS NOT NULL AS isClaimed, r.send_now AS sendNow,
    r.snoozed_until AS snoozedUntil
  FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id JOIN tenants t ON t.id = r.tenant_id
  WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2 ORDER BY r.id`;

/**
 * Returns a campaign's recipients with the steps that have begun for each recipient. Reads each
 * recipient, message and task of the campaign once.
 */
export async function listPeopleInSequence(
  { db, tenantId }: Scope,
  campaignId: number,
): Promise<PersonInSequence[]> {
  const { results } = await db.$client.prepare(peopleSql).bind(campaignId, tenantId).all<PersonRow>();
  return results.map(toPerson);
}

function toPerson({
  messages,
  tasks,
  endedAt,
  startedAt,
  isClaimed,
  nextIsTask,
  ...row
}: PersonRow): PersonInSequence {
  const tried = JSON.parse(messages) as [number, number][];
  const begun = tried.flatMap(([stepNumber, isRetrying]) => (isRetrying === 1 ? [] : [stepNumber]));
  return {
    ...row,
    nextIsTask: nextIsTask === 1,
    begun: new Set([...begun, ...(JSON.parse(tasks) as number[])]),
    isRetrying: tried.some(([stepNumber, isRetrying]) => isRetrying === 1 && stepNumber === row.nextStep),
    anchorAt: endedAt ?? startedAt,
    isClaimed: isClaimed === 1,
  };
}
