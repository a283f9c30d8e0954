import { sequenceEndStepNumber } from "../../shared/limits.ts";
import type { StopReason } from "../../shared/vocabulary.ts";
import type { BulkChange } from "../domain/send/bulk-action.ts";
import { buildCampaignCompletion, buildSelectedCampaignCompletion } from "./completion.ts";
import { buildOpenAttemptsMarking } from "./open-attempts.ts";
import type { Database, Scope } from "./scope.ts";
import { replyTaskStepNumber } from "./tasks.ts";

/*
 * This file has all statements that stop a recipient. No other file of the Worker writes the status
 * "stopped" on campaign_recipients; test/architecture.test.ts checks this rule.
 */

export type StopRequest = {
  /**
   * SQL condition on `campaign_recipients`, with `?1` … for `values`. The condition must still hold
   * after the stop.
   */
  where: string;
  values: readonly unknown[];
  /**
   * A second SQL condition with the same parameters, for facts that the stop itself changes. For
   * example, a stop ends the recipient's claim, the right of one run of the Worker to send the next
   * email.
   */
  claim?: string;
  reason: StopReason;
  /**
   * True if the earlier status is stored, so that the stop can be undone. A stop by an answer is
   * undone if the answer turns out to be automatic.
   */
  isUndoable?: boolean;
  at: number;
  /**
   * Campaigns that are completed if the stop ends their last unfinished sequence. `ofStopped`: the
   * campaigns of the stopped recipients.
   */
  campaignIds: readonly number[] | "ofStopped";
};

/**
 * Returns the statements, for one batch, that stop the recipients whose sequence has not ended yet.
 * The statements also end the provider calls, tasks and campaigns that a stop would leave open. The
 * rows that the first statement changes are the stopped recipients.
 */
export function stopRecipients(db: Database, stop: StopRequest): D1PreparedStatement[] {
  const { where, values, claim = "1", reason, isUndoable = false, at } = stop;
  const stopped = `SELECT id FROM campaign_recipients WHERE (${where}) AND status = 'stopped'`;
  return [
    db.$client
      .prepare(
        `UPDATE campaign_recipients
        SET status = 'stopped', stop_reason = ?${values.length + 1}, due_at = NULL, lease = NULL,
          stopped_from = ${isUndoable ? "status" : "NULL"}
        WHERE (${where}) AND ${claim} AND status IN ('active', 'paused', 'waitingForEmail')`,
      )
      .bind(...values, reason),
    buildOpenAttemptsMarking(db, stopped, values, at),
    closeOpenTasks(db, stopped, values, at),
    ...completeCampaigns(db, stop, stopped),
  ];
}

function completeCampaigns(
  db: Database,
  { campaignIds, values, at }: StopRequest,
  stopped: string,
): D1PreparedStatement[] {
  if (campaignIds === "ofStopped") {
    const campaigns = `SELECT campaign_id FROM campaign_recipients WHERE id IN (${stopped})`;
    return [buildSelectedCampaignCompletion(db, campaigns, values, at)];
  }
  return campaignIds.length > 0 ? [buildCampaignCompletion(db, campaignIds, at)] : [];
}

/**
 * Builds the statement that undoes stops that answers caused. Each recipient gets back the status
 * from before the stop, and an overdue step comes due now.
 * @param undone `recipients`: a SELECT of recipient ids, with `?1` … for `values`. `now`: SQL of
 *   the present instant
 */
export function buildStopUndo(
  db: Database,
  undone: { recipients: string; values: readonly unknown[]; now: string },
): D1PreparedStatement {
  const { recipients, values, now } = undone;
  const plannedAt = `max(coalesce(scheduled_at, ${now}), ${now})`;
  return db.$client
    .prepare(
      `UPDATE campaign_recipients SET status = stopped_from, stop_reason = NULL, stopped_from = NULL,
        scheduled_at = CASE WHEN stopped_from = 'active' THEN ${plannedAt} ELSE scheduled_at END,
        due_at = CASE WHEN stopped_from = 'active'
          AND next_step < ${sequenceEndStepNumber}
          AND (SELECT c.status FROM campaigns c WHERE c.id = campaign_id) IN ('active', 'completed')
          THEN ${plannedAt} END
      WHERE id IN (${recipients})`,
    )
    .bind(...values);
}

/**
 * SQL condition: since the instant `since`, recipient `r` or somebody else at the property has sent
 * an answer that stops sequences, or the recipient's address has bounced. A recipient who was
 * stopped already keeps the first reason for a stop, so the stored reason does not show a later
 * answer.
 */
const hasAnsweredSql = (since: string) => `(EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id
    AND e.received_at >= ${since} AND e.kind IN ('replied', 'bounced', 'complained', 'unsubscribed'))
  OR EXISTS (SELECT 1 FROM campaign_recipients p JOIN events e ON e.recipient_id = p.id
    WHERE p.tenant_id = r.tenant_id AND p.property_id = r.property_id
      AND e.received_at >= ${since} AND e.kind IN ('replied', 'complained', 'unsubscribed')))`;

/**
 * Builds the statements that undo an agent's stop of many recipients. Each recipient whose stop by
 * the agent still holds gets back the status, the plan and the open task. A campaign that the stop
 * has completed is active again. A recipient who has answered meanwhile stays stopped. `counted`:
 * the index of the statement that changes the recipients.
 */
export function buildManualStopUndo(
  { db, tenantId }: Scope,
  campaignId: number,
  { moves, at }: Pick<BulkChange, "moves" | "at">,
  now: number,
): { statements: D1PreparedStatement[]; counted: number } {
  const values = [JSON.stringify(moves), campaignId, tenantId];
  const stopped = `SELECT r.id FROM json_each(?1) j CROSS JOIN campaign_recipients r ON r.id = j.value->>'id'
    WHERE +r.campaign_id = ?2 AND +r.tenant_id = ?3 AND r.status = 'stopped' AND r.stop_reason = 'manual'
      AND NOT ${hasAnsweredSql("?5")}`;
  const plannedAt = "max(coalesce(scheduled_at, ?4), ?4)";
  return {
    statements: [
      db.$client
        .prepare(
          `UPDATE tasks SET outcome = NULL, closed_at = NULL
           WHERE outcome = 'stopped' AND closed_at = ?5 AND ?4 AND recipient_id IN (${stopped})`,
        )
        .bind(...values, now, at),
      db.$client
        .prepare(
          `UPDATE campaigns SET status = 'active', updated_at = ?4
           WHERE id = ?2 AND tenant_id = ?3 AND status = 'completed' AND EXISTS (${stopped})`,
        )
        .bind(...values, now, at),
      db.$client
        .prepare(
          `UPDATE campaign_recipients SET stop_reason = NULL, stopped_from = NULL, status = j.value->>'$.from.status',
             due_at = CASE WHEN next_step < ${sequenceEndStepNumber} AND j.value->>'$.from.status' = 'active'
               AND (SELECT c.status FROM campaigns c WHERE c.id = campaign_id) = 'active' THEN ${plannedAt} END
           FROM json_each(?1) j
           WHERE campaign_recipients.id = j.value->>'id' AND campaign_recipients.id IN (${stopped})`,
        )
        .bind(...values, now, at),
    ],
    counted: 2,
  };
}

/**
 * Returns the statement that clears the reason of a stop, for a recipient to whom the caller has
 * given another status than `stopped`.
 */
export const buildStopReasonClearing = (db: Database, tenantId: number, id: number): D1PreparedStatement =>
  db.$client
    .prepare(
      "UPDATE campaign_recipients SET stop_reason = NULL, stopped_from = NULL WHERE id = ?1 AND tenant_id = ?2",
    )
    .bind(id, tenantId);

/**
 * Builds the statement that continues, at the instant `at`, the sequence of a recipient whom a
 * reply has stopped. Does not change a recipient who is stopped for another reason, or has no step
 * left.
 */
export const buildContinuationAfterReply = (
  db: Database,
  tenantId: number,
  id: number,
  at: number,
): D1PreparedStatement =>
  db.$client
    .prepare(
      `UPDATE campaign_recipients SET status = 'active', stop_reason = NULL, stopped_from = NULL, lease = NULL,
        send_now = 0, snoozed_until = ?3, scheduled_at = ?3,
        due_at = CASE WHEN (SELECT c.status FROM campaigns c WHERE c.id = campaign_id) IN ('active', 'completed')
          THEN ?3 END
      WHERE id = ?1 AND tenant_id = ?2 AND status = 'stopped' AND stop_reason = 'replied'
        AND next_step < ${sequenceEndStepNumber}`,
    )
    .bind(id, tenantId, at);

export type EventStops = {
  recipients: { recipientId: number; reason: StopReason }[];
  /** Properties to stop, each with the recipient whose answer stops the property. */
  properties: { tenantId: number; propertyId: string; recipientId: number }[];
  /**
   * The campaigns of `recipients`. A campaign is completed if the stops leave no recipient to write
   * to.
   */
  campaignIds: number[];
};

/**
 * SQL: returns a row if the answering recipient of `j` was added before a sale of the property, and
 * recipient `p` after the sale. An earlier owner's answer does not stop the new owners.
 */
const soldBetweenSql = `SELECT 1 FROM properties o CROSS JOIN campaign_recipients b
  WHERE o.tenant_id = p.tenant_id AND o.property_id = p.property_id AND b.id = j.value->>'recipientId'
    AND o.owners_changed_at >= b.created_at AND o.owners_changed_at < p.created_at`;

/**
 * Builds the statements that stop recipients and whole properties because of events. If two events
 * stop one recipient, the later event in the list gives the reason. If one event stops a recipient
 * and another event stops the property, the recipient's own event gives the reason.
 */
export function buildStopsByEvents(db: Database, stops: EventStops, at: number): D1PreparedStatement[] {
  const latest = new Map(stops.recipients.map((one) => [one.recipientId, one]));
  const atProperties = `id IN (SELECT p.id FROM json_each(?1) j CROSS JOIN campaign_recipients p
    ON p.tenant_id = j.value->>'tenantId' AND p.property_id = j.value->>'propertyId'
    WHERE NOT EXISTS (${soldBetweenSql}))`;
  const properties = [JSON.stringify(stops.properties)];
  return [
    ...stopListed(db, [...latest.values()], { claim: "1", isUndoable: true }, at),
    ...(stops.properties.length > 0
      ? stopRecipients(db, {
          where: atProperties,
          values: properties,
          reason: "propertyStopped",
          isUndoable: true,
          at,
          campaignIds: "ofStopped",
        })
      : []),
    ...(stops.campaignIds.length > 0 ? [buildCampaignCompletion(db, stops.campaignIds, at)] : []),
  ];
}

/**
 * Builds the statements that stop claimed recipients, each recipient for its own reason. A
 * recipient whose claim was lost is not stopped. The caller completes campaigns, because other
 * moves of the caller's batch may also end a campaign.
 */
export function buildClaimedRecipientStops(
  db: Database,
  stops: readonly { recipientId: number; reason: StopReason; lease: number }[],
  at: number,
): D1PreparedStatement[] {
  const claim = "(id, lease) IN (SELECT value->>'recipientId', value->>'lease' FROM json_each(?1))";
  return stopListed(db, stops, { claim }, at);
}

function stopListed(
  db: Database,
  stops: readonly { recipientId: number; reason: StopReason }[],
  how: Pick<StopRequest, "claim" | "isUndoable">,
  at: number,
): D1PreparedStatement[] {
  const where = "id IN (SELECT value->>'recipientId' FROM json_each(?1))";
  return [...Map.groupBy(stops, ({ reason }) => reason)].flatMap(([reason, same]) =>
    stopRecipients(db, { where, values: [JSON.stringify(same)], ...how, reason, at, campaignIds: [] }),
  );
}

/**
 * Builds the statement that closes the open tasks of stopped recipients, apart from tasks that a
 * reply has opened. Writes nothing for a recipient without an open task.
 */
function closeOpenTasks(
  db: Database,
  stopped: string,
  values: readonly unknown[],
  at: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE tasks SET outcome = 'stopped', closed_at = ?${values.length + 1}
      WHERE +outcome IS NULL AND step_number > ${replyTaskStepNumber} AND recipient_id IN (${stopped})`,
    )
    .bind(...values, at);
}
