import { placesOf } from "./labels.ts";
import type { Expression, Template, TemplateNode } from "./tree.ts";

/**
 * A variable that a template reads. `path` starts at the root and has `*` for the item of a loop:
 * `owners.*.name`. If both flags are false, a strict rendering fails without a value.
 * - `hasFallback`: no use needs a value, and one use is covered by `default`.
 * - `conditional`: no use needs a value, and one use only decides, or is in a block that may not be
 *   rendered.
 */
export type TemplateVariable = { path: string; hasFallback: boolean; conditional: boolean };

type Use = { hasFallback: boolean; conditional: boolean };

/**
 * Returns the variables of a template, in the order of their first use. A variable that can't be
 * traced to the root (a computed context) is left out.
 */
export function variablesOf(template: Template): TemplateVariable[] {
  const uses = new Map<string, Use[]>();
  collect(template.body, false, uses);
  return [...uses].map(([path, all]) => {
    const isRequired = all.some((use) => !use.hasFallback && !use.conditional);
    return {
      path,
      hasFallback: !isRequired && all.some((use) => use.hasFallback),
      conditional: !isRequired && all.some((use) => use.conditional),
    };
  });
}

function collect(nodes: readonly TemplateNode[], isInBlock: boolean, uses: Map<string, Use[]>): void {
  for (const node of nodes) {
    if (node.kind === "text") continue;
    if (node.kind === "print") {
      note(node.value, { hasFallback: false, conditional: isInBlock }, uses);
      continue;
    }
    note(node.subject, { hasFallback: false, conditional: true }, uses);
    if (node.kind === "if") note(node.includeZero, { hasFallback: false, conditional: true }, uses);
    collect(node.body, true, uses);
    collect(node.otherwise, true, uses);
  }
}

function note(expression: Expression, use: Use, uses: Map<string, Use[]>): void {
  if (expression.kind === "literal") return;
  if (expression.kind === "default") {
    note(expression.value, { ...use, hasFallback: true }, uses);
    note(expression.fallback, { ...use, conditional: true }, uses);
    return;
  }
  for (const path of placesOf(expression)) {
    if (path !== "") uses.set(path, [...(uses.get(path) ?? []), use]);
  }
  if (expression.kind === "lookup") note(expression.key, { ...use, conditional: true }, uses);
}

/**
 * Returns the text to print for each variable without a value: the first text that a `default` of
 * the variable names.
 */
export function fallbacksOf(template: Template): Map<string, string> {
  const fallbacks = new Map<string, string>();
  gather(template.body, fallbacks);
  return fallbacks;
}

function gather(nodes: readonly TemplateNode[], fallbacks: Map<string, string>): void {
  for (const node of nodes) {
    if (node.kind === "text") continue;
    if (node.kind === "print") {
      gatherFrom(node.value, fallbacks);
      continue;
    }
    gather(node.body, fallbacks);
    gather(node.otherwise, fallbacks);
  }
}

function gatherFrom(expression: Expression, fallbacks: Map<string, string>): void {
  if (expression.kind !== "default") return;
  gatherFrom(expression.value, fallbacks);
  gatherFrom(expression.fallback, fallbacks);
  const { value, fallback } = expression;
  if (fallback.kind !== "literal" || fallback.value === null || fallback.value === undefined) return;
  for (const path of placesOf(value)) {
    if (path !== "" && !fallbacks.has(path)) fallbacks.set(path, String(fallback.value));
  }
}
