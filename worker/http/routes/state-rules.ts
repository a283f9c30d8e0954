import { Hono } from "hono";
import { allowAnybody } from "../permissions.ts";
import type { AppEnv } from "../request.ts";
import { stateRulesPage } from "../state-rules-page.ts";

/** Answers anybody with the rules from which footers are made, with their sources and dates. */
export const stateRules = new Hono<AppEnv>().get("/state-rules", allowAnybody, (c) => c.html(stateRulesPage));
