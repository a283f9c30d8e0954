import type { NamedAgent } from "../../shared/agent.ts";
import { dayMs } from "../../shared/time-lengths.ts";
import type { Ctx } from "../context.ts";
import { type AgentClaims, recordAgentClaims } from "../db/agents.ts";
import type { CampaignRow } from "../db/campaigns.ts";
import { createSessionScope, type Session } from "./session.ts";

/**
 * The claims (name, email and team in the token) and the day that this isolate (a running copy of
 * the Worker) last recorded, by tenant and agent. The map saves one SQL statement per request.
 */
const recorded = new Map<string, string>();
const recordedKept = 5000;

/**
 * Records the agent's claims once a day per isolate, and whenever a claim changes.
 */
export async function recordSessionAgent(ctx: Ctx, session: Session, claims: AgentClaims): Promise<void> {
  const now = ctx.now();
  const { name, email, team } = claims;
  if (name === null && email === null && team === null) return;
  const key = JSON.stringify([session.tenantId, session.agentId]);
  const state = JSON.stringify([name, email, team, Math.floor(now / dayMs)]);
  if (recorded.get(key) === state) return;
  await recordAgentClaims(createSessionScope(ctx, session), session.agentId, claims, now);
  if (recorded.size >= recordedKept) recorded.clear();
  recorded.set(key, state);
}

/** Returns the ids of the agents whom a campaign's summary names. */
export function listNamedAgentIds({ createdBy, approval }: CampaignRow): string[] {
  return [createdBy, approval?.askedBy, approval?.decidedBy].filter((id) => typeof id === "string");
}

export function toNamedAgent(id: string, names: ReadonlyMap<string, string>): NamedAgent {
  return { id, name: names.get(id) ?? null };
}
