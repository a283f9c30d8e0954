import type { Preset } from "../../shared/preset.ts";
import { allPresets, findPreset } from "../../shared/presets/presets.ts";
import type { SequenceFault, SequenceLetter, SequenceStep } from "../../shared/sequence.ts";
import { letterClaims } from "../../shared/vocabulary.ts";
import { listPresetTemplateCopies } from "../db/preset-templates.ts";
import { findSequence, listPresetSequenceCopies, type SequenceRow } from "../db/sequences.ts";
import { loadSnippetTexts } from "../db/snippets.ts";
import { findTenant } from "../db/tenants.ts";
import { AppError } from "../domain/errors.ts";
import { fillStepSnippets, listStepSnippetIds, type SnippetTexts } from "../domain/letter-snippets.ts";
import { buildPresetContent, hasOfficeWording, listPresetKeys } from "../domain/office-preset.ts";
import {
  buildStoredSequenceContent,
  listStepLetters,
  type SequenceContent,
} from "../domain/sequence-content.ts";
import { findStepFaults } from "../domain/sequence-faults.ts";
import { buildWordingCheckOptions, checkWording, type WordingCheckOptions } from "../mail/template/check.ts";
import { findEarlyLastNotes } from "../mail/template/last-notes.ts";
import type { RequestScope } from "./access.ts";
import { refuseFaultyFields } from "./request.ts";

/*
 * Finds the sequence with an id. The sequence list, the preview, the plan and the launch all use
 * these functions, so an agent sees the same steps and wordings that a launch would send.
 */

/**
 * A sequence that the caller may use. `row` is null for a preset that the office has not copied.
 * `preset` is null for a sequence that is not a preset.
 */
export type FoundSequence = {
  content: SequenceContent;
  row: SequenceRow | null;
  preset: Preset | null;
  /** True if the office has changed the preset's wording or steps. */
  isChanged: boolean;
};

/**
 * Returns every preset with the office's own steps and wording, in the order in which presets are
 * offered.
 */
export const listPresetSequences = (desk: RequestScope): Promise<FoundSequence[]> =>
  resolvePresets(desk, allPresets);

async function resolvePresets({ scope }: RequestScope, asked: readonly Preset[]): Promise<FoundSequence[]> {
  const [rows, copies] = await Promise.all([
    listPresetSequenceCopies(
      scope,
      asked.map(({ id }) => id),
    ),
    listPresetTemplateCopies(scope, listPresetKeys(asked)),
  ]);
  const snippets = await loadStepSnippets(scope, rows);
  const wordings = new Map(copies.map((copy) => [copy.presetKey, copy]));
  return asked.map((preset): FoundSequence => {
    const row = rows.find(({ presetId }) => presetId === preset.id);
    if (row !== undefined)
      return { content: buildStoredSequenceContent(row, snippets), row, preset, isChanged: true };
    const content = buildPresetContent(preset, wordings);
    return { content, row: null, preset, isChanged: hasOfficeWording(preset, wordings) };
  });
}

/** Loads the snippets that the letters of these sequences name. */
const loadStepSnippets = (scope: RequestScope["scope"], rows: readonly Pick<SequenceRow, "steps">[]) =>
  loadSnippetTexts(
    scope,
    rows.flatMap(({ steps }) => listStepSnippetIds(steps)),
  );

/** Returns stored sequences with the snippets of their letters filled in. */
export async function resolveStoredSequences(
  { scope }: RequestScope,
  rows: readonly SequenceRow[],
): Promise<FoundSequence[]> {
  const snippets = await loadStepSnippets(scope, rows);
  return rows.map((row) => toFoundSequence(row, snippets));
}

function toFoundSequence(row: SequenceRow, snippets: SnippetTexts): FoundSequence {
  const preset = row.presetId === null ? null : (findPreset(row.presetId) ?? null);
  return { content: buildStoredSequenceContent(row, snippets), row, preset, isChanged: preset !== null };
}

/**
 * Returns the sequence with this id; null if there is no such sequence, or if the sequence is
 * another agent's own.
 */
export async function findUsableSequence(desk: RequestScope, id: string): Promise<FoundSequence | null> {
  const preset = findPreset(id);
  if (preset !== undefined) return (await resolvePresets(desk, [preset]))[0] ?? null;
  const number = /^[1-9]\d{0,15}$/.test(id) ? Number(id) : Number.NaN;
  if (!Number.isSafeInteger(number)) return null;
  const row = await findSequence(desk.scope, number);
  const isUsable = row !== undefined && (row.scope === "office" || row.ownedBy === desk.agentId);
  return isUsable ? ((await resolveStoredSequences(desk, [row]))[0] ?? null) : null;
}

/** A request's reference to a sequence: a preset's id, a sequence's id, or neither. */
export type SequenceReference = { presetId?: string | undefined; sequenceId?: string | undefined };

/**
 * Returns the sequence that a request names, or null if the request names no sequence.
 * @throws AppError invalidRequest if there is no such sequence
 */
export async function findNamedSequence(
  desk: RequestScope,
  { presetId, sequenceId }: SequenceReference,
): Promise<FoundSequence | null> {
  if (presetId !== undefined) {
    const found = findPreset(presetId) === undefined ? null : await findUsableSequence(desk, presetId);
    if (found !== null) return found;
    throw new AppError("invalidRequest", "There is no such preset.", { presetId: "is not a preset" });
  }
  if (sequenceId === undefined) return null;
  const found = await findUsableSequence(desk, sequenceId);
  if (found !== null) return found;
  throw new AppError("invalidRequest", "There is no such sequence.", {
    sequenceId: "is not a sequence you can use",
  });
}

/**
 * Returns the sequence that a launch names, or null if the launch names no sequence.
 * @throws AppError invalidRequest if there is no such sequence, or the sequence can't be launched
 */
export async function findLaunchableSequence(
  desk: RequestScope,
  named: SequenceReference,
): Promise<SequenceContent | null> {
  const found = await findNamedSequence(desk, named);
  if (found === null) return null;
  const { row, content } = found;
  if (row === null) return content;
  if (row.archivedAt !== null) refuseFaultyFields({ sequenceId: "is archived" });
  // Claims are not checked here. gates/claims.ts checks claims, and its refusal names the setting
  // for each claim.
  const [first] = await findSequenceFaults(desk, row.steps, { attestedClaims: letterClaims });
  if (first !== undefined) {
    const position = row.steps.findIndex(({ id }) => id === first.stepId) + 1;
    const where = position === 0 ? "" : `step ${position}: `;
    refuseFaultyFields({ sequenceId: `can't be launched yet: ${where}${first.field} ${first.message}` });
  }
  return content;
}

/**
 * Returns the faults that keep these steps from being launched, in the order of the steps.
 * @param changed check options that replace the office's options
 */
export async function findSequenceFaults(
  { scope }: RequestScope,
  steps: readonly SequenceStep[],
  changed: WordingCheckOptions = {},
): Promise<SequenceFault[]> {
  const tenant = await findTenant(scope);
  const office = { ...buildWordingCheckOptions(tenant), ...changed };
  const filled = fillStepSnippets(steps, await loadSnippetTexts(scope, listStepSnippetIds(steps)));
  const faults = [
    ...findStepFaults(steps),
    ...filled.flatMap((step) => findWordingFaults(step, office)),
    ...findEarlyLastNotes(filled, tenant?.lastNoteDays ?? 0),
  ];
  const positions = new Map(steps.map(({ id }, index) => [id, index]));
  const getPosition = ({ stepId }: SequenceFault) => (stepId === null ? -1 : (positions.get(stepId) ?? -1));
  return faults.sort((one, other) => getPosition(one) - getPosition(other));
}

/**
 * Finds the faults in a letter's wording. Leaves out empty parts, because `findStepFaults` finds
 * the faults of empty parts.
 */
function findWordingFaults(step: SequenceStep, office: WordingCheckOptions): SequenceFault[] {
  if (step.kind === "task") return [];
  return listStepLetters(step).flatMap(({ path, email }) =>
    findLetterFaults(email.letter, office).map(({ field, message }) => ({
      stepId: step.id,
      field: `${path}${field}`,
      message,
    })),
  );
}

function findLetterFaults(
  letter: SequenceLetter,
  office: WordingCheckOptions,
): Omit<SequenceFault, "stepId">[] {
  if (letter.bodyHtml.trim() === "") return [];
  const isWithoutSubject = letter.subject.trim() === "";
  const { fields } = checkWording(
    { ...letter, subject: isWithoutSubject ? "Hello" : letter.subject },
    office,
  );
  return Object.entries(fields).map(([field, message]) => ({ field: `letter.${field}`, message }));
}
