import { Hono } from "hono";
import { describeApi } from "../openapi/description.ts";
import { isPublic } from "../permissions.ts";
import type { AppEnv } from "../request.ts";

/** The API as it describes itself; made once per isolate, and open to whoever wants to write a client. */
let described: Readonly<Record<string, unknown>> | undefined;

export const openapi = new Hono<AppEnv>().get("/openapi.json", isPublic, (c) => {
  described ??= describeApi();
  return c.json(described, 200, { "Cache-Control": "public, max-age=3600" });
});
