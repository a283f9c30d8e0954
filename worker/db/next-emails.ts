import { queueLaneNumbers } from "./queue-order.ts";
import type { Scope } from "./scope.ts";

/** The most emails that are counted as ahead of one email. */
export const maxEmailsAhead = 5000;

/**
 * Estimates, for each of the given due recipients, how many due recipients of the same sender get
 * an email earlier. Follow-ups come before first emails. Within each group, the estimate goes by
 * due time, although the lanes of queue-order.ts take turns.
 */
export async function countEmailsAhead(
  { db, tenantId }: Scope,
  recipientIds: readonly number[],
  now: number,
): Promise<Map<number, number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT own.id, (SELECT count(*) FROM (
         SELECT 1 FROM campaign_recipients r WHERE r.sender_id = own.sender_id AND r.lane IN (${queueLaneNumbers.join()})
           AND r.due_at <= ?2 AND (r.lane < 4) >= (own.lane < 4)
           AND ((r.lane < 4) > (own.lane < 4) OR r.due_at < own.due_at OR (r.due_at = own.due_at AND r.id < own.id))
         LIMIT ${maxEmailsAhead})) AS count
       FROM json_each(?1) j CROSS JOIN campaign_recipients own ON own.id = j.value AND +own.tenant_id = ?3`,
    )
    .bind(JSON.stringify(recipientIds), now, tenantId)
    .all<{ id: number; count: number }>();
  return new Map(results.map(({ id, count }) => [id, count]));
}
