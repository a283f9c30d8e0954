import { type RecipientSource, templateFields } from "../../../shared/vocabulary.ts";
import type { StepLetter } from "../../db/campaign-letters.ts";
import type { AppError } from "../../domain/errors.ts";
import { findBereavementWords } from "../../domain/template/lint-words.ts";
import { flattenField } from "../../mail/template/flat-field.ts";
import { createGateError } from "./error.ts";
import type { GateQuestion } from "./question.ts";

/**
 * Returns the refusal if some people come from probate filings and a letter mentions a death; null
 * otherwise.
 */
export async function checkBereavementGate(question: GateQuestion): Promise<AppError | null> {
  if (!listSources(question).includes("probate")) return null;
  const personal = question.action === "launch" ? await question.loadPersonalLetters?.() : undefined;
  for (const letter of [...question.letters, ...(personal ?? [])]) {
    const words = findWords(letter);
    if (words === null) continue;
    return createGateError({ code: "bereavementInLetter", stepNumber: letter.stepNumber, words });
  }
  return null;
}

/**
 * Returns the sources of the people. People from probate filings always need an approval, so the
 * approval of a running campaign lists the source `probate`.
 */
function listSources(question: GateQuestion): readonly RecipientSource[] {
  return "people" in question ? question.people.sources : (question.campaign.approval?.sources ?? []);
}

function findWords(letter: StepLetter): string | null {
  for (const field of templateFields) {
    const words = findBereavementWords(flattenField(field, letter[field]).text);
    if (words !== null) return words;
  }
  return null;
}
