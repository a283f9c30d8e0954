import { type EditorState, TextSelection } from "prosemirror-state";
import type { OfferedVariable } from "../../../../shared/template.ts";

/** What was typed after two braces, and where. */
export type CompletionQuery = { from: number; to: number; words: string };

const longestQuery = 40;

/** Returns what is typed after two braces before the cursor; null if no tag is begun there. */
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
 * Returns the variables whose label or path has all the words, at most `most`. A label that begins
 * with the words comes first.
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

/** The words for a missing value that a new variable begins with. */
const usualFallbacks: Readonly<Record<string, string>> = {
  "recipient.salutation": "there",
  "recipient.firstName": "there",
  "property.streetAddress": "your property",
  "property.city": "your area",
};

export const findUsualFallback = (path: string): string | null => usualFallbacks[path] ?? null;
