import type { LintFinding } from "../../shared/template-lint.ts";
import {
  type LintCode,
  type LintSeverity,
  limits,
  type TemplateField,
  templateFields,
} from "../../shared/vocabulary.ts";
import { fairHousingWords, spamWords, type WordList } from "./advertising-words.ts";
import { linkFault } from "./link-fault.ts";
import { foreignMergeFields } from "./merge-fields.ts";
import { mustacheSpans, withoutMustaches } from "./mustache.ts";

type At = { start: number; end: number };
export type LintTag = At & { name: string; attributes: readonly (At & { name: string; value: string })[] };
export type LintText = At & { text: string; inside: string };

export type LintInput = Readonly<Record<TemplateField, string>> & {
  /** What parsing found, counted from 1; null where the whole field is meant. */
  syntaxErrors: readonly {
    field: TemplateField;
    message: string;
    line: number | null;
    column: number | null;
  }[];
  /** Variables used that nobody will fill in, and those that look like one that is offered: `suggestion`. */
  strangeVariables: readonly { field: TemplateField; path: string; suggestion: string | null }[];
  /** What stands where in `withoutMustaches(bodyHtml, lintFiller)`. */
  tags: readonly LintTag[];
  texts: readonly LintText[];
  /** Whether the footer, which every email gets, has an address to print. */
  hasPostalAddress: boolean;
};

/** What stands for a Handlebars tag where markup and words are looked for: neither a letter nor a blank nor markup. */
export const lintFiller = "\u00b7";

type Found = At & { code: LintCode; severity: LintSeverity; field: TemplateField; message: string };

/** Everything to say about a template's wording, by field and place. Time grows with the text's length and no faster. */
export function lintTemplate(input: LintInput): LintFinding[] {
  const body = flatText(input.texts);
  const found = [
    ...syntaxErrors(input),
    ...strangeVariables(input),
    ...templateFields.flatMap((field) => mergeFieldsLeft(field, input[field])),
    ...lengths(input),
    ...footerRules(input),
    ...links(input),
    ...pictures(input, body),
    ...templateFields.flatMap((field) =>
      wordsIn(field, field === "bodyHtml" ? body : plainText(input[field])),
    ),
  ];
  return place(input, found);
}

/** Line and column for each, in reading order, the worst first where there are too many. */
function place(input: LintInput, found: readonly Found[]): LintFinding[] {
  const kept = [...found]
    .sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"))
    .slice(0, limits.lintFindings);
  return templateFields.flatMap((field) => {
    let line = 1;
    let lineStart = 0;
    return kept
      .filter((finding) => finding.field === field)
      .sort((a, b) => a.start - b.start)
      .map((finding): LintFinding => {
        for (let at = input[field].indexOf("\n", lineStart); at !== -1 && at < finding.start; ) {
          line += 1;
          lineStart = at + 1;
          at = input[field].indexOf("\n", lineStart);
        }
        return { ...finding, line, column: finding.start - lineStart + 1 };
      });
  });
}

function syntaxErrors({ syntaxErrors, ...fields }: LintInput): Found[] {
  return syntaxErrors.map(({ field, message, line, column }) => {
    const start = line === null ? 0 : offsetOf(fields[field], line, column ?? 1);
    return { code: "syntaxError", severity: "error", field, start, end: start, message };
  });
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current += 1) {
    const next = text.indexOf("\n", start);
    if (next === -1) break;
    start = next + 1;
  }
  return Math.min(text.length, start + column - 1);
}

function strangeVariables(input: LintInput): Found[] {
  return input.strangeVariables.flatMap(({ field, path, suggestion }): Found[] => {
    const text = input[field];
    const name = path.slice(0, 100);
    const isOurs = suggestion !== null && /^(?:recipient|property)\./.test(path);
    const found = {
      code: isOurs ? ("misspelledVariable" as const) : ("unknownVariable" as const),
      severity: isOurs ? ("warning" as const) : ("error" as const),
      field,
      message:
        suggestion === null
          ? `"${name}" is not a variable; use one that is offered, or one of your own under recipient. or property.`
          : `"${name}" is not offered; did you mean {{${suggestion}}}?`,
    };
    const places = mustacheSpans(text).flatMap((span) => {
      const at = span.kind === "tag" ? wholeNameIn(text.slice(span.start, span.end), path) : -1;
      return at === -1 ? [] : [{ start: span.start + at, end: span.start + at + path.length }];
    });
    return (places.length > 0 ? places : [{ start: 0, end: 0 }]).map((at) => ({ ...found, ...at }));
  });
}

function wholeNameIn(tag: string, path: string): number {
  const isPart = (character: string | undefined) => character !== undefined && /[\w.$-]/.test(character);
  for (let at = tag.indexOf(path); at !== -1; at = tag.indexOf(path, at + path.length)) {
    if (!isPart(tag[at - 1]) && !isPart(tag[at + path.length])) return at;
  }
  return -1;
}

function mergeFieldsLeft(field: TemplateField, text: string): Found[] {
  // What stands in braces like ours is a variable that is not known, and is told of as such.
  const left = foreignMergeFields(text).filter(
    ({ written, fallback }) => !written.startsWith("{{") || fallback !== null,
  );
  return left.map(({ start, end, written, variable, advice }) => ({
    code: "foreignMergeField",
    severity: "warning",
    field,
    start,
    end,
    message:
      variable === null
        ? `"${written}" looks like a merge field of another tool: ${advice}`
        : `"${written}" is a merge field of another tool and would be printed as it stands; write {{${variable}}}`,
  }));
}

/** A Handlebars tag prints about this much. */
const variableLength = 10;

function lengths({ subject, preheader }: LintInput): Found[] {
  const shown = (text: string) =>
    text.length +
    mustacheSpans(text).reduce((sum, { kind, start, end }) => {
      const prints = kind === "tag" && !/^\{\{~?[#/^]|^\{\{~?else\b/.test(text.slice(start, end));
      return sum - (end - start) + (prints ? variableLength : 0);
    }, 0);
  const tooLong = (field: "subject" | "preheader", code: LintCode, text: string, most: number): Found[] =>
    shown(text.trim()) <= most
      ? []
      : [
          {
            ...{ code, severity: "warning", field, start: 0, end: text.length },
            message: `is about ${shown(text.trim())} characters long; an inbox shows about ${most}`,
          },
        ];
  return [
    ...tooLong("subject", "longSubject", subject, limits.subjectShown),
    ...tooLong("preheader", "longPreheader", preheader, limits.preheaderShown),
  ];
}

const unsubscribeWords = /unsubscri|opt[\s-]?out|manage (?:your )?preferences|email preferences/i;

/** Every email gets a footer with address and unsubscribe link. What can be wrong is a second one, or nothing to print. */
function footerRules({ tags, texts, hasPostalAddress }: LintInput): Found[] {
  const base = { field: "bodyHtml" as const, severity: "warning" as const };
  const own = texts
    .filter(({ text, inside }) => inside === "a" && unsubscribeWords.test(text))
    .map(({ start, end }): Found => {
      const message =
        "Every email has an unsubscribe link in its footer that works; one of your own unsubscribes nobody. Leave it out.";
      return { ...base, code: "ownUnsubscribe", start, end, message };
    });
  const linked = tags.flatMap(({ attributes, start, end }): Found[] => {
    const href = attributes.find(({ name }) => name === "href")?.value ?? "";
    const isOwn = /unsubscri/i.test(href) && !own.some((one) => one.start === end);
    const message =
      "leads to an unsubscribe page of another tool; the footer has the one that works. Leave it out.";
    return isOwn ? [{ ...base, code: "ownUnsubscribe", start, end, message }] : [];
  });
  const noAddress: Found[] = hasPostalAddress
    ? []
    : [
        {
          ...{ code: "missingAddress", severity: "warning", field: "bodyHtml", start: 0, end: 0 },
          message:
            "The brokerage has no postal address, which the law wants in every email; an admin can add it.",
        },
      ];
  return [...noAddress, ...own, ...linked];
}

function links({ tags }: LintInput): Found[] {
  return tags.flatMap(({ name, attributes, start, end }): Found[] => {
    const wanted = name === "a" || name === "area" ? "href" : name === "img" ? "src" : null;
    const attribute = attributes.find((one) => one.name === wanted);
    const isAnchor = attributes.some((one) => one.name === "name" || one.name === "id");
    if (wanted === null || (wanted === "href" && attribute === undefined && isAnchor)) return [];
    const fault = linkFault(attribute?.value ?? null, wanted === "src" ? "picture" : "link", lintFiller);
    if (fault === null) return [];
    const at = attribute ?? { start, end };
    const found = { field: "bodyHtml" as const, start: at.start, end: at.end, message: fault.message };
    return [{ ...found, code: "brokenLink", severity: fault.severity }];
  });
}

function pictures({ tags, bodyHtml }: LintInput, body: FlatText): Found[] {
  const images = tags.filter(({ name }) => name === "img");
  const first = images[0];
  const noAlt = images
    .filter(({ attributes }) => !attributes.some(({ name }) => name === "alt"))
    .map(({ start, end }): Found => {
      const message = 'has no alt text for those who do not see pictures; alt="" for one that says nothing';
      return { code: "missingAltText", severity: "warning", field: "bodyHtml", start, end, message };
    });
  const letters = body.text.replace(/[^\p{L}\p{N}]/gu, "").length;
  const hasVariables = mustacheSpans(bodyHtml).some(({ kind }) => kind === "tag");
  if (letters > 0 || hasVariables) {
    const isAlmost = first !== undefined && letters < textLeast && !hasVariables;
    return isAlmost ? [...noAlt, imagesOnly(first)] : noAlt;
  }
  if (first !== undefined) return [...noAlt, imagesOnly(first)];
  const message = "has nothing in it to read";
  return [
    { code: "emptyBody", severity: "error", field: "bodyHtml", start: 0, end: bodyHtml.length, message },
  ];
}

const textLeast = 20;

const imagesOnly = ({ start, end }: At): Found => ({
  ...{ code: "imagesOnly", severity: "warning", field: "bodyHtml", start, end },
  message:
    "The email is pictures only: many see nothing of it, and filters distrust it. Write what it says as text.",
});

/** Text with single blanks, and where each character of it is from. */
type FlatText = { text: string; at: number[] };

const breaking = new Set("p div td th li br h1 h2 h3 h4 h5 h6 tr table ul ol blockquote".split(" "));

function flatText(texts: readonly LintText[]): FlatText {
  const flat: FlatText = { text: "", at: [] };
  const pieces: string[] = [];
  let wasBlank = true;
  let end = -1;
  let inside = "";
  const add = (character: string, from: number) => {
    const isBlank = /[\s\u00a0-]/.test(character);
    if (isBlank && wasBlank) return;
    wasBlank = isBlank;
    pieces.push(isBlank && character !== "-" ? " " : character);
    flat.at.push(from);
  };
  for (const part of texts) {
    if (part.inside === "style" || part.inside === "script" || part.inside === "title") continue;
    // Between two paragraphs stands something no phrase goes across.
    if (part.start > end && end !== -1 && (breaking.has(part.inside) || breaking.has(inside)))
      add("\u2029", end);
    const isAsWritten = part.text.length === part.end - part.start;
    for (let index = 0; index < part.text.length; index += 1) {
      add(part.text[index] ?? "", isAsWritten ? part.start + index : part.start);
    }
    end = part.end;
    inside = part.inside;
  }
  flat.text = pieces.join("");
  return flat;
}

function plainText(source: string): FlatText {
  const text = withoutMustaches(source, lintFiller);
  return flatText([{ text, inside: "", start: 0, end: text.length }]);
}

function wordsIn(field: TemplateField, flat: FlatText): Found[] {
  const at = (index: number, length: number): At => ({
    start: flat.at[index] ?? 0,
    end: (flat.at[index + length - 1] ?? 0) + 1,
  });
  const warn =
    (code: LintCode, message: (match: string) => string) =>
    (match: RegExpMatchArray): Found => ({
      ...{ code, severity: "warning", field },
      ...at(match.index ?? 0, match[0].length),
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
