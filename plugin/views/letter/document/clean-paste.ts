import type { Mark, Node } from "prosemirror-model";
import { decodeEntities } from "../../../../shared/html-text.ts";
import { maskMustaches } from "../../../../shared/mustache.ts";
import { type HtmlToken, tokenizeHtml } from "./html-tokens.ts";
import { parseLine } from "./line-schema.ts";
import { letterSchema, marks, nodes } from "./schema.ts";
import { buildImageHtml } from "./serialize-letter.ts";

/*
 * Turns HTML from the clipboard into the parts that a letter may have: paragraphs, lists, bold and
 * italic text, links and images. Leaves out fonts, colors and sizes.
 */

type OpenTag = Extract<HtmlToken, { kind: "open" }>;

/** One line of the pasted text. `level` is the number of lists around the line. */
type Line = { level: number; isOrdered: boolean; isLoose: boolean; content: Node[] };
/** `isMarker` tells that the element holds a list item's marker, such as "1." */
type OpenElement = { name: string; mark: Mark | null; isMarker: boolean };
type Reader = {
  lines: Line[];
  line: Line;
  open: OpenElement[];
  /** The name of the element whose content is being left out; null outside of such an element. */
  skipped: string | null;
};

const hidden: ReadonlySet<string> = new Set([
  "style",
  "script",
  "title",
  "head",
  "xml",
  "noscript",
  "template",
]);
/** Mail programs put each line of a paragraph into an element with one of these names. */
const looseBlocks: ReadonlySet<string> = new Set(["div"]);
const blocks: ReadonlySet<string> = new Set(
  (
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tbody thead tr blockquote pre section article header footer main " +
    "figure figcaption address center hr body html"
  )
    .split(" ")
    .concat([...looseBlocks]),
);
const voidElements: ReadonlySet<string> = new Set(["br", "img", "hr", "meta", "link", "col", "wbr", "input"]);

const buildLine = (): Line => ({ level: 0, isOrdered: false, isLoose: false, content: [] });

/** Returns the blocks of a letter for pasted HTML. */
export function parsePastedHtml(pasted: string): Node[] {
  const html = cutFragment(pasted);
  const reader: Reader = { lines: [], line: buildLine(), open: [], skipped: null };
  for (const token of tokenizeHtml(html, maskMustaches(html))) readToken(reader, html, token);
  endLine(reader);
  return buildBlocks(joinLooseLines(reader.lines));
}

/** Returns the HTML between the two marks that browsers put around the copied part. */
function cutFragment(html: string): string {
  const start = html.indexOf("<!--StartFragment-->");
  const end = html.lastIndexOf("<!--EndFragment-->");
  return start === -1 || end < start ? html : html.slice(start + "<!--StartFragment-->".length, end);
}

function readToken(reader: Reader, html: string, token: HtmlToken): void {
  const text = html.slice(token.start, token.end);
  if (token.kind === "other") readConditional(reader, text);
  else if (token.kind === "close") closeElement(reader, token.name);
  else if (reader.skipped === "marker") noteMarker(reader, token, text);
  else if (reader.skipped === null && token.kind === "text") {
    if (reader.open.some(({ isMarker }) => isMarker)) noteMarker(reader, token, text);
    else addText(reader, text);
  } else if (reader.skipped === null && token.kind === "open") openElement(reader, token);
}

/** Skips a list item's marker. Word puts the marker between two conditional comments. */
function readConditional(reader: Reader, text: string): void {
  if (/^<!(?:--)?\[if !supportLists\]/i.test(text)) reader.skipped = "marker";
  else if (reader.skipped === "marker" && /^<!(?:--)?\[endif\]/i.test(text)) reader.skipped = null;
}

/**
 * Reads the marker of a list item, which Word writes as text. If the marker is a number or a
 * letter, the list is ordered.
 */
function noteMarker({ line }: Reader, { kind }: HtmlToken, text: string): void {
  if (kind === "text" && /^\s*\(?[0-9a-z]{1,3}[.)]\s*$/i.test(decodeEntities(text))) line.isOrdered = true;
}

function openElement(reader: Reader, token: OpenTag): void {
  const { name } = token;
  if (hidden.has(name)) reader.skipped = name;
  if (name === "br") addBreak(reader);
  if (name === "img") addImage(reader, token);
  if (blocks.has(name)) beginBlock(reader, token);
  // The cells of a table row become one line, with a space between cells.
  if ((name === "td" || name === "th") && reader.line.content.length > 0) addText(reader, " ");
  // Programs that drop Word's conditional comments keep this style of a marker.
  const isMarker = /mso-list:\s*ignore/.test(readStyle(token));
  if (!voidElements.has(name)) reader.open.push({ name, mark: readMark(token), isMarker });
}

function closeElement(reader: Reader, name: string): void {
  if (reader.skipped === name) reader.skipped = null;
  const at = reader.open.findLastIndex((element) => element.name === name);
  if (at !== -1) reader.open.splice(at, 1);
  if (blocks.has(name)) endLine(reader, looseBlocks.has(name));
}

function beginBlock(reader: Reader, token: OpenTag): void {
  endLine(reader, looseBlocks.has(token.name));
  reader.line.isLoose = looseBlocks.has(token.name);
  const lists = reader.open.filter(({ name }) => name === "ul" || name === "ol");
  const isInItem = token.name === "li" || reader.open.some(({ name }) => name === "li");
  if (lists.length > 0 && isInItem) {
    reader.line.level = lists.length;
    reader.line.isOrdered = lists.at(-1)?.name === "ol";
  }
  const wordLevel = /mso-list:[^;]*\blevel(\d)/i.exec(readStyle(token))?.[1];
  if (wordLevel !== undefined && reader.line.level === 0) reader.line.level = Number(wordLevel);
}

const readStyle = ({ attributes }: OpenTag) =>
  decodeEntities(attributes.find(({ name }) => name === "style")?.value ?? "").toLowerCase();

function readMark(token: OpenTag): Mark | null {
  const { name, attributes } = token;
  if (name === "a") {
    const href = decodeEntities(
      attributes.find((attribute) => attribute.name === "href")?.value ?? "",
    ).trim();
    return /^(?:https?:\/\/|mailto:|tel:|\{\{)/i.test(href) ? marks.link.create({ href }) : null;
  }
  const style = readStyle(token);
  const weight = /(?:^|[;\s])font-weight:\s*([a-z0-9]+)/.exec(style)?.[1];
  const isBold =
    weight === undefined ? name === "b" || name === "strong" : /^(?:bold|bolder|[6-9]00)$/.test(weight);
  if (isBold) return marks.strong.create();
  const slant = /(?:^|[;\s])font-style:\s*([a-z]+)/.exec(style)?.[1];
  const isItalic =
    slant === undefined ? name === "i" || name === "em" : slant === "italic" || slant === "oblique";
  return isItalic ? marks.em.create() : null;
}

const listOpenMarks = ({ open }: Reader) =>
  open.reduce((set, { mark }) => mark?.addToSet(set) ?? set, [] as readonly Mark[]);

function addText(reader: Reader, html: string): void {
  const { content } = reader.line;
  const words = html
    .split(/(\{\{.*?\}\})/)
    .map((piece) => (piece.startsWith("{{") ? piece : decodeEntities(piece).replace(/[\s\u00a0]+/g, " ")))
    .join("");
  const set = listOpenMarks(reader);
  const last = content.at(-1);
  const isSpaced = last === undefined || last.type === nodes.hardBreak || last.text?.endsWith(" ") === true;
  const line = parseLine(isSpaced ? words.replace(/^ /, "") : words).firstChild;
  for (const node of line?.children ?? []) {
    content.push(
      node.isText
        ? letterSchema.text(node.text ?? "", set)
        : nodes.variable.create({ source: node.attrs.source }, null, set),
    );
  }
}

function addBreak({ line }: Reader): void {
  dropLastSpace(line.content);
  line.content.push(nodes.hardBreak.create());
}

/**
 * Adds an image. Leaves out an image of one or two pixels, which only tells its sender that the
 * email was opened.
 */
function addImage(reader: Reader, { attributes }: OpenTag): void {
  const read = (wanted: string) =>
    decodeEntities(attributes.find(({ name }) => name === wanted)?.value ?? "").trim();
  const src = read("src");
  const isTiny = [read("width"), read("height")].some(
    (size) => size !== "" && Number.parseInt(size, 10) <= 2,
  );
  if (!/^https?:\/\//i.test(src) || isTiny) return;
  const alt = read("alt");
  reader.line.content.push(
    nodes.image.create({ html: buildImageHtml(src, alt), src, alt }).mark(listOpenMarks(reader)),
  );
}

function dropLastSpace(content: Node[]): void {
  const last = content.at(-1);
  if (last?.text?.endsWith(" ") !== true) return;
  content.pop();
  const words = last.text.trimEnd();
  if (words !== "") content.push(letterSchema.text(words, last.marks));
}

function endLine(reader: Reader, isLoose = false): void {
  const { line } = reader;
  dropLastSpace(line.content);
  while (line.content.length > 1 && line.content.at(-1)?.type === nodes.hardBreak) line.content.pop();
  if (line.content.length > 0) reader.lines.push({ ...line, isLoose: line.isLoose || isLoose });
  // A list item of a letter has only one paragraph, so each further paragraph becomes an item of
  // its own.
  reader.line = buildLine();
  const lists = reader.open.filter(({ name }) => name === "ul" || name === "ol");
  if (reader.open.some(({ name }) => name === "li")) {
    reader.line.level = lists.length;
    reader.line.isOrdered = lists.at(-1)?.name === "ol";
  }
}

const isBlank = ({ content }: Line) => content.every(({ type }) => type === nodes.hardBreak);

/** Joins lines from mail programs into paragraphs. An empty line ends a paragraph. */
function joinLooseLines(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  let canJoin = false;
  for (const line of lines) {
    const last = joined.at(-1);
    if (isBlank(line)) canJoin = false;
    else if (canJoin && last?.isLoose && line.isLoose && last.level === 0 && line.level === 0) {
      last.content.push(nodes.hardBreak.create(), ...line.content);
    } else {
      joined.push({ ...line, content: [...line.content] });
      canJoin = true;
    }
  }
  return joined;
}

function buildBlocks(lines: readonly Line[]): Node[] {
  const built: Node[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (line === undefined) break;
    if (line.level === 0) {
      built.push(...splitAtBlankLines(line.content).map((content) => nodes.paragraph.create(null, content)));
      at += 1;
    } else {
      let end = at;
      while ((lines[end]?.level ?? 0) > 0) end += 1;
      built.push(...buildLists(lines.slice(at, end)));
      at = end;
    }
  }
  return built;
}

/**
 * Splits a paragraph wherever two line breaks follow each other. Writers use such breaks as a space
 * between paragraphs.
 */
function splitAtBlankLines(content: readonly Node[]): Node[][] {
  const parts: Node[][] = [[]];
  for (const [index, node] of content.entries()) {
    const isBreak = node.type === nodes.hardBreak;
    const isSecond = isBreak && content[index + 1]?.type === nodes.hardBreak;
    if (isSecond || (isBreak && parts.at(-1)?.length === 0)) {
      if (parts.at(-1)?.length !== 0) parts.push([]);
    } else parts.at(-1)?.push(node);
  }
  return parts.filter((part) => part.length > 0);
}

/**
 * Builds a list from each run of neighboring list items. The level of the first item counts as the
 * outermost level.
 */
function buildLists(lines: readonly Line[]): Node[] {
  const lists: Node[] = [];
  for (let at = 0; at < lines.length; ) {
    const [first] = lines.slice(at);
    if (first === undefined) break;
    const items: Node[] = [];
    let end = at;
    while (
      end < lines.length &&
      lines[end]?.isOrdered === first.isOrdered &&
      (lines[end]?.level ?? 0) <= first.level
    ) {
      const line = lines[end];
      let inner = end + 1;
      while ((lines[inner]?.level ?? 0) > first.level) inner += 1;
      const [nested] = buildLists(lines.slice(end + 1, inner));
      const paragraph = nodes.paragraph.create(null, line?.content);
      items.push(nodes.listItem.create(null, nested === undefined ? [paragraph] : [paragraph, nested]));
      end = inner;
    }
    lists.push((first.isOrdered ? nodes.orderedList : nodes.bulletList).create(null, items));
    at = end;
  }
  return lists;
}

/** Returns the blocks of a letter for pasted plain text. An empty line begins a paragraph. */
export function parsePastedText(pasted: string): Node[] {
  return pasted
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n\s*/)
    .map((block) => block.trim())
    .filter((block) => block !== "")
    .map((block) => {
      const lines = block.split("\n").map((line) => parseLine(line.trim()).firstChild?.children ?? []);
      const content = lines.flatMap((line, index) => [
        ...(index === 0 ? [] : [nodes.hardBreak.create()]),
        ...line.map((node) =>
          node.isText
            ? letterSchema.text(node.text ?? "")
            : nodes.variable.create({ source: node.attrs.source }),
        ),
      ]);
      return nodes.paragraph.create(null, content);
    });
}
