/**
 * Groups of phrases, with the advice for each group. A phrase matches as whole words, in any case,
 * with any hyphens or spaces between the words.
 */
export type WordList = readonly { phrases: readonly string[]; advice: string }[];

export const splitPhrases = (text: string) => text.split(",").map((phrase) => phrase.trim());

/**
 * Returns every first phrase combined with every second phrase: "exclusive neighborhood",
 * "exclusive community".
 */
export const combinePhrases = (first: string, second: string) =>
  splitPhrases(first).flatMap((one) => splitPhrases(second).map((other) => `${one} ${other}`));
