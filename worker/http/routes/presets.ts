import { Hono } from "hono";
import { presets as ready } from "../../../shared/presets/presets.ts";
import type { AppEnv } from "../request.ts";

export const presets = new Hono<AppEnv>().get("/presets", (c) => c.json({ items: ready, nextCursor: null }));
