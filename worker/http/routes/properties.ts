import { Hono } from "hono";
import { type PropertyFacts, propertyId, propertyStatusInput } from "../../../shared/property.ts";
import type { PropertyStatus } from "../../../shared/vocabulary.ts";
import { findProperty, storePropertyChange } from "../../db/properties.ts";
import { stopProperty } from "../../db/recipients.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, type HttpContext, readJson } from "../request.ts";
import { seesProperty } from "../session.ts";
import { toIso } from "../views/instant.ts";

export const properties = new Hono<AppEnv>()
  /** Stops every recipient at this property, in all campaigns. */
  .post(
    "/properties/:propertyId/stop",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const id = parseAccessibleProperty(c);
      const stopped = await stopProperty(desk.scope, id, buildAuditEntry(desk, "property.stopped", id));
      return c.json({ stopped });
    },
  )

  /**
   * Stores the property's new status from the host. Recipients at the property are stopped in
   * campaigns that end on this status.
   */
  .post(
    "/properties/:propertyId/status",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const id = parseAccessibleProperty(c);
      const { standardStatus = null, listPrice = null } = await readJson(c, propertyStatusInput);
      const change = { propertyId: id, standardStatus, listPrice };
      const audit = { ...buildAuditEntry(desk, "property.changed", id), data: { standardStatus, listPrice } };
      const stopped = await storePropertyChange(desk.scope, change, audit);
      const row = await findProperty(desk.scope, id);
      if (row === null) throw createNotFoundError();
      const facts: PropertyFacts = {
        ...row,
        standardStatus: row.standardStatus as PropertyStatus | null,
        changedAt: toIso(row.changedAt),
        stopped,
      };
      return c.json(facts);
    },
  );

/**
 * Returns the property key in the path, if the session may see the property.
 * @throws AppError notFound
 */
function parseAccessibleProperty(c: HttpContext): string {
  const named = propertyId.safeParse(c.req.param("propertyId"));
  if (!named.success || !seesProperty(c.get("session"), named.data)) throw createNotFoundError();
  return named.data;
}

function buildAuditEntry({ ctx, agentId }: RequestScope, action: string, id: string) {
  return { id: ctx.newId(), actor: agentId, action, subject: `properties/${id}`, at: ctx.now() };
}
