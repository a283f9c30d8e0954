import { findMustaches } from "../../../../shared/mustache.ts";

/**
 * A letter's HTML, and the ranges of the Handlebars tags and blocks in the HTML. A block is one
 * range, together with the block's content.
 */
export type LetterSource = {
  html: string;
  spans: readonly { start: number; end: number }[];
};

/** Returns the ranges of the tags and blocks of a source; null if a block is not closed. */
export function findHandlebarsSpans(html: string): LetterSource["spans"] | null {
  const spans: { start: number; end: number }[] = [];
  let depth = 0;
  for (const { kind, start, end } of findMustaches(html)) {
    const tag = html.slice(start, end);
    const isOpening = kind === "tag" && /^\{\{~?[#^]\s*[^\s}~]/.test(tag);
    const isClosing = kind === "tag" && /^\{\{~?\//.test(tag);
    const last = spans.at(-1);
    if (depth > 0 && last) last.end = end;
    else spans.push({ start, end });
    if (isOpening) depth += 1;
    if (isClosing) depth -= 1;
    if (depth < 0) return null;
  }
  return depth === 0 ? spans : null;
}

/** Replaces each character of the tags and blocks by another character. Offsets stay the same. */
export function maskHandlebarsSpans(html: string, spans: LetterSource["spans"]): string {
  let masked = "";
  let from = 0;
  for (const { start, end } of spans) {
    masked += html.slice(from, start) + "x".repeat(end - start);
    from = end;
  }
  return masked + html.slice(from);
}
