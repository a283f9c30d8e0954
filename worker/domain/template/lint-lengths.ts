import { type LintCode, limits } from "../../../shared/vocabulary.ts";
import type { LintInput } from "./lint.ts";
import type { Found, LintTag } from "./lint-finding.ts";
import { mustacheSpans } from "./mustache.ts";

/** What is too long to be shown whole: the subject and preheader in an inbox, the email itself. */
export function lengthFindings(input: LintInput): Found[] {
  return [
    ...tooLong("subject", "longSubject", input.subject, limits.subjectShown),
    ...tooLong("preheader", "longPreheader", input.preheader, limits.preheaderShown),
    ...tooLarge(input),
  ];
}

function tooLong(field: "subject" | "preheader", code: LintCode, text: string, most: number): Found[] {
  const length = printedLength(text.trim());
  if (length <= most) return [];
  const message = `is about ${length} characters long; an inbox shows about ${most}`;
  return [{ code, severity: "warning", field, start: 0, end: text.length, message }];
}

/** A Handlebars tag prints about this much. */
const variableLength = 10;

function printedLength(text: string): number {
  return mustacheSpans(text).reduce((length, { kind, start, end }) => {
    const prints = kind === "tag" && !/^\{\{~?[#/^]|^\{\{~?else\b/.test(text.slice(start, end));
    return length - (end - start) + (prints ? variableLength : 0);
  }, text.length);
}

/** What goes around a letter in bytes, about: the document with its styles, the footer, the pixel. */
const frameBytes = 3_000;
/** A preheader is padded, so that the inbox shows nothing of the letter after it. */
const preheaderBytes = 2_600;
/** Our address and what a link's token holds beside its destination, in base64. */
const clickBytes = 65;

function tooLarge({ preheader, bodyHtml, keptBytes, tags }: LintInput): Found[] {
  const aroundIt = frameBytes + (preheader.trim() === "" ? 0 : preheaderBytes);
  const bytes = keptBytes + aroundIt + tags.reduce((sum, tag) => sum + addedByTracking(tag), 0);
  if (bytes <= limits.htmlBytesShown) return [];
  const message =
    `is about ${Math.round(bytes / 1024)} KB as it is sent; Gmail cuts an email off after ` +
    `${limits.htmlBytesShown / 1024} KB, and the way to unsubscribe with it`;
  const whole = { field: "bodyHtml" as const, start: 0, end: bodyHtml.length };
  return [{ code: "tooLarge", severity: "warning", ...whole, message }];
}

/** A link's destination goes into a token, as four characters for every three. */
function addedByTracking({ name, attributes }: LintTag): number {
  if (name !== "a" && name !== "area") return 0;
  const href = attributes.find((attribute) => attribute.name === "href")?.value ?? "";
  return /^https?:/i.test(href) ? clickBytes + href.length / 3 : 0;
}
