import type { SequenceEmailStep, SequenceStep, SequenceTaskStep } from "../../shared/sequence.ts";
import type { SequenceRules } from "../../shared/sequence-rules.ts";
import type { TemplateVariable } from "../../shared/template.ts";
import type { CampaignType } from "../../shared/vocabulary.ts";
import type { SequenceStep as CampaignSequenceStep } from "./campaign.ts";
import { fillStepSnippets, type SnippetTexts } from "./letter-snippets.ts";

/**
 * A step that is ready for preview and launch. `letterKey` is the permanent key of the template
 * that holds the step's letter. `variables` has the labels and examples of the letter's variables.
 */
export type SequenceContentStep =
  | (SequenceEmailStep & { letterKey: string; variables: readonly TemplateVariable[] })
  | SequenceTaskStep;

/**
 * A sequence in the form that a campaign uses: a preset in the office's wording, or a stored
 * sequence. The preview, the plan and the launch all use this form.
 */
export type SequenceContent = {
  /** A preset's id, or the number of a stored sequence. */
  id: string;
  name: string;
  type: CampaignType;
  steps: readonly SequenceContentStep[];
  rules: SequenceRules;
  /**
   * True for a stored sequence, whose letters a launch copies into templates. False for a preset,
   * whose templates may be edited one by one.
   */
  isStored: boolean;
};

/** The parts of a stored sequence that a campaign uses. */
export type StoredSequence = {
  id: number;
  name: string;
  presetId: string | null;
  type: CampaignType;
  steps: readonly SequenceStep[];
  rules: SequenceRules;
};

/**
 * Returns the id by which requests name a stored sequence. A copy of a preset has the preset's id.
 */
export function formatSequenceId({ id, presetId }: Pick<StoredSequence, "id" | "presetId">): string {
  return presetId ?? String(id);
}

/**
 * Returns the permanent key of one preset template. The first launch of the preset stores the
 * template under this key, and later launches find the template by the key.
 */
export function formatPresetKey(presetId: string, stepNumber: number): string {
  return `${presetId}.${stepNumber}`;
}

/** The first part of the key of every template that holds a letter of a stored sequence. */
const storedPrefix = "sequence";

/** Returns the beginning that the keys of a stored sequence's letters have in common. */
export function formatLetterKeyPrefix(id: number): string {
  return `${storedPrefix}.${id}`;
}

/** Tells whether a template holds a letter of a stored sequence. */
export function isLetterOfSequence(presetKey: string | null): boolean {
  return presetKey?.startsWith(`${storedPrefix}.`) === true;
}

/** Converts a stored sequence to the form that a campaign uses, with its snippets filled in. */
export function buildStoredSequenceContent(stored: StoredSequence, snippets: SnippetTexts): SequenceContent {
  const prefix = formatLetterKeyPrefix(stored.id);
  return {
    id: formatSequenceId(stored),
    name: stored.name,
    type: stored.type,
    rules: stored.rules,
    isStored: true,
    steps: fillThreadSubjects(fillStepSnippets(stored.steps, snippets)).map((step) =>
      step.kind === "task" ? step : { ...step, letterKey: `${prefix}.${step.id}`, variables: [] },
    ),
  };
}

/**
 * Gives each follow-up without a subject the subject of its thread. The follow-up needs its own
 * subject if the thread's first email is skipped.
 */
function fillThreadSubjects(steps: readonly SequenceStep[]): SequenceStep[] {
  let thread = "";
  return steps.map((step) => {
    if (step.kind === "task") return step;
    const fill = ({ letter, startsThread }: Pick<SequenceEmailStep, "letter" | "startsThread">) => {
      const subject = !startsThread && letter.subject.trim() === "" ? thread : letter.subject;
      return { ...letter, subject };
    };
    const { elseEmail, variants, startsThread } = step;
    const letter = fill(step);
    const other = elseEmail && { elseEmail: { ...elseEmail, letter: fill(elseEmail) } };
    const split = variants && {
      variants: variants.map((one) => ({ ...one, letter: fill({ letter: one.letter, startsThread }) })),
    };
    if (step.startsThread || thread === "") thread = letter.subject;
    return { ...step, letter, ...other, ...split };
  });
}

/**
 * Returns the email that goes in place of the step's main email if the conditions do not hold; null
 * if the conditions ask for no such email.
 */
export function findElseEmail({
  conditions,
  elseEmail,
}: SequenceEmailStep): SequenceEmailStep["elseEmail"] | null {
  return conditions.otherwise === "email" ? (elseEmail ?? null) : null;
}

/** Returns every letter that a recipient of the step may get, each with its path in the step. */
export function listStepLetters(step: SequenceEmailStep): { path: string; email: StepEmailPart }[] {
  const { letter, startsThread, variants = [] } = step;
  const elseEmail = findElseEmail(step);
  return [
    { path: "", email: { letter, startsThread } },
    ...variants.map((one, index) => ({
      path: `variants.${index}.`,
      email: { letter: one.letter, startsThread },
    })),
    ...(elseEmail ? [{ path: "elseEmail.", email: elseEmail }] : []),
  ];
}

/** A letter, and whether its email begins a new thread. */
export type StepEmailPart = Pick<SequenceEmailStep, "letter" | "startsThread">;

/** The template that holds a step's letter. */
export type LetterTemplate = {
  presetKey: string;
  name: string;
  subject: string;
  preheader: string;
  bodyHtml: string;
  /** The HTML with the markers of its snippets; left out if the letter uses no snippet. */
  sourceHtml?: string;
  bodyText: string;
  /** If true, a launch saves a changed letter as a new version of its template. */
  isStored: boolean;
};

/** Converts a sequence to the steps of a campaign and the templates that those steps need. */
export function buildCampaignSequence({ name, steps, isStored }: SequenceContent): {
  steps: CampaignSequenceStep[];
  templates: LetterTemplate[];
} {
  const templates = steps.flatMap((step, index): LetterTemplate[] => {
    if (step.kind === "task") return [];
    const title = `${name}: ${step.name === "" ? `email ${index + 1}` : step.name}`;
    const elseEmail = findElseEmail(step);
    const other = elseEmail && {
      presetKey: formatElseKey(step.letterKey),
      name: `${title}, otherwise`,
      ...elseEmail.letter,
      isStored,
    };
    const versions = (step.variants ?? []).map(({ letter }, position) => ({
      presetKey: formatVariantKey(step.letterKey, position),
      name: `${title}, wording ${position + 2}`,
      ...letter,
      isStored,
    }));
    const first = { presetKey: step.letterKey, name: title, ...step.letter, isStored };
    return [first, ...versions, ...(other ? [other] : [])];
  });
  return { steps: steps.map(toCampaignStep), templates };
}

function toCampaignStep(step: SequenceContentStep, index: number): CampaignSequenceStep {
  const { delayDays, delayHours, delayBusinessDays, weekdays, conditions } = step;
  const base = { stepNumber: index + 1, delayDays, delayHours, delayBusinessDays, weekdays, conditions };
  if (step.kind === "task") return { ...base, kind: "task", sendTimeHour: null, task: step.task };
  const { sendTimeHour, startsThread, letterKey } = step;
  const elseEmail = findElseEmail(step);
  return {
    ...base,
    kind: "email",
    sendTimeHour,
    startsThread,
    source: { presetKey: letterKey },
    variants: step.variants
      ? [
          { source: { presetKey: letterKey }, weight: step.letterWeight ?? 1 },
          ...step.variants.map(({ weight }, position) => ({
            source: { presetKey: formatVariantKey(letterKey, position) },
            weight,
          })),
        ]
      : [],
    winnerAfter: (step.variants && step.winnerAfter) ?? null,
    elseEmail: elseEmail
      ? { source: { presetKey: formatElseKey(letterKey) }, startsThread: elseEmail.startsThread }
      : null,
  };
}

/**
 * Returns the permanent key of the template that holds an additional wording of a step's main
 * email.
 */
const formatVariantKey = (letterKey: string, position: number) => `${letterKey}.${position + 2}`;

/** Returns the permanent key of the template that holds the else email of a step. */
const formatElseKey = (letterKey: string) => `${letterKey}.else`;

/**
 * Returns the first email step of the thread to which a step belongs; the result can be the step
 * itself. Assumes that every earlier step sends its main email.
 * @param startsThread whether the email of this step begins a thread
 */
export function findFirstStepOfThread(
  steps: readonly SequenceContentStep[],
  stepNumber: number,
  startsThread: boolean,
): Extract<SequenceContentStep, { kind: "email" }> | undefined {
  const emails = steps.slice(0, stepNumber).filter((step) => step.kind === "email");
  const earlier = emails.slice(0, -1);
  const first = startsThread ? undefined : (earlier.findLast((step) => step.startsThread) ?? earlier[0]);
  return first ?? emails.at(-1);
}
