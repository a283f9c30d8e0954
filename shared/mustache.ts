/**
 * Finds the Handlebars tags of a template, in one pass from left to right. An unclosed tag is left
 * out, because the parser reports the error.
 */

/**
 * A tag, comment or escape. `escaped` is `\{{`, which prints two braces. Offsets count UTF-16
 * units; `end` is exclusive.
 */
export type MustacheSpan = { kind: "tag" | "comment" | "escaped"; start: number; end: number };

export function findMustaches(source: string): MustacheSpan[] {
  const spans: MustacheSpan[] = [];
  let at = source.indexOf("{{");
  while (at !== -1) {
    const span = readSpan(source, at);
    if (span === null) break;
    spans.push(span);
    at = source.indexOf("{{", span.end);
  }
  return spans;
}

function readSpan(source: string, open: number): MustacheSpan | null {
  // One backslash escapes the braces. Two backslashes print one backslash and do not escape the
  // tag.
  if (source[open - 1] === "\\" && source[open - 2] !== "\\") {
    return { kind: "escaped", start: open - 1, end: open + 2 };
  }
  if (/^\{\{~?!/.test(source.slice(open, open + 4))) return readComment(source, open);
  const braces = /^\{{2,4}/.exec(source.slice(open, open + 4))?.[0].length ?? 2;
  const end = findClose(source, open + braces, "}".repeat(braces));
  return end === -1 ? null : { kind: "tag", start: open, end };
}

function readComment(source: string, open: number): MustacheSpan | null {
  const isLong = /^\{\{~?!--/.test(source.slice(open, open + 6));
  const close = source.indexOf(isLong ? "--" : "}}", open + (isLong ? 6 : 3));
  if (!isLong) return close === -1 ? null : { kind: "comment", start: open, end: close + 2 };
  for (let at = close; at !== -1; at = source.indexOf("--", at + 1)) {
    const tail = /^--~?\}\}/.exec(source.slice(at, at + 5));
    if (tail !== null) return { kind: "comment", start: open, end: at + tail[0].length };
  }
  return null;
}

const partners: Readonly<Record<string, string>> = { '"': '"', "'": "'", "[": "]" };

/**
 * Returns the end of a tag, ignoring closing braces in quotes and brackets; -1 if the tag is not
 * closed.
 */
function findClose(source: string, from: number, close: string): number {
  const first = source.indexOf(close, from);
  if (first === -1) return -1;
  for (let at = from; at < source.length; at += 1) {
    if (source.startsWith(close, at)) return at + close.length;
    const partner = partners[source[at] ?? ""];
    if (partner === undefined) continue;
    const end = findPartner(source, at + 1, partner);
    // The parser reports an unclosed quote. In this search, the tag ends at its first closing
    // braces.
    if (end === -1) return first < at ? -1 : first + close.length;
    at = end;
  }
  return -1;
}

function findPartner(source: string, from: number, partner: string): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "\\" && source[at + 1] === partner) at += 1;
    else if (source[at] === partner) return at;
    // No real literal is longer than the bound. Without a bound, repeated searches would take
    // quadratic time.
    else if (at - from > longestLiteral) return -1;
  }
  return -1;
}

const longestLiteral = 2000;

/**
 * Returns the range of the text in a `{{default path "text"}}` tag, without the quotes. The tag
 * prints this text if there is no value. Returns null for any other tag.
 */
export function findQuotedFallback(
  source: string,
  { kind, start, end }: MustacheSpan,
): { start: number; end: number } | null {
  if (kind !== "tag" || !/^\{{2,3}[~&]*\s*default\s/.test(source.slice(start, end))) return null;
  let last: { start: number; end: number } | null = null;
  for (let at = start; at < end; at += 1) {
    const character = source[at] ?? "";
    const partner = partners[character];
    if (partner === undefined) continue;
    const close = findPartner(source, at + 1, partner);
    if (close === -1 || close >= end) break;
    if (character !== "[") last = { start: at + 1, end: close };
    at = close;
  }
  return last;
}

/**
 * Returns the text with each character of a tag replaced by `filler`. The length does not change,
 * so offsets in the result are valid in the source.
 */
export function maskMustaches(source: string, filler = "x"): string {
  let result = "";
  let from = 0;
  for (const { start, end } of findMustaches(source)) {
    result += source.slice(from, start) + filler.repeat(end - start);
    from = end;
  }
  return result + source.slice(from);
}
