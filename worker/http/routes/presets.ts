import { Hono } from "hono";
import { presets as ready } from "../../../shared/presets/presets.ts";
import { requires } from "../permissions.ts";
import type { AppEnv } from "../request.ts";

export const presets = new Hono<AppEnv>().get(
  "/presets",
  requires({ role: "viewer", property: "none", owner: "anyone" }),
  (c) => c.json({ items: ready, nextCursor: null }),
);
