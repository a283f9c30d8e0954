import { z } from "zod";
import { id, instant, jsonObject, line } from "./primitives.ts";
import { limits } from "./vocabulary.ts";

/** A template's wording. Subject and bodies are Handlebars; `bodyText` is made from the HTML where it is empty. */
export const templateInput = z.object({
  name: line(limits.nameLength),
  subject: line(limits.subjectLength),
  bodyHtml: z.string().min(1).max(limits.bodyLength),
  bodyText: z.string().max(limits.bodyLength).default(""),
  tags: z.array(line(limits.tagLength)).max(limits.tags).default([]),
});
export type TemplateInput = z.input<typeof templateInput>;

export const templatePatch = z
  .object({
    name: templateInput.shape.name,
    subject: templateInput.shape.subject,
    bodyHtml: templateInput.shape.bodyHtml,
    bodyText: z.string().max(limits.bodyLength),
    tags: z.array(line(limits.tagLength)).max(limits.tags),
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
});
export type TemplateVariable = z.infer<typeof templateVariable>;

export const emailTemplate = z.object({
  id,
  name: z.string(),
  version: z.number().int().positive(),
  subject: z.string(),
  bodyHtml: z.string(),
  bodyText: z.string(),
  variables: z.array(templateVariable),
  tags: z.array(z.string()),
  presetKey: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type EmailTemplate = z.infer<typeof emailTemplate>;

/** Names a template either by id or by its place in a preset, or gives the wording itself; one of the three. */
export const previewInput = z
  .object({
    templateId: id.optional(),
    presetId: z.string().max(50).optional(),
    stepNumber: z.number().int().min(1).max(limits.stepsPerCampaign).optional(),
    content: templateInput.pick({ subject: true, bodyHtml: true, bodyText: true }).optional(),
    senderId: id.optional(),
    recipient: jsonObject.default({}),
    property: jsonObject.default({}),
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
  /** Variables with neither a value nor a fallback: such an email is not sent. */
  missingVariables: z.array(z.string()),
});
export type EmailPreview = z.infer<typeof emailPreview>;
