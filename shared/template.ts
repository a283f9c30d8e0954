import { z } from "zod";
import { consent } from "./consent.ts";
import { limits } from "./limits.ts";
import { letterDraft, personalWordingText } from "./personal-wording.ts";
import { id, instant, jsonObject, preheader, sequenceId, singleLine } from "./primitives.ts";
import { lintFinding, removedHtmlPart } from "./template-lint.ts";
import { wordingName } from "./variant.ts";
import { recipientSources, stepEmailKinds } from "./vocabulary.ts";

/**
 * Labels and examples for the host's own variables. A variable without a description gets a label
 * and an example automatically.
 */
const variableDescriptions = z
  .array(
    z
      .object({
        path: z
          .string()
          .max(limits.nameLength)
          .regex(/^(?:recipient|property)\.[^\s{}]+$/, "must be a path under recipient. or property."),
        label: singleLine(limits.nameLength),
        example: z.string().max(limits.nameLength).default(""),
      })
      .strip(),
  )
  .max(limits.templateVariables);

/**
 * A template's wording. The subject and bodies are Handlebars templates. If `bodyText` is empty,
 * the Worker makes the text part from the HTML.
 */
export const templateInput = z.object({
  name: singleLine(limits.nameLength),
  subject: singleLine(limits.subjectLength),
  preheader: preheader.default(""),
  bodyHtml: z.string().min(1).max(limits.bodyLength),
  bodyText: z.string().max(limits.bodyLength).default(""),
  tags: z.array(singleLine(limits.tagLength)).max(limits.tags).default([]),
  variables: variableDescriptions.default([]),
});
export type TemplateInput = z.input<typeof templateInput>;

export const templatePatch = z
  .object({
    name: templateInput.shape.name,
    subject: templateInput.shape.subject,
    preheader,
    bodyHtml: templateInput.shape.bodyHtml,
    bodyText: z.string().max(limits.bodyLength),
    tags: z.array(singleLine(limits.tagLength)).max(limits.tags),
    variables: variableDescriptions,
    /**
     * The version that the caller changed. If `version` is not the current version, the Worker
     * answers with a conflict and overwrites nothing.
     */
    version: z.number().int().positive(),
  })
  .partial()
  .refine((patch) => Object.keys(patch).some((key) => key !== "version"), "must change at least one field");
export type TemplatePatch = z.input<typeof templatePatch>;

export const templateVariable = z.object({
  /** The dotted path, as written in the template: `recipient.firstName`. */
  path: z.string(),
  label: z.string(),
  example: z.string(),
  /** If true, every use of the variable has a `default`, so the variable may lack a value. */
  hasFallback: z.boolean(),
  /**
   * The text that the email prints if the variable has no value; null if the template gives no such
   * text.
   */
  fallback: z.string().nullable(),
});
export type TemplateVariable = z.infer<typeof templateVariable>;

export const emailTemplate = z.object({
  id,
  name: z.string(),
  version: z.number().int().positive(),
  subject: z.string(),
  preheader: z.string(),
  bodyHtml: z.string(),
  bodyText: z.string(),
  variables: z.array(templateVariable),
  tags: z.array(z.string()),
  presetKey: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type EmailTemplate = z.infer<typeof emailTemplate>;

/**
 * A template with the findings about its wording. `removed` lists the HTML parts that the Worker
 * removed when it saved the template.
 */
export const templateDetail = emailTemplate.extend({
  lint: z.array(lintFinding),
  removed: z.array(removedHtmlPart),
});
export type TemplateDetail = z.infer<typeof templateDetail>;

/** A current or earlier wording of a template. A version never changes. */
export const templateVersionSummary = z.object({
  templateId: id,
  version: z.number().int().positive(),
  subject: z.string(),
  createdAt: instant,
});
export type TemplateVersionSummary = z.infer<typeof templateVersionSummary>;

export const templateVersion = templateVersionSummary.extend({
  preheader: z.string(),
  bodyHtml: z.string(),
  bodyText: z.string(),
  variables: z.array(templateVariable),
});
export type TemplateVersion = z.infer<typeof templateVersion>;

/**
 * The wordings that a step's emails use from now on. `recipients` is the number of recipients who
 * have not got any of these emails yet.
 */
export const appliedWordingResult = z.object({
  stepNumber: z.number().int().positive(),
  wordings: z.array(z.object({ templateId: id, templateVersion: z.number().int().positive() })),
  recipients: z.number().int(),
});
export type AppliedWordingResult = z.infer<typeof appliedWordingResult>;

/** The variables that have their example values, because the request named no recipient. */
const exampleVariables = z.array(z.string());
/**
 * Variables with neither a value nor a fallback. Doorknock does not send an email with a missing
 * variable.
 */
const missingVariables = z.array(z.string());

/** A wording, or part of a wording, for the Worker to check. The Worker saves nothing. */
export const templateLintInput = z
  .object({
    subject: z.string().max(limits.subjectLength),
    preheader: z.string().max(limits.preheaderLength),
    bodyHtml: z.string().max(limits.bodyLength),
    bodyText: z.string().max(limits.bodyLength),
  })
  .partial()
  .strict()
  .refine((input) => Object.keys(input).length > 0, "must give a part of a wording");

/**
 * The fields of a request for a test email. The Worker sends the test email only to the mailbox of
 * one of the tenant's senders.
 */
const testSendFields = z
  .object({
    senderId: id,
    /**
     * The recipient whose values the test email contains. Without `recipient` and `recipientId`,
     * the variables have their example values.
     */
    recipientId: id.optional(),
    recipient: jsonObject.optional(),
    property: jsonObject.optional(),
  })
  .strict();
const onlyOneRecipient = {
  message: "give recipientId or recipient, not both",
  path: ["recipientId"],
};
const hasOneRecipient = (input: { recipientId?: number | undefined; recipient?: unknown }) =>
  input.recipientId === undefined || input.recipient === undefined;

export const testSendInput = testSendFields.refine(hasOneRecipient, onlyOneRecipient);
export type TestSendInput = z.input<typeof testSendInput>;

/** A request for a test email of an unsaved wording. */
export const wordingTestSendInput = testSendFields
  .extend({
    content: templateInput.pick({ subject: true, preheader: true, bodyHtml: true, bodyText: true }),
  })
  .refine(hasOneRecipient, onlyOneRecipient);
export type WordingTestSendInput = z.input<typeof wordingTestSendInput>;

/** A sent test email. `to` is the sender's own mailbox. */
export const testSendResult = z.object({
  to: z.string(),
  subject: z.string(),
  exampleVariables,
  missingVariables,
});
export type TestSendResult = z.infer<typeof testSendResult>;

/**
 * A request for a preview. The request names the wording by template id, by preset or sequence and
 * step, or by its text in `content`.
 */
export const emailPreviewInput = z
  .object({
    templateId: id.optional(),
    presetId: z.string().max(50).optional(),
    sequenceId: sequenceId.optional(),
    stepNumber: z.number().int().min(1).max(limits.stepsPerCampaign).optional(),
    /** The email of the step: `first`, the main email (default), or `else`, the else email. */
    email: z.enum(stepEmailKinds).optional(),
    /** The wording of the main email, such as B; A by default. */
    variant: wordingName.optional(),
    content: templateInput
      .pick({ subject: true, preheader: true, bodyHtml: true, bodyText: true })
      .optional(),
    /**
     * The subject of the thread that a follow-up continues, with its variables. A preset or a
     * sequence already has this subject, so the field is needed only if the agent has changed the
     * subject. Without `threadSubject`, a template or a `content` begins a thread.
     */
    threadSubject: templateInput.shape.subject.optional(),
    senderId: id.optional(),
    /**
     * The recipient's data. Without `recipient`, the variables under `recipient` have their example
     * values; `property` works in the same way.
     */
    recipient: jsonObject.optional(),
    property: jsonObject.optional(),
    /** The way in which the office learned of the recipient. The footer states the source. */
    source: z.enum(recipientSources).optional(),
    sourceDate: z.iso.date().optional(),
    /**
     * The recipient's recorded consent. With a consent, the footer states the consent instead of
     * the source.
     */
    consent: consent.optional(),
    /** The agent's changes to the email for the recipient. */
    wording: personalWordingText.optional(),
    /** If true, the answer contains `draft`, the text that a plain editor loads. */
    withDraft: z.boolean().default(false),
  })
  .refine(
    (input) =>
      [input.templateId, input.presetId, input.sequenceId, input.content].filter(
        (given) => given !== undefined,
      ).length === 1,
    "give exactly one of templateId, presetId, sequenceId and content",
  );
export type EmailPreviewInput = z.input<typeof emailPreviewInput>;

/**
 * A request for the variables that a letter may use. Without `recipient` or `property`, the
 * variables under that name have no value.
 */
export const variableValuesInput = z
  .object({ senderId: id.optional(), recipient: jsonObject.optional(), property: jsonObject.optional() })
  .strict();

/**
 * A variable that a letter may use. `value` is the text that the email prints; null if the value is
 * missing.
 */
export const offeredVariable = templateVariable
  .pick({ path: true, label: true, example: true })
  .extend({ value: z.string().nullable() });
export type OfferedVariable = z.infer<typeof offeredVariable>;

/** The product's variables, and the host's own variables that have a value. */
export const offeredVariables = z.object({ variables: z.array(offeredVariable) });
export type OfferedVariables = z.infer<typeof offeredVariables>;

/**
 * An email exactly as the recipient would get it, with footer and links. In a preview, the links
 * lead nowhere.
 */
export const emailPreview = z.object({
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  missingVariables,
  exampleVariables,
  /** The size of the HTML in the sent email. */
  htmlBytes: z.number().int(),
  /** If true, Gmail would cut the email off before its end and hide the unsubscribe link. */
  isClipped: z.boolean(),
  /**
   * The email's own subject, and its text without the footer, for an editor; null if the request
   * did not ask for the draft.
   */
  draft: letterDraft.nullable(),
});
export type EmailPreview = z.infer<typeof emailPreview>;
