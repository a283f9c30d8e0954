import type { Mark, Node } from "prosemirror-model";
import { decodeEntities } from "../../../../shared/html-text.ts";
import { decodeCharacterReference, escapeHtmlText } from "./characters.ts";
import type { HtmlToken } from "./html-tokens.ts";
import type { LetterSource } from "./letter-source.ts";
import { letterSchema, marks, nodes } from "./schema.ts";

type OpenTag = Extract<HtmlToken, { kind: "open" }>;

/**
 * Returns the text, breaks, variables and images of a block; null if the block has other content.
 */
export function parseInline(source: LetterSource, tokens: readonly HtmlToken[]): Node[] | null {
  const content: Node[] = [];
  const open: { name: string; mark: Mark }[] = [];
  let skipTo = 0;
  for (const [index, token] of tokens.entries()) {
    const set = open.reduce((all, { mark }) => mark.addToSet(all), [] as readonly Mark[]);
    if (token.kind === "text") {
      content.push(...readText(source, Math.max(token.start, skipTo), token.end, set));
    } else if (token.kind === "close") {
      if (open.pop()?.name !== token.name) return null;
    } else if (token.kind === "open" && (token.name === "br" || token.name === "img")) {
      const end = token.name === "br" ? findBreakEnd(source.html, token, tokens[index + 1]) : token.end;
      const leaf = readLeaf(token, source.html.slice(token.start, end));
      if (leaf === null) return null;
      content.push(leaf.mark(set));
      skipTo = end;
    } else {
      const mark = token.kind === "open" ? readMark(source, token, open.length) : null;
      if (mark === null || token.kind !== "open") return null;
      open.push({ name: token.name, mark });
    }
  }
  return open.length === 0 ? content : null;
}

/**
 * Returns the offset after a `<br>`. If a line break of the source follows the `<br>`, returns the
 * offset after the line break.
 */
function findBreakEnd(html: string, { end }: OpenTag, next: HtmlToken | undefined): number {
  if (next?.kind !== "text") return end;
  const space = /^[ \t\f]*[\r\n][ \t\r\n\f]*/.exec(html.slice(end, next.end));
  return end + (space?.[0].length ?? 0);
}

function readLeaf({ name, attributes }: OpenTag, html: string): Node | null {
  if (name === "br") return attributes.length > 0 ? null : nodes.hardBreak.create({ html });
  const read = (wanted: string) => attributes.find((attribute) => attribute.name === wanted)?.value;
  const src = read("src");
  if (src === undefined) return null;
  return nodes.image.create({ html, src: decodeEntities(src), alt: decodeEntities(read("alt") ?? "") });
}

function readMark(
  { html }: LetterSource,
  { name, attributes, start, end }: OpenTag,
  level: number,
): Mark | null {
  if (name === "a") {
    const href = attributes.find((attribute) => attribute.name === "href")?.value;
    return href === undefined
      ? null
      : marks.link.create({ href: decodeEntities(href), open: html.slice(start, end), level });
  }
  if (attributes.length > 0) return null;
  if (name === "strong" || name === "b") return marks.strong.create({ tag: name, level });
  if (name === "em" || name === "i") return marks.em.create({ tag: name, level });
  return null;
}

function readText(source: LetterSource, start: number, end: number, set: readonly Mark[]): Node[] {
  const content: Node[] = [];
  let from = start;
  for (const span of source.spans) {
    if (span.start < start || span.end > end || span.start < from) continue;
    content.push(...readWords(source.html.slice(from, span.start), set));
    content.push(nodes.variable.create({ source: source.html.slice(span.start, span.end) }, null, set));
    from = span.end;
  }
  return [...content, ...readWords(source.html.slice(from, end), set)];
}

/** Matches a character reference, white space with a line break, or any other character. */
const special =
  /(&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,30});|[ \t]*[\t\r\n\f][ \t\r\n\f]*|&(?=\s|$)|[>\u00a0])/i;

function readWords(html: string, set: readonly Mark[]): Node[] {
  return html
    .split(special)
    .filter((piece) => piece !== "")
    .map((piece) => {
      const text = readPiece(piece);
      const isUsual = escapeHtmlText(text) === piece;
      return letterSchema.text(
        text,
        isUsual ? set : marks.written.create({ html: piece, text }).addToSet(set),
      );
    });
}

function readPiece(piece: string): string {
  if (/^[ \t\r\n\f]+$/.test(piece) && /[\t\r\n\f]/.test(piece)) return " ";
  return piece.startsWith("&") ? (decodeCharacterReference(piece) ?? piece) : piece;
}
