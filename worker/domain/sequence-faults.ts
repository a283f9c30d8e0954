import { findConditionFaults } from "../../shared/condition.ts";
import { findElseEmailFaults } from "../../shared/else-email.ts";
import type { SequenceEmailStep, SequenceFault, SequenceStep } from "../../shared/sequence.ts";
import { findElseEmail, listStepLetters, type StepEmailPart } from "./sequence-content.ts";

/**
 * Returns the faults that keep a sequence from being launched, in the order of the steps. Faults in
 * the wording of letters are left out.
 */
export function findStepFaults(steps: readonly SequenceStep[]): SequenceFault[] {
  const emails = steps.filter((step) => step.kind === "email");
  const whole: SequenceFault[] =
    emails.length === 0 ? [{ stepId: null, field: "steps", message: "must include an email" }] : [];
  const conditions = [...findConditionFaults(steps), ...findElseEmailFaults(steps.map(dropUnaskedEmail))];
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
 * Removes a step's else email, which goes if the conditions do not hold, unless the conditions ask
 * for an else email. A sequence may keep an unused else email, so that email must cause no fault.
 */
const dropUnaskedEmail = (step: SequenceStep): SequenceStep =>
  step.kind === "email" && findElseEmail(step) === null ? { ...step, elseEmail: undefined } : step;

/** Returns a fault for each empty part of a step's letters. */
const findMissingParts = (step: SequenceEmailStep, isFirst: boolean): SequenceFault[] =>
  listStepLetters(step).flatMap(({ path, email }) =>
    findMissingLetterParts(email, isFirst).map((field) => ({
      stepId: step.id,
      field: `${path}${field}`,
      message: "is required",
    })),
  );

/**
 * Returns the empty fields of a letter. A follow-up in a thread needs no subject, because its email
 * goes under the thread's subject.
 */
function findMissingLetterParts({ letter, startsThread }: StepEmailPart, isFirst: boolean): string[] {
  return [
    ...((isFirst || startsThread) && letter.subject.trim() === "" ? ["letter.subject"] : []),
    ...(letter.bodyHtml.trim() === "" ? ["letter.bodyHtml"] : []),
  ];
}

function findMissingInstructions(step: Extract<SequenceStep, { kind: "task" }>): SequenceFault[] {
  if (step.task.instructions !== "") return [];
  return [{ stepId: step.id, field: "task.instructions", message: "are required" }];
}
