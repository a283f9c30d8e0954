import { type LintCode, limits } from "../../../shared/vocabulary.ts";
import type { LintTag, UnplacedFinding } from "./lint-finding.ts";
import type { LintInput } from "./lint-input.ts";
import { findMustaches } from "./mustache.ts";

/**
 * Returns a finding for each text too long to be shown whole: the subject and preheader in an
 * inbox, and the email itself.
 */
export function lintLengths(input: LintInput): UnplacedFinding[] {
  return [
    ...tooLong("subject", "longSubject", input.subject, limits.subjectShown),
    ...tooLong("preheader", "longPreheader", input.preheader, limits.preheaderShown),
    ...tooLarge(input),
  ];
}

function tooLong(
  field: "subject" | "preheader",
  code: LintCode,
  text: string,
  most: number,
): UnplacedFinding[] {
  const length = printedLength(text.trim());
  if (length <= most) return [];
  const message = `is about ${length} characters long; an inbox shows about ${most}`;
  return [{ code, severity: "warning", field, start: 0, end: text.length, message }];
}

/** The assumed length of a variable's value, in characters. */
const variableLength = 10;

function printedLength(text: string): number {
  return findMustaches(text).reduce((length, { kind, start, end }) => {
    const prints = kind === "tag" && !/^\{\{~?[#/^]|^\{\{~?else\b/.test(text.slice(start, end));
    return length - (end - start) + (prints ? variableLength : 0);
  }, text.length);
}

/** The approximate bytes of the document around a letter: its styles, the footer and the pixel. */
const frameBytes = 3_000;
/**
 * The approximate bytes of a preheader with its padding, which keeps the letter's text out of the
 * inbox preview.
 */
const preheaderBytes = 2_600;
/**
 * The approximate bytes a tracked link adds to its destination: our address and the other parts of
 * the token, in base64.
 */
const clickBytes = 65;

function tooLarge({ preheader, bodyHtml, keptBytes, tags }: LintInput): UnplacedFinding[] {
  const aroundIt = frameBytes + (preheader.trim() === "" ? 0 : preheaderBytes);
  const bytes = keptBytes + aroundIt + tags.reduce((sum, tag) => sum + addedByTracking(tag), 0);
  if (bytes <= limits.htmlBytesShown) return [];
  const message =
    `is about ${Math.round(bytes / 1024)} KB as it is sent; Gmail cuts an email off after ` +
    `${limits.htmlBytesShown / 1024} KB, and the way to unsubscribe with it`;
  const whole = { field: "bodyHtml" as const, start: 0, end: bodyHtml.length };
  return [{ code: "tooLarge", severity: "warning", ...whole, message }];
}

/**
 * Returns the bytes that tracking adds to a link. Its destination moves into a token, as four
 * characters for every three.
 */
function addedByTracking({ name, attributes }: LintTag): number {
  if (name !== "a" && name !== "area") return 0;
  const href = attributes.find((attribute) => attribute.name === "href")?.value ?? "";
  return /^https?:/i.test(href) ? clickBytes + href.length / 3 : 0;
}
