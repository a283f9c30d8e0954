import type { DigestCadence, DigestScope } from "../../shared/digest.ts";
import type { Database, Scope } from "./scope.ts";

export type DigestSubscription = { cadence: Exclude<DigestCadence, "off">; reach: DigestScope };

export async function findDigestSubscription(
  { db, tenantId }: Scope,
  agentId: string,
): Promise<DigestSubscription | null> {
  return await db.$client
    .prepare("SELECT cadence, reach FROM digests WHERE tenant_id = ? AND agent_id = ?")
    .bind(tenantId, agentId)
    .first<DigestSubscription>();
}

/**
 * Returns the email address that the host's tokens name for an agent; null if no token named an
 * address.
 */
export async function findAgentEmail({ db, tenantId }: Scope, agentId: string): Promise<string | null> {
  const row = await db.$client
    .prepare("SELECT email FROM agents WHERE tenant_id = ? AND agent_id = ?")
    .bind(tenantId, agentId)
    .first<{ email: string | null }>();
  return row?.email ?? null;
}

export async function saveDigestSubscription(
  { db, tenantId }: Scope,
  agentId: string,
  { cadence, reach }: DigestSubscription,
  dueAt: number,
): Promise<void> {
  await db.$client
    .prepare(
      `INSERT INTO digests (tenant_id, agent_id, cadence, reach, due_at) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (tenant_id, agent_id) DO UPDATE SET cadence = excluded.cadence, reach = excluded.reach,
         due_at = excluded.due_at`,
    )
    .bind(tenantId, agentId, cadence, reach, dueAt)
    .run();
}

export async function deleteDigestSubscription({ db, tenantId }: Scope, agentId: string): Promise<void> {
  await db.$client
    .prepare("DELETE FROM digests WHERE tenant_id = ? AND agent_id = ?")
    .bind(tenantId, agentId)
    .run();
}

export type DueDigest = DigestSubscription & {
  tenantId: number;
  agentId: string;
  dueAt: number;
  email: string | null;
  name: string | null;
  officeName: string;
  timeZone: string;
  /** The office's first sender that is not paused; null if the office has none. */
  senderId: number | null;
};

/** Returns the digests that are due, the longest due first. */
export async function listDueDigests(db: Database, now: number, limit: number): Promise<DueDigest[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT d.tenant_id AS tenantId, d.agent_id AS agentId, d.cadence, d.reach, d.due_at AS dueAt, a.email, a.name,
         t.name AS officeName, t.time_zone AS timeZone,
         (SELECT min(n.id) FROM senders n WHERE n.tenant_id = d.tenant_id AND n.is_paused = 0) AS senderId
       FROM digests d CROSS JOIN tenants t ON t.id = d.tenant_id
       LEFT JOIN agents a ON a.tenant_id = d.tenant_id AND a.agent_id = d.agent_id
       WHERE d.due_at <= ?1 ORDER BY d.due_at LIMIT ?2`,
    )
    .bind(now, limit)
    .all<DueDigest>();
  return results;
}

/**
 * Stores a digest's next time before the digest is sent. If several ticks (the Worker's runs every
 * minute) overlap, only one call succeeds, so that the digest is sent at most once.
 * @returns whether this call has stored the next time
 */
export async function claimDigest(db: Database, due: DueDigest, nextAt: number): Promise<boolean> {
  const { meta } = await db.$client
    .prepare("UPDATE digests SET due_at = ?4 WHERE tenant_id = ?1 AND agent_id = ?2 AND due_at = ?3")
    .bind(due.tenantId, due.agentId, due.dueAt, nextAt)
    .run();
  return meta.changes > 0;
}

/** Returns the ids from `campaignIds` whose campaigns were created by the agent. */
export async function listOwnCampaignIds(
  { db, tenantId }: Scope,
  agentId: string,
  campaignIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT c.id FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value
       WHERE c.tenant_id = ?2 AND c.created_by = ?3`,
    )
    .bind(JSON.stringify([...new Set(campaignIds)]), tenantId, agentId)
    .all<{ id: number }>();
  return new Set(results.map(({ id }) => id));
}
