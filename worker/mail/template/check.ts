import type { ClaimAttestations } from "../../../shared/claim.ts";
import { limits } from "../../../shared/limits.ts";
import { maskMustaches } from "../../../shared/mustache.ts";
import type { TemplateVariable } from "../../../shared/template.ts";
import type { LintFinding, RemovedHtmlPart } from "../../../shared/template-lint.ts";
import {
  type LetterClaim,
  letterClaims,
  type TemplateField,
  templateFields,
} from "../../../shared/vocabulary.ts";
import { brokerageNameSizePx } from "../../domain/compliance/disclosure.ts";
import { guessVariable } from "../../domain/template/foreign-merge-fields.ts";
import { lintTemplate } from "../../domain/template/lint.ts";
import type { TemplateLintInput } from "../../domain/template/lint-input.ts";
import { lintFiller } from "../../domain/template/lint-text.ts";
import {
  listFallbacks,
  listVariables,
  type ParsedTemplate,
  parseTemplate,
} from "../handlebars/handlebars.ts";
import { knownVariables } from "../merge-data/known-variables.ts";
import { labelVariable } from "../merge-data/variable-labels.ts";
import { outlineHtml } from "./html-outline.ts";
import { sanitizeAndInlineLetter } from "./letter.ts";
import { listTextSizes } from "./text-sizes.ts";

export type WordingTexts = Readonly<Record<TemplateField, string>>;

/** The label and example that an agent wrote for a custom variable; template authors see both. */
export type VariableDescription = Pick<TemplateVariable, "path" | "label" | "example">;

export type CheckedWording = {
  /** The errors of each part, with their positions. Empty if the wording can be saved. */
  fields: Record<string, string>;
  /** Every finding about the given wording. */
  lint: LintFinding[];
  /**
   * The HTML to store and send: sanitized, with its styles inlined. If sanitizing fails, `bodyHtml`
   * is the given HTML.
   */
  bodyHtml: string;
  removed: RemovedHtmlPart[];
  /** The variables in the order of their first use. */
  variables: TemplateVariable[];
};

const maxErrorsNamed = 3;
const offeredVariables = new Map(knownVariables.map((variable) => [variable.path, variable]));
/**
 * Maps a path in lower case, without punctuation other than dots, to the variable that the path
 * means, so that `recipient.first_name` is recognized as `recipient.firstName`.
 */
const pathsByLoosePath = new Map(knownVariables.map(({ path }) => [toLoosePath(path), path]));

/**
 * The facts that the checks need besides the wording: facts about the office, and descriptions of
 * variables.
 */
export type WordingCheckOptions = {
  hasPostalAddress?: boolean;
  attestedClaims?: readonly LetterClaim[];
  described?: readonly VariableDescription[];
};

/**
 * Returns the office's part of the options, from its settings. An office that was deleted has
 * attested nothing.
 */
export function buildWordingCheckOptions(
  office: { postalAddress: string; claimAttestations: ClaimAttestations } | undefined,
): WordingCheckOptions {
  return {
    hasPostalAddress: (office?.postalAddress ?? "").trim() !== "",
    attestedClaims: letterClaims.filter((claim) => office?.claimAttestations[claim] !== undefined),
  };
}

/**
 * Returns the variables of a wording and every finding about the wording. Runs before saving, so
 * that only a template that can be sent is stored.
 */
export function checkWording(wording: WordingTexts, options: WordingCheckOptions = {}): CheckedWording {
  const letter = makeCheckedLetter(wording.bodyHtml);
  const keptBytes = new TextEncoder().encode(letter.html).length;
  const { hasPostalAddress = true, attestedClaims = [] } = options;
  const context = { keptBytes, hasPostalAddress, attestedClaims };
  const { lint, templates } = lintWording(wording, context);
  const found = [...lint, ...lintAgentSize(letter.html), ...letter.lint];
  const fields = { ...groupErrorsByField(found), ...letter.fields };
  const isChanged = letter.html !== wording.bodyHtml && Object.keys(fields).length === 0;
  return {
    // The HTML to store must be free of errors too, so that the HTML can be saved again. Sanitizing
    // may have removed a part that the wording needs.
    fields: isChanged
      ? groupErrorsByField(lintWording({ ...wording, bodyHtml: letter.html }, context).lint)
      : fields,
    lint: found,
    bodyHtml: letter.html,
    removed: letter.removed,
    variables: collectVariables(
      templates.map(({ template }) => template),
      options.described ?? [],
    ),
  };
}

function lintWording(
  wording: WordingTexts,
  context: Pick<TemplateLintInput, "keptBytes" | "hasPostalAddress" | "attestedClaims">,
): { lint: LintFinding[]; templates: { field: TemplateField; template: ParsedTemplate }[] } {
  const parts = templateFields.map((field) => ({ field, parsed: parseTemplate(wording[field]) }));
  const templates = parts.flatMap(({ field, parsed }) =>
    parsed.ok ? [{ field, template: parsed.template }] : [],
  );
  const outline = outlineHtml(maskMustaches(wording.bodyHtml, lintFiller));
  const lint = lintTemplate({
    ...wording,
    ...context,
    syntaxErrors: parts.flatMap(({ field, parsed }) =>
      parsed.ok ? [] : parsed.errors.slice(0, maxErrorsNamed).map((error) => ({ field, ...error })),
    ),
    strangeVariables: templates.flatMap(({ field, template }) => findStrangeVariables(field, template)),
    tags: outline.tags,
    texts: outline.texts,
  });
  return { lint, templates };
}

type CheckedLetter = {
  html: string;
  removed: RemovedHtmlPart[];
  fields: Record<string, string>;
  lint: LintFinding[];
};

function makeCheckedLetter(bodyHtml: string): CheckedLetter {
  const letter = sanitizeAndInlineLetter(bodyHtml);
  if (!letter.ok) return buildRefusedLetter(bodyHtml, letter.message);
  if (letter.html === "") return buildRefusedLetter(bodyHtml, "has nothing left that an email can contain");
  if (letter.html.length > limits.bodyLength)
    return buildRefusedLetter(bodyHtml, "is too long once its styles are inlined");
  const isSplit = parseTemplate(bodyHtml).ok && !parseTemplate(letter.html).ok;
  if (isSplit) {
    const message =
      "has a Handlebars block that begins or ends in HTML that is not allowed, or it is too long once its styles are inlined";
    return buildRefusedLetter(bodyHtml, message);
  }
  return { html: letter.html, removed: letter.removed, fields: {}, lint: [] };
}

/**
 * Returns an error if the letter prints the agent's name as large as the brokerage's or larger.
 * Rhode Island and New Jersey want the brokerage's name larger than the agent's. The footer prints
 * the brokerage's name too.
 */
function lintAgentSize(html: string): LintFinding[] {
  const texts = listTextSizes(html);
  const largest = (variable: RegExp) =>
    Math.max(0, ...texts.filter(({ text }) => variable.test(text)).map(({ sizePx }) => sizePx));
  const brokerage = Math.max(brokerageNameSizePx, largest(/\{\{[^}]*\bbrokerage\.name\b/));
  const agent = largest(/\{\{[^}]*\bsender\.fromName\b/);
  if (agent < brokerage) return [];
  const message = `shows the agent's name at ${Math.round(agent)} px; it must be smaller than the brokerage's name, ${Math.round(brokerage)} px`;
  const place = { field: "bodyHtml" as const, start: 0, end: 0, line: 1, column: 1 };
  return [{ code: "agentTooLarge", severity: "error", ...place, message }];
}

function buildRefusedLetter(html: string, message: string): CheckedLetter {
  const place = { field: "bodyHtml" as const, start: 0, end: 0, line: 1, column: 1 };
  return {
    ...{ html, removed: [], fields: { bodyHtml: message } },
    lint: [{ code: "unsafeHtml", severity: "error", ...place, message }],
  };
}

function groupErrorsByField(lint: readonly LintFinding[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const field of templateFields) {
    const errors = lint.filter((finding) => finding.field === field && finding.severity === "error");
    if (errors.length > 0) fields[field] = errors.slice(0, maxErrorsNamed).map(describeFinding).join("; ");
  }
  return fields;
}

function describeFinding({ message, line, column, start, end }: LintFinding): string {
  const isWhole = start === 0 && end === 0;
  return isWhole ? message : `${message} (line ${line}, column ${column})`;
}

/**
 * Returns the variables that nobody will ever fill in. A host may add its own variables under
 * `recipient` and `property`. So a variable there is returned only if its path looks like a
 * misspelled known path.
 */
function findStrangeVariables(
  field: TemplateField,
  template: ParsedTemplate,
): TemplateLintInput["strangeVariables"] {
  return listVariables(template).flatMap(({ path }) => {
    if (offeredVariables.has(path) || path === "recipient" || path === "property") return [];
    const suggestion = pathsByLoosePath.get(toLoosePath(path)) ?? guessVariable(path);
    const isOwn = /^(?:recipient|property)\./.test(path);
    return isOwn && suggestion === null ? [] : [{ field, path, suggestion }];
  });
}

function toLoosePath(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9.]/g, "");
}

function collectVariables(
  templates: readonly ParsedTemplate[],
  described: readonly VariableDescription[],
): TemplateVariable[] {
  const own = new Map(described.map((variable) => [variable.path, variable]));
  const optional = new Map<string, boolean>();
  const fallbacks = new Map<string, string>();
  for (const template of templates) {
    for (const { path, hasFallback, conditional } of listVariables(template)) {
      optional.set(path, (optional.get(path) ?? true) && (hasFallback || conditional));
    }
    for (const [path, fallback] of listFallbacks(template)) {
      if (!fallbacks.has(path)) fallbacks.set(path, fallback);
    }
  }
  return [...optional].map(([path, hasFallback]) => ({
    path,
    label: own.get(path)?.label ?? labelVariable(path),
    example: own.get(path)?.example ?? offeredVariables.get(path)?.example ?? "",
    hasFallback,
    fallback: fallbacks.get(path) ?? null,
  }));
}
