import { filterCss } from "../template/letter-styles.ts";
import {
  joinHtmlPieces,
  readAllowedUrl,
  sanitizeHtml,
  sanitizeToPieces,
  type UrlKind,
} from "../template/sanitize.ts";
import { hasValueMarks, splitValues, toReadableText } from "../value-marks.ts";
import { encodeForUrl, fillUrlValues } from "./link-values.ts";

/** Returns the URL that replaces a link's own URL, or null to leave the link unchanged. */
export type LinkReplacer = (url: string) => Promise<string | null>;

/**
 * A letter that was sanitized after its values were filled in. `pieces` are the pieces of
 * `SanitizedHtml`. `unusable` names the variables whose values make a link that leads nowhere.
 */
export type FinishedLetter = { pieces: string[]; unusable: string[]; isCutOff: boolean };

/**
 * Sanitizes a letter after its values were filled in, so that a value can change nothing outside
 * the letter's table cell (document.ts). Each value in a link is encoded for its place.
 * @param isPreview if true, links lead nowhere and show their URLs as titles
 */
export function finishLetter(html: string, isPreview = false): FinishedLetter {
  const unusable = new Set<string>();
  const letter = sanitizeToPieces(html.replaceAll("\0", ""), {
    disablesLinks: isPreview,
    readText: toReadableText,
    readStyle: fillStyle,
    readSheet: (css) => filterCss(toReadableText(css)).media,
    readUrl: (kind, text) => {
      const filled = fillUrlValues(text);
      const url = filled.url === null ? null : readAllowedUrl(kind, filled.url);
      const variables = url === null ? splitValues(text).map(({ variable }) => variable) : [];
      for (const variable of variables) if (variable !== null) unusable.add(variable);
      return url;
    },
  });
  return { ...letter, unusable: [...unusable] };
}

/**
 * Returns the allowed part of a value that is printed unescaped. The value is sanitized alone, so
 * that an open tag or comment in the value can't swallow the rest of the letter.
 */
export function sanitizeValue(html: string): string {
  return sanitizeHtml(html, { readUrl: completeOwnUrl });
}

function completeOwnUrl(kind: UrlKind, url: string): string | null {
  const allowed = readAllowedUrl(kind, url);
  if (allowed === null || /^\s*(?:[a-z][a-z0-9.+-]*:|#)/i.test(allowed)) return allowed;
  return encodeForUrl("", allowed, "");
}

/** Matches a value that may stand in a style: words, numbers and colors, or one web address. */
const styleValuePattern = /^(?:[\w\s#.,%()+-]*|https?:\/\/[\w.~:/?#@!$&*+,=%-]+)$/i;

/**
 * Returns a style with its values filled in. A backslash replaces a value that could begin another
 * style; a style with a backslash is never allowed.
 */
function fillStyle(style: string): string {
  if (!hasValueMarks(style)) return style;
  return splitValues(style)
    .map(({ text, variable }) => (variable === null || styleValuePattern.test(text) ? text : "\\"))
    .join("");
}

/**
 * Replaces the URLs of a letter's links with the URLs that `target` returns. `target` is called for
 * each http or https URL.
 */
export async function replaceLinks(
  pieces: readonly string[],
  target: LinkReplacer,
): Promise<{ html: string; links: number }> {
  let links = 0;
  const replaced = await Promise.all(
    pieces.map(async (piece, index) => {
      if (index % 2 === 0 || !/^\s*https?:/i.test(piece)) return piece;
      const url = await target(piece.trim().replace(/[\t\r\n]/g, ""));
      if (url === null) return piece;
      links += 1;
      return url;
    }),
  );
  return { html: joinHtmlPieces(replaced), links };
}
