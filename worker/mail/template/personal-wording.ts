import type { LintFinding } from "../../../shared/template-lint.ts";
import type { LetterClaim } from "../../../shared/vocabulary.ts";
import { checkWording, type WordingCheckOptions } from "./check.ts";
import { listClaimsMade } from "./claims.ts";
import { buildLetterFromText } from "./letter-from-text.ts";

/** An agent's own wording of an email to one recipient, as given in a request. */
export type GivenPersonalWording = {
  subject?: string | undefined;
  preheader: string;
  bodyHtml?: string | undefined;
  bodyText?: string | undefined;
};

export type CheckedPersonalWording = {
  /** The wording to store. `subject` is null if the step's own subject stays. */
  wording: {
    subject: string | null;
    preheader: string;
    bodyHtml: string;
    bodyText: string;
    claims: LetterClaim[];
  };
  /** The errors of each part that was given. Empty if the wording can be saved. */
  fields: Record<string, string>;
  lint: LintFinding[];
  /** The paths of the variables that the wording reads. */
  variables: string[];
};

/** Stands in for a subject that was not given. The step's own subject has been checked already. */
const subjectOfStep = "About your property";

/**
 * Checks a personal wording in the same way as a template. If only a text was given, the HTML is
 * made from the text.
 */
export function checkPersonalWording(
  { subject, preheader, bodyHtml, bodyText = "" }: GivenPersonalWording,
  options: WordingCheckOptions,
): CheckedPersonalWording {
  const html = bodyHtml ?? buildLetterFromText(bodyText);
  const parts = { subject: subject ?? subjectOfStep, preheader, bodyHtml: html, bodyText };
  const checked = checkWording(parts, options);
  const isTextOnly = bodyHtml === undefined;
  const { subject: subjectFault, bodyHtml: htmlFault, ...fields } = checked.fields;
  if (subject !== undefined && subjectFault !== undefined) fields.subject = subjectFault;
  if (htmlFault !== undefined) {
    if (isTextOnly) fields.bodyText ??= htmlFault;
    else fields.bodyHtml = htmlFault;
  }
  const claims = listClaimsMade({ ...parts, bodyHtml: checked.bodyHtml });
  return {
    wording: { subject: subject ?? null, preheader, bodyHtml: checked.bodyHtml, bodyText, claims },
    fields,
    lint: checked.lint.filter(
      ({ field }) => (field !== "subject" || subject !== undefined) && !(isTextOnly && field === "bodyHtml"),
    ),
    variables: checked.variables.map(({ path }) => path),
  };
}
