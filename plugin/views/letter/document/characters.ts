import { decodeEntities, escapeHtml } from "../../../../shared/html-text.ts";

/* Converts characters between plain text and a letter's HTML. */

/** Returns the text of one character reference, such as `&amp;`; null for an unknown name. */
export function decodeCharacterReference(reference: string): string | null {
  const text = decodeEntities(reference);
  return text === reference || text === "\ufffd" ? null : text;
}

/** Writes a text as HTML, with the character references that the editor uses. */
export const escapeHtmlText = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\u00a0", "&nbsp;");

/** Escapes a value for an attribute in double quotes. Handlebars tags stay as they are. */
export const escapeAttribute = (value: string) =>
  value
    .split(/(\{\{.*?\}\})/)
    .map((piece) => (piece.startsWith("{{") ? piece : escapeHtml(piece)))
    .join("");
