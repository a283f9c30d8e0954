import type { Node } from "prosemirror-model";
import { type HtmlToken, tokenizeHtml } from "./html-tokens.ts";
import { findHandlebarsSpans, type LetterSource, maskHandlebarsSpans } from "./letter-source.ts";
import { parseInline } from "./parse-inline.ts";
import { letterSchema, nodes } from "./schema.ts";
import { serializeBlock, serializeLetter } from "./serialize-letter.ts";

/**
 * Parses a letter's HTML for the rich editor. A part that the editor can't show becomes a locked
 * part, which the agent can't edit. Without a change, the document serializes to exactly the given
 * HTML. Returns null if a Handlebars block or an HTML element is not closed.
 */
export function parseLetter(html: string): Node | null {
  const spans = findHandlebarsSpans(html);
  if (spans === null) return null;
  const tokens = tokenizeHtml(html, maskHandlebarsSpans(html, spans));
  const blocks = readBlocks({ html, spans }, tokens);
  if (blocks === null) return null;
  const doc = letterSchema.node("doc", { end: blocks.end }, fillEmptyLetter(blocks.nodes));
  return serializeLetter(doc) === html ? doc : null;
}

/**
 * Adds a line break to a letter of one empty paragraph. Without the line break, the document would
 * equal the document of an empty letter.
 */
function fillEmptyLetter(blocks: Node[]): Node[] {
  const [only, ...others] = blocks;
  if (only === undefined) return [nodes.paragraph.create()];
  const isBlank = others.length === 0 && only.type === nodes.paragraph && only.content.size === 0;
  return isBlank ? [nodes.paragraph.create(only.attrs, [nodes.hardBreak.create()])] : blocks;
}

const isSpace = (text: string) => /^[ \t\r\n\f]*$/.test(text);

/** Returns the blocks, and the white space after the last block. */
function readBlocks(
  source: LetterSource,
  tokens: readonly HtmlToken[],
): { nodes: Node[]; end: string } | null {
  const blocks: Node[] = [];
  let gap = "";
  const add = (node: Node) => {
    blocks.push(
      node.type.create({ ...node.attrs, gap: simplify(gap, blocks.length === 0 ? "" : "\n") }, node.content),
    );
    gap = "";
  };
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined || token.kind === "close") return null;
    const length = measureElement(tokens.slice(at));
    if (length === null) return null;
    const inside = tokens.slice(at, at + length);
    const end = inside.at(-1)?.end ?? token.end;
    const html = source.html.slice(token.start, end);
    if (token.kind !== "text") add(readBlock(source, inside, html));
    else if (isSpace(html)) gap += html;
    else {
      const words = html.trim();
      const start = html.indexOf(words);
      gap += html.slice(0, start);
      add(lock(words, "text"));
      gap = html.slice(start + words.length);
    }
    at += length;
  }
  return { nodes: blocks, end: gap };
}

/** Returns null for the usual gap before a block, and returns any other gap unchanged. */
const simplify = (gap: string, usual: string) => (gap === usual ? null : gap);

const voidElements: ReadonlySet<string> = new Set(["br", "hr", "img", "col", "wbr", "meta", "link", "input"]);

/**
 * Returns the number of tokens from an opening tag to its closing tag. Returns 1 if the first token
 * is no opening tag, and null if the closing tag is missing.
 */
function measureElement(tokens: readonly HtmlToken[]): number | null {
  const [first] = tokens;
  if (first?.kind !== "open" || voidElements.has(first.name)) return 1;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if ((token.kind !== "open" && token.kind !== "close") || token.name !== first.name) continue;
    depth += token.kind === "open" ? 1 : -1;
    if (depth === 0) return index + 1;
  }
  return null;
}

const lock = (html: string, name: string) => nodes.locked.create({ html, name });

/**
 * Returns a paragraph or a list if the editor would write the same HTML, otherwise a locked part.
 */
function readBlock(source: LetterSource, tokens: readonly HtmlToken[], html: string): Node {
  const [first] = tokens;
  const name = first?.kind === "open" ? first.name : "comment";
  const block = name === "p" ? readParagraph(source, tokens) : readList(source, tokens);
  return block !== null && serializeBlock(block) === html ? block : lock(html, name);
}

function readParagraph(source: LetterSource, tokens: readonly HtmlToken[]): Node | null {
  const inside = tokens.slice(1, -1);
  const [only] = inside;
  const isEmpty = inside.length === 1 && only?.kind === "open" && only.name === "br";
  const content = isEmpty ? [] : parseInline(source, inside);
  return content === null ? null : nodes.paragraph.create(null, content);
}

function readList(source: LetterSource, tokens: readonly HtmlToken[]): Node | null {
  const [first] = tokens;
  if (first?.kind !== "open" || (first.name !== "ul" && first.name !== "ol")) return null;
  const items: Node[] = [];
  let gap = "";
  for (let at = 1; at < tokens.length - 1; ) {
    const token = tokens[at];
    const length = measureElement(tokens.slice(at));
    if (token === undefined || length === null) return null;
    if (token.kind === "text") gap += source.html.slice(token.start, token.end);
    else {
      const item = readItem(source, tokens.slice(at, at + length), simplify(gap, "\n"));
      if (item === null) return null;
      items.push(item);
      gap = "";
    }
    at += length;
  }
  const type = first.name === "ul" ? nodes.bulletList : nodes.orderedList;
  return items.length === 0 ? null : type.create({ end: simplify(gap, "\n") }, items);
}

function readItem(source: LetterSource, tokens: readonly HtmlToken[], gap: string | null): Node | null {
  const [first] = tokens;
  if (first?.kind !== "open" || first.name !== "li") return null;
  const inside = tokens.slice(1, -1);
  const at = inside.findIndex(
    (token) => token.kind === "open" && (token.name === "ul" || token.name === "ol"),
  );
  const own = at === -1 ? inside : inside.slice(0, at);
  const length = at === -1 ? 0 : measureElement(inside.slice(at));
  if (length === null) return null;
  const last = own.at(-1);
  const text = last?.kind === "text" ? source.html.slice(last.start, last.end) : "";
  const space = at === -1 ? "" : (/[ \t\r\n\f]*$/.exec(text)?.[0] ?? "");
  const content = parseInline(source, trimEnd(own, space.length));
  if (content === null) return null;
  const paragraph = nodes.paragraph.create(null, content);
  if (at === -1) return nodes.listItem.create({ gap }, [paragraph]);
  const inner = readList(source, inside.slice(at, at + length));
  const rest = inside.slice(at + length);
  const end = rest.map(({ start, end: to }) => source.html.slice(start, to)).join("");
  if (inner === null || !isSpace(end)) return null;
  const list = inner.type.create({ ...inner.attrs, gap: simplify(space, "\n") }, inner.content);
  return nodes.listItem.create({ gap, end: simplify(end, "\n") }, [paragraph, list]);
}

/** Returns the tokens without the last `length` characters, which must be text. */
function trimEnd(tokens: readonly HtmlToken[], length: number): HtmlToken[] {
  const last = tokens.at(-1);
  if (last === undefined || length === 0) return [...tokens];
  const cut = { ...last, end: last.end - length };
  return cut.end > cut.start ? [...tokens.slice(0, -1), cut] : tokens.slice(0, -1);
}
