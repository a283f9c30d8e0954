import { Hono } from "hono";
import { allowAnybody } from "../permissions.ts";
import type { AppEnv } from "../request.ts";
import { stateRulesPage } from "../state-rules-page.ts";

/** Answers with the state rules from which footers are made, and the rules' sources and dates. */
export const stateRulesRoutes = new Hono<AppEnv>().get("/state-rules", allowAnybody, (c) =>
  c.html(stateRulesPage),
);
