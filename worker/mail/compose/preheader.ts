import { escapeHtml } from "../html-text.ts";

/**
 * Invisible and not collapsed by mail programs: a combining grapheme joiner, a zero-width non-joiner, a no-break space.
 * Enough of it keeps the letter's first words out of the preview, which is some 140 characters at the most.
 */
const padding = "&#847;&zwnj;&nbsp;";
const previewLength = 140;

/** What an inbox shows beside the subject, there to read for it and nobody else; '' for none, and it shows the letter's first words. */
export function preheaderHtml(preheader: string): string {
  const text = preheader.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (text === "") return "";
  const pads = padding.repeat(Math.max(20, previewLength - text.length));
  return `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(text)}${pads}</div>\n`;
}
