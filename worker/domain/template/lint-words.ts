import type { LintCode, LintSeverity, TemplateField } from "../../../shared/vocabulary.ts";
import { fairHousingWords, spamWords } from "./advertising-words.ts";
import { bereavementWords } from "./bereavement-words.ts";
import {
  blockbustingPatterns,
  type ForbiddenPatterns,
  foreclosureRescuePatterns,
} from "./forbidden-patterns.ts";
import { blockbustingWords, foreclosureRescueWords } from "./forbidden-words.ts";
import type { UnlocatedFinding } from "./lint-finding.ts";
import { type FlatText, locateInSource } from "./lint-text.ts";
import type { WordList } from "./word-list.ts";

/**
 * Returns the findings about the words of a field: listed phrases, capitals and exclamation marks.
 */
export function lintWords(field: TemplateField, flat: FlatText): UnlocatedFinding[] {
  const find =
    (code: LintCode, severity: LintSeverity, message: (match: string) => string) =>
    (match: RegExpMatchArray): UnlocatedFinding => ({
      ...{ code, severity, field },
      ...locateInSource(flat, match.index ?? 0, match[0].length),
      message: message(match[0]),
    });
  const warn = (code: LintCode, message: (match: string) => string) => find(code, "warning", message);
  const listed = (code: LintCode, severity: LintSeverity, { pattern, adviceFor }: Matcher) =>
    [...flat.text.matchAll(pattern)].map(find(code, severity, (match) => `"${match}" ${adviceFor(match)}`));
  const shaped = (code: LintCode, patterns: readonly ForbiddenPatterns[], phrases: Matcher) =>
    findShapes(flat.text, patterns, phrases).map(({ match, advice }) =>
      find(code, "error", (words) => `"${words}" ${advice}`)(match),
    );
  const capitals = field === "subject" ? capitalSubject : capitalRun;
  return [
    ...listed("foreclosureRescue", "error", foreclosureRescue),
    ...shaped("foreclosureRescue", foreclosureRescuePatterns, foreclosureRescue),
    ...listed("blockbusting", "error", blockbusting),
    ...shaped("blockbusting", blockbustingPatterns, blockbusting),
    ...listed("fairHousingWord", "warning", fairHousing),
    ...listed("spamWord", "warning", spam),
    ...listed("bereavement", "warning", bereavement),
    ...[...flat.text.matchAll(capitals)].map(
      warn("allCaps", () => "is in capitals, which reads as shouting"),
    ),
    ...[...flat.text.matchAll(/[!¡]{3,100}/g)].map(
      warn("exclamationMarks", () => "has too many exclamation points; use one at most"),
    ),
  ];
}

/**
 * Returns the passages that the patterns match, each passage once. A passage in which a listed
 * phrase is already found is left out.
 */
function findShapes(text: string, groups: readonly ForbiddenPatterns[], phrases: Matcher) {
  const taken = [...text.matchAll(phrases.pattern)].map(toSpan);
  return groups.flatMap(({ patterns, advice }) =>
    patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const { start, end } = toSpan(match);
        if (taken.some((one) => one.start < end && start < one.end)) return [];
        taken.push({ start, end });
        return [{ match, advice }];
      }),
    ),
  );
}

const toSpan = ({ index, 0: { length } }: RegExpExecArray) => ({ start: index, end: index + length });

/** Matches a subject without lower-case letters and with at least six capitals. */
const capitalSubject = /^(?=[^\p{Ll}]*$)(?=(?:[^\p{Lu}]*\p{Lu}){6})[\s\S]+$/gu;
/**
 * Matches four or more words of capitals in a row. A name such as "FRONT RANGE REALTY LLC" also
 * matches, so the finding is only a warning.
 */
const capitalRun = /(?<![\p{L}\p{N}])(?:\p{Lu}{2,30}[ ,.!?'’-]{1,3}){3,12}\p{Lu}{2,30}(?![\p{L}\p{N}])/gu;

type Matcher = { pattern: RegExp; adviceFor: (match: string) => string };

const normalizePhrase = (phrase: string) =>
  phrase
    .toLowerCase()
    .replace(/[-\s]+/g, " ")
    .replaceAll("’", "'");

/**
 * Builds one pattern from all phrases. No part of the pattern repeats, so each position in the text
 * takes a bounded number of steps.
 */
function buildMatcher(words: WordList): Matcher {
  const advice = new Map(
    words.flatMap(({ phrases, advice }) =>
      phrases.map((phrase) => [normalizePhrase(phrase), advice] as const),
    ),
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
    adviceFor: (match) => advice.get(normalizePhrase(match)) ?? "",
  };
}

const fairHousing = buildMatcher(fairHousingWords);
const spam = buildMatcher(spamWords);
const bereavement = buildMatcher(bereavementWords);
const foreclosureRescue = buildMatcher(foreclosureRescueWords);
const blockbusting = buildMatcher(blockbustingWords);

/** Returns the first words of a text that speak of a death; null if no words do. */
export const findBereavementWords = (text: string): string | null =>
  text.match(bereavement.pattern)?.[0] ?? null;
