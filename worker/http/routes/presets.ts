import { Hono } from "hono";
import type { Preset } from "../../../shared/preset.ts";
import { getRequestScope } from "../access.ts";
import { listOfficePresets } from "../office-presets.ts";
import { requires } from "../permissions.ts";
import type { AppEnv } from "../request.ts";

/** Answers with the presets in the wording that the office would send. */
export const presets = new Hono<AppEnv>().get(
  "/presets",
  requires({ role: "viewer", property: "none", owner: "anyone" }),
  async (c) => {
    const found = await listOfficePresets(getRequestScope(c).scope);
    const items: Preset[] = found.map((preset) => ({
      ...preset,
      steps: preset.steps.map(({ variables: _, ...step }) => step),
    }));
    return c.json({ items, nextCursor: null });
  },
);
