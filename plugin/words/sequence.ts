import type { SequenceFault, SequenceStep, SequenceSummary } from "../../shared/sequence.ts";
import type { SaveState } from "../session/sequence-draft.ts";
import type { ConditionChoice } from "../session/sequence-steps.ts";
import { formatCount } from "./say.ts";

export const conditionTexts: Record<Exclude<ConditionChoice, "other">, string> = {
  none: "Always",
  opened: "Only if they opened the email before",
  notOpened: "Only if they did not open the email before",
  clicked: "Only if they clicked a link in the email before",
  notClicked: "Only if they did not click a link in the email before",
};

export const otherwiseTexts = {
  skip: "Skip this step and go on",
  stop: "Stop the sequence",
  wait: "Wait for it, then skip this step",
  email: "Send another email instead",
} as const;

export const saveStateTexts: Record<SaveState, string> = {
  saved: "Saved",
  saving: "Saving…",
  retrying: "Not saved: Doorknock can’t be reached. Trying again…",
  conflict: "Not saved: somebody else changed this sequence",
  failed: "Not saved",
};

const fieldTexts: Record<string, string> = {
  "letter.subject": "The subject",
  "letter.preheader": "The preview text",
  "letter.bodyHtml": "The text",
  "letter.bodyText": "The plain text",
  "elseEmail.letter.subject": "The subject of the other email",
  "elseEmail.letter.preheader": "The preview text of the other email",
  "elseEmail.letter.bodyHtml": "The text of the other email",
  "elseEmail.letter.bodyText": "The plain text of the other email",
  elseEmail: "The other email",
  "task.instructions": "The instructions",
  steps: "The steps",
};

/** Returns the sentence for a fault: "Step 2: The subject is needed". */
export function describeFault(
  { stepId, field, message }: SequenceFault,
  steps: readonly SequenceStep[],
): string {
  const position = steps.findIndex(({ id }) => id === stepId) + 1;
  const subject = fieldTexts[field] ?? (field.startsWith("conditions") ? "The condition:" : field);
  return `${position === 0 ? "" : `Step ${position}: `}${subject} ${message}`;
}

/** Returns the line on how often a sequence was launched, and with what reply rate. */
export function describeLaunches({ launches, replyRate }: SequenceSummary): string {
  if (launches === 0) return "Not launched yet";
  const count = `Launched ${formatCount(launches, "time")}`;
  return replyRate === null ? count : `${count} · ${Math.round(replyRate * 100)}% of emails answered`;
}
