import { isOfPresentAddressSql } from "./address-replacements.ts";
import { isBlockedByRefusalSql } from "./contact-history.ts";
import { joinedRecipientRangeSql } from "./recipient-ranges.ts";
import { answerKindSql, isReplySql } from "./reply-readings.ts";
import type { Scope } from "./scope.ts";
import { buildContinuationAfterReply, buildStopUndo } from "./stops.ts";

/** The recipient who answered or opted out. A resume starts from this recipient. */
export type ResumableRecipient = { id: number; campaignId: number; propertyId: string | null };

/**
 * SQL condition: the stop of recipient `r` can be undone, because no other reason for a stop
 * applies to `r`. `?1`: the tenant. `?2`: the person who answered. `?3`: now. `?5`: the instant
 * since which an answer keeps this person stopped; null for every answer.
 */
const isFreeToGoOnSql = `r.stopped_from IS NOT NULL
  AND EXISTS (SELECT 1 FROM campaigns c WHERE c.id = r.campaign_id
    AND c.status IN ('active', 'paused', 'completed') AND coalesce(c.end_at, ?3 + 1) > ?3)
  AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.tenant_id = ?1 AND s.email = r.email)
  AND NOT EXISTS (SELECT 1 FROM refusals f WHERE f.tenant_id = ?1 AND f.property_id = r.property_id
    AND ${isBlockedByRefusalSql("coalesce((SELECT c.refusals_overridden_at FROM campaigns c WHERE c.id = r.campaign_id), 0)", "r")})
  AND NOT EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id
    AND (e.kind = 'bounced' AND ${isOfPresentAddressSql("e")} AND (e.data->>'bounceClass' = 'hard' OR e.data->>'isRefusal' = 1)))
  AND NOT EXISTS (SELECT 1 FROM answered o CROSS JOIN events e ON e.recipient_id = o.id
    WHERE e.received_at >= iif(r.id = ?2, coalesce(?5, r.created_at), r.created_at)
      AND (${isReplySql("e")} OR ${answerKindSql("e")} IN ('unsubscribed', 'complained')))`;

/**
 * Builds the statements that resume the recipients stopped by a reply, after an agent said that the
 * reply was automatic. The resumed recipients are the writer and everybody at the property, except
 * recipients that must stay stopped for another reason. Run after `buildReplyReadingInserts`, in
 * the same batch.
 */
export function buildResumeAfterAutomaticReply(
  scope: Scope,
  writer: ResumableRecipient,
  now: number,
): D1PreparedStatement[] {
  return resumeStopped(scope, writer, "r.stop_reason IN ('replied', 'propertyStopped')", now);
}

/**
 * Builds the statements that resume the recipients stopped by an opt-out, after the person took the
 * opt-out back. Run in the batch that removes the opt-out's event and the address's suppression,
 * after the removals.
 */
export function buildResumeAfterOptOut(
  scope: Scope,
  person: ResumableRecipient,
  now: number,
): D1PreparedStatement[] {
  const isStopped = "(r.stop_reason = 'propertyStopped' OR r.id = ?2 AND r.stop_reason = 'unsubscribed')";
  return resumeStopped(scope, person, isStopped, now);
}

/**
 * Builds the statements that resume the recipients whose sequences an outcome ended, after an agent
 * took the outcome back. `since`: when the outcome was recorded. An earlier answer of the person
 * does not keep the person stopped, because the sequence went on after that answer.
 */
export function buildResumeAfterOutcome(
  scope: Scope,
  person: ResumableRecipient,
  { person: hasStopped, others, since }: { person: boolean; others: boolean; since: number },
  now: number,
): D1PreparedStatement[] {
  const isStopped = `(${Number(others)} AND r.id <> ?2 AND r.stop_reason = 'propertyStopped'
    OR ${Number(hasStopped)} AND r.id = ?2 AND r.stop_reason IN ('manual', 'replied'))`;
  return hasStopped || others ? resumeStopped(scope, person, isStopped, now, since) : [];
}

/**
 * Builds the statements that continue, at the instant `at`, the sequence of a person who replied.
 * Everybody else at the property stays stopped.
 */
export function buildResumeOfWriterAt(
  { db, tenantId }: Scope,
  { id, campaignId }: ResumableRecipient,
  at: number,
  now: number,
): D1PreparedStatement[] {
  return [
    buildContinuationAfterReply(db, tenantId, id, at),
    reopenCampaigns(db.$client, [tenantId, campaignId, now, null]),
  ];
}

/**
 * Returns the statements that undo the stops that `isStopped` selects.
 * @param isStopped SQL condition: the stop of recipient `r` is to be undone. `?2`: the id of the
 *   recipient who answered or opted out
 * @param since the instant since which an answer of this recipient forbids the resume; null if
 *   every answer does
 */
function resumeStopped(
  { db, tenantId }: Scope,
  { id, campaignId, propertyId }: ResumableRecipient,
  isStopped: string,
  now: number,
  since: number | null = null,
): D1PreparedStatement[] {
  // `answered`: the recipient and everybody at the property. If any of these people has sent a real
  // answer, all of these people stay stopped.
  const answered = `WITH answered(id) AS (SELECT ?2 UNION
    SELECT p.id FROM campaign_recipients p WHERE p.tenant_id = ?1 AND p.property_id = ?4)`;
  const resumed = `${answered} SELECT r.id FROM answered a CROSS JOIN campaign_recipients r ON r.id = a.id
    WHERE r.tenant_id = ?1 AND ${isStopped} AND ${isFreeToGoOnSql}`;
  const values = [tenantId, id, now, propertyId, since];
  return [
    reopenTasks(db.$client, resumed, values),
    buildStopUndo(db, { recipients: resumed, values, now: "?3" }),
    reopenCampaigns(db.$client, [tenantId, campaignId, now, propertyId]),
  ];
}

/**
 * Builds the statement that reopens tasks that were closed because their recipients were stopped.
 */
function reopenTasks(db: D1Database, resumed: string, values: readonly unknown[]): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE tasks SET outcome = NULL, closed_at = NULL
      WHERE outcome = 'stopped' AND (recipient_id, step_number) IN (
        SELECT w.id, w.next_step FROM campaign_recipients w WHERE w.id IN (${resumed}))`,
    )
    .bind(...values);
}

/**
 * Builds the statement that makes completed campaigns active again if one of their recipients still
 * has a step to come. `values`: the tenant, a campaign, now, and a property whose campaigns are
 * reopened too (null for none).
 */
function reopenCampaigns(db: D1Database, values: readonly unknown[]): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE campaigns SET status = 'active', updated_at = ?3
      WHERE id IN (SELECT ?2 UNION
          SELECT p.campaign_id FROM campaign_recipients p WHERE p.tenant_id = ?1 AND p.property_id = ?4)
        AND tenant_id = ?1 AND status = 'completed' AND EXISTS (SELECT 1 FROM campaign_recipients r
          WHERE ${joinedRecipientRangeSql("campaigns", "r")} AND r.status IN ('active', 'paused', 'waitingForEmail'))`,
    )
    .bind(...values);
}
