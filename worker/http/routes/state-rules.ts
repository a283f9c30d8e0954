import { Hono } from "hono";
import { allowAnybody } from "../permissions.ts";
import type { AppEnv } from "../request.ts";
import { stateRulesPage } from "../state-rules-page.ts";

/** Anybody may read the rules that footers are made from, with their sources and dates. */
export const stateRules = new Hono<AppEnv>().get("/state-rules", allowAnybody, (c) => c.html(stateRulesPage));
