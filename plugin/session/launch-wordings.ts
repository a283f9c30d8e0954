import type { PersonalWordingInput, PersonalWordingText } from "../../shared/personal-wording.ts";
import type { LaunchSequence } from "./launch-sequence.ts";

type Steps = Pick<LaunchSequence, "id" | "steps">;

/** The emails that the agent has changed for one person before the launch, by `getWordingKey`. */
export type LaunchWordings = Readonly<Record<string, PersonalWordingText>>;

/** Returns the key of one email of a sequence for one contact. */
export const getWordingKey = (presetId: string, contactKey: string, stepNumber: number) =>
  JSON.stringify([presetId, contactKey, stepNumber]);

/** Returns the emails that were changed for a contact, in the form that the Worker accepts. */
export function listPersonalWordings(
  wordings: LaunchWordings,
  { id, steps }: Steps,
  contactKey: string,
): PersonalWordingInput[] {
  return steps.flatMap((_, index) => {
    const stepNumber = index + 1;
    const wording = wordings[getWordingKey(id, contactKey, stepNumber)];
    return wording === undefined ? [] : [{ stepNumber, ...wording }];
  });
}

/**
 * Returns the changes that the preview of an email needs: the email's own change, and the changed
 * subject of the email's thread.
 */
export function pickPreviewChanges(
  wordings: LaunchWordings,
  preset: Steps,
  contactKey: string,
  stepNumber: number,
): { wording?: PersonalWordingText; threadSubject?: string } {
  const wording = wordings[getWordingKey(preset.id, contactKey, stepNumber)];
  const start = findThreadStart(preset, stepNumber);
  const subject =
    start < stepNumber ? wordings[getWordingKey(preset.id, contactKey, start)]?.subject : undefined;
  return {
    ...(wording === undefined ? {} : { wording }),
    ...(subject === undefined ? {} : { threadSubject: subject }),
  };
}

/** Returns the number of the email that begins the thread of a step. A task begins no thread. */
export function findThreadStart({ steps }: Pick<Steps, "steps">, stepNumber: number): number {
  return (
    Math.max(
      0,
      steps
        .slice(0, stepNumber)
        .findLastIndex(({ startsThread, task }) => startsThread && task === undefined),
    ) + 1
  );
}
