import { limits } from "../../shared/limits.ts";

/** The most words of a search that are used. Later words are left out. */
const maxWords = 8;

/**
 * Splits the text of a search into its words, at every character that is neither a letter, a digit
 * nor an accent. SQLite's `unicode61` tokenizer splits the indexed text in the same way. Source:
 * https://www.sqlite.org/fts5.html#unicode61_tokenizer
 * @returns at most eight words; no word if the text is too short to search for
 */
export function splitSearchWords(text: string): string[] {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .slice(0, maxWords);
  return words.join("").length < limits.searchMinLength ? [] : words;
}
