import { Hono } from "hono";
import type { Preset } from "../../../shared/preset.ts";
import { getRequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import type { AppEnv } from "../request.ts";
import { type FoundSequence, listPresetSequences } from "../sequences.ts";

/**
 * Answers with the presets (the product's ready-made sequences) in the wording that the office
 * would send. A preset that the office has copied is left out, because a copy may have tasks, which
 * this answer can't contain. The list of sequences contains the copy.
 */
export const presetsRoutes = new Hono<AppEnv>().get(
  "/presets",
  requires({ role: "viewer", property: "none", owner: "anyone" }),
  async (c) => {
    const found = await listPresetSequences(getRequestScope(c));
    return c.json({ items: found.flatMap(toPresetViews), nextCursor: null });
  },
);

function toPresetViews({ row, preset, content }: FoundSequence): Preset[] {
  if (row !== null || preset === null) return [];
  const letters = content.steps.map((step) => (step.kind === "email" ? step.letter : {}));
  return [{ ...preset, steps: preset.steps.map((step, index) => ({ ...step, ...letters[index] })) }];
}
