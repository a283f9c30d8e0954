import { limits } from "../../../shared/limits.ts";
import { findMustaches } from "../../../shared/mustache.ts";
import type { LintCode } from "../../../shared/vocabulary.ts";
import type { LintTag, UnlocatedFinding } from "./lint-finding.ts";
import type { TemplateLintInput } from "./lint-input.ts";

/**
 * Returns a finding for each text too long to be shown whole: the subject and preheader in an
 * inbox, and the email itself.
 */
export function lintLengths(input: TemplateLintInput): UnlocatedFinding[] {
  return [
    ...lintLength("subject", "longSubject", input.subject, limits.subjectShown),
    ...lintLength("preheader", "longPreheader", input.preheader, limits.preheaderShown),
    ...lintSize(input),
  ];
}

function lintLength(
  field: "subject" | "preheader",
  code: LintCode,
  text: string,
  most: number,
): UnlocatedFinding[] {
  const length = estimatePrintedLength(text.trim());
  if (length <= most) return [];
  const message = `is about ${length} characters long; inboxes show about ${most}`;
  return [{ code, severity: "warning", field, start: 0, end: text.length, message }];
}

/** The assumed length of a variable's value, in characters. */
const variableLength = 10;

function estimatePrintedLength(text: string): number {
  return findMustaches(text).reduce((length, { kind, start, end }) => {
    const prints = kind === "tag" && !/^\{\{~?[#/^]|^\{\{~?else\b/.test(text.slice(start, end));
    return length - (end - start) + (prints ? variableLength : 0);
  }, text.length);
}

/** The approximate bytes of the document around a letter: its styles, the footer and the pixel. */
const frameBytes = 3_000;
/**
 * The approximate bytes of a preheader with its padding. The padding keeps the letter's text out of
 * the inbox preview.
 */
const preheaderBytes = 2_600;
/**
 * The approximate bytes a tracked link adds to its destination: our address and the other parts of
 * the token, in base64.
 */
const clickBytes = 65;

function lintSize({ preheader, bodyHtml, keptBytes, tags }: TemplateLintInput): UnlocatedFinding[] {
  const aroundIt = frameBytes + (preheader.trim() === "" ? 0 : preheaderBytes);
  const bytes = keptBytes + aroundIt + tags.reduce((sum, tag) => sum + estimateTrackingBytes(tag), 0);
  if (bytes <= limits.htmlBytesShown) return [];
  const message =
    `is about ${Math.round(bytes / 1024)} KB when it's sent; Gmail cuts an email off after ` +
    `${limits.htmlBytesShown / 1024} KB, and the unsubscribe link with it`;
  const whole = { field: "bodyHtml" as const, start: 0, end: bodyHtml.length };
  return [{ code: "tooLarge", severity: "warning", ...whole, message }];
}

/**
 * Returns the bytes that tracking adds to a link. The link's destination moves into a base64 token,
 * which has four characters for every three.
 */
function estimateTrackingBytes({ name, attributes }: LintTag): number {
  if (name !== "a" && name !== "area") return 0;
  const href = attributes.find((attribute) => attribute.name === "href")?.value ?? "";
  return /^https?:/i.test(href) ? clickBytes + href.length / 3 : 0;
}
