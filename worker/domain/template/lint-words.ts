import type { LintCode, TemplateField } from "../../../shared/vocabulary.ts";
import { fairHousingWords, spamWords, type WordList } from "./advertising-words.ts";
import type { Found } from "./lint-finding.ts";
import { type FlatText, placeOf } from "./lint-text.ts";

/** What is wrong with the words themselves: those on a list, shouting, exclamation marks. */
export function wordFindings(field: TemplateField, flat: FlatText): Found[] {
  const warn =
    (code: LintCode, message: (match: string) => string) =>
    (match: RegExpMatchArray): Found => ({
      ...{ code, severity: "warning", field },
      ...placeOf(flat, match.index ?? 0, match[0].length),
      message: message(match[0]),
    });
  const listed = (code: LintCode, { pattern, adviceFor }: Matcher) =>
    [...flat.text.matchAll(pattern)].map(warn(code, (match) => `"${match}" ${adviceFor(match)}`));
  const capitals = field === "subject" ? capitalSubject : capitalRun;
  return [
    ...listed("fairHousingWord", fairHousing),
    ...listed("spamWord", spam),
    ...[...flat.text.matchAll(capitals)].map(
      warn("allCaps", () => "is in capitals, which reads as shouting"),
    ),
    ...[...flat.text.matchAll(/[!¡]{3,100}/g)].map(
      warn("exclamationMarks", () => "is more than one exclamation mark needs"),
    ),
  ];
}

/** A subject without a small letter, of two words of capitals or one long one. */
const capitalSubject = /^(?=[^\p{Ll}]*$)(?=(?:[^\p{Lu}]*\p{Lu}){6})[\s\S]+$/gu;
/** Four words of capitals on end: "FRONT RANGE REALTY LLC" is a name, and so is flagged rather than refused. */
const capitalRun = /(?<![\p{L}\p{N}])(?:\p{Lu}{2,30}[ ,.!?'’-]{1,3}){3,12}\p{Lu}{2,30}(?![\p{L}\p{N}])/gu;

type Matcher = { pattern: RegExp; adviceFor: (match: string) => string };

const normal = (phrase: string) =>
  phrase
    .toLowerCase()
    .replace(/[-\s]+/g, " ")
    .replaceAll("’", "'");

/** One pattern of literals: nothing in it repeats, so it is tried a bounded number of steps at each place. */
function matcherOf(words: WordList): Matcher {
  const advice = new Map(
    words.flatMap(({ phrases, advice }) => phrases.map((phrase) => [normal(phrase), advice] as const)),
  );
  const alternatives = [...advice.keys()]
    .sort((a, b) => b.length - a.length)
    .map((phrase) =>
      phrase
        .replace(/[$.*+?^()[\]{}|\\]/g, "\\$&")
        .replaceAll("'", "['’]")
        .replaceAll(" ", "[ -]"),
    );
  return {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join("|")})(?![\\p{L}\\p{N}])`, "giu"),
    adviceFor: (match) => advice.get(normal(match)) ?? "",
  };
}

const fairHousing = matcherOf(fairHousingWords);
const spam = matcherOf(spamWords);
