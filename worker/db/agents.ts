import { dayMs } from "../../shared/time-lengths.ts";
import type { Scope } from "./scope.ts";

/** The most agents whose names one request may ask for. */
const namesPerRequest = 300;

/**
 * A token's claims (stated values) about the token's agent. A claim that the token lacks is null.
 */
export type AgentClaims = { name: string | null; email: string | null; team: string | null };

/**
 * Records a token's claims about an agent. A null claim leaves the recorded value unchanged. Writes
 * one row if a claim has changed or the agent was last recorded at least a day ago. Writes nothing
 * in any other case.
 */
export async function recordAgentClaims(
  { db, tenantId }: Scope,
  agentId: string,
  claims: AgentClaims,
  now: number,
): Promise<void> {
  await db.$client
    .prepare(
      `INSERT INTO agents AS a (tenant_id, agent_id, name, email, team, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
       ON CONFLICT (tenant_id, agent_id) DO UPDATE SET name = coalesce(excluded.name, a.name),
         email = coalesce(excluded.email, a.email), team = coalesce(excluded.team, a.team),
         seen_at = excluded.seen_at
       WHERE excluded.name <> coalesce(a.name, '') OR excluded.email <> coalesce(a.email, '')
         OR excluded.team <> coalesce(a.team, '') OR a.seen_at <= excluded.seen_at - ${dayMs}`,
    )
    .bind(tenantId, agentId, claims.name, claims.email, claims.team, now)
    .run();
}

/** `pausedAt`: when the agent's outreach was paused; null if the outreach is not paused. */
export type OfficeAgentRow = {
  id: string;
  name: string;
  team: string | null;
  pausedAt: number | null;
  pausedBy: string | null;
};

/** Tells whether a token of the tenant has ever named the agent. */
export async function isKnownAgent({ db, tenantId }: Scope, agentId: string): Promise<boolean> {
  const row = await db.$client
    .prepare("SELECT 1 FROM agents WHERE tenant_id = ? AND agent_id = ?")
    .bind(tenantId, agentId)
    .first();
  return row !== null;
}

/**
 * Returns the agents with a name whose tokens came in at or after `since`, and every paused agent,
 * by name. Reads the rows of all agents of the tenant.
 */
export async function listNamedAgents(
  { db, tenantId }: Scope,
  { since, limit }: { since: number; limit: number },
): Promise<OfficeAgentRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT agent_id AS id, name, team, paused_at AS pausedAt, paused_by AS pausedBy FROM agents
       WHERE tenant_id = ? AND name IS NOT NULL AND (seen_at >= ? OR paused_at IS NOT NULL)
       ORDER BY name COLLATE NOCASE, agent_id LIMIT ?`,
    )
    .bind(tenantId, since, limit)
    .all<OfficeAgentRow>();
  return results;
}

/**
 * Returns the recorded names of the agents with these ids, by id. An agent without a name has no
 * entry.
 */
export async function loadAgentNames(
  { db, tenantId }: Scope,
  agentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(agentIds)].slice(0, namesPerRequest);
  if (wanted.length === 0) return new Map();
  const { results } = await db.$client
    .prepare(
      `SELECT a.agent_id AS agentId, a.name FROM json_each(?1) j
       JOIN agents a ON a.tenant_id = ?2 AND a.agent_id = j.value WHERE a.name IS NOT NULL`,
    )
    .bind(JSON.stringify(wanted), tenantId)
    .all<{ agentId: string; name: string }>();
  return new Map(results.map(({ agentId, name }) => [agentId, name]));
}
