import type { SequenceFault, SequenceLetter, SequenceStep } from "../../../shared/sequence.ts";
import { isLastNote } from "../../domain/compliance/last-note.ts";
import { listStepLetters } from "../../domain/sequence-content.ts";
import { flattenField } from "./flat-field.ts";

/**
 * Returns a fault for each letter that promises to be the last email, although another email
 * follows before the office may write again.
 * @param lastNoteDays the days without emails after a last note, as the office has set them
 */
export function findEarlyLastNotes(steps: readonly SequenceStep[], lastNoteDays: number): SequenceFault[] {
  return steps.flatMap((step, index) => {
    if (step.kind === "task" || !isWrittenWithin(steps.slice(index + 1), lastNoteDays)) return [];
    return listStepLetters(step)
      .filter(({ email }) => saysLast(email.letter))
      .map(({ path }) => ({
        stepId: step.id,
        field: `${path}letter.bodyHtml`,
        message: "says that it is the last email, but another email follows",
      }));
  });
}

/** Tells whether one of the following steps is an email that goes within these days. */
function isWrittenWithin(following: readonly SequenceStep[], days: number): boolean {
  let waited = 0;
  for (const { kind, delayDays } of following) {
    waited += delayDays;
    if (kind === "email") return waited < days;
  }
  return false;
}

/** Blocks of a letter are separated by the paragraph separator U+2029. */
const saysLast = ({ subject, bodyHtml }: SequenceLetter): boolean =>
  isLastNote(subject, flattenField("bodyHtml", bodyHtml).text.replace(/\u2029/g, "\n"));
