import { Hono } from "hono";
import { z } from "zod";
import type { OfficeAgent } from "../../../shared/agent.ts";
import { limits } from "../../../shared/limits.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import { listNamedAgents } from "../../db/agents.ts";
import { getRequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, parseInput } from "../request.ts";

/** The number of days without a token after which an agent is no longer offered. */
const seenWithinDays = 90;

/** Answers with the agents of the office, from whom an agent can choose a colleague. */
export const agentsRoutes = new Hono<AppEnv>().get(
  "/agents",
  requires({ role: "agent", property: "none", owner: "anyone" }),
  async (c) => {
    parseInput(z.object({}).strict(), c.req.query());
    const { ctx, scope, agentId } = getRequestScope(c);
    const since = ctx.now() - seenWithinDays * dayMs;
    const agents = await listNamedAgents(scope, { since, limit: limits.listedAgents });
    const items: OfficeAgent[] = agents.map((agent) => ({ ...agent, isMe: agent.id === agentId }));
    return c.json({ items });
  },
);
