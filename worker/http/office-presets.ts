import type { Preset } from "../../shared/preset.ts";
import { findPreset, presets } from "../../shared/presets/presets.ts";
import { listPresetCopies } from "../db/preset-templates.ts";
import type { Scope } from "../db/scope.ts";
import { AppError } from "../domain/errors.ts";
import { applyOfficeWordings, listPresetKeys, type OfficePreset } from "../domain/office-preset.ts";

/*
 * Finds the wording that an office would send in place of a preset's wording. The list of presets,
 * the preview, the plan and the launch all use these functions, so that an office with an edited
 * preset sees the wording that will be sent.
 */

/** Returns every preset with the office's own wording, in the order in which they are offered. */
export const listOfficePresets = (scope: Scope): Promise<OfficePreset[]> => resolvePresets(scope, presets);

/**
 * Returns one preset with the office's own wording.
 * @throws AppError invalidRequest if there is no such preset
 */
export async function requireOfficePreset(scope: Scope, presetId: string): Promise<OfficePreset> {
  const preset = findPreset(presetId);
  const [resolved] = preset === undefined ? [] : await resolvePresets(scope, [preset]);
  if (resolved !== undefined) return resolved;
  throw new AppError("invalidRequest", "There is no such preset.", { presetId: "is not a preset" });
}

async function resolvePresets(scope: Scope, asked: readonly Preset[]): Promise<OfficePreset[]> {
  const copies = await listPresetCopies(scope, listPresetKeys(asked));
  const wordings = new Map(copies.map((copy) => [copy.presetKey, copy]));
  return asked.map((preset) => applyOfficeWordings(preset, wordings));
}
