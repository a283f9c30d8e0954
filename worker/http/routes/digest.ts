import { Hono } from "hono";
import { type DigestSettings, digestInput } from "../../../shared/digest.ts";
import {
  deleteDigestSubscription,
  findAgentEmail,
  findDigestSubscription,
  saveDigestSubscription,
} from "../../db/digests.ts";
import { findTenant } from "../../db/tenants.ts";
import { planNextDigestAt } from "../../domain/digest.ts";
import { AppError } from "../../domain/errors.ts";
import { getRequestScope } from "../access.ts";
import { hasRole, requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, type HttpContext, readJson } from "../request.ts";

/**
 * Routes of the caller's own digest: an email with the replies, tasks and held campaigns that wait
 * for the caller. A digest names people at every property, so only sessions that see every property
 * may use the routes.
 */
export const digestRoutes = new Hono<AppEnv>()
  .get("/digest", requires({ role: "agent", property: "every", owner: "anyone" }), async (c) =>
    c.json(await loadSettings(c)),
  )

  .put("/digest", requires({ role: "agent", property: "every", owner: "anyone" }), async (c) => {
    const { cadence, reach } = await readJson(c, digestInput);
    const { ctx, scope, agentId } = getRequestScope(c);
    if (reach === "office" && !hasRole(c.get("session"), "teamLead"))
      throw new AppError("forbidden", "Only a team lead can get a digest of the whole office.");
    if (cadence === "off") {
      await deleteDigestSubscription(scope, agentId);
      return c.json(await loadSettings(c));
    }
    if ((await findAgentEmail(scope, agentId)) === null)
      throw new AppError("conflict", "Your CRM has not told us your email address.");
    const tenant = await findTenant(scope);
    if (tenant === undefined) throw createNotFoundError();
    await saveDigestSubscription(
      scope,
      agentId,
      { cadence, reach },
      planNextDigestAt(ctx.now(), cadence, tenant.timeZone),
    );
    return c.json(await loadSettings(c));
  });

async function loadSettings(c: HttpContext): Promise<DigestSettings> {
  const { scope, agentId } = getRequestScope(c);
  const [row, email] = await Promise.all([
    findDigestSubscription(scope, agentId),
    findAgentEmail(scope, agentId),
  ]);
  return { cadence: row?.cadence ?? "off", reach: row?.reach ?? "mine", email };
}
