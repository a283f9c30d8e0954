import type { SequenceLetter, SequenceStep } from "../../shared/sequence.ts";
import { fillSnippets, listSnippetIds } from "../../shared/snippet-marker.ts";

/** The HTML of the office's snippets (texts that several letters share), by id. */
export type SnippetTexts = ReadonlyMap<number, string>;

/**
 * A letter with its snippets filled in. `sourceHtml` is the HTML with a marker for each snippet;
 * absent if the letter uses no snippet.
 */
export type FilledLetter = SequenceLetter & { sourceHtml?: string };

/** Returns the letter with its snippets filled in. */
export function fillLetterSnippets<Letter extends { bodyHtml: string }>(
  letter: Letter,
  snippets: SnippetTexts,
): Letter & { sourceHtml?: string } {
  const bodyHtml = fillSnippets(letter.bodyHtml, snippets);
  return bodyHtml === letter.bodyHtml ? letter : { ...letter, bodyHtml, sourceHtml: letter.bodyHtml };
}

/** Returns a letter in the form that an agent edits, with the markers of its snippets. */
export function toEditableLetter({ sourceHtml, ...letter }: FilledLetter): SequenceLetter {
  return sourceHtml === undefined ? letter : { ...letter, bodyHtml: sourceHtml };
}

/** Returns the steps with the snippets of all their letters filled in. */
export function fillStepSnippets(steps: readonly SequenceStep[], snippets: SnippetTexts): SequenceStep[] {
  return steps.map((step) => {
    if (step.kind === "task") return step;
    const { letter, variants, elseEmail } = step;
    return {
      ...step,
      letter: fillLetterSnippets(letter, snippets),
      ...(variants && {
        variants: variants.map((one) => ({ ...one, letter: fillLetterSnippets(one.letter, snippets) })),
      }),
      ...(elseEmail && {
        elseEmail: { ...elseEmail, letter: fillLetterSnippets(elseEmail.letter, snippets) },
      }),
    };
  });
}

/** Returns the ids of the snippets that the letters of the steps name. */
export const listStepSnippetIds = (steps: readonly SequenceStep[]): number[] =>
  listSnippetIds(JSON.stringify(steps));
