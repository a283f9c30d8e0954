import type { Preset } from "../../shared/preset.ts";
import type { SequenceLetter } from "../../shared/sequence.ts";
import { defaultSequenceRules } from "../../shared/sequence-rules.ts";
import type { TemplateVariable } from "../../shared/template.ts";
import { formatPresetKey, type SequenceContent } from "./sequence-content.ts";

/**
 * The office's edited wording of one preset step. `variables` has the labels and examples of the
 * wording's variables.
 */
export type OfficeWording = SequenceLetter & { variables: readonly TemplateVariable[] };

/**
 * Returns the preset as a sequence. A step that the office has edited gets the office's wording.
 * @param wordings the office's own wordings, by preset key
 */
export function buildPresetContent(
  preset: Preset,
  wordings: ReadonlyMap<string, OfficeWording>,
): SequenceContent {
  const { id, name, type } = preset;
  const steps = preset.steps.map((step, index) => {
    const letterKey = formatPresetKey(id, index + 1);
    const { subject, preheader, bodyHtml, bodyText, variables } = wordings.get(letterKey) ?? {
      ...step,
      variables: [],
    };
    return {
      id: index + 1,
      kind: "email" as const,
      name: step.name,
      delayDays: step.delayDays,
      delayHours: step.delayHours,
      delayBusinessDays: 0,
      sendTimeHour: step.sendTimeHour,
      conditions: step.conditions,
      startsThread: step.startsThread,
      letter: { subject, preheader, bodyHtml, bodyText },
      letterKey,
      variables,
    };
  });
  return { id, name, type, steps, rules: defaultSequenceRules, isStored: false };
}

/**
 * Tells whether the office has changed the subject or the HTML body of any letter of the preset.
 */
export function hasOfficeWording(preset: Preset, wordings: ReadonlyMap<string, OfficeWording>): boolean {
  return preset.steps.some((step, index) => {
    const own = wordings.get(formatPresetKey(preset.id, index + 1));
    return own !== undefined && (own.subject !== step.subject || own.bodyHtml !== step.bodyHtml);
  });
}

/** Returns the keys of all templates of these presets. */
export function listPresetKeys(presets: readonly Preset[]): string[] {
  return presets.flatMap(({ id, steps }) => steps.map((_, index) => formatPresetKey(id, index + 1)));
}
