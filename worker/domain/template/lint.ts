import { limits } from "../../../shared/limits.ts";
import type { LintFinding } from "../../../shared/template-lint.ts";
import { templateFields } from "../../../shared/vocabulary.ts";
import { lintClaims } from "./lint-claims.ts";
import type { UnlocatedFinding } from "./lint-finding.ts";
import type { TemplateLintInput } from "./lint-input.ts";
import { lintLengths } from "./lint-lengths.ts";
import { lintMarkup } from "./lint-markup.ts";
import { lintSubject } from "./lint-subject.ts";
import { flattenHtml, flattenPlainText } from "./lint-text.ts";
import { lintHandlebarsTags } from "./lint-variables.ts";
import { lintWords } from "./lint-words.ts";

/**
 * Returns every finding about a template's wording, ordered by field and position. The time is
 * linear in the length of the text.
 */
export function lintTemplate(input: TemplateLintInput): LintFinding[] {
  const body = flattenHtml(input.texts, input.bodyHtml);
  const found = [
    ...lintHandlebarsTags(input, templateFields),
    ...lintSubject(input.subject),
    ...lintLengths(input),
    ...lintMarkup(input, body.text),
    ...templateFields.flatMap((field) => {
      const flat = field === "bodyHtml" ? body : flattenPlainText(input[field]);
      return [...lintWords(field, flat), ...lintClaims(field, flat, input.attestedClaims)];
    }),
  ];
  return locateFindings(input, found);
}

/**
 * Returns the findings in reading order, each with its line and column. If there are too many
 * findings, warnings are dropped before errors.
 */
function locateFindings(input: TemplateLintInput, found: readonly UnlocatedFinding[]): LintFinding[] {
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
