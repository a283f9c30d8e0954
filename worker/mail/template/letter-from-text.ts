import { escapeHtml } from "../../../shared/html-text.ts";
import { findMustaches } from "../../../shared/mustache.ts";

/**
 * Returns the HTML of a letter that an agent wrote as plain text. Each block of lines becomes a
 * paragraph, and each web address becomes a link. The Handlebars tags are left unchanged.
 */
export function buildLetterFromText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .map(toParagraph)
    .join("\n");
}

function toParagraph(block: string): string {
  const spans = findMustaches(block);
  // Lines with nothing but tags such as `{{#if}}` and `{{/if}}` get no paragraph, because the
  // paragraph would be an empty line in the letter.
  const words = spans
    .toReversed()
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), block);
  const isOnlyBlockTags =
    words.trim() === "" && spans.every(({ start }) => /^\{\{~?(?:[#/^]|else\b)/.test(block.slice(start)));
  if (isOnlyBlockTags) return block;
  let html = "";
  let from = 0;
  for (const { start, end } of spans) {
    html += formatWords(block.slice(from, start), true) + block.slice(start, end);
    from = end;
  }
  return `<p>${html}${formatWords(block.slice(from), false)}</p>`;
}

/**
 * @param isBeforeTag true if a tag follows the words. An address right before the tag gets no link,
 *   because the tag's value may belong to the address.
 */
function formatWords(words: string, isBeforeTag: boolean): string {
  let html = "";
  let from = 0;
  for (const match of words.matchAll(/https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g)) {
    const [url] = match;
    const end = match.index + url.length;
    if (isBeforeTag && end === words.length) continue;
    html += `${escapeHtml(words.slice(from, match.index))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
    from = end;
  }
  return (html + escapeHtml(words.slice(from))).replaceAll("\n", "<br>\n");
}
