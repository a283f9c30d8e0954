import { escapeHtml } from "../../../shared/html-text.ts";

/**
 * A combining grapheme joiner, a zero-width non-joiner and a no-break space: invisible, but not
 * collapsed by mail programs. The padding keeps the letter's first words out of the preview, which
 * has at most about 140 characters.
 */
const padding = "&#847;&zwnj;&nbsp;";
const previewLength = 140;

/**
 * Returns hidden HTML with the text that an inbox shows beside the subject. Returns '' for no text,
 * and the inbox then shows the letter's first words.
 */
export function renderPreheader(preheader: string): string {
  const text = preheader.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (text === "") return "";
  const pads = padding.repeat(Math.max(20, previewLength - text.length));
  return `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(text)}${pads}</div>\n`;
}
