import { isEventByPersonSql } from "./engagement.ts";
import type { Database, Scope } from "./scope.ts";

/**
 * SQL: makes recipients that wait for their step's conditions due at ?3, unless they come due
 * earlier. A waiting recipient's planned time is before ?2 (now), and the step has no message yet.
 * Claims are released, because a claimed recipient may be judged without the new facts.
 */
const endWaitSql = (whose: string) => `
  UPDATE campaign_recipients AS r SET due_at = min(r.due_at, ?3), lease = NULL
  WHERE ${whose} AND r.status = 'active' AND r.due_at > ?2 AND r.scheduled_at <= ?2
    AND EXISTS (SELECT 1 FROM campaign_steps s WHERE s.campaign_id = r.campaign_id AND s.step_number = r.next_step
      AND s.conditions->>'otherwise' = 'wait')
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = r.id AND m.step_number = r.next_step)`;

/**
 * Builds the statement that makes waiting recipients due at `judgedAt` if the batch `batchId`
 * stored the first open or click of an earlier email. A repeated open or click releases no claim.
 * Run after `buildEventInserts`, in the same batch. Writes two rows per waiting recipient.
 * @param judgedAt the instant from which the Worker can tell whether a machine caused the event
 */
export function buildWakeAfterEngagement(
  db: Database,
  recipientIds: readonly number[],
  batchId: number,
  now: number,
  judgedAt: number,
): D1PreparedStatement {
  const isFirst = `EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id AND e.step_number <> r.next_step
      AND e.kind IN ('opened', 'clicked') AND e.batch_id = ?4 AND ${isEventByPersonSql("e")}
      AND NOT EXISTS (SELECT 1 FROM events p WHERE p.recipient_id = e.recipient_id AND p.step_number = e.step_number
        AND p.kind = e.kind AND p.batch_id <> ?4 AND ${isEventByPersonSql("p")}))`;
  return db.$client
    .prepare(`${endWaitSql("r.id IN (SELECT value FROM json_each(?1))")} AND ${isFirst}`)
    .bind(JSON.stringify(recipientIds), now, judgedAt, batchId);
}

/**
 * Builds the statement that makes recipients due at `judgedAt` if the recipients clicked a link and
 * their campaign stops on a click. Without it, they would be stopped only when their next step is
 * due. Claims are released, because a claimed recipient may be judged without the click. Writes two
 * rows per recipient.
 * @param judgedAt the instant from which the Worker can tell whether a machine caused the click
 */
export function buildWakeAfterClick(
  db: Database,
  recipientIds: readonly number[],
  judgedAt: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET due_at = ?2, lease = NULL
       WHERE r.id IN (SELECT value FROM json_each(?1)) AND r.status = 'active' AND r.due_at > ?2
         AND (SELECT c.stops_on_click FROM campaigns c WHERE c.id = r.campaign_id AND c.status = 'active') = 1
         AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = r.id AND m.step_number = r.next_step)
         AND EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id AND e.kind = 'clicked'
           AND ${isEventByPersonSql("e")})`,
    )
    .bind(JSON.stringify(recipientIds), judgedAt);
}

/**
 * Builds the statement that makes recipients at these properties due if the recipients' planned
 * time has passed and the recipients wait for a newer value. Writes nothing if the office does not
 * limit the age of values.
 */
export function buildWakeForNewFacts(
  { db, tenantId }: Scope,
  propertyIds: readonly string[],
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients SET due_at = ?3
      WHERE (SELECT t.max_fact_age_days FROM tenants t WHERE t.id = ?1) <> '{}'
        AND tenant_id = ?1 AND property_id IN (SELECT value FROM json_each(?2)) AND status = 'active'
        AND due_at IS NULL AND lease IS NULL AND scheduled_at <= ?3
        AND (SELECT c.status FROM campaigns c WHERE c.id = campaign_recipients.campaign_id) = 'active'`,
    )
    .bind(tenantId, JSON.stringify(propertyIds), now);
}

/**
 * Builds the statement that makes recipients of the office due if the recipients' planned time has
 * passed and the recipients wait until somebody acts. The office's new settings may let the
 * recipients' emails leave. Reads each recipient of the office.
 */
export function buildWakeAfterOfficeChange({ db, tenantId }: Scope, now: number): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients SET due_at = ?2
      WHERE tenant_id = ?1 AND status = 'active' AND due_at IS NULL AND lease IS NULL AND scheduled_at <= ?2
        AND (SELECT c.status FROM campaigns c WHERE c.id = campaign_recipients.campaign_id) = 'active'`,
    )
    .bind(tenantId, now);
}

/**
 * Builds the statement that makes recipients at the given properties due now if the recipients wait
 * for their step's conditions.
 */
export function buildWakeAtProperties(
  { db, tenantId }: Scope,
  propertyIds: readonly string[],
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(endWaitSql("r.property_id IN (SELECT value FROM json_each(?1)) AND r.tenant_id = ?4"))
    .bind(JSON.stringify(propertyIds), now, now, tenantId);
}
