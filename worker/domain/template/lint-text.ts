import { findMustaches, findQuotedFallback } from "../../../shared/mustache.ts";
import type { LintText, TextRange } from "./lint-finding.ts";

/**
 * The character that replaces each character of a Handlebars tag before the lint searches for
 * markup and words. The filler is not a letter, a space or markup.
 */
export const lintFiller = "\u00b7";

/**
 * The text that a reader sees, with single spaces. `at` holds the source offset of each character.
 */
export type FlatText = { text: string; at: readonly number[] };

/** A separator between two paragraphs, so that no phrase matches across paragraphs. */
const paragraphEnd = "\u2029";
const blockTag = /<\/?(?:p|div|td|th|li|h[1-6]|tr|table|ul|ol|blockquote|hr)(?![a-z0-9])/i;
const unread = new Set(["style", "script", "title"]);

/** Returns the flat text of a field that is not HTML, such as a subject. */
export function flattenPlainText(source: string): FlatText {
  return flatten([{ text: source, inside: "", start: 0, end: source.length }], source);
}

/**
 * Returns the flat text of HTML.
 * @param texts the texts that a parser found in `source` after filler replaced the Handlebars tags
 */
export function flattenHtml(texts: readonly LintText[], source: string): FlatText {
  return flatten(
    texts.filter(({ inside }) => !unread.has(inside)),
    source,
  );
}

function flatten(texts: readonly LintText[], source: string): FlatText {
  const shown = showFallbacks(source);
  const at: number[] = [];
  const pieces: string[] = [];
  let wasBlank = true;
  let end = -1;
  const add = (character: string, from: number) => {
    const isBlank = /[\s\u00a0-]/.test(character);
    if (character === unprintedMark || (isBlank && wasBlank)) return;
    wasBlank = isBlank;
    pieces.push(isBlank && character !== "-" ? " " : character);
    at.push(from);
  };
  const endParagraph = (from: number) => {
    // The end of a paragraph replaces a blank at the paragraph's end.
    if (pieces.at(-1) === " ") pieces[pieces.length - 1] = paragraphEnd;
    else if (pieces.length > 0 && pieces.at(-1) !== paragraphEnd) {
      pieces.push(paragraphEnd);
      at.push(from);
    }
    wasBlank = true;
  };
  for (const part of texts) {
    const between = end === -1 ? "" : source.slice(end, part.start);
    if (blockTag.test(between)) endParagraph(end);
    else if (/<br\b/i.test(between)) add(" ", end);
    // A character reference (&nbsp;) is longer than the character for which the reference stands.
    const isAsWritten = part.text.length === part.end - part.start;
    for (let index = 0; index < part.text.length; index += 1) {
      const from = part.start + index;
      if (isAsWritten) add(shown[from] ?? "", from);
      else add(part.text[index] ?? "", part.start);
    }
    end = part.end;
  }
  return { text: pieces.join(""), at };
}

/** A Unicode noncharacter that marks source characters the email does not show. */
const unprintedMark = "\uffff";

/**
 * Returns the source with each `{{default}}` tag reduced to its fallback, and with filler in place
 * of every other tag. The length does not change.
 */
function showFallbacks(source: string): string {
  let result = "";
  let from = 0;
  for (const span of findMustaches(source)) {
    const fallback = findQuotedFallback(source, span);
    result += source.slice(from, span.start);
    if (fallback === null) result += lintFiller.repeat(span.end - span.start);
    else {
      result += unprintedMark.repeat(fallback.start - span.start);
      result += source.slice(fallback.start, fallback.end);
      result += unprintedMark.repeat(span.end - fallback.end);
    }
    from = span.end;
  }
  return result + source.slice(from);
}

/** Returns the source offsets of a stretch of the flat text. */
export function locateInSource({ at }: FlatText, index: number, length: number): TextRange {
  return { start: at[index] ?? 0, end: (at[index + length - 1] ?? 0) + 1 };
}
