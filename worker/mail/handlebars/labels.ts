import type { Expression } from "./tree.ts";

/** What Handlebars takes for a name without brackets around it. */
const PLAIN_SEGMENT = /^[^\s!"#%&'()*+,./;<=>@[\\\]^`{|}~]+$/;

/** Every place in `places` followed by `parts`, as a template would write it: `owner.[first name]`. */
export function joinAll(places: readonly string[], parts: readonly string[]): string[] {
  const rest = parts.map((part) => (PLAIN_SEGMENT.test(part) ? part : `[${part}]`));
  return places.map((place) => (place === "" ? rest : [place, ...rest]).join("."));
}

/** The root paths an expression's value can be at; '' is the root itself, none when it isn't taken from the data. */
export function placesOf(expression: Expression): readonly string[] {
  if (expression.kind === "literal") return [];
  if (expression.kind === "default") {
    return [...new Set([...placesOf(expression.value), ...placesOf(expression.fallback)])];
  }
  return expression.label.variables;
}

export function sourceOf(expression: Expression): string {
  if (expression.kind === "literal") return JSON.stringify(expression.value) ?? "undefined";
  if (expression.kind === "default") return sourceOf(expression.value);
  return expression.label.source;
}

/** The names to tell a person for a value that isn't there: its variables or, when they can't be told, what the template says. */
export function namesOf(expression: Expression): readonly string[] {
  const variables = placesOf(expression).filter((place) => place !== "");
  return variables.length > 0 ? variables : [sourceOf(expression)];
}
