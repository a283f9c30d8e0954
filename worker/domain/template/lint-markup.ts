import { findMustaches } from "../../../shared/mustache.ts";
import { findLinkFault } from "./link-fault.ts";
import type { TextRange, UnlocatedFinding } from "./lint-finding.ts";
import type { TemplateLintInput } from "./lint-input.ts";
import { lintFiller } from "./lint-text.ts";

/**
 * Returns the findings about the tags in the HTML.
 * @param bodyText all the readable text between the tags
 */
export function lintMarkup(input: TemplateLintInput, bodyText: string): UnlocatedFinding[] {
  return [...lintFooter(input), ...lintLinks(input), ...lintPictures(input, bodyText)];
}

const unsubscribeWords = /unsubscri|opt[\s-]?out|manage (?:your )?preferences|email preferences/i;

/**
 * Returns a warning for each unsubscribe link in the body, because the footer of every email
 * already has such a link. Also warns if the tenant has no postal address for the footer.
 */
function lintFooter({ tags, texts, hasPostalAddress }: TemplateLintInput): UnlocatedFinding[] {
  const base = { field: "bodyHtml" as const, severity: "warning" as const };
  const own = texts
    .filter(({ text, inside }) => inside === "a" && unsubscribeWords.test(text))
    .map(({ start, end }): UnlocatedFinding => {
      const message =
        "Every email's footer has a working unsubscribe link; a link of your own won't unsubscribe anyone. Leave it out.";
      return { ...base, code: "ownUnsubscribe", start, end, message };
    });
  const linked = tags.flatMap(({ attributes, start, end }): UnlocatedFinding[] => {
    const href = attributes.find(({ name }) => name === "href")?.value ?? "";
    const isOwn = /unsubscri/i.test(href) && !own.some((one) => one.start === end);
    const message = "leads to another tool's unsubscribe page; the footer has a working link. Leave it out.";
    return isOwn ? [{ ...base, code: "ownUnsubscribe", start, end, message }] : [];
  });
  const noAddress: UnlocatedFinding[] = hasPostalAddress
    ? []
    : [
        {
          ...{ code: "missingAddress", severity: "warning", field: "bodyHtml", start: 0, end: 0 },
          message:
            "Your office has no postal address, which the law requires in every email. An administrator can add it in Office settings.",
        },
      ];
  return [...noAddress, ...own, ...linked];
}

function lintLinks({ tags }: TemplateLintInput): UnlocatedFinding[] {
  return tags.flatMap(({ name, attributes, start, end }): UnlocatedFinding[] => {
    const wanted = name === "a" || name === "area" ? "href" : name === "img" ? "src" : null;
    const attribute = attributes.find((one) => one.name === wanted);
    const isAnchor = attributes.some((one) => one.name === "name" || one.name === "id");
    if (wanted === null || (wanted === "href" && attribute === undefined && isAnchor)) return [];
    const fault = findLinkFault(attribute?.value ?? null, wanted === "src" ? "picture" : "link", lintFiller);
    if (fault === null) return [];
    const at = attribute ?? { start, end };
    const found = { field: "bodyHtml" as const, start: at.start, end: at.end, message: fault.message };
    return [{ ...found, code: "brokenLink", severity: fault.severity }];
  });
}

/**
 * An email with a picture and fewer letters and digits than this number counts as only pictures.
 */
const minLetters = 20;

function lintPictures({ tags, bodyHtml }: TemplateLintInput, bodyText: string): UnlocatedFinding[] {
  const images = tags.filter(({ name }) => name === "img");
  const first = images[0];
  const noAlt = images
    .filter(({ attributes }) => !attributes.some(({ name }) => name === "alt"))
    .map(({ start, end }): UnlocatedFinding => {
      const message = 'has no alt text for people who can\'t see pictures; use alt="" for a decorative one';
      return { code: "missingAltText", severity: "warning", field: "bodyHtml", start, end, message };
    });
  const letters = bodyText.replace(/[^\p{L}\p{N}]/gu, "").length;
  const hasVariables = findMustaches(bodyHtml).some(({ kind }) => kind === "tag");
  if (letters > 0 || hasVariables) {
    const isAlmost = first !== undefined && letters < minLetters && !hasVariables;
    return isAlmost ? [...noAlt, toImagesOnlyFinding(first)] : noAlt;
  }
  if (first !== undefined) return [...noAlt, toImagesOnlyFinding(first)];
  const message = "has no text to read";
  return [
    { code: "emptyBody", severity: "error", field: "bodyHtml", start: 0, end: bodyHtml.length, message },
  ];
}

const toImagesOnlyFinding = ({ start, end }: TextRange): UnlocatedFinding => ({
  ...{ code: "imagesOnly", severity: "warning", field: "bodyHtml", start, end },
  message:
    "This email is only images: many people won't see them, and spam filters don't trust them. Write what they say as text.",
});
