import { Hono } from "hono";
import { z } from "zod";
import type { OfficeAgent } from "../../../shared/agent.ts";
import { limits } from "../../../shared/limits.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import { findAgentPause, pauseAgent, resumeAgent } from "../../db/agent-pauses.ts";
import { isKnownAgent, listNamedAgents } from "../../db/agents.ts";
import { dropAllKeptAnswers } from "../../db/kept-answers.ts";
import { AppError } from "../../domain/errors.ts";
import { getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { hasRole, requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, type HttpContext, parseInput } from "../request.ts";
import { toIsoOrNull } from "../views/instant.ts";

/** The number of days without a token after which an agent is no longer offered. */
const seenWithinDays = 90;

/**
 * Routes of the office's agents: the list from which an agent chooses a colleague, and the pause of
 * one agent's outreach. A team lead may pause every agent, an agent only their own outreach.
 */
export const agentsRoutes = new Hono<AppEnv>().get(
  "/agents",
  requires({ role: "viewer", property: "none", owner: "anyone" }),
  async (c) => {
    parseInput(z.object({}).strict(), c.req.query());
    return c.json({ items: await loadAgents(c) });
  },
);

const changes = { pause: pauseAgent, resume: resumeAgent };

for (const action of ["pause", "resume"] as const) {
  agentsRoutes.post(
    `/agents/:agentId/${action}`,
    requires({ role: "agent", property: "none", owner: "anyone" }),
    async (c) => {
      const { ctx, scope, agentId: callerId } = getRequestScope(c);
      const agentId = c.req.param("agentId");
      const isLead = hasRole(c.get("session"), "teamLead");
      if (!isLead && agentId !== callerId)
        throw new AppError("forbidden", "Only a team lead can pause or resume a colleague's outreach.");
      if (!(await isKnownAgent(scope, agentId))) throw createNotFoundError();
      const pause = action === "resume" ? await findAgentPause(scope, agentId) : null;
      if (!isLead && pause !== null && pause.pausedBy !== callerId)
        throw new AppError("forbidden", "A team lead paused your outreach. Only a team lead can resume it.");
      const audit = buildAuditEntry({ ctx, agentId: callerId }, `agent.${action}d`, `agents/${agentId}`);
      await changes[action](scope, agentId, audit);
      await dropAllKeptAnswers(scope);
      return c.json({ items: await loadAgents(c) });
    },
  );
}

async function loadAgents(c: HttpContext): Promise<OfficeAgent[]> {
  const { ctx, scope, agentId } = getRequestScope(c);
  const isLead = hasRole(c.get("session"), "teamLead");
  const mayAct = hasRole(c.get("session"), "agent");
  const since = ctx.now() - seenWithinDays * dayMs;
  const agents = await listNamedAgents(scope, { since, limit: limits.listedAgents });
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  return agents.map(({ pausedAt, pausedBy, ...agent }) => ({
    ...agent,
    isMe: agent.id === agentId,
    pausedAt: toIsoOrNull(pausedAt),
    pausedBy: pausedBy === null ? null : (names.get(pausedBy) ?? null),
    mayPause: isLead || (mayAct && agent.id === agentId && (pausedBy === null || pausedBy === agentId)),
  }));
}
