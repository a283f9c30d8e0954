import { z } from "zod";
import { letterClaims, lintCodes, lintSeverities, templateFields } from "./vocabulary.ts";

/**
 * A finding about a template's wording, and its position in the text. A template with an error
 * can't be saved; a warning does not prevent saving.
 */
export const lintFinding = z.object({
  code: z.enum(lintCodes),
  severity: z.enum(lintSeverities),
  field: z.enum(templateFields),
  /**
   * UTF-16 offsets into the field; `end` is exclusive. Both offsets are 0 if the finding concerns
   * the whole field.
   */
  start: z.number().int(),
  end: z.number().int(),
  /** The line and column of `start`, counted from 1. */
  line: z.number().int(),
  column: z.number().int(),
  /** The finding and its remedy, in words for a person. */
  message: z.string(),
  /** The claim that the office has to attest, if the finding is about a claim. */
  claim: z.enum(letterClaims).optional(),
});
export type LintFinding = z.infer<typeof lintFinding>;

/**
 * A part of the HTML that is impossible or forbidden in an email. The Worker removes the part when
 * it saves or checks the template.
 */
export const removedHtmlPart = z.object({
  kind: z.enum(["element", "attribute", "style", "comment"]),
  /**
   * The name of the element or style property, or the attribute as `a.href`. Any other part has a
   * short description.
   */
  name: z.string(),
  count: z.number().int().positive(),
});
export type RemovedHtmlPart = z.infer<typeof removedHtmlPart>;

export const lintResult = z.object({ lint: z.array(lintFinding), removed: z.array(removedHtmlPart) });
export type LintResult = z.infer<typeof lintResult>;

/** A merge field of another tool that the Worker has rewritten as one of Doorknock's variables. */
export const mergeFieldConversion = z.object({
  field: z.enum(templateFields),
  from: z.string(),
  to: z.string(),
  count: z.number().int().positive(),
});

export const convertedTemplate = z.object({
  subject: z.string(),
  preheader: z.string(),
  bodyHtml: z.string(),
  bodyText: z.string(),
  conversions: z.array(mergeFieldConversion),
  /**
   * The findings about the rewritten text, such as merge fields with more than one possible
   * meaning.
   */
  lint: z.array(lintFinding),
});
export type ConvertedTemplate = z.infer<typeof convertedTemplate>;
