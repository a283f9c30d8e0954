import { Hono } from "hono";
import { buildOpenApiDocument } from "../openapi/description.ts";
import { allowAnybody } from "../permissions.ts";
import type { AppEnv } from "../request.ts";

/** The OpenAPI document, which each isolate (a running copy of the Worker) builds once. */
let described: Readonly<Record<string, unknown>> | undefined;

export const openapiRoutes = new Hono<AppEnv>().get("/openapi.json", allowAnybody, (c) => {
  described ??= buildOpenApiDocument();
  return c.json(described, 200, { "Cache-Control": "public, max-age=3600" });
});
