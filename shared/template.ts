import { z } from "zod";
import { id, instant, jsonObject, line } from "./primitives.ts";
import { lintFinding, removedPart } from "./template-lint.ts";
import { limits } from "./vocabulary.ts";

/** What an inbox shows beside the subject; empty for the body's first words. */
const preheader = z
  .string()
  .trim()
  .max(limits.preheaderLength)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "must be one line without control characters");

/** Labels and examples for variables of the host's own; those that are used and not described get some by themselves. */
const described = z
  .array(
    z
      .object({
        path: z
          .string()
          .max(limits.nameLength)
          .regex(/^(?:recipient|property)\.[^\s{}]+$/, "must be a path under recipient. or property."),
        label: line(limits.nameLength),
        example: z.string().max(limits.nameLength).default(""),
      })
      .strip(),
  )
  .max(limits.templateVariables);

/** A template's wording. Subject and bodies are Handlebars; `bodyText` is made from the HTML where it is empty. */
export const templateInput = z.object({
  name: line(limits.nameLength),
  subject: line(limits.subjectLength),
  preheader: preheader.default(""),
  bodyHtml: z.string().min(1).max(limits.bodyLength),
  bodyText: z.string().max(limits.bodyLength).default(""),
  tags: z.array(line(limits.tagLength)).max(limits.tags).default([]),
  variables: described.default([]),
});
export type TemplateInput = z.input<typeof templateInput>;

export const templatePatch = z
  .object({
    name: templateInput.shape.name,
    subject: templateInput.shape.subject,
    preheader,
    bodyHtml: templateInput.shape.bodyHtml,
    bodyText: z.string().max(limits.bodyLength),
    tags: z.array(line(limits.tagLength)).max(limits.tags),
    variables: described,
    /** The version this edit was made from; a mismatch is a conflict and nothing is overwritten. */
    version: z.number().int().positive(),
  })
  .partial()
  .refine((patch) => Object.keys(patch).some((key) => key !== "version"), "must change something");
export type TemplatePatch = z.input<typeof templatePatch>;

export const templateVariable = z.object({
  /** Dotted, as written in the template: `recipient.firstName`. */
  path: z.string(),
  label: z.string(),
  example: z.string(),
  /** Every use of it has a `default`, so it may be missing. */
  hasFallback: z.boolean(),
  /** What is printed without a value, where the wording says so. */
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

/** One template, with what there is to say about its wording. `removed`: what saving it just now has taken out. */
export const templateDetail = emailTemplate.extend({
  lint: z.array(lintFinding),
  removed: z.array(removedPart),
});
export type TemplateDetail = z.infer<typeof templateDetail>;

/** A wording that a template has or had. A version never changes. */
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

/** A step's emails are made from these wordings from now on. `recipients`: how many people are still to get one. */
export const wordingApplied = z.object({
  stepNumber: z.number().int().positive(),
  wordings: z.array(z.object({ templateId: id, templateVersion: z.number().int().positive() })),
  recipients: z.number().int(),
});
export type WordingApplied = z.infer<typeof wordingApplied>;

/** Variables that stand there with their examples, because nobody was named to take them from. */
const exampleVariables = z.array(z.string());
/** Variables with neither a value nor a fallback: such an email is not sent. */
const missingVariables = z.array(z.string());

/** A wording to be looked over, whole or in part; nothing is saved. */
export const lintInput = z
  .object({
    subject: z.string().max(limits.subjectLength),
    preheader: z.string().max(limits.preheaderLength),
    bodyHtml: z.string().max(limits.bodyLength),
    bodyText: z.string().max(limits.bodyLength),
  })
  .partial()
  .strict()
  .refine((input) => Object.keys(input).length > 0, "must give a part of a wording");

export type LintInput = z.input<typeof lintInput>;

/** To the mailbox of one of the tenant's senders, and to nobody else. */
export const testSendInput = z
  .object({
    senderId: id,
    /** Whose email it is to look like; without one, and without `recipientId`, the variables' examples are put in. */
    recipientId: id.optional(),
    recipient: jsonObject.optional(),
    property: jsonObject.optional(),
  })
  .strict()
  .refine((input) => input.recipientId === undefined || input.recipient === undefined, {
    message: "give recipientId or recipient, not both",
    path: ["recipientId"],
  });
export type TestSendInput = z.input<typeof testSendInput>;

/** `to` is the sender's own mailbox. */
export const testSend = z.object({
  to: z.string(),
  subject: z.string(),
  exampleVariables,
  missingVariables,
});
export type TestSend = z.infer<typeof testSend>;

/** Names a template either by id or by its place in a preset, or gives the wording itself; one of the three. */
export const previewInput = z
  .object({
    templateId: id.optional(),
    presetId: z.string().max(50).optional(),
    stepNumber: z.number().int().min(1).max(limits.stepsPerCampaign).optional(),
    content: templateInput
      .pick({ subject: true, preheader: true, bodyHtml: true, bodyText: true })
      .optional(),
    /** The subject, with its variables, that a follow-up's thread began under; of a preset it is known. Absent: it begins one. */
    threadSubject: templateInput.shape.subject.optional(),
    senderId: id.optional(),
    /** Without it the variables' examples stand in for it, as for `property`. */
    recipient: jsonObject.optional(),
    property: jsonObject.optional(),
  })
  .refine(
    (input) =>
      [input.templateId, input.presetId, input.content].filter((given) => given !== undefined).length === 1,
    "give exactly one of templateId, presetId and content",
  );
export type PreviewInput = z.input<typeof previewInput>;

/** One email exactly as the recipient would get it, footer and links included (links lead nowhere in a preview). */
export const emailPreview = z.object({
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  missingVariables,
  exampleVariables,
  /** Of the HTML as it is sent. */
  htmlBytes: z.number().int(),
  /** Gmail would cut it off before its end, and hide the way to unsubscribe. */
  isClipped: z.boolean(),
});
export type EmailPreview = z.infer<typeof emailPreview>;
