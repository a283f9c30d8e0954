import { sequenceEndStepNumber } from "../../../shared/limits.ts";
import { findLastPastInstant, type PersonsPast } from "./plan.ts";

export type StoredCampaign = { campaignId: number; tenantId: number; accountId: number; launchedAt: number };

/**
 * Stores the emails, events and outcomes of a campaign's people, and closes the campaign. The
 * engine would have written the same rows.
 */
export async function storePastOfPeople(
  db: D1Database,
  { campaignId, tenantId, accountId, launchedAt }: StoredCampaign,
  lives: readonly PersonsPast[],
): Promise<void> {
  const of = <Name extends "messages" | "events">(name: Name) =>
    JSON.stringify(lives.flatMap((life) => life[name] as unknown[]));
  const ends = lives.map(({ end }) => end);
  const status = ends.some(({ reason }) => reason === "campaignStopped") ? "stopped" : "completed";
  const outcomes = JSON.stringify(lives.flatMap(({ outcome }) => outcome ?? []));
  const lastAt = Math.max(launchedAt, findLastPastInstant(lives));
  await db.batch([
    db
      .prepare(
        `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, variant, attempts, attempt_id,
           provider_account_id, attempted_at, sent_at)
         SELECT value->>'recipientId', value->>'stepNumber', ?2, ?3, 'sent', value->>'variant', 1, 1, ?4,
           value->>'sentAt', value->>'sentAt' FROM json_each(?1)`,
      )
      .bind(of("messages"), tenantId, campaignId, accountId),
    db
      .prepare(
        `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at, received_at,
           batch_id, data)
         SELECT value->>'recipientId', value->>'stepNumber', value->>'kind', value->>'isMachine', 'past' || (value->>'isMachine'), ?2,
           value->>'at', value->>'at', 1,
           CASE value->>'kind' WHEN 'replied' THEN json_object('text', value->>'text')
             WHEN 'bounced' THEN json_object('bounceClass', 'hard') ELSE '{}' END
         FROM json_each(?1)`,
      )
      .bind(of("events"), tenantId),
    db
      .prepare(
        `UPDATE campaign_recipients SET due_at = NULL, last_sent_at = e.value->>'lastSentAt', next_step = ?2,
           stop_reason = e.value->>'reason',
           status = CASE WHEN e.value->>'reason' IS NULL THEN 'completed' ELSE 'stopped' END
         FROM json_each(?1) e WHERE campaign_recipients.id = e.value->>'recipientId'`,
      )
      .bind(JSON.stringify(ends), sequenceEndStepNumber),
    db
      .prepare(
        `INSERT INTO reply_threads (recipient_id, tenant_id, replied_at, outcome, decided_at)
         SELECT value->>'recipientId', ?2, value->>'at', value->>'outcome', value->>'at' FROM json_each(?1)`,
      )
      .bind(outcomes, tenantId),
    db
      .prepare(
        `UPDATE campaigns SET status = ?4, created_at = ?2, launched_at = ?2, updated_at = ?3 WHERE id = ?1`,
      )
      .bind(campaignId, launchedAt, lastAt, status),
    // The cached figures do not count this campaign yet, so these figures are deleted.
    db.prepare("DELETE FROM kept_answers WHERE tenant_id = ?1").bind(tenantId),
  ]);
}

/** Returns the ids of a campaign's people, in the order in which they were added. */
export async function listCampaignPeopleIds(db: D1Database, campaignId: number): Promise<number[]> {
  const { results } = await db
    .prepare(
      `SELECT r.id FROM campaigns c CROSS JOIN campaign_recipients r
         ON r.id BETWEEN c.first_recipient_id AND c.last_recipient_id
       WHERE c.id = ?1 ORDER BY r.id`,
    )
    .bind(campaignId)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** Returns the tenant's oldest sender. */
export async function findOldestSenderId(db: D1Database, tenantId: number): Promise<number> {
  const sql = "SELECT min(id) AS id FROM senders WHERE tenant_id = ?1";
  return (await db.prepare(sql).bind(tenantId).first<number>("id")) ?? 0;
}

/** Tells whether the tenant's past weeks are stored already. */
export async function hasPastCampaigns(db: D1Database, tenantId: number, name: string): Promise<boolean> {
  const sql = "SELECT 1 FROM campaigns WHERE tenant_id = ?1 AND name = ?2 LIMIT 1";
  return (await db.prepare(sql).bind(tenantId, name).first()) !== null;
}
