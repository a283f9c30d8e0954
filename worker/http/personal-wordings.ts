import type { z } from "zod";
import { limits } from "../../shared/limits.ts";
import type { recipientInput } from "../../shared/recipient.ts";
import type { StepLetter } from "../db/campaign-letters.ts";
import type { NewRecipientWithWordings } from "../db/personal-wordings.ts";
import type { NewRecipient } from "../domain/recipient.ts";
import type { WordingCheckOptions } from "../mail/template/check.ts";
import { checkPersonalWording } from "../mail/template/personal-wording.ts";
import { refuseFaultyFields } from "./request.ts";

type Given = Pick<z.output<typeof recipientInput>, "wordings">;
type Step = { kind: "task" } | { kind: "email"; elseEmail: object | null };

/**
 * The personal wordings (emails that an agent changed for one person) of each new recipient, with
 * the variables in these wordings.
 */
export type CheckedPersonalWordings = {
  wordings: NewRecipientWithWordings["wordings"];
  variables: string[];
}[];

/**
 * Checks the personal wordings of new recipients.
 * @param steps the sequence's steps in their order
 * @throws AppError invalidRequest, which names each wrong field
 */
export function checkNewPersonalWordings(
  recipients: readonly Given[],
  steps: readonly Step[],
  options: WordingCheckOptions,
  newId: () => number,
): CheckedPersonalWordings {
  const count = recipients.reduce((sum, { wordings }) => sum + wordings.length, 0);
  if (count > limits.personalWordingsPerRequest) {
    const message = `must have at most ${limits.personalWordingsPerRequest} changed emails in one request`;
    refuseFaultyFields({ recipients: message });
  }
  const faults: Record<string, string> = {};
  const checked = recipients.map(({ wordings }, index) => {
    const each = wordings.map(({ stepNumber, isElse, ...given }, position) => {
      const field = `recipients.${index}.wordings.${position}`;
      const { wording, fields, variables } = checkPersonalWording(given, options);
      for (const [name, message] of Object.entries(fields)) faults[`${field}.${name}`] = message;
      const isSame = (one: (typeof wordings)[number]) =>
        one.stepNumber === stepNumber && one.isElse === isElse;
      const step = steps[stepNumber - 1];
      if (wordings.findIndex(isSame) !== position) faults[`${field}.stepNumber`] = "is named twice";
      else if (step?.kind !== "email") faults[`${field}.stepNumber`] = "is not an email of this sequence";
      else if (isElse && step.elseEmail === null)
        faults[`${field}.isElse`] = "goes only with a step that has another email";
      return { wording: { ...wording, stepNumber, isElse, version: newId() }, variables };
    });
    return {
      wordings: each.map(({ wording }) => wording),
      variables: each.flatMap(({ variables }) => variables),
    };
  });
  refuseFaultyFields(faults);
  return checked;
}

/** Joins the recipients to store with their personal wordings. */
export function attachPersonalWordings(
  recipients: readonly NewRecipient[],
  checked: CheckedPersonalWordings,
): NewRecipientWithWordings[] {
  return recipients.map(({ email, contactKey, name }, index) => ({
    email,
    contactKey,
    name,
    wordings: checked[index]?.wordings ?? [],
  }));
}

/**
 * Returns the personal wordings of new recipients as letters. The subject is empty if the person's
 * email keeps the step's subject.
 */
export function listPersonalLetters(people: readonly NewRecipientWithWordings[]): StepLetter[] {
  return people.flatMap(({ wordings }) =>
    wordings.map(({ subject, ...wording }) => ({ ...wording, subject: subject ?? "" })),
  );
}
