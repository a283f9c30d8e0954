import { findConditionFaults } from "../../shared/condition.ts";
import type { SequenceEmailStep, SequenceFault, SequenceStep } from "../../shared/sequence.ts";

/**
 * Returns the faults that keep a sequence from being launched, in the order of the steps. Faults in
 * the wording of letters are not among them.
 */
export function findStepFaults(steps: readonly SequenceStep[]): SequenceFault[] {
  const emails = steps.filter((step) => step.kind === "email");
  const whole: SequenceFault[] =
    emails.length === 0 ? [{ stepId: null, field: "steps", message: "need an email among them" }] : [];
  const conditions = findConditionFaults(steps);
  return [
    ...whole,
    ...steps.flatMap((step, index) => [
      ...(step.kind === "email" ? findMissingParts(step, step === emails[0]) : findMissingInstructions(step)),
      ...conditions
        .filter(({ path }) => path[0] === index)
        .map(({ path, message }) => ({ stepId: step.id, field: path.slice(1).join("."), message })),
    ]),
  ];
}

/**
 * Finds the empty parts of a letter. A follow-up in a thread needs no subject, because its email
 * goes under the thread's subject.
 */
function findMissingParts(
  { id, letter, startsThread }: SequenceEmailStep,
  isFirst: boolean,
): SequenceFault[] {
  const needsSubject = (isFirst || startsThread) && letter.subject.trim() === "";
  return [
    ...(needsSubject ? [{ stepId: id, field: "letter.subject", message: "is needed" }] : []),
    ...(letter.bodyHtml.trim() === ""
      ? [{ stepId: id, field: "letter.bodyHtml", message: "is needed" }]
      : []),
  ];
}

function findMissingInstructions(step: Extract<SequenceStep, { kind: "task" }>): SequenceFault[] {
  if (step.task.instructions !== "") return [];
  return [{ stepId: step.id, field: "task.instructions", message: "are needed" }];
}
