import { toVariableLabel } from "../words/variable.ts";

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "’",
  "&nbsp;": " ",
};

/** Replaces each variable by its name in brackets, and removes the other Handlebars tags. */
const nameVariables = (text: string) =>
  text.replace(/\{\{(.*?)\}\}/g, (_, inside: string) => {
    const path = /[a-z]\w*(?:\.\w+)+/i.exec(inside)?.[0];
    return path === undefined || /^[/#]/.test(inside) ? "" : `[${toVariableLabel(path)}]`;
  });

/**
 * Returns the words of a letter's HTML as plain text, for reading and comparing. Removes the HTML
 * tags. The end of a block and a line break become a new line.
 */
export function extractLetterWords(html: string): string {
  return nameVariables(html)
    .replace(/[\r\n]+/g, " ")
    .replace(/<br\s*\/?>|<\/(?:p|div|li|h\d|tr)>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity)
    .replace(/ *\n */g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Returns the words of a letter's subject or preview text. */
export const extractLineWords = (line: string): string => nameVariables(line);
