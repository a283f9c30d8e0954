import type { LintFinding } from "../../../shared/template-lint.ts";
import { limits, type TemplateField, templateFields } from "../../../shared/vocabulary.ts";
import type { Found, LintTag, LintText } from "./lint-finding.ts";
import { lengthFindings } from "./lint-lengths.ts";
import { markupFindings } from "./lint-markup.ts";
import { flatText, plainText } from "./lint-text.ts";
import { tagFindings } from "./lint-variables.ts";
import { wordFindings } from "./lint-words.ts";

export type LintInput = Readonly<Record<TemplateField, string>> & {
  /** What parsing found, counted from 1; null where the whole field is meant. */
  syntaxErrors: readonly {
    field: TemplateField;
    message: string;
    line: number | null;
    column: number | null;
  }[];
  /** Variables used that nobody will fill in, and those that look like one that is offered: `suggestion`. */
  strangeVariables: readonly { field: TemplateField; path: string; suggestion: string | null }[];
  /** What stands where in `withoutMustaches(bodyHtml, lintFiller)`. */
  tags: readonly LintTag[];
  texts: readonly LintText[];
  /** Of the HTML as it is kept, its styles inlined. */
  keptBytes: number;
  /** Whether the footer, which every email gets, has an address to print. */
  hasPostalAddress: boolean;
};

/** Everything to say about a template's wording, by field and place. Time grows with the text's length and no faster. */
export function lintTemplate(input: LintInput): LintFinding[] {
  const body = flatText(input.texts, input.bodyHtml);
  const found = [
    ...tagFindings(input, templateFields),
    ...lengthFindings(input),
    ...markupFindings(input, body.text),
    ...templateFields.flatMap((field) =>
      wordFindings(field, field === "bodyHtml" ? body : plainText(input[field])),
    ),
  ];
  return place(input, found);
}

/** Line and column for each, in reading order, the worst first where there are too many. */
function place(input: LintInput, found: readonly Found[]): LintFinding[] {
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
