import { Hono } from "hono";
import { z } from "zod";
import type { AttentionList } from "../../../shared/attention.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import { listCampaignsNeedingAttention } from "../../db/attention.ts";
import { getRequestScope, listVisiblePropertyIds } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, parseInput } from "../request.ts";

/** The number of days for which the bounced addresses of a completed campaign are listed. */
const daysAfterEnd = 30;

/**
 * Answers with the campaigns that need an agent's attention for a reason other than a reply or a
 * task.
 */
export const attentionRoutes = new Hono<AppEnv>().get(
  "/attention",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    parseInput(z.object({}).strict(), c.req.query());
    const { ctx, scope } = getRequestScope(c);
    const since = ctx.now() - daysAfterEnd * dayMs;
    const list: AttentionList = await listCampaignsNeedingAttention(scope, listVisiblePropertyIds(c), since);
    return c.json(list);
  },
);
