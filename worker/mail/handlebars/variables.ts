import { listValuePaths } from "./labels.ts";
import type { Expression, ParsedTemplate, TemplateNode } from "./tree.ts";

/**
 * A variable that a template reads. `path` starts at the root and has `*` for the item of a loop:
 * `owners.*.name`. If both flags are false, a strict rendering fails without a value.
 * - `hasFallback`: every use works without a value, and at least one use has a `default`.
 * - `conditional`: every use works without a value, and at least one use only decides a condition,
 *   or stands in a block that is rendered only under a condition.
 */
export type VariableUsage = { path: string; hasFallback: boolean; conditional: boolean };

type Use = { hasFallback: boolean; conditional: boolean };

/**
 * Returns the variables of a template, in the order of their first use. Leaves out a variable
 * inside a block whose context is computed, because its path from the root is unknown.
 */
export function listVariables(template: ParsedTemplate): VariableUsage[] {
  const uses = new Map<string, Use[]>();
  collectUses(template.body, false, uses);
  return [...uses].map(([path, all]) => {
    const isRequired = all.some((use) => !use.hasFallback && !use.conditional);
    return {
      path,
      hasFallback: !isRequired && all.some((use) => use.hasFallback),
      conditional: !isRequired && all.some((use) => use.conditional),
    };
  });
}

function collectUses(nodes: readonly TemplateNode[], isInBlock: boolean, uses: Map<string, Use[]>): void {
  for (const node of nodes) {
    if (node.kind === "text") continue;
    if (node.kind === "print") {
      recordUse(node.value, { hasFallback: false, conditional: isInBlock }, uses);
      continue;
    }
    recordUse(node.subject, { hasFallback: false, conditional: true }, uses);
    if (node.kind === "if") recordUse(node.includeZero, { hasFallback: false, conditional: true }, uses);
    collectUses(node.body, true, uses);
    collectUses(node.otherwise, true, uses);
  }
}

function recordUse(expression: Expression, use: Use, uses: Map<string, Use[]>): void {
  if (expression.kind === "literal") return;
  if (expression.kind === "default") {
    recordUse(expression.value, { ...use, hasFallback: true }, uses);
    recordUse(expression.fallback, { ...use, conditional: true }, uses);
    return;
  }
  for (const path of listValuePaths(expression)) {
    if (path !== "") uses.set(path, [...(uses.get(path) ?? []), use]);
  }
  if (expression.kind === "lookup") recordUse(expression.key, { ...use, conditional: true }, uses);
}

/**
 * Returns the text that is printed for each variable if the variable has no value. The text comes
 * from the first `default` that gives this variable a text.
 */
export function listFallbacks(template: ParsedTemplate): Map<string, string> {
  const fallbacks = new Map<string, string>();
  collectFallbacks(template.body, fallbacks);
  return fallbacks;
}

function collectFallbacks(nodes: readonly TemplateNode[], fallbacks: Map<string, string>): void {
  for (const node of nodes) {
    if (node.kind === "text") continue;
    if (node.kind === "print") {
      collectFallbacksFrom(node.value, fallbacks);
      continue;
    }
    collectFallbacks(node.body, fallbacks);
    collectFallbacks(node.otherwise, fallbacks);
  }
}

function collectFallbacksFrom(expression: Expression, fallbacks: Map<string, string>): void {
  if (expression.kind !== "default") return;
  collectFallbacksFrom(expression.value, fallbacks);
  collectFallbacksFrom(expression.fallback, fallbacks);
  const { value, fallback } = expression;
  if (fallback.kind !== "literal" || fallback.value === null || fallback.value === undefined) return;
  for (const path of listValuePaths(value)) {
    if (path !== "" && !fallbacks.has(path)) fallbacks.set(path, String(fallback.value));
  }
}
