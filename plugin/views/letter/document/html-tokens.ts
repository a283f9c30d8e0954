/*
 * Cuts HTML into tokens without the browser's parser, because a host's CSP may forbid the parser.
 * Offsets count UTF-16 units, and `end` is exclusive.
 */

export type HtmlAttribute = { name: string; value: string };

export type HtmlToken =
  | { kind: "text"; start: number; end: number }
  | { kind: "open"; name: string; attributes: HtmlAttribute[]; start: number; end: number }
  | { kind: "close"; name: string; start: number; end: number }
  /** A comment, a doctype or another declaration. */
  | { kind: "other"; start: number; end: number };

/** Elements whose content is text without markup. */
const rawTextElements: ReadonlySet<string> = new Set(["style", "script", "title", "textarea", "xmp"]);

/**
 * Returns the tokens of the HTML. Together, the tokens cover the whole HTML.
 * @param masked the HTML with other characters of the same length in place of each Handlebars tag,
 * so that the function finds no markup inside a tag
 */
export function tokenizeHtml(source: string, masked: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let textStart = 0;
  let at = masked.indexOf("<");
  while (at !== -1) {
    const token = readMarkup(source, masked, at);
    if (token === null) {
      at = masked.indexOf("<", at + 1);
      continue;
    }
    if (textStart < at) tokens.push({ kind: "text", start: textStart, end: at });
    tokens.push(token);
    textStart = token.end;
    const isRaw = token.kind === "open" && rawTextElements.has(token.name);
    at = isRaw ? findRawTextEnd(masked, token.name, token.end) : masked.indexOf("<", token.end);
  }
  if (textStart < source.length) tokens.push({ kind: "text", start: textStart, end: source.length });
  return tokens;
}

function findRawTextEnd(masked: string, name: string, from: number): number {
  const rest = masked.slice(from).toLowerCase();
  const end = rest.indexOf(`</${name}`);
  return end === -1 ? -1 : from + end;
}

function readMarkup(source: string, masked: string, start: number): HtmlToken | null {
  if (masked.startsWith("<!--", start)) {
    const close = masked.indexOf("-->", start + 4);
    return close === -1 ? null : { kind: "other", start, end: close + 3 };
  }
  const next = masked[start + 1] ?? "";
  const end = findTagEnd(masked, start);
  if (end === -1) return null;
  if (next === "!" || next === "?") return { kind: "other", start, end };
  const found = /^<(\/?)([a-z][a-z0-9:-]*)/i.exec(masked.slice(start, Math.min(end, start + 60)));
  if (found === null) return null;
  const [whole, slash, written = ""] = found;
  const name = written.toLowerCase();
  if (slash === "/") return { kind: "close", name, start, end };
  return {
    kind: "open",
    name,
    attributes: readAttributes(source, masked, start + whole.length, end),
    start,
    end,
  };
}

/** Returns the end of the tag at `start`, ignoring `>` in quotes; -1 if the tag is not closed. */
function findTagEnd(masked: string, start: number): number {
  let at = start + 1;
  while (at < masked.length) {
    const character = masked[at];
    if (character === ">") return at + 1;
    if (character === "<") return -1;
    const isQuote = character === '"' || character === "'";
    const close = isQuote ? masked.indexOf(character, at + 1) : at;
    if (close === -1) return -1;
    at = close + 1;
  }
  return -1;
}

function readAttributes(source: string, masked: string, from: number, end: number): HtmlAttribute[] {
  const pattern = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/dg;
  const attributes: HtmlAttribute[] = [];
  for (const match of masked.slice(from, end - 1).matchAll(pattern)) {
    const place = match.indices?.[2] ?? match.indices?.[3] ?? match.indices?.[4];
    attributes.push({
      name: (match[1] ?? "").toLowerCase(),
      value: place === undefined ? "" : source.slice(from + place[0], from + place[1]),
    });
  }
  return attributes;
}
