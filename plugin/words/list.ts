import { getLanguage } from "./say.ts";

/** Joins words as in a sentence: "1, 2, and 3". */
export const formatList = (words: readonly string[]): string =>
  new Intl.ListFormat(getLanguage() === "es" ? "es-US" : "en-US").format(words);
