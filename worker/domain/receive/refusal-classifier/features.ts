import { foldText } from "../fold-text.ts";
import { classifyWord, spelledOut } from "./word-classes.ts";

/** The most characters of an answer that are read. */
export const readLength = 4000;
/** The most positions between the two words of a pair. */
const pairDistance = 4;

/**
 * Returns the features of an answer: its words and their classes, runs of two and three words, and
 * pairs of words that stand near each other in a sentence, such as "no _ MAIL". The words of the
 * last sentence count once more, because what a writer wants often comes last.
 */
export function listFeatures(words: string): Set<string> {
  const sentences = splitSentences(words.slice(0, readLength));
  const features = new Set<string>();
  let count = 0;
  sentences.forEach((sentence, index) => {
    const tokens = splitTokens(sentence);
    count += tokens.length;
    addSentence(features, tokens, /\?["')]*$/.test(sentence));
    if (index === 0 || index < sentences.length - 1) return;
    for (const token of tokens) features.add(`last ${classifyWord(token)}`);
  });
  features.add(sentences.some((sentence) => sentence.includes("?")) ? "asks" : "asks nothing");
  features.add(`length ${[4, 8, 16, 32].filter((limit) => count >= limit).length}`);
  features.add(`sentences ${Math.min(sentences.length, 5)}`);
  return features;
}

function addSentence(features: Set<string>, tokens: readonly string[], isQuestion: boolean): void {
  const classes = tokens.map((token) => (/^[#,?]$/.test(token) ? token : classifyWord(token)));
  classes.forEach((name, index) => {
    features.add(name);
    if (tokens[index] !== name) features.add(`=${tokens[index]}`);
    if (isQuestion) features.add(`${name}/q`);
  });
  const row = ["^", ...classes, "$"];
  row.forEach((first, index) => {
    const [second, third] = row.slice(index + 1, index + 3);
    if (second === undefined) return;
    features.add(`${first} ${second}`);
    if (third !== undefined) features.add(`${first} ${second} ${third}`);
    for (const other of row.slice(index + 2, index + 1 + pairDistance)) features.add(`${first} _ ${other}`);
  });
}

/**
 * Returns the folded sentences of a text, with words in place of addresses and telephone numbers.
 */
export function splitSentences(text: string): string[] {
  return foldText(text)
    .replace(/https?:\S+|www\.\S+/g, " xlink ")
    .replace(/[^\s@]{1,64}@[^\s@]{1,253}\.[a-z]{2,63}/g, " xaddress ")
    .replace(/\+?\(?\d[\d\s().\-/]{5,40}\d/g, " xphone ")
    .replace(/\b(mr|mrs|ms|dr)\./g, "$1")
    .split(/(?<=[.!?]["')]*)\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

const suffixWords = new Map([
  ["m", "am"],
  ["re", "are"],
  ["ve", "have"],
  ["ll", "will"],
  ["d", "would"],
  ["s", "'s"],
]);

/** Returns the words of a sentence, spelled out, with "#" for a number and "," for a break. */
function splitTokens(sentence: string): string[] {
  const raw = sentence.match(/[a-z][a-z'-]*|\$?\d[\d.,]*[a-z%]*|[?,:;-]/g) ?? [];
  return raw.flatMap((token) => {
    if (/\d/.test(token)) return ["#"];
    if (/^[,:;-]$/.test(token)) return [","];
    const word = token.replace(/-+$/, "");
    const full = spelledOut.get(word);
    if (full !== undefined) return full.split(" ");
    if (/^[a-z]+n't$/.test(word)) return [word.slice(0, -3), "not"];
    const [, stem = word, suffix = ""] = /^([a-z]+)'(m|re|ve|ll|d|s)$/.exec(word) ?? [];
    return [stem, ...(suffixWords.has(suffix) ? [suffixWords.get(suffix) ?? ""] : [])];
  });
}
