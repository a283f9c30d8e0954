import type { Preset } from "../../shared/preset.ts";
import type { TemplateVariable } from "../../shared/template.ts";
import { formatPresetKey } from "./campaign.ts";

/**
 * The wording of one preset step as the office has edited it. `variables` has the labels and
 * examples of the wording's variables.
 */
export type OfficeWording = Pick<
  Preset["steps"][number],
  "subject" | "preheader" | "bodyHtml" | "bodyText"
> & { variables: readonly TemplateVariable[] };

/** A preset whose steps have the wording that the office would send. */
export type OfficePreset = Omit<Preset, "steps"> & {
  steps: (Preset["steps"][number] & { variables: readonly TemplateVariable[] })[];
};

/**
 * Returns the preset with the office's own wording in every step of which the office has a copy.
 * @param wordings the office's own wordings, by preset key
 */
export function applyOfficeWordings(
  preset: Preset,
  wordings: ReadonlyMap<string, OfficeWording>,
): OfficePreset {
  const steps = preset.steps.map((step, index) => {
    const own = wordings.get(formatPresetKey(preset.id, index + 1));
    if (own === undefined) return { ...step, variables: [] };
    const { subject, preheader, bodyHtml, bodyText, variables } = own;
    return { ...step, subject, preheader, bodyHtml, bodyText, variables };
  });
  return { ...preset, steps };
}

/** Returns the keys of all templates of these presets. */
export function listPresetKeys(presets: readonly Preset[]): string[] {
  return presets.flatMap(({ id, steps }) => steps.map((_, index) => formatPresetKey(id, index + 1)));
}
