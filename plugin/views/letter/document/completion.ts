import { type EditorState, TextSelection } from "prosemirror-state";
import type { OfferedVariable } from "../../../../shared/template.ts";

/** The text that the agent typed after two braces, and the range of that text. */
export type CompletionQuery = { from: number; to: number; words: string };

const longestQuery = 40;

/**
 * Returns the text between the two opening braces of a tag and the cursor; null if the agent is not
 * typing a tag.
 */
export function findCompletionQuery({ selection }: EditorState): CompletionQuery | null {
  if (!(selection instanceof TextSelection) || !selection.empty) return null;
  const { $from } = selection;
  const start = Math.max(0, $from.parentOffset - longestQuery);
  const before = $from.parent.textBetween(start, $from.parentOffset, null, "\ufffc");
  const found = /\{\{([^{}\ufffc]*)$/.exec(before);
  if (found === null) return null;
  return { from: $from.pos - found[0].length, to: $from.pos, words: found[1] ?? "" };
}

/**
 * Returns up to `most` variables whose label or path contains all the typed words. Variables whose
 * label begins with the words come first.
 */
export function findCompletions(
  words: string,
  variables: readonly OfferedVariable[],
  most = 8,
): readonly OfferedVariable[] {
  const asked = words.toLowerCase().trim();
  const parts = asked.split(/[\s.]+/);
  const fits = ({ label, path }: OfferedVariable) => {
    const text = `${label} ${path}`.toLowerCase();
    return parts.every((part) => text.includes(part));
  };
  const begins = ({ label }: OfferedVariable) => label.toLowerCase().startsWith(asked);
  const found = variables.filter(fits);
  return [...found.filter(begins), ...found.filter((one) => !begins(one))].slice(0, most);
}

/**
 * The usual fallback words of a new variable, by the variable's path. An email contains the
 * fallback words if the value is missing.
 */
const usualFallbacks: Readonly<Record<string, string>> = {
  "recipient.salutation": "there",
  "recipient.firstName": "there",
  "property.streetAddress": "your property",
  "property.city": "your area",
};

export const findUsualFallback = (path: string): string | null => usualFallbacks[path] ?? null;
