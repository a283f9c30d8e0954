import type { Candidate } from "../domain/send/candidate.ts";
import { abortUnless } from "./batch-guard.ts";
import type { Scope } from "./scope.ts";
import { buildStopReasonClearing } from "./stops.ts";

/**
 * SQL condition: event `event` is about the recipient's present address, because no agent has
 * replaced the address since the event. The condition reads the recipient's row.
 */
export const isOfPresentAddressSql = (event: string) =>
  `${event}.received_at > coalesce((SELECT a.email_changed_at FROM campaign_recipients a
    WHERE a.id = ${event}.recipient_id), 0)`;

/** Builds the guard `changed`, which undoes its batch unless a bounce has stopped the recipient. */
export const abortUnlessBounced = ({ db, tenantId }: Scope, id: number): D1PreparedStatement =>
  abortUnless(
    db,
    "changed",
    `EXISTS (SELECT 1 FROM campaign_recipients WHERE id = ? AND tenant_id = ? AND status = 'stopped'
       AND stop_reason = 'bounced' AND lease IS NULL)`,
    id,
    tenantId,
  );

/**
 * Builds the statements that continue a recipient's sequence at a new address after the earlier
 * address has bounced. The statements clear the stop, and reopen the recipient's task and the
 * campaign. An email that failed at the earlier address is tried again. Run after the recipient's
 * row has its new address and status.
 */
export function buildReopeningAtNewAddress(
  { db, tenantId }: Scope,
  { id, campaignId }: Pick<Candidate["recipient"], "id" | "campaignId">,
  now: number,
): D1PreparedStatement[] {
  const d1 = db.$client;
  return [
    buildStopReasonClearing(db, tenantId, id),
    d1
      .prepare("UPDATE campaign_recipients SET email_changed_at = ?3 WHERE id = ?1 AND tenant_id = ?2")
      .bind(id, tenantId, now),
    d1
      .prepare(
        `UPDATE messages SET status = 'retrying', attempts = 0, failure_reason = NULL, failure = NULL
        WHERE recipient_id = ?1 AND status = 'failed'
          AND step_number = (SELECT next_step FROM campaign_recipients WHERE id = ?1)`,
      )
      .bind(id),
    d1
      .prepare(
        `UPDATE tasks SET outcome = NULL, closed_at = NULL WHERE recipient_id = ?1 AND outcome = 'stopped'
          AND step_number = (SELECT next_step FROM campaign_recipients WHERE id = ?1)`,
      )
      .bind(id),
    d1
      .prepare(
        `UPDATE campaigns SET status = 'active', updated_at = ?3
        WHERE id = ?1 AND tenant_id = ?2 AND status = 'completed'`,
      )
      .bind(campaignId, tenantId, now),
  ];
}
