import { Hono } from "hono";
import { propertyId } from "../../shared/property.ts";
import { deskOf } from "../access.ts";
import { requires, seesProperty } from "../auth.ts";
import { stopProperty } from "../db/recipients.ts";
import { type AppEnv, notFound } from "../http.ts";

export const properties = new Hono<AppEnv>()
  /** Nothing more leaves to anybody at this property, whichever campaign they are in. */
  .post("/properties/:propertyId/stop", requires("agent"), async (c) => {
    const { ctx, scope, agentId } = deskOf(c);
    const named = propertyId.safeParse(c.req.param("propertyId"));
    if (!named.success || !seesProperty(c.get("session"), named.data)) throw notFound();
    const stopped = await stopProperty(scope, named.data, {
      id: ctx.newId(),
      actor: agentId,
      action: "property.stopped",
      subject: `properties/${named.data}`,
      at: ctx.now(),
    });
    return c.json({ stopped });
  });
