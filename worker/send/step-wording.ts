import { getPersonalWordingNumber } from "../../shared/personal-wording.ts";
import { loadWordingTexts, type PersonalWordingText, type TemplateVersionText } from "../db/email-inputs.ts";
import type { PersonalWordingContent } from "../db/personal-wordings.ts";
import type { Database } from "../db/scope.ts";
import {
  type ChosenWording,
  chooseWording,
  convertPersonalVariant,
  type EmailOfRecipient,
  type StepWordings,
  type TemplateVersionReference,
} from "../domain/send/variant.ts";

/** The parts of an email before its variables are filled in. */
export type WordingContent = { subject: string; preheader: string; bodyHtml: string; bodyText: string };

/**
 * The wording of one step for one recipient. `variant` is negative for a personal wording in place
 * of a variant, so that the email counts for no variant. `personalVersion` is null if the email has
 * no personal wording.
 */
export type StepWording = ChosenWording & {
  content: WordingContent;
  /** The key under which the parsed templates are kept; null for a personal wording. */
  cacheKey: string | null;
  personalVersion: number | null;
};

/** The loaded texts: versions of templates, and personal wordings. */
export type LoadedWordingTexts = {
  templates: ReadonlyMap<string, TemplateVersionText>;
  personal: ReadonlyMap<string, PersonalWordingText>;
};

const toVersionKey = (templateId: number, version: number) => `${templateId}.${version}`;
const toEmailKey = (recipientId: number, wordingNumber: number) => `${recipientId}.${wordingNumber}`;

/**
 * Loads the texts for the given steps and emails. Previews, checks and sends all load the texts
 * here, and all resolve a wording by `resolveStepWording`.
 * @param emails an entry without `wordingNumber` asks for all emails of the recipient
 */
export async function loadStepWordingTexts(
  db: Database,
  steps: readonly TemplateVersionReference[],
  emails: readonly { recipientId: number; wordingNumber?: number }[],
): Promise<LoadedWordingTexts> {
  const wanted = new Map(
    steps.map(({ templateId, templateVersion: version }) => [
      toVersionKey(templateId, version),
      { templateId, version },
    ]),
  );
  const { templates, personal } = await loadWordingTexts(db, [...wanted.values()], emails);
  return {
    templates: new Map(templates.map((text) => [toVersionKey(text.templateId, text.version), text])),
    personal: new Map(personal.map((text) => [toEmailKey(text.recipientId, text.wordingNumber), text])),
  };
}

/**
 * Returns the wording that a recipient gets in one step: the personal wording, or else the
 * recipient's variant. Null if `texts` does not have the template's text.
 */
export function resolveStepWording(
  step: StepWordings,
  email: EmailOfRecipient,
  texts: LoadedWordingTexts,
): StepWording | null {
  const { recipientId, stepNumber, isElse } = email;
  const chosen = chooseWording(step, email);
  const cacheKey = toVersionKey(chosen.templateId, chosen.templateVersion);
  const template = texts.templates.get(cacheKey);
  if (template === undefined) return null;
  const personal = texts.personal.get(toEmailKey(recipientId, getPersonalWordingNumber(stepNumber, isElse)));
  if (personal === undefined) return { ...chosen, content: template, cacheKey, personalVersion: null };
  return {
    ...chosen,
    variant: isElse || chosen.variant === null ? chosen.variant : convertPersonalVariant(chosen.variant),
    content: applyPersonalWording(template, personal),
    cacheKey: null,
    personalVersion: personal.version,
  };
}

/**
 * Returns a personal wording, with the step's own subject if the agent has not changed the subject.
 */
export function applyPersonalWording(
  { subject }: Pick<WordingContent, "subject">,
  personal: PersonalWordingContent,
): WordingContent {
  const { preheader, bodyHtml, bodyText } = personal;
  return { subject: personal.subject ?? subject, preheader, bodyHtml, bodyText };
}
