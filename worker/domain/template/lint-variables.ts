import { findMustaches } from "../../../shared/mustache.ts";
import type { TemplateField } from "../../../shared/vocabulary.ts";
import { findForeignMergeFields } from "./foreign-merge-fields.ts";
import type { UnlocatedFinding } from "./lint-finding.ts";
import type { TemplateLintInput } from "./lint-input.ts";

/**
 * Returns the findings about the Handlebars tags of a wording: their syntax, their variables, and
 * merge fields of other tools.
 */
export function lintHandlebarsTags(
  input: TemplateLintInput,
  fields: readonly TemplateField[],
): UnlocatedFinding[] {
  return [
    ...listSyntaxErrors(input),
    ...listStrangeVariables(input),
    ...fields.flatMap((field) => listForeignFields(field, input[field])),
  ];
}

function listSyntaxErrors({ syntaxErrors, ...fields }: TemplateLintInput): UnlocatedFinding[] {
  return syntaxErrors.map(({ field, message, line, column }) => {
    const start = line === null ? 0 : toOffset(fields[field], line, column ?? 1);
    return { code: "syntaxError", severity: "error", field, start, end: start, message };
  });
}

function toOffset(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current += 1) {
    const next = text.indexOf("\n", start);
    if (next === -1) break;
    start = next + 1;
  }
  return Math.min(text.length, start + column - 1);
}

function listStrangeVariables(input: TemplateLintInput): UnlocatedFinding[] {
  return input.strangeVariables.flatMap(({ field, path, suggestion }): UnlocatedFinding[] => {
    const text = input[field];
    const name = path.slice(0, 100);
    const isOurs = suggestion !== null && /^(?:recipient|property)\./.test(path);
    const found = {
      code: isOurs ? ("misspelledVariable" as const) : ("unknownVariable" as const),
      severity: isOurs ? ("warning" as const) : ("error" as const),
      field,
      message:
        suggestion === null
          ? `"${name}" is not a variable; use one from the list, or one of your own under recipient. or property.`
          : `"${name}" is not on the list of variables; did you mean {{${suggestion}}}?`,
    };
    const places = findMustaches(text).flatMap((span) => {
      const at = span.kind === "tag" ? findWholeName(text.slice(span.start, span.end), path) : -1;
      return at === -1 ? [] : [{ start: span.start + at, end: span.start + at + path.length }];
    });
    return (places.length > 0 ? places : [{ start: 0, end: 0 }]).map((at) => ({ ...found, ...at }));
  });
}

function findWholeName(tag: string, path: string): number {
  const isPart = (character: string | undefined) => character !== undefined && /[\w.$-]/.test(character);
  for (let at = tag.indexOf(path); at !== -1; at = tag.indexOf(path, at + path.length)) {
    if (!isPart(tag[at - 1]) && !isPart(tag[at + path.length])) return at;
  }
  return -1;
}

function listForeignFields(field: TemplateField, text: string): UnlocatedFinding[] {
  // A field in double braces without a fallback is reported as an unknown variable already.
  const left = findForeignMergeFields(text).filter(
    ({ written, fallback }) => !written.startsWith("{{") || fallback !== null,
  );
  return left.map(({ start, end, written, variable, advice }) => ({
    code: "foreignMergeField",
    severity: "warning",
    field,
    start,
    end,
    message:
      variable === null
        ? `"${written}" looks like another tool's merge field: ${advice}`
        : `"${written}" is another tool's merge field and would be printed as is; use {{${variable}}}`,
  }));
}
