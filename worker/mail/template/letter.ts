import { findMustaches } from "../../../shared/mustache.ts";
import type { RemovedHtmlPart } from "../../../shared/template-lint.ts";
import { allowedTags } from "./html-allowed.ts";
import { type HtmlOutline, outlineHtml } from "./html-outline.ts";
import { type AllowedCss, filterCss, inlineStyles } from "./letter-styles.ts";
import { sanitizeHtml } from "./sanitize.ts";

export type SanitizedLetterResult =
  | { ok: true; html: string; removed: RemovedHtmlPart[] }
  | { ok: false; message: string };

/**
 * Limits for one letter: how often rules may match elements, and how many characters of styles the
 * elements may get together. Both numbers are computed as if every rule matched every element.
 */
const maxMatches = 500_000;
const maxStyleCharacters = 4_000_000;
const maxRemovedNamed = 50;

/**
 * Returns a template's HTML in the form that is stored and sent: sanitized by an allow-list, with
 * its styles on its elements. Handlebars tags are kept byte for byte. A second run changes nothing.
 */
export function sanitizeAndInlineLetter(source: string): SanitizedLetterResult {
  const raw = findRawMarkup(source);
  if (raw !== null) return refuseLetter(raw);
  const { masked, tags, token } = maskTags(source);
  const before = outlineHtml(masked);
  const sheet = filterCss(joinStyleText(before));
  const elements = before.tags.length;
  if (sheet.plainRules * elements > maxMatches || sheet.plain.length * elements > maxStyleCharacters) {
    return refuseLetter("has too many styles for so many elements");
  }
  const clean = sanitizeHtml(masked);
  const inlined = sheet.plain === "" ? clean : sanitizeHtml(inlineStyles(clean, sheet.plain));
  const style = sheet.media === "" ? "" : `<style>\n${sheet.media}</style>\n`;
  const output = style + inlined.trim();
  const lost = findLostTag([output, ...listTagContainers(before, masked)].join("\n"), tags, token);
  if (lost !== null)
    return refuseLetter(`has ${lost} where a tag isn't allowed: inside an HTML tag, next to its attributes`);
  return {
    ok: true,
    html: unmaskTags(output, tags, token),
    removed: listRemovedParts(before, outlineHtml(clean), sheet),
  };
}

const refuseLetter = (message: string): SanitizedLetterResult => ({ ok: false, message });

type Masked = { masked: string; tags: string[]; token: RegExp };

/**
 * Replaces every Handlebars tag with a word that means nothing in HTML, CSS or a URL. The word must
 * not be a URL scheme.
 */
function maskTags(source: string): Masked {
  const taken = new Set([...source.matchAll(/hb(\d{1,5})x/gi)].map(([, number]) => Number(number)));
  let number = 0;
  while (taken.has(number)) number += 1;
  const name = `hb${number}x`;
  const tags: string[] = [];
  let masked = "";
  let from = 0;
  for (const { start, end } of findMustaches(source)) {
    masked += `${source.slice(from, start)}${name}${tags.length}z`;
    tags.push(source.slice(start, end));
    from = end;
  }
  return { masked: masked + source.slice(from), tags, token: new RegExp(`${name}(\\d+)z`, "g") };
}

function unmaskTags(text: string, tags: readonly string[], token: RegExp): string {
  // Braces that were written as character references are resolved by now. If two such braces were
  // not escaped again, the braces would begin a tag.
  return text.replaceAll("{{", "&#123;&#123;").replace(token, (_, index) => tags[Number(index)] ?? "");
}

/**
 * Returns an error if a `{{{…}}}` has markup in its quotes. Such a tag prints unescaped, and its
 * markup would go out unchecked.
 */
function findRawMarkup(source: string): string | null {
  for (const { kind, start, end } of findMustaches(source)) {
    const tag = source.slice(start, end);
    const isRaw = kind === "tag" && /^\{\{(?:\{|~?&)/.test(tag);
    const inQuotes = [...tag.matchAll(/"([^"]*)"|'([^']*)'/g)].map(
      ([, double, single]) => double ?? single ?? "",
    );
    if (isRaw && inQuotes.some((text) => /[<>"'`=&:]/.test(text))) {
      return "has HTML in the quotes of a {{{tag}}}; write it outside of the tag";
    }
  }
  return null;
}

const joinStyleText = (outline: HtmlOutline) =>
  outline.texts
    .filter(({ inside }) => inside === "style")
    .map(({ text }) => text)
    .join("\n");

/**
 * Returns the texts in which a Handlebars tag may stand. A tag that stood only in these texts does
 * not count as lost, even if the text is removed.
 */
function listTagContainers({ tags, texts, comments }: HtmlOutline, masked: string): string[] {
  return [
    ...[...texts, ...comments].map(({ start, end }) => masked.slice(start, end)),
    ...tags.flatMap(({ attributes }) => attributes.map(({ value }) => value)),
  ];
}

/** Returns the first Handlebars tag that is missing in `places`, or null. */
function findLostTag(places: string, tags: readonly string[], token: RegExp): string | null {
  const found = new Set([...places.matchAll(token)].map(([, index]) => Number(index)));
  return tags.find((_, index) => !found.has(index))?.slice(0, 100) ?? null;
}

/** Returns the removed parts, with a count for each part. */
function listRemovedParts(before: HtmlOutline, after: HtmlOutline, sheet: AllowedCss): RemovedHtmlPart[] {
  const left = countParts(after);
  const gone = [...countParts(before)].flatMap(([key, count]) => {
    const difference = count - (left.get(key) ?? 0);
    const [kind, name] = key.split(" ", 2) as [RemovedHtmlPart["kind"], string];
    return difference > 0 ? [{ kind, name, count: difference }] : [];
  });
  const styles = [...new Set(sheet.dropped)].slice(0, maxRemovedNamed).map((name): RemovedHtmlPart => {
    return { kind: "style", name, count: sheet.dropped.filter((other) => other === name).length };
  });
  return [...gone, ...styles].slice(0, maxRemovedNamed);
}

function countParts({ tags, comments, instructions, isCutOff }: HtmlOutline): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (kind: RemovedHtmlPart["kind"], name: string, by = 1) => {
    if (by > 0) counts.set(`${kind} ${name}`, (counts.get(`${kind} ${name}`) ?? 0) + by);
  };
  count("comment", "comment", comments.length);
  count("comment", "instruction", instructions);
  count("element", "unclosed", isCutOff ? 1 : 0);
  for (const { name, attributes } of tags) {
    // A style element is not counted as removed, because its rules move onto the elements.
    if (name !== "style") count("element", name.slice(0, 50));
    if (!allowedTags.includes(name)) continue;
    for (const attribute of attributes) {
      count("attribute", `${name}.${attribute.name.slice(0, 50)}`);
      if (attribute.name === "style")
        for (const property of listStyleProperties(attribute.value)) count("style", property);
    }
  }
  return counts;
}

const listStyleProperties = (style: string) =>
  style
    .split(";")
    .map((declaration) => declaration.split(":")[0]?.trim().toLowerCase().slice(0, 50) ?? "")
    .filter((name) => name !== "");
