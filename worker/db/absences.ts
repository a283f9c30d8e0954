import type { Database } from "./scope.ts";

/** `until`: the earliest time at which the recipient's next email may go, ms UTC. */
export type Absence = { recipientId: number; until: number };

/**
 * Builds the statement that postpones the next email of recipients who are away, but never brings
 * an email forward. Counts only automatic replies that the batch `batchId` stored, so that a reply
 * delivered twice can't undo an agent's change. Run after `buildEventInserts`, in the same batch.
 */
export function buildAbsencePostponement(
  db: Database,
  absences: readonly Absence[],
  batchId: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients AS r SET snoozed_until = j.until, scheduled_at = j.until, lease = NULL, send_now = 0,
          due_at = CASE WHEN (SELECT status FROM campaigns WHERE id = r.campaign_id) = 'active' THEN j.until END
        FROM (SELECT value->>'recipientId' AS id, max(value->>'until') AS until FROM json_each(?1) GROUP BY 1) j
        WHERE r.id = j.id AND r.status = 'active' AND r.scheduled_at < j.until
          AND EXISTS (SELECT 1 FROM events e
            WHERE e.recipient_id = r.id AND e.kind = 'autoReplied' AND e.batch_id = ?2)`,
    )
    .bind(JSON.stringify(absences), batchId);
}
