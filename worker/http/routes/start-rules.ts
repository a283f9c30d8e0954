import { Hono } from "hono";
import { startRuleInput, startRuleStatus } from "../../../shared/start-rule.ts";
import { findSenderFaults } from "../../db/senders.ts";
import { deleteStartRule, saveStartRule } from "../../db/start-rules.ts";
import { getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  createNotFoundError,
  type HttpContext,
  readJson,
  refuseFaultyFields,
} from "../request.ts";
import { loadStartRuleViews, requireOfficeSequence } from "../start-rules.ts";

/**
 * Routes of the office's start rules: which sequence a property's new status proposes or launches.
 * Every agent sees the rules; only a team lead changes them.
 */
export const startRulesRoutes = new Hono<AppEnv>()
  .get("/start-rules", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) =>
    c.json({ items: await loadStartRuleViews(getRequestScope(c)) }),
  )

  .put(
    "/start-rules/:status",
    requires({ role: "teamLead", property: "none", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const status = parseStatus(c);
      const input = await readJson(c, startRuleInput);
      refuseFaultyFields(
        await findSenderFaults(desk.scope, { senderId: input.senderId, otherSenderIds: [] }),
      );
      await requireOfficeSequence(desk, input.sequenceId);
      const audit = buildAuditEntry(desk, "startRule.saved", `startRules/${status}`, input);
      await saveStartRule(desk.scope, { ...input, status, savedBy: desk.agentId, savedAt: audit.at }, audit);
      return c.json({ items: await loadStartRuleViews(desk) });
    },
  )

  .delete(
    "/start-rules/:status",
    requires({ role: "teamLead", property: "none", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const status = parseStatus(c);
      const audit = buildAuditEntry(desk, "startRule.deleted", `startRules/${status}`);
      await deleteStartRule(desk.scope, status, audit);
      return c.body(null, 204);
    },
  );

/** @throws AppError notFound */
function parseStatus(c: HttpContext) {
  const named = startRuleStatus.safeParse(c.req.param("status"));
  if (!named.success) throw createNotFoundError();
  return named.data;
}
