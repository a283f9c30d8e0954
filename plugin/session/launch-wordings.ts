import type { PersonalWordingInput, PersonalWordingText } from "../../shared/personal-wording.ts";
import type { LaunchSequence, LaunchStep } from "./launch-sequence.ts";

type Steps = Pick<LaunchSequence, "id" | "steps">;

/**
 * The agent's changes before a launch, each to one email for one person. The keys come from
 * `getPersonalWordingKey`.
 */
export type LaunchWordings = Readonly<Record<string, PersonalWordingText>>;

/**
 * One email of a sequence. `isElse` marks the step's else email, which recipients get if the step's
 * conditions do not hold. `variant` is the index of the wording of the step's main email; the
 * default is 0.
 */
export type EmailOfStep = { stepNumber: number; isElse: boolean; variant?: number };

/**
 * Returns every email that a person may get in a step: each wording of the main email, and the else
 * email.
 */
export function listStepEmails(
  { variants = [], elseEmail }: Pick<LaunchStep, "variants" | "elseEmail">,
  stepNumber: number,
): EmailOfStep[] {
  return [
    { stepNumber, isElse: false },
    ...variants.map((_, index) => ({ stepNumber, isElse: false, variant: index + 1 })),
    ...(elseEmail ? [{ stepNumber, isElse: true }] : []),
  ];
}

/**
 * Returns the key of an agent's changes to one email for one contact. All wordings of a step's main
 * email have the same key.
 */
export const getPersonalWordingKey = (
  presetId: string,
  contactKey: string,
  { stepNumber, isElse }: EmailOfStep,
) => JSON.stringify([presetId, contactKey, isElse ? -stepNumber : stepNumber]);

/** Returns an agent's changes to a contact's emails, in the form that the Worker accepts. */
export function listPersonalWordings(
  wordings: LaunchWordings,
  { id, steps }: Steps,
  contactKey: string,
): PersonalWordingInput[] {
  return steps.flatMap(({ elseEmail }, index) =>
    (elseEmail ? [false, true] : [false]).flatMap((isElse) => {
      const email = { stepNumber: index + 1, isElse };
      const wording = wordings[getPersonalWordingKey(id, contactKey, email)];
      return wording === undefined ? [] : [{ ...email, ...wording }];
    }),
  );
}

/**
 * Returns the agent's changes that the preview of an email must show: the change of the email
 * itself, and the changed subject of the email's thread.
 */
export function pickPreviewChanges(
  wordings: LaunchWordings,
  preset: Steps,
  contactKey: string,
  email: EmailOfStep,
): { wording?: PersonalWordingText; threadSubject?: string } {
  const wording = wordings[getPersonalWordingKey(preset.id, contactKey, email)];
  const start = findThreadStart(preset, email);
  const first = { stepNumber: start, isElse: false };
  const subject =
    start < email.stepNumber
      ? wordings[getPersonalWordingKey(preset.id, contactKey, first)]?.subject
      : undefined;
  return {
    ...(wording === undefined ? {} : { wording }),
    ...(subject === undefined ? {} : { threadSubject: subject }),
  };
}

/**
 * Returns the number of the step that begins the thread of an email. A task begins no thread. If an
 * earlier step has an else email, only `startsThread` of the step's main email counts.
 */
export function findThreadStart(
  { steps }: Pick<Steps, "steps">,
  { stepNumber, isElse }: EmailOfStep,
): number {
  const own = steps[stepNumber - 1];
  if (isElse ? own?.elseEmail?.startsThread : own?.startsThread) return stepNumber;
  const earlier = steps.slice(0, stepNumber - 1);
  const start = earlier.findLastIndex(({ startsThread, task }) => startsThread && task === undefined);
  return Math.max(0, start) + 1;
}
