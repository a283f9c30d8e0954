import { getLanguage } from "./say.ts";

/** Joins words as in a sentence: "1, 2, and 3", or with "or" as a disjunction. */
export const formatList = (words: readonly string[], type: Intl.ListFormatType = "conjunction"): string =>
  new Intl.ListFormat(getLanguage() === "es" ? "es-US" : "en-US", { type }).format(words);
