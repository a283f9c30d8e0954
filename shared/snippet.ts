import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant, singleLine } from "./primitives.ts";

/**
 * A snippet: one or more paragraphs that an office uses in several letters and changes in one
 * place. A letter names the snippet by a marker in a paragraph of its own.
 */
export const snippetInput = z
  .object({
    name: singleLine(limits.nameLength),
    bodyHtml: z.string().trim().min(1).max(limits.snippetLength),
  })
  .strict();
export type SnippetInput = z.input<typeof snippetInput>;

/** A change of a snippet. The header `If-Match` contains the version that the caller changed. */
export const snippetPatch = snippetInput
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "must change at least one field");
export type SnippetPatch = z.input<typeof snippetPatch>;

export const snippet = z.object({
  id,
  name: z.string(),
  bodyHtml: z.string(),
  version: z.number().int().positive(),
  /**
   * The number of letters that use the snippet, in the office's sequences and in unfinished
   * campaigns.
   */
  letters: z.number().int().nonnegative(),
  updatedBy: z.string(),
  updatedByName: z.string().nullable(),
  updatedAt: instant,
});
export type Snippet = z.infer<typeof snippet>;

/** The answer to a change: the snippet, and the number of campaigns that the change reached. */
export const changedSnippet = snippet.extend({
  /** The number of unfinished campaigns whose coming emails contain the new text. */
  campaigns: z.number().int().nonnegative(),
});
export type ChangedSnippet = z.infer<typeof changedSnippet>;
