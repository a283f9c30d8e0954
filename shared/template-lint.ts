import { z } from "zod";
import { lintCodes, lintSeverities, templateFields } from "./vocabulary.ts";

/** Something about a template's wording, and where. An error keeps it from being saved, a warning does not. */
export const lintFinding = z.object({
  code: z.enum(lintCodes),
  severity: z.enum(lintSeverities),
  field: z.enum(templateFields),
  /** UTF-16 offsets into the field, `end` exclusive; both 0 where the whole field is meant. */
  start: z.number().int(),
  end: z.number().int(),
  /** Of `start`, counted from 1. */
  line: z.number().int(),
  column: z.number().int(),
  /** What is the matter and what to do, for a person. */
  message: z.string(),
});
export type LintFinding = z.infer<typeof lintFinding>;

/** What an email can't or must not hold and was taken out of the HTML when it was saved. */
export const removedPart = z.object({
  kind: z.enum(["element", "attribute", "style", "comment"]),
  /** The element, the attribute as `a.href`, the property; for what is none of these, what it was. */
  name: z.string(),
  count: z.number().int().positive(),
});
export type RemovedPart = z.infer<typeof removedPart>;

export const lintAnswer = z.object({ lint: z.array(lintFinding), removed: z.array(removedPart) });
export type LintAnswer = z.infer<typeof lintAnswer>;

/** A merge field of another tool that was rewritten as a variable of ours. */
export const mergeConversion = z.object({
  field: z.enum(templateFields),
  from: z.string(),
  to: z.string(),
  count: z.number().int().positive(),
});

export const convertAnswer = z.object({
  subject: z.string(),
  preheader: z.string(),
  bodyHtml: z.string(),
  bodyText: z.string(),
  conversions: z.array(mergeConversion),
  /** What is left, such as merge fields that could mean more than one thing. */
  lint: z.array(lintFinding),
});
export type ConvertAnswer = z.infer<typeof convertAnswer>;
