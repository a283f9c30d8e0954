/**
 * Where the Handlebars tags of a template stand. One pass from left to right, whatever the text: what is not closed is
 * no tag, and is left to the parser to complain about.
 */

/** `escaped` is `\{{`, which prints two braces. Offsets are UTF-16, `end` is the first character after it. */
export type MustacheSpan = { kind: "tag" | "comment" | "escaped"; start: number; end: number };

export function mustacheSpans(source: string): MustacheSpan[] {
  const spans: MustacheSpan[] = [];
  let at = source.indexOf("{{");
  while (at !== -1) {
    const span = spanAt(source, at);
    if (span === null) break;
    spans.push(span);
    at = source.indexOf("{{", span.end);
  }
  return spans;
}

function spanAt(source: string, open: number): MustacheSpan | null {
  // Two backslashes are one that is printed, with a tag after it.
  if (source[open - 1] === "\\" && source[open - 2] !== "\\") {
    return { kind: "escaped", start: open - 1, end: open + 2 };
  }
  if (/^\{\{~?!/.test(source.slice(open, open + 4))) return commentAt(source, open);
  const braces = /^\{{2,4}/.exec(source.slice(open, open + 4))?.[0].length ?? 2;
  const end = closeOf(source, open + braces, "}".repeat(braces));
  return end === -1 ? null : { kind: "tag", start: open, end };
}

function commentAt(source: string, open: number): MustacheSpan | null {
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

/** The end of a tag, past what stands in quotes and brackets; -1 where there is none. */
function closeOf(source: string, from: number, close: string): number {
  const first = source.indexOf(close, from);
  if (first === -1) return -1;
  for (let at = from; at < source.length; at += 1) {
    if (source.startsWith(close, at)) return at + close.length;
    const partner = partners[source[at] ?? ""];
    if (partner === undefined) continue;
    const end = partnerAt(source, at + 1, partner);
    // A quote that is never closed is a fault for the parser to find; the tag ends where it seems to.
    if (end === -1) return first < at ? -1 : first + close.length;
    at = end;
  }
  return -1;
}

function partnerAt(source: string, from: number, partner: string): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "\\" && source[at + 1] === partner) at += 1;
    else if (source[at] === partner) return at;
    // Nothing that people write in quotes is this long, and looking further each time would take a square of the text.
    else if (at - from > longestLiteral) return -1;
  }
  return -1;
}

const longestLiteral = 2000;

/** The text in quotes that a `{{default path "text"}}` prints without a value, quotes left out; null for any other tag. */
export function quotedFallback(
  source: string,
  { kind, start, end }: MustacheSpan,
): { start: number; end: number } | null {
  if (kind !== "tag" || !/^\{{2,3}[~&]*\s*default\s/.test(source.slice(start, end))) return null;
  let last: { start: number; end: number } | null = null;
  for (let at = start; at < end; at += 1) {
    const character = source[at] ?? "";
    const partner = partners[character];
    if (partner === undefined) continue;
    const close = partnerAt(source, at + 1, partner);
    if (close === -1 || close >= end) break;
    if (character !== "[") last = { start: at + 1, end: close };
    at = close;
  }
  return last;
}

/** The text with every tag replaced by as many letters, so that what looks for markup or words in it keeps all offsets. */
export function withoutMustaches(source: string, filler = "x"): string {
  let result = "";
  let from = 0;
  for (const { start, end } of mustacheSpans(source)) {
    result += source.slice(from, start) + filler.repeat(end - start);
    from = end;
  }
  return result + source.slice(from);
}
