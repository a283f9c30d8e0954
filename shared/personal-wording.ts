import { z } from "zod";
import { limits } from "./limits.ts";
import { instant, preheader, singleLine } from "./primitives.ts";
import { lintFinding } from "./template-lint.ts";

/**
 * An agent's changes to one email for one recipient. Without `subject`, the step's own subject
 * stays. An email that continues a thread always has the thread's subject. One body is enough: the
 * Worker makes the HTML from `bodyText`, or the text part from `bodyHtml`. The bodies may use
 * variables.
 */
const wording = {
  subject: singleLine(limits.subjectLength).optional(),
  preheader: preheader.default(""),
  bodyHtml: z.string().min(1).max(limits.bodyLength).optional(),
  bodyText: z.string().max(limits.bodyLength).optional(),
};

const hasBody = ({ bodyHtml, bodyText }: { bodyHtml?: unknown; bodyText?: unknown }) =>
  bodyHtml !== undefined || (typeof bodyText === "string" && bodyText.trim() !== "");
const bodyIsMissing = { path: ["bodyText"], message: "must not be empty" };

const stepNumber = z.number().int().min(1).max(limits.stepsPerCampaign);

/**
 * Returns the number under which a personal wording is stored: the step's number for the main
 * email, or the negated number for the else email.
 */
export const getPersonalWordingNumber = (stepNumber: number, isElse: boolean) =>
  isElse ? -stepNumber : stepNumber;

/**
 * True if the wording is for the email that a recipient gets if the step's conditions do not hold.
 */
const isElse = z.boolean().default(false);

/** An agent's unsaved changes to an email. */
export const personalWordingText = z.object(wording).strict().refine(hasBody, bodyIsMissing);
export type PersonalWordingText = z.input<typeof personalWordingText>;

/** An agent's changes to an email for a new recipient. */
export const personalWordingInput = z
  .object({ stepNumber, isElse, ...wording })
  .strict()
  .refine(hasBody, bodyIsMissing);
export type PersonalWordingInput = z.input<typeof personalWordingInput>;

/**
 * A change of one email to a recipient. `version` is the version that the editor loaded, or 0 if
 * the email had not been changed. If another person has changed the email in the meantime, the
 * Worker answers with a conflict.
 */
export const personalWordingPut = z
  .object({ version: z.number().int().min(0), ...wording })
  .strict()
  .refine(hasBody, bodyIsMissing);
export type PersonalWordingPut = z.input<typeof personalWordingPut>;

/**
 * The text that a plain editor loads: an email as its recipient would read it, without the footer.
 */
export const letterDraft = z.object({ subject: z.string(), bodyText: z.string() });
export type LetterDraft = z.infer<typeof letterDraft>;

/** The wording of one email for one recipient. */
export const recipientStepWording = z.object({
  stepNumber: z.number().int(),
  /** True if the wording is for the step's else email. */
  isElse: z.boolean(),
  /** The version of the personal wording; 0 if the email is not changed for this recipient. */
  version: z.number().int(),
  isPersonal: z.boolean(),
  /** The agent who last changed the email; null if the email is not changed. */
  changedBy: z.string().nullable(),
  changedAt: instant.nullable(),
  /** If true, the email has the subject of the thread that it continues. */
  continuesThread: z.boolean(),
  subject: z.string(),
  preheader: z.string(),
  bodyHtml: z.string(),
  bodyText: z.string(),
  draft: letterDraft,
  /**
   * The findings about a wording that the request has saved; empty if the request only reads the
   * wording.
   */
  lint: z.array(lintFinding),
});
export type RecipientStepWording = z.infer<typeof recipientStepWording>;
