import { Hono } from "hono";
import { findTenant, resumeTenant, stopTenant } from "../../db/tenants.ts";
import { getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError } from "../request.ts";
import { toIso } from "../views/instant.ts";

/**
 * Routes that stop and resume all outreach of a tenant. Campaigns and recipients keep their status.
 */
export const outreachRoutes = new Hono<AppEnv>();

const changes = { stop: stopTenant, resume: resumeTenant };

for (const action of ["stop", "resume"] as const) {
  outreachRoutes.post(
    `/outreach/${action}`,
    requires({ role: "teamLead", property: "none", owner: "anyone" }),
    async (c) => {
      const { ctx, scope, agentId } = getRequestScope(c);
      await changes[action](
        scope,
        buildAuditEntry(
          { ctx, agentId },
          action === "stop" ? "outreach.stopped" : "outreach.resumed",
          `tenants/${scope.tenantId}`,
        ),
      );
      const tenant = await findTenant(scope);
      if (tenant === undefined) throw createNotFoundError();
      return c.json({ stoppedAt: tenant.stoppedAt === null ? null : toIso(tenant.stoppedAt) });
    },
  );
}
