/**
 * Returns the text in the spelling of phrase tables: lower case, without accents, with plain quotes
 * and hyphens. People leave accents out, and programs replace quotes and hyphens.
 */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\u00ad\u200b-\u200f\u2060\ufeff]+/gu, "")
    .replace(/[‘’‚‛`´ʼ]/gu, "'")
    .replace(/[“”„‟«»]/gu, '"')
    .replace(/[‐‑‒–—―−]/gu, "-")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("ı", "i")
    .replace(/[^\S\n]+/gu, " ");
}
