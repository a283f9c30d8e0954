import { limits } from "../../shared/limits.ts";
import type { SequenceEmailStep, SequenceStep } from "../../shared/sequence.ts";
import { type EmailStepRow, listStepsEverUsed, type StepRow } from "../db/campaign-steps.ts";
import type { CampaignRow } from "../db/campaigns.ts";
import { loadWordingTexts } from "../db/email-inputs.ts";
import type { NewStepTemplate } from "../db/step-changes.ts";
import { type FilledLetter, toEditableLetter } from "../domain/letter-snippets.ts";
import { renumberConditionSteps, type StoredStep } from "../domain/send/step-comparison.ts";
import { formatVariantName, listWordings, type TemplateVersionReference } from "../domain/send/variant.ts";
import { findElseEmail } from "../domain/sequence-content.ts";
import { noWinnerState, updateWinnerState } from "../domain/winner.ts";
import { checkWording } from "../mail/template/check.ts";
import { listClaimsMade } from "../mail/template/claims.ts";
import type { RequestScope } from "./access.ts";
import { refuseFaultyFields } from "./request.ts";

/*
 * Converts the steps of an active or paused campaign from their stored form to the form that an
 * agent edits, and back.
 */

/** A campaign's stored steps, and the letters of their emails. */
export type StepsWithLetters = {
  /** The steps of the sequence and the steps that an agent has removed, in order. */
  everUsed: readonly StepRow[];
  sequence: readonly StepRow[];
  /** The letters by template and version. */
  letters: ReadonlyMap<string, FilledLetter>;
};

const toLetterKey = ({ templateId, templateVersion }: TemplateVersionReference) =>
  `${templateId}.${templateVersion}`;
const emptyLetter: FilledLetter = { subject: "", preheader: "", bodyHtml: "", bodyText: "" };

export async function loadStepsWithLetters(
  { ctx, scope }: RequestScope,
  campaignId: number,
): Promise<StepsWithLetters> {
  const everUsed = await listStepsEverUsed(scope, campaignId);
  const sequence = everUsed.filter(({ position }) => position !== null);
  const wordings = everUsed.filter((step) => step.kind === "email").flatMap(listWordings);
  const versions = wordings.map(({ templateId, templateVersion: version }) => ({ templateId, version }));
  const { templates } = await loadWordingTexts(ctx.db, versions, []);
  const letters = templates.map(
    ({ templateId, version: templateVersion, subject, preheader, bodyHtml, sourceHtml, bodyText }) =>
      [
        toLetterKey({ templateId, templateVersion }),
        { subject, preheader, bodyHtml, bodyText, ...(sourceHtml === null ? {} : { sourceHtml }) },
      ] as const,
  );
  return { everUsed, sequence, letters: new Map(letters) };
}

/** Returns the first step number that the campaign has never used. */
export const findNextStepNumber = ({ everUsed }: Pick<StepsWithLetters, "everUsed">): number =>
  Math.max(0, ...everUsed.map(({ stepNumber }) => stepNumber)) + 1;

/** Returns the steps of the sequence in the form that an agent edits. */
export function toEditableSteps({ sequence, letters }: StepsWithLetters): SequenceStep[] {
  const positions = new Map(sequence.map(({ stepNumber }, index) => [stepNumber, index + 1]));
  return sequence.map((step): SequenceStep => {
    const { stepNumber: id, delayDays, delayHours, delayBusinessDays, weekdays } = step;
    const conditions = renumberConditionSteps(step.conditions, positions);
    const base = {
      ...{ id, delayDays, delayHours, delayBusinessDays, conditions },
      ...(weekdays && { weekdays: [...weekdays] }),
    };
    if (step.kind === "task") return { ...base, kind: "task", task: step.task };
    const { sendTimeHour, startsThread, templateName: name, elseEmail, variants } = step;
    const readLetter = (wording: TemplateVersionReference) =>
      toEditableLetter(letters.get(toLetterKey(wording)) ?? emptyLetter);
    const other = elseEmail && {
      elseEmail: { startsThread: elseEmail.startsThread, letter: readLetter(elseEmail) },
    };
    const [first, ...others] = variants;
    const split = first && {
      letterWeight: first.weight,
      variants: others.map((one) => ({ weight: one.weight, letter: readLetter(one) })),
      ...(step.winnerAfter === null ? {} : { winnerAfter: step.winnerAfter }),
    };
    return {
      ...{ ...base, kind: "email", name, sendTimeHour, startsThread },
      ...{ letter: readLetter(step), ...split, ...other },
    };
  });
}

export function toStoredStep(step: StepRow): StoredStep {
  const { stepNumber, delayDays, delayHours, delayBusinessDays, weekdays, sendTimeHour, conditions } = step;
  const base = {
    ...{ stepNumber, delayDays, delayHours, delayBusinessDays, weekdays },
    ...{ sendTimeHour, conditions },
  };
  if (step.kind === "task") return { ...base, kind: "task", task: step.task, ...noWording };
  const { templateId, templateVersion, startsThread } = step;
  const variants = step.variants.map((variant) => ({ ...pickVersion(variant), weight: variant.weight }));
  const elseEmail = step.elseEmail && {
    ...pickVersion(step.elseEmail),
    startsThread: step.elseEmail.startsThread,
  };
  const { winnerAfter, winnerSince, choice } = step;
  const wordings = { templateId, templateVersion, startsThread, variants, elseEmail };
  const email = { ...wordings, winnerAfter, winnerSince, choice };
  return { ...base, kind: "email", task: null, ...email };
}

const pickVersion = ({ templateId, templateVersion }: TemplateVersionReference) => ({
  templateId,
  templateVersion,
});

const noWording = {
  templateId: null,
  templateVersion: null,
  startsThread: false,
  variants: [],
  elseEmail: null,
  ...noWinnerState,
};

/**
 * The steps of a request in their stored form. `ids`: each step's id in the request, by step
 * number.
 */
export type StepsToStore = {
  sequence: StoredStep[];
  templates: NewStepTemplate[];
  ids: ReadonlyMap<number, number>;
};

/**
 * Converts edited steps to their stored form. A new step gets the next free number. A removed step
 * that is added again keeps its number, so that nobody gets the step's email twice. A changed
 * letter gets a template of its own, so that no other campaign changes.
 * @param edited the steps with the snippets of their letters filled in
 * @throws AppError invalidRequest if the campaign has no number left for a new step
 */
export function convertEditedSteps(
  { ctx }: RequestScope,
  { name }: Pick<CampaignRow, "name">,
  loaded: StepsWithLetters,
  edited: readonly SequenceStep[],
): StepsToStore {
  let nextNumber = findNextStepNumber(loaded);
  const matched = edited.map((step) => {
    const before = loaded.everUsed.find(
      ({ stepNumber, kind }) => stepNumber === step.id && kind === step.kind,
    );
    return { step, before, stepNumber: before?.stepNumber ?? nextNumber++ };
  });
  if (nextNumber > limits.campaignStepNumbers + 1)
    refuseFaultyFields({ steps: "are too many: this campaign can't take another new step" });
  const numbers = new Map(matched.map(({ stepNumber }, index) => [index + 1, stepNumber]));
  const templates: NewStepTemplate[] = [];
  const sequence = matched.map(({ step, before, stepNumber }, index): StoredStep => {
    const { delayDays, delayHours, delayBusinessDays, weekdays = null } = step;
    const conditions = renumberConditionSteps(step.conditions, numbers);
    const base = { stepNumber, delayDays, delayHours, delayBusinessDays, weekdays, conditions };
    if (step.kind === "task")
      return { ...base, kind: "task", sendTimeHour: null, task: step.task, ...noWording };
    const { sendTimeHour, startsThread } = step;
    const old = before?.kind === "email" ? before : null;
    const title = `${name}: ${nameEmail(step, old, index)}`;
    /** Returns the template of a letter. A changed letter gets a new template. */
    const keep = (letter: FilledLetter, before: TemplateVersionReference | null, title: string) => {
      if (before !== null && isSameLetter(letter, loaded.letters.get(toLetterKey(before))))
        return pickVersion(before);
      const template = buildTemplate(ctx.newId(), title, letter);
      templates.push(template);
      return { templateId: template.id, templateVersion: 1 };
    };
    const wording = keep(step.letter, old, title);
    const versions = (step.variants ?? []).map(({ letter, weight }, position) => ({
      ...keep(
        letter,
        old?.variants[position + 1] ?? null,
        `${title}, version ${formatVariantName(position + 1)}`,
      ),
      weight,
    }));
    const variants =
      versions.length === 0 ? [] : [{ ...wording, weight: step.letterWeight ?? 1 }, ...versions];
    const other = findElseEmail(step);
    const elseEmail = other
      ? {
          ...keep(other.letter, old?.elseEmail ?? null, `${title}, otherwise`),
          startsThread: other.startsThread,
        }
      : null;
    const winnerAfter = variants.length === 0 ? null : (step.winnerAfter ?? null);
    const winner =
      old === null
        ? { ...noWinnerState, winnerAfter }
        : updateWinnerState(old, { variants, winnerAfter }, ctx.now());
    return {
      ...{ ...base, kind: "email", task: null, sendTimeHour, startsThread },
      ...{ ...wording, variants, ...winner, elseEmail },
    };
  });
  return { sequence, templates, ids: new Map(matched.map(({ step, stepNumber }) => [stepNumber, step.id])) };
}

/** Returns the name of an email that gets a template of its own. */
const nameEmail = (step: SequenceEmailStep, old: EmailStepRow | null, index: number) =>
  step.name === "" || step.name === old?.templateName ? `email ${index + 1}` : step.name;

const isSameLetter = (one: FilledLetter, other: FilledLetter | undefined) =>
  one.subject === other?.subject &&
  one.preheader === other.preheader &&
  (one.sourceHtml ?? one.bodyHtml) === (other.sourceHtml ?? other.bodyHtml) &&
  one.bodyText === other.bodyText;

function buildTemplate(id: number, name: string, letter: FilledLetter): NewStepTemplate {
  const { bodyHtml, variables } = checkWording(letter);
  const claims = listClaimsMade({ ...letter, bodyHtml });
  return { ...letter, id, name: name.slice(0, limits.nameLength), bodyHtml, variables, claims };
}
