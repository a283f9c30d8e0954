import type { Expression } from "./tree.ts";

/** Matches a name that Handlebars reads without brackets around the name. */
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
 * Returns the paths, from the root of the template's data, at which the expression's value may be
 * found, such as `owner.name`. '' is the root itself. The list is empty if the value doesn't come
 * from the data.
 */
export function listValuePaths(expression: Expression): readonly string[] {
  if (expression.kind === "literal") return [];
  if (expression.kind === "default") {
    return [...new Set([...listValuePaths(expression.value), ...listValuePaths(expression.fallback)])];
  }
  return expression.label.variables;
}

export function formatExpressionSource(expression: Expression): string {
  if (expression.kind === "literal") return JSON.stringify(expression.value) ?? "undefined";
  if (expression.kind === "default") return formatExpressionSource(expression.value);
  return expression.label.source;
}

/**
 * Returns the names that tell a person which value is missing: the expression's variables or, if
 * the expression has no variables, its source text.
 */
export function listDisplayNames(expression: Expression): readonly string[] {
  const variables = listValuePaths(expression).filter((path) => path !== "");
  return variables.length > 0 ? variables : [formatExpressionSource(expression)];
}
