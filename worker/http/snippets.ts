import type { SequenceStep } from "../../shared/sequence.ts";
import { listSnippetIds } from "../../shared/snippet-marker.ts";
import { loadSnippetTexts } from "../db/snippets.ts";
import { fillLetterSnippets, fillStepSnippets, listStepSnippetIds } from "../domain/letter-snippets.ts";
import type { RequestScope } from "./access.ts";

/** Returns the steps of a request with the office's snippets filled in. */
export const fillSnippetsInSteps = async (
  { scope }: RequestScope,
  steps: readonly SequenceStep[],
): Promise<SequenceStep[]> =>
  fillStepSnippets(steps, await loadSnippetTexts(scope, listStepSnippetIds(steps)));

/** Returns a wording of a request with the office's snippets filled in. */
export const fillSnippetsInLetter = async <Letter extends { bodyHtml: string }>(
  { scope }: RequestScope,
  letter: Letter,
): Promise<Letter> =>
  fillLetterSnippets(letter, await loadSnippetTexts(scope, listSnippetIds(letter.bodyHtml)));
