import type { SequenceStep } from "../../shared/sequence.ts";
import type { StepLetter } from "../db/campaign-letters.ts";
import { loadWordingTexts } from "../db/email-inputs.ts";
import type { StoredStep } from "../domain/send/step-comparison.ts";
import { listStepLetters } from "../domain/sequence-content.ts";
import type { RequestScope } from "./access.ts";
import { loadStepsWithLetters, toStoredStep } from "./campaign-steps.ts";

/** Returns all letters of stored steps, in the order of the steps. */
export async function loadStoredLetters(
  { ctx }: RequestScope,
  steps: readonly StoredStep[],
): Promise<StepLetter[]> {
  const wordings = steps.flatMap(({ stepNumber, templateId, templateVersion, variants, elseEmail }) => {
    if (templateId === null || templateVersion === null) return [];
    const first = variants.length > 0 ? variants : [{ templateId, templateVersion }];
    const used = elseEmail === null ? first : [...first, elseEmail];
    return used.map((one) => ({ stepNumber, templateId: one.templateId, version: one.templateVersion }));
  });
  const { templates } = await loadWordingTexts(ctx.db, wordings, []);
  const texts = new Map(templates.map((text) => [`${text.templateId}.${text.version}`, text]));
  return wordings.flatMap(({ stepNumber, templateId, version }): StepLetter[] => {
    const text = texts.get(`${templateId}.${version}`);
    if (text === undefined) return [];
    const { subject, preheader, bodyHtml, bodyText } = text;
    return [{ stepNumber, subject, preheader, bodyHtml, bodyText }];
  });
}

/** Returns all letters that a campaign sends now, with every wording and else email. */
export async function loadRunningLetters(desk: RequestScope, campaignId: number): Promise<StepLetter[]> {
  const { sequence } = await loadStepsWithLetters(desk, campaignId);
  return await loadStoredLetters(desk, sequence.map(toStoredStep));
}

/**
 * Returns the letters that the campaign does not already send word for word. A change of one step
 * must not be refused for a letter of another step.
 */
export function omitRunningLetters(
  letters: readonly StepLetter[],
  running: readonly StepLetter[],
): StepLetter[] {
  const toKey = ({ subject, preheader, bodyHtml, bodyText }: StepLetter) =>
    JSON.stringify([subject, preheader, bodyHtml, bodyText]);
  const known = new Set(running.map(toKey));
  return letters.filter((letter) => !known.has(toKey(letter)));
}

/**
 * Returns the letters of edited steps. The `stepNumber` of a letter is the position of the letter's
 * step.
 */
export function listEditedLetters(steps: readonly SequenceStep[]): StepLetter[] {
  return steps.flatMap((step, index) =>
    step.kind === "task"
      ? []
      : listStepLetters(step).map(({ email }) => ({ ...email.letter, stepNumber: index + 1 })),
  );
}
