import { decodeEntities } from "../../shared/html-text.ts";
import { tagsRemovedWithContent } from "./template/html-allowed.ts";

/** Elements that a letter does not show, so their text is left out. */
const silentElements: ReadonlySet<string> = new Set(tagsRemovedWithContent);
/**
 * Block elements with an empty line before and after. The elements in `lineElements` only start a
 * new line.
 */
const spacedElements = new Set("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure".split(" "));
const lineElements = new Set(
  "div li tr dt dd section article header footer main address figcaption caption".split(" "),
);

type List = { ordered: boolean; count: number };

/**
 * Returns the text that a person would have written instead of this HTML. Paragraphs and lists are
 * kept, links become "text (url)", and images become their alternative text.
 *
 * Lines are not wrapped, since mail programs wrap lines. If the HTML can't be parsed to its end,
 * the text before the fault is returned.
 */
export async function htmlToText(html: string): Promise<string> {
  const writer = new TextWriter();
  const rewriter = new HTMLRewriter().on("*", { element: (element) => writer.element(element) });
  rewriter.onDocument({
    text: (chunk) => writer.text(chunk.text, chunk.lastInTextNode),
  });
  await transformHtml(rewriter, html);
  return writer.finish();
}

/**
 * Collects the text of a document while the parser reads the document. A separator is written only
 * when the next word arrives.
 */
class TextWriter {
  #out = "";
  #node = "";
  #breaks = 0;
  #space = false;
  #prefix = "";
  #silent = 0;
  #pre = 0;
  readonly #lists: List[] = [];
  readonly #links: { text: string }[] = [];

  element(element: Element): void {
    const name = element.tagName;
    if (name === "br") this.#breaks += 1;
    else if (name === "hr") this.#rule();
    else if (name === "img") this.#image(element);
    else if (silentElements.has(name) || isHidden(element)) this.#silence(element);
    else if (name === "a") this.#link(element);
    else if (name === "td" || name === "th") this.#space = true;
    else if (spacedElements.has(name) || lineElements.has(name)) this.#block(element);
  }

  /**
   * Collects the chunks of a text node before decoding the text, because a character reference may
   * be split between two chunks.
   */
  text(chunk: string, isLast: boolean): void {
    this.#node += chunk;
    if (!isLast) return;
    this.#write(decodeEntities(this.#node));
    this.#node = "";
  }

  finish(): string {
    return this.#out.replace(/[ \t]+$/gm, "").trim();
  }

  #silence(element: Element): void {
    const hasEnd = onElementEnd(element, () => {
      this.#silent -= 1;
    });
    if (hasEnd) this.#silent += 1;
  }

  #block(element: Element): void {
    const name = element.tagName;
    const breaks = spacedElements.has(name) && this.#lists.length === 0 ? 2 : 1;
    this.#break(breaks);
    if (name === "pre") this.#pre++;
    if (name === "ul" || name === "ol") this.#lists.push({ ordered: name === "ol", count: 0 });
    if (name === "li") this.#item();
    onElementEnd(element, () => {
      if (name === "pre") this.#pre--;
      if (name === "ul" || name === "ol") this.#lists.pop();
      this.#break(breaks);
    });
  }

  #item(): void {
    const list = this.#lists.at(-1);
    const indent = "  ".repeat(Math.max(0, this.#lists.length - 1));
    if (list !== undefined) list.count += 1;
    this.#prefix = `${indent}${list?.ordered === true ? `${list.count}.` : "-"} `;
  }

  #link(element: Element): void {
    const url = decodeEntities(element.getAttribute("href") ?? "")
      .trim()
      .replace(/\s/g, "");
    if (!/^(https?|mailto|tel):/i.test(url)) return;
    const link = { text: "" };
    this.#links.push(link);
    onElementEnd(element, () => {
      this.#links.splice(this.#links.indexOf(link), 1);
      const label = link.text.trim();
      if (label === "") this.#write(url);
      else if (toVisibleUrl(label) !== toVisibleUrl(url) && this.#silent === 0)
        this.#out += ` (${url.replace(/^(mailto|tel):/i, "")})`;
    });
  }

  /** Writes what an image shows. The words get spaces around, as the image stands apart in HTML. */
  #image(element: Element): void {
    const alt = isHidden(element) ? "" : decodeEntities(element.getAttribute("alt") ?? "").trim();
    if (alt === "") return;
    this.#space = true;
    this.#write(alt);
    this.#space = true;
  }

  #rule(): void {
    this.#break(2);
    this.#write("---");
    this.#break(2);
  }

  #break(count: number): void {
    this.#breaks = Math.max(this.#breaks, count);
  }

  #write(raw: string): void {
    if (this.#silent > 0) return;
    const text = this.#pre > 0 ? raw : raw.replace(/[\u00ad\u200b\ufeff]/g, "").replace(/\s+/g, " ");
    const words = this.#pre > 0 ? text : text.trim();
    if (/^\s/.test(text)) this.#space = true;
    if (words === "") return;
    const separator = this.#breaks > 0 ? "\n".repeat(Math.min(this.#breaks, 2)) : this.#space ? " " : "";
    this.#out += (this.#out === "" ? "" : separator) + this.#prefix + words;
    for (const link of this.#links) link.text += separator + words;
    this.#prefix = "";
    this.#breaks = 0;
    this.#space = /\s$/.test(text);
  }
}

/**
 * Calls the handler at the element's end. Returns false for an element without an end, such as
 * `<input>` or `<svg/>`.
 */
function onElementEnd(element: Element, handler: () => void): boolean {
  try {
    element.onEndTag(handler);
    return true;
  } catch {
    return false;
  }
}

const isHidden = (element: Element) =>
  element.hasAttribute("hidden") || /display\s*:\s*none/i.test(element.getAttribute("style") ?? "");

/** Returns the visible part of a URL, for a comparison with a link's text. */
const toVisibleUrl = (text: string) =>
  text
    .toLowerCase()
    .replace(/^(https?:\/\/|mailto:|tel:)/, "")
    .replace(/\/$/, "");

/**
 * Runs HTML through a rewriter, to the point at which the parser gives up. The parser gives up at
 * ambiguous markup, such as a `<style>` in a `<select>`, and at thousands of nested elements.
 */
async function transformHtml(rewriter: HTMLRewriter, html: string): Promise<void> {
  try {
    await rewriter.transform(new Response(html)).text();
  } catch (error) {
    if (!(error instanceof TypeError && error.message.startsWith("Parser error"))) throw error;
  }
}
