import { type Clause, splitClauses } from "./clauses.ts";
import { dutchRefusalWords } from "./refusal-words/dutch.ts";
import { englishRefusalWords } from "./refusal-words/english.ts";
import { frenchRefusalWords } from "./refusal-words/french.ts";
import { germanRefusalWords } from "./refusal-words/german.ts";
import { italianRefusalWords } from "./refusal-words/italian.ts";
import type { RefusalWords } from "./refusal-words/refusal-words.ts";
import { spanishRefusalWords } from "./refusal-words/spanish.ts";

const languages: readonly RefusalWords[] = [
  englishRefusalWords,
  germanRefusalWords,
  spanishRefusalWords,
  frenchRefusalWords,
  dutchRefusalWords,
  italianRefusalWords,
];

/** The most words of an answer that is a refusal. A longer answer is about more than a refusal. */
const maxWords = 160;
/** The most words of an answer whose only refusal is a plain "no", with or without thanks. */
const maxWordsOfPlainNo = 16;
/** The most words of an answer whose subject is read too. */
const maxWordsUnderSubject = 25;

/**
 * Tells whether the writer of an answer refuses to sell, or reproaches us for writing, and shows no
 * interest in a later sale. "Not interested" is a refusal. "Not until spring" and "not interested
 * in renting" are no refusals.
 * @param words the writer's own words, without quotes
 * @param subject the whole subject, with prefixes such as "Re:"
 */
export function isRefusalByRules(words: string, subject: string): boolean {
  const text = splitClauses(words.slice(0, 4000)).flatMap(splitContrasts);
  const total = text.reduce((sum, clause) => sum + clause.words.length, 0);
  if (total > maxWords) return false;
  const title = splitClauses(subject.slice(0, 200).replace(/^(?:\s*[a-z]{2,3}\s*:)+/i, ""));
  return languages.some((language) => {
    const kinds = sortClauses(language, text);
    if (kinds.includes("opening")) return false;
    if (readKinds(kinds, total)) return true;
    const isShort = total <= maxWordsUnderSubject && !kinds.includes("other");
    return isShort && sortClauses(language, title).includes("refusal");
  });
}

/** A clause, or the part of a clause before or after a word such as "but". */
type Part = Clause & { isContrast: boolean };

const contrasts =
  /(?:^| )(?:but|however|although|though|except|aber|sondern|jedoch|allerdings|pero|sino|aunque|mais|cependant|toutefois|maar|echter|(?<!\b(?:a|avec|c'est|dans|de|est|et|par|pas|pour|que|sur|toute) )ma|pero|tuttavia) /;

function splitContrasts(clause: Clause): Part[] {
  const [first = "", ...others] = clause.text.split(contrasts);
  const parts = [{ text: first, isContrast: clause.isContrast }];
  parts.push(...others.map((text) => ({ text, isContrast: true })));
  return parts
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, isContrast }) => ({
      ...clause,
      text: text.trim(),
      words: others.length === 0 ? clause.words : text.trim().split(" "),
      isContrast,
    }));
}

/**
 * The kind of a clause of an answer.
 * - refusal, plainNo: a no to selling or to us.
 * - decline: a plain no with thanks, which answers an offer and never a question of fact.
 * - opening: a condition, a later time, a request, or a contrast that takes back a no.
 * - courtesy: a phrase that adds nothing.
 * - question, other: a question about anything else, or a statement of anything else.
 */
type Kind = "refusal" | "plainNo" | "decline" | "opening" | "courtesy" | "other" | "question";

function sortClauses(language: RefusalWords, parts: readonly Part[]): Kind[] {
  let hasRefused = false;
  return parts.map((part, index) => {
    const sorted = sortClause(language, part, hasRefused);
    const kind = sorted === "plainNo" && isThanked(part, parts[index + 1]) ? "decline" : sorted;
    if (kind === "refusal" || kind === "plainNo" || kind === "decline") hasRefused = true;
    return kind;
  });
}

const thanks =
  /\b(?:thanks?|thank ?you|thx|ty|danke?|gracias|merci|remercie|bedankt|dankjewel|grazie|ringrazio)\b/;

/** Tells whether thanks stand in the clause of a no, or in the next clause of the same sentence. */
const isThanked = (part: Part, next: Part | undefined): boolean =>
  thanks.test(part.text) || (next !== undefined && next.sentence === part.sentence && thanks.test(next.text));

function sortClause(language: RefusalWords, part: Part, hasRefused: boolean): Kind {
  const { text, isQuestion, isContrast } = part;
  if (language.reproaches.test(text)) return "refusal";
  if (!language.lookalikes.test(text)) {
    if (language.plainNoes.test(text)) return "plainNo";
    if (language.courtesies.test(text) && !language.refusals.test(text)) return "courtesy";
    if (language.openings.test(text)) return "opening";
    if (!isQuestion && language.refusals.test(text)) return "refusal";
  } else if (language.openings.test(text)) {
    return "opening";
  }
  if (isContrast && hasRefused) return "opening";
  if (isQuestion) return "question";
  return part.isNameLike ? "courtesy" : "other";
}

/**
 * Tells whether the clauses of an answer make a refusal. A plain no counts only in a short answer.
 * After a plain no without thanks, only courtesies may follow.
 */
function readKinds(kinds: readonly Kind[], total: number): boolean {
  if (kinds.includes("refusal")) return true;
  if (total > maxWordsOfPlainNo) return false;
  if (kinds.includes("decline")) return true;
  return kinds.findLast((kind) => kind !== "courtesy") === "plainNo";
}
