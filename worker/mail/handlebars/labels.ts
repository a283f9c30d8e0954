import type { Expression } from "./tree.ts";

/** A name that Handlebars reads without brackets around it. */
const plainSegment = /^[^\s!"#%&'()*+,./;<=>@[\\\]^`{|}~]+$/;

/**
 * Returns each of `paths` followed by `parts`, as a template would write the path: `owner.[first
 * name]`.
 */
export function appendPathParts(paths: readonly string[], parts: readonly string[]): string[] {
  const rest = parts.map((part) => (plainSegment.test(part) ? part : `[${part}]`));
  return paths.map((path) => (path === "" ? rest : [path, ...rest]).join("."));
}

/**
 * Returns the root paths at which an expression's value can be. '' is the root itself; the list is
 * empty if the value doesn't come from the data.
 */
export function listRootPaths(expression: Expression): readonly string[] {
  if (expression.kind === "literal") return [];
  if (expression.kind === "default") {
    return [...new Set([...listRootPaths(expression.value), ...listRootPaths(expression.fallback)])];
  }
  return expression.label.variables;
}

export function formatExpressionSource(expression: Expression): string {
  if (expression.kind === "literal") return JSON.stringify(expression.value) ?? "undefined";
  if (expression.kind === "default") return formatExpressionSource(expression.value);
  return expression.label.source;
}

/**
 * Returns the names that tell a person which value is missing: the expression's variables or, if it
 * has none, its source text.
 */
export function listMissingNames(expression: Expression): readonly string[] {
  const variables = listRootPaths(expression).filter((path) => path !== "");
  return variables.length > 0 ? variables : [formatExpressionSource(expression)];
}
