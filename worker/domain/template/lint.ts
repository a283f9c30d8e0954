import type { LintFinding } from "../../../shared/template-lint.ts";
import { limits, type TemplateField, templateFields } from "../../../shared/vocabulary.ts";
import type { UnplacedFinding, LintTag, LintText } from "./lint-finding.ts";
import { lintLengths } from "./lint-lengths.ts";
import { lintMarkup } from "./lint-markup.ts";
import { flattenHtml, flattenPlainText } from "./lint-text.ts";
import { lintTags } from "./lint-variables.ts";
import { lintWords } from "./lint-words.ts";

export type LintInput = Readonly<Record<TemplateField, string>> & {
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
  /** The tags and texts of `withoutMustaches(bodyHtml, lintFiller)`. */
  tags: readonly LintTag[];
  texts: readonly LintText[];
  /** The size of the HTML as it is stored, with inlined styles. */
  keptBytes: number;
  /** Whether the tenant has a postal address for the footer. */
  hasPostalAddress: boolean;
};

/**
 * Returns every finding about a template's wording, ordered by field and place. The time is linear
 * in the length of the text.
 */
export function lintTemplate(input: LintInput): LintFinding[] {
  const body = flattenHtml(input.texts, input.bodyHtml);
  const found = [
    ...lintTags(input, templateFields),
    ...lintLengths(input),
    ...lintMarkup(input, body.text),
    ...templateFields.flatMap((field) =>
      lintWords(field, field === "bodyHtml" ? body : flattenPlainText(input[field])),
    ),
  ];
  return place(input, found);
}

/**
 * Adds line and column to the findings and puts them in reading order. If there are too many,
 * warnings are dropped before errors.
 */
function place(input: LintInput, found: readonly UnplacedFinding[]): LintFinding[] {
  const kept = [...found]
    .sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"))
    .slice(0, limits.lintFindings);
  return templateFields.flatMap((field) => {
    let line = 1;
    let lineStart = 0;
    return kept
      .filter((finding) => finding.field === field)
      .sort((a, b) => a.start - b.start)
      .map((finding): LintFinding => {
        for (let at = input[field].indexOf("\n", lineStart); at !== -1 && at < finding.start; ) {
          line += 1;
          lineStart = at + 1;
          at = input[field].indexOf("\n", lineStart);
        }
        return { ...finding, line, column: finding.start - lineStart + 1 };
      });
  });
}
