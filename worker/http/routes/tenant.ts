import { Hono } from "hono";
import { type Tenant, tenantPatch } from "../../../shared/tenant.ts";
import { recipientSources } from "../../../shared/vocabulary.ts";
import { findTenant, updateTenant } from "../../db/tenants.ts";
import { listSourcesToApprove } from "../../domain/compliance/source-rules.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, readJson } from "../request.ts";
import { toIso } from "../views/instant.ts";

/**
 * Routes of the tenant's settings. Every role may read the settings, and only admins may change the
 * settings.
 */
export const tenant = new Hono<AppEnv>()
  .get("/tenant", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) =>
    c.json(await loadTenantView(getRequestScope(c))),
  )

  .patch("/tenant", requires({ role: "admin", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { ctx, scope, agentId } = desk;
    const patch = await readJson(c, tenantPatch);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    await updateTenant(scope, given, {
      id: ctx.newId(),
      actor: agentId,
      action: "tenant.changed",
      subject: `tenants/${scope.tenantId}`,
      data: { fields: Object.keys(given) },
      at: ctx.now(),
    });
    return c.json(await loadTenantView(desk));
  });

async function loadTenantView({ scope }: RequestScope): Promise<Tenant> {
  const row = await findTenant(scope);
  if (row === undefined) throw createNotFoundError();
  const { id: _id, allowedOrigins: _origins, stoppedAt, ...settings } = row;
  return {
    ...settings,
    approvalSources: listSourcesToApprove(recipientSources, settings.sourceRules),
    stoppedAt: stoppedAt === null ? null : toIso(stoppedAt),
  };
}
