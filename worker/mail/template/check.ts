import type { TemplateVariable } from "../../../shared/template.ts";
import type { LintFinding, RemovedPart } from "../../../shared/template-lint.ts";
import { type TemplateField, templateFields } from "../../../shared/vocabulary.ts";
import { type LintInput, lintTemplate } from "../../domain/template/lint.ts";
import { lintFiller } from "../../domain/template/lint-text.ts";
import { variableMeantBy } from "../../domain/template/merge-fields.ts";
import { withoutMustaches } from "../../domain/template/mustache.ts";
import { fallbacksOf, parseTemplate, type Template, variablesOf } from "../handlebars/handlebars.ts";
import { knownVariables } from "../merge-data/merge-data.ts";
import { outlineOf } from "./html-outline.ts";
import { makeLetter } from "./letter.ts";

export type Wording = Readonly<Record<TemplateField, string>>;

/** How an agent wants a variable of their own to be shown to whoever writes with it. */
export type VariableDescription = Pick<TemplateVariable, "path" | "label" | "example">;

export type CheckedWording = {
  /** What is wrong with each part, with its place; empty when the wording can be saved. */
  fields: Record<string, string>;
  /** Everything there is to say about it, as it was given. */
  lint: LintFinding[];
  /** As it is kept and sent: sanitised, its styles inlined. As given where that can't be done. */
  bodyHtml: string;
  removed: RemovedPart[];
  /** In the order of their first use. */
  variables: TemplateVariable[];
};

const errorsNamed = 3;
const offered = new Map(knownVariables.map((variable) => [variable.path, variable]));
/** `recipient.first_name` and `recipient.firstname` are this one. */
const offeredLoosely = new Map(knownVariables.map(({ path }) => [loose(path), path]));

/**
 * Finds out what a template uses and what is wrong with it before it is saved, so that what can't be sent is not found
 * out at sending.
 */
export function checkWording(
  wording: Wording,
  options: { hasPostalAddress?: boolean; described?: readonly VariableDescription[] } = {},
): CheckedWording {
  const parts = templateFields.map((field) => ({ field, parsed: parseTemplate(wording[field]) }));
  const templates = parts.flatMap(({ field, parsed }) =>
    parsed.ok ? [{ field, template: parsed.template }] : [],
  );
  const outline = outlineOf(withoutMustaches(wording.bodyHtml, lintFiller));
  const letter = letterOf(wording.bodyHtml);
  const lint = lintTemplate({
    ...wording,
    syntaxErrors: parts.flatMap(({ field, parsed }) =>
      parsed.ok ? [] : parsed.errors.slice(0, errorsNamed).map((error) => ({ field, ...error })),
    ),
    strangeVariables: templates.flatMap(({ field, template }) => strangeIn(field, template)),
    tags: outline.tags,
    texts: outline.texts,
    keptBytes: new TextEncoder().encode(letter.html).length,
    hasPostalAddress: options.hasPostalAddress ?? true,
  });
  const fields = { ...errorsByField(lint), ...letter.fields };
  return {
    fields,
    lint: [...lint, ...letter.lint],
    bodyHtml: letter.html,
    removed: letter.removed,
    variables: variablesIn(
      templates.map(({ template }) => template),
      options.described ?? [],
    ),
  };
}

type CheckedLetter = {
  html: string;
  removed: RemovedPart[];
  fields: Record<string, string>;
  lint: LintFinding[];
};

function letterOf(bodyHtml: string): CheckedLetter {
  const letter = makeLetter(bodyHtml);
  if (!letter.ok) return refusedLetter(bodyHtml, letter.message);
  if (letter.html === "") return refusedLetter(bodyHtml, "has nothing left of it that an email can hold");
  const isSplit = parseTemplate(bodyHtml).ok && !parseTemplate(letter.html).ok;
  if (isSplit) {
    const message =
      "has a Handlebars block that begins or ends in HTML that is not allowed, or grows too long with its styles inlined";
    return refusedLetter(bodyHtml, message);
  }
  return { html: letter.html, removed: letter.removed, fields: {}, lint: [] };
}

function refusedLetter(html: string, message: string): CheckedLetter {
  const place = { field: "bodyHtml" as const, start: 0, end: 0, line: 1, column: 1 };
  return {
    ...{ html, removed: [], fields: { bodyHtml: message } },
    lint: [{ code: "unsafeHtml", severity: "error", ...place, message }],
  };
}

function errorsByField(lint: readonly LintFinding[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const field of templateFields) {
    const errors = lint.filter((finding) => finding.field === field && finding.severity === "error");
    if (errors.length > 0) fields[field] = errors.slice(0, errorsNamed).map(inWords).join("; ");
  }
  return fields;
}

function inWords({ message, line, column, start, end }: LintFinding): string {
  const isWhole = start === 0 && end === 0;
  return isWhole ? message : `${message} (line ${line}, column ${column})`;
}

/** A host adds what it likes under `recipient` and `property`; anything else nobody will ever fill in. */
function strangeIn(field: TemplateField, template: Template): LintInput["strangeVariables"] {
  return variablesOf(template).flatMap(({ path }) => {
    if (offered.has(path) || path === "recipient" || path === "property") return [];
    const suggestion = offeredLoosely.get(loose(path)) ?? variableMeantBy(path);
    const isOwn = /^(?:recipient|property)\./.test(path);
    return isOwn && suggestion === null ? [] : [{ field, path, suggestion }];
  });
}

function loose(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9.]/g, "");
}

function variablesIn(
  templates: readonly Template[],
  described: readonly VariableDescription[],
): TemplateVariable[] {
  const own = new Map(described.map((variable) => [variable.path, variable]));
  const optional = new Map<string, boolean>();
  const fallbacks = new Map<string, string>();
  for (const template of templates) {
    for (const { path, hasFallback, conditional } of variablesOf(template)) {
      optional.set(path, (optional.get(path) ?? true) && (hasFallback || conditional));
    }
    for (const [path, fallback] of fallbacksOf(template)) {
      if (!fallbacks.has(path)) fallbacks.set(path, fallback);
    }
  }
  return [...optional].map(([path, hasFallback]) => ({
    path,
    label: own.get(path)?.label ?? offered.get(path)?.label ?? labelOf(path),
    example: own.get(path)?.example ?? offered.get(path)?.example ?? "",
    hasFallback,
    fallback: fallbacks.get(path) ?? null,
  }));
}

/** "recipient.lastVisitDate" is "Last visit date". */
function labelOf(path: string): string {
  const words = path
    .slice(path.indexOf(".") + 1)
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[\s_.*-]+/g, " ")
    .trim()
    .toLowerCase();
  return words === "" ? path : words.charAt(0).toUpperCase() + words.slice(1);
}
