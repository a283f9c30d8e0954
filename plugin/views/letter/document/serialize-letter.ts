import type { Mark, Node } from "prosemirror-model";
import { escapeAttribute, escapeHtmlText } from "./characters.ts";
import { marks, nodes } from "./schema.ts";

/**
 * Returns the letter's HTML. For an unedited part, the HTML is exactly the HTML that was parsed.
 */
export function serializeLetter(doc: Node): string {
  const [first] = doc.children;
  if (doc.childCount === 1 && first?.type === nodes.paragraph && first.content.size === 0) {
    return String(doc.attrs.end);
  }
  const blocks = doc.children.map(
    (block, index) => writeGap(block, index === 0 ? "" : "\n") + serializeBlock(block),
  );
  return blocks.join("") + doc.attrs.end;
}

const writeGap = ({ attrs }: Node, usual = "\n") => String(attrs.gap ?? usual);

/** Returns the HTML of one block without the white space before the block. */
export function serializeBlock(block: Node): string {
  if (block.type === nodes.locked) return String(block.attrs.html);
  if (block.type === nodes.bulletList) return `<ul>${writeItems(block)}</ul>`;
  if (block.type === nodes.orderedList) return `<ol>${writeItems(block)}</ol>`;
  return `<p>${writeParagraphContent(block)}</p>`;
}

/**
 * Returns the HTML of a paragraph. An empty paragraph gets a line break, because mail programs show
 * no line for an empty paragraph.
 */
const writeParagraphContent = (paragraph: Node) =>
  paragraph.content.size === 0 ? "<br>" : serializeInline(paragraph);

function writeItems(list: Node): string {
  const items = list.children.map((item) => {
    const [paragraph, inner] = item.children;
    const text = paragraph === undefined ? "" : serializeInline(paragraph);
    const nested =
      inner === undefined ? "" : writeGap(inner) + serializeBlock(inner) + (item.attrs.end ?? "\n");
    return `${writeGap(item)}<li>${text}${nested}</li>`;
  });
  return items.join("") + (list.attrs.end ?? "\n");
}

/** The nesting order of the marks that the agent set in the editor, the outermost first. */
const ranks = new Map([marks.link, marks.strong, marks.em].map((type, index) => [type, index] as const));

const listTags = (node: Node): readonly Mark[] =>
  node.marks.filter(({ type }) => ranks.has(type)).sort((a, b) => rank(a) - rank(b));

const rank = ({ type, attrs }: Mark) =>
  (attrs.level === null ? 10 : Number(attrs.level)) + (ranks.get(type) ?? 0) / 10;

/** Returns the HTML of the text, breaks, variables and images in a block. */
export function serializeInline(parent: Node): string {
  let html = "";
  let open: readonly Mark[] = [];
  const closeTo = (count: number) => {
    html += open.slice(count).toReversed().map(writeClosingTag).join("");
    open = open.slice(0, count);
  };
  for (const [index, node] of parent.children.entries()) {
    const wanted = listTags(node);
    const shared = wanted.findIndex((mark, at) => !open[at]?.eq(mark));
    closeTo(shared === -1 ? wanted.length : shared);
    for (const mark of wanted.slice(open.length)) html += writeOpeningTag(mark);
    open = wanted;
    html += writeLeaf(node, parent.maybeChild(index + 1)?.type === nodes.variable);
  }
  closeTo(0);
  return html;
}

function writeOpeningTag({ type, attrs }: Mark): string {
  if (type !== marks.link) return `<${attrs.tag}>`;
  return attrs.open ?? `<a href="${escapeAttribute(attrs.href)}">`;
}

const writeClosingTag = ({ type, attrs }: Mark) => (type === marks.link ? "</a>" : `</${attrs.tag}>`);

function writeLeaf(node: Node, isBeforeTag: boolean): string {
  if (node.type === nodes.variable) return String(node.attrs.source);
  if (node.type === nodes.image || node.type === nodes.hardBreak) return String(node.attrs.html);
  const text = node.text ?? "";
  const written = marks.written.isInSet(node.marks);
  if (written && text.replaceAll(written.attrs.text, "") === "") {
    return text.replaceAll(written.attrs.text, () => String(written.attrs.html));
  }
  const html = escapeHtmlText(text);
  // Handlebars would treat a brace or a backslash directly before a tag as a part of the tag.
  return isBeforeTag ? html.replace(/[{\\]$/, (last) => (last === "{" ? "&#123;" : "&#92;")) : html;
}

/** Returns the HTML of a new image. Outlook needs the `width`, because it ignores `max-width`. */
export const buildImageHtml = (src: string, alt: string) =>
  `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt)}" width="480">`;
