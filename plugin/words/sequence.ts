import type { SequenceFault, SequenceStep, SequenceSummary } from "../../shared/sequence.ts";
import type { SaveState } from "../session/sequence-draft.ts";
import type { ConditionChoice } from "../session/sequence-steps.ts";
import type { PlainPhrase } from "./phrases.ts";
import { formatCount, say, sayMessage, translatedTable } from "./say.ts";
import { formatWordingName } from "./wording-name.ts";

export const conditionTexts = translatedTable<Exclude<ConditionChoice, "other">>({
  none: "Always",
  opened: "Only if they opened the previous email",
  notOpened: "Only if they didn’t open the previous email",
  clicked: "Only if they clicked a link in the previous email",
  notClicked: "Only if they didn’t click a link in the previous email",
});

export const failedConditionTexts = translatedTable({
  skip: "Skip this step and continue",
  stop: "Stop the sequence",
  wait: "Wait for it, then skip this step",
  email: "Send another email instead",
});

export const saveStateTexts = translatedTable<SaveState>({
  saved: "Saved~sequence",
  saving: "Saving…",
  retrying: "Not saved: Doorknock can’t be reached. Trying again…",
  conflict: "Not saved: someone else changed this sequence",
  failed: "Not saved",
});

const fieldTexts: Readonly<Record<string, PlainPhrase>> = {
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

/** Returns the sentence for a fault: "Step 2: The subject is required". */
export function describeSequenceFault(
  { stepId, field, message }: SequenceFault,
  steps: readonly SequenceStep[],
): string {
  const position = steps.findIndex(({ id }) => id === stepId) + 1;
  const [, wording, own] = /^variants\.(\d+)\.(.*)$/.exec(field) ?? [];
  const named = fieldTexts[own ?? field];
  const subject = named ? say(named) : field.startsWith("conditions") ? say("The condition:") : field;
  const places = [
    ...(position === 0 ? [] : [say("Step {position}:", { position })]),
    ...(wording === undefined
      ? []
      : [say("Wording {name}:", { name: formatWordingName(Number(wording) + 1) })]),
  ];
  // The text leaves out the line and the column, because the editor's list of findings shows the
  // place of each fault.
  const text = sayMessage(message.replace(/ \(line \d+, column \d+\)/g, ""));
  return [...places, text.startsWith('"') ? `${subject}:` : subject, text].join(" ");
}

/** Returns a line with the number of a sequence's launches and the reply rate. */
export function describeLaunches({ launches, replyRate }: SequenceSummary): string {
  if (launches === 0) return say("Not launched yet");
  const count = say("Launched {times}", { times: formatCount(launches, "time") });
  return replyRate === null
    ? count
    : `${count} · ${say("{percent}% of emails answered", { percent: Math.round(replyRate * 100) })}`;
}

/**
 * Returns a line that names who made a sequence and who changed it last; null for a preset that
 * nobody in the office has changed.
 */
export function describeAuthors(
  sequence: SequenceSummary,
  formatDate: (at: string) => string,
): string | null {
  const { updatedAt } = sequence;
  const maker = sequence.createdByName ?? sequence.createdBy;
  const name = sequence.updatedByName ?? sequence.updatedBy;
  if (updatedAt === null || maker === null || name === null) return null;
  const when = formatDate(updatedAt);
  return maker === name
    ? say("By {name}, last changed {when}", { name, when })
    : say("By {maker}, last changed by {name} {when}", { maker, name, when });
}
