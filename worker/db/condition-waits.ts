import { isPersons } from "./engagement.ts";
import type { Database, Scope } from "./scope.ts";

/**
 * Has them judged again: who has come due, was put off, and has nothing under way for their step. A claim is taken
 * back, since whoever holds it may have judged by what was known before; without that, news that comes between their
 * look and their "wait on" would lie until the wait is over. ?2 is now, ?3 when they are to be judged.
 */
const judgeAgain = (whose: string) => `
  UPDATE campaign_recipients AS r SET due_at = min(r.due_at, ?3), lease = NULL
  WHERE ${whose} AND r.status = 'active' AND r.due_at > ?2 AND r.scheduled_at <= ?2
    AND EXISTS (SELECT 1 FROM campaign_steps s WHERE s.campaign_id = r.campaign_id AND s.step_number = r.next_step
      AND s.conditions->>'otherwise' = 'wait')
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = r.id AND m.step_number = r.next_step)`;

/**
 * Those of these recipients whose step waits for its conditions and who did something for the first time: an email that
 * is opened again and again takes back no claim. Goes after `appendEvents` in the same batch. Two rows written for each
 * of them, none for the others.
 * @param judgedAt when it will be clear whether a machine did it
 */
export function wakeWaiting(
  db: Database,
  recipientIds: readonly number[],
  batchId: number,
  now: number,
  judgedAt: number,
): D1PreparedStatement {
  const isFirst = `EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = r.id AND e.step_number < r.next_step
      AND e.kind IN ('opened', 'clicked') AND e.batch_id = ?4 AND ${isPersons("e")}
      AND NOT EXISTS (SELECT 1 FROM events p WHERE p.recipient_id = e.recipient_id AND p.step_number = e.step_number
        AND p.kind = e.kind AND p.batch_id <> ?4 AND ${isPersons("p")}))`;
  return db.$client
    .prepare(`${judgeAgain("r.id IN (SELECT value FROM json_each(?1))")} AND ${isFirst}`)
    .bind(JSON.stringify(recipientIds), now, judgedAt, batchId);
}

/** Those at this property whose step waits for its conditions. */
export function wakeWaitingAt({ db, tenantId }: Scope, propertyId: string, now: number): D1PreparedStatement {
  return db.$client
    .prepare(judgeAgain("r.property_id = ?1 AND r.tenant_id = ?4"))
    .bind(propertyId, now, now, tenantId);
}
