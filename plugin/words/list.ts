import { getLanguage } from "./say.ts";

/**
 * Joins words for use in a sentence: "1, 2, and 3" or, with the type `disjunction`, "1, 2, or 3".
 */
export const formatList = (words: readonly string[], type: Intl.ListFormatType = "conjunction"): string =>
  new Intl.ListFormat(getLanguage() === "es" ? "es-US" : "en-US", { type }).format(words);
