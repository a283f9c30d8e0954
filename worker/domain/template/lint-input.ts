import type { LetterClaim, TemplateField } from "../../../shared/vocabulary.ts";
import type { LintTag, LintText } from "./lint-finding.ts";

/**
 * The input of the lint (the check of a template): the wording, and the facts that the rules need.
 */
export type TemplateLintInput = Readonly<Record<TemplateField, string>> & {
  /** The errors of the parser. Line and column are counted from 1; null means the whole field. */
  syntaxErrors: readonly {
    field: TemplateField;
    message: string;
    line: number | null;
    column: number | null;
  }[];
  /**
   * The variables that get no value. `suggestion`: a known variable with a similar name, or null.
   */
  strangeVariables: readonly { field: TemplateField; path: string; suggestion: string | null }[];
  /** The tags and texts of `maskMustaches(bodyHtml, lintFiller)`. */
  tags: readonly LintTag[];
  texts: readonly LintText[];
  /** The size of the HTML in its stored form, with inlined styles. */
  keptBytes: number;
  /** True if the tenant has a postal address for the footer. */
  hasPostalAddress: boolean;
  /** The claims that the tenant has attested. */
  attestedClaims: readonly LetterClaim[];
};
