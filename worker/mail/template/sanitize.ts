import { Parser } from "htmlparser2";
import { filterStyle } from "./allowed-styles.ts";
import {
  allowedAttributes,
  allowedImageSchemes,
  allowedLinkSchemes,
  allowedTags,
  tagsRemovedWithContent,
} from "./html-allowed.ts";

export type UrlKind = "link" | "picture";

/**
 * How a caller changes what the sanitizer writes. `finishLetter` uses all options, because the
 * values of variables have been filled into its HTML.
 */
export type SanitizeOptions = {
  /**
   * Returns the URL to write for a link or picture, or null to remove it. Default:
   * `readAllowedUrl`.
   */
  readUrl?: (kind: UrlKind, url: string) => string | null;
  /** Returns a style attribute's declarations; the sanitizer then keeps only the allowed ones. */
  readStyle?: (style: string) => string;
  /** Returns a text or an attribute's value in the form that a reader sees. */
  readText?: (text: string) => string;
  /** If true, each link shows its URL as a title and leads nowhere. */
  disablesLinks?: boolean;
  /** Returns the style sheet to keep for a `<style>`. By default a `<style>` is removed. */
  readSheet?: (css: string) => string;
};

/**
 * `pieces` are the HTML, cut at the URL of each link. Each piece with an odd index is a URL that is
 * not yet escaped. `isCutOff` is true if the HTML ends in a tag, quote, comment or removed element
 * that is never closed and so swallows the rest of the HTML.
 */
export type SanitizedHtml = { pieces: string[]; isCutOff: boolean };

const maxNesting = 100;
const voidTags: ReadonlySet<string> = new Set(["br", "col", "hr", "img", "wbr"]);
const tagSet: ReadonlySet<string> = new Set(allowedTags);
const removedWithContent: ReadonlySet<string> = new Set(tagsRemovedWithContent);
const attributesByTag: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  allowedTags.map((tag) => [
    tag,
    new Set([...(allowedAttributes["*"] ?? []), ...(allowedAttributes[tag] ?? [])]),
  ]),
);

const sections = ["thead", "tbody", "tfoot"];
/**
 * The parents that each part of a table may have. If a part stands anywhere else, a browser closes
 * the table cell around the part. The email's layout puts the whole letter into such a cell.
 */
const tableParents: Readonly<Record<string, readonly string[]>> = {
  caption: ["table"],
  colgroup: ["table"],
  col: ["colgroup", "table"],
  thead: ["table"],
  tbody: ["table"],
  tfoot: ["table"],
  tr: ["table", ...sections],
  td: ["tr", "table", ...sections],
  th: ["tr", "table", ...sections],
};
/** Elements that hold parts of a table and nothing else. */
const tableFrames: ReadonlySet<string> = new Set(["table", "colgroup", "tr", ...sections]);

/**
 * Returns the HTML with allowed elements, attributes, URLs and styles only. Everything is written
 * anew: each element is closed, and each text and value is escaped, so that any reader of HTML
 * finds the same elements. A second run changes nothing.
 */
export function sanitizeToPieces(html: string, options: SanitizeOptions = {}): SanitizedHtml {
  const writer = new LetterWriter(options);
  let reached = 0;
  let isSwallowed = false;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        writer.open(name, attributes);
        reached = parser.endIndex + 1;
      },
      onclosetag: (_name, isImplied) => {
        if (!isImplied) reached = parser.endIndex + 1;
        else if (writer.isRemoving && parser.endIndex >= html.length) isSwallowed = true;
        writer.close();
      },
      ontext: (text) => {
        writer.text(text);
        reached = parser.endIndex + 1;
      },
      oncomment: () => {
        if (
          /--!?>$|^<!-{2,3}>$|^<[?!/](?!--)[^>]*>$/.test(html.slice(parser.startIndex, parser.endIndex + 1))
        ) {
          reached = parser.endIndex + 1;
        }
      },
      onprocessinginstruction: () => {
        reached = parser.endIndex + 1;
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  return { pieces: writer.pieces, isCutOff: isSwallowed || html.slice(reached).trim() !== "" };
}

/** Returns the result of `sanitizeToPieces` as one text. */
export function sanitizeHtml(html: string, options: SanitizeOptions = {}): string {
  return joinHtmlPieces(sanitizeToPieces(html, options).pieces);
}

/** Returns the HTML of pieces, with each link's own URL. */
export const joinHtmlPieces = (pieces: readonly string[]) =>
  pieces.map((piece, index) => (index % 2 === 1 ? escapeAttribute(piece) : piece)).join("");

/** `isWritten` is false for an element whose tags are left out. */
type OpenElement = { name: string; isWritten: boolean };

class LetterWriter {
  readonly pieces: string[] = [""];
  readonly #open: OpenElement[] = [];
  readonly #options: SanitizeOptions;
  #depth = 0;
  /** The number of open elements from the removed element inward; 0 outside a removed element. */
  #removed = 0;
  #sheet: string | null = null;

  constructor(options: SanitizeOptions) {
    this.#options = options;
  }

  get isRemoving(): boolean {
    return this.#removed > 0;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#removed > 0 || removedWithContent.has(name)) {
      if (name === "style" && this.#removed === 0) this.#sheet = "";
      this.#removed += 1;
      return;
    }
    const written = this.#isAllowedHere(name) ? this.#formatAttributes(name, attributes) : null;
    this.#open.push({ name, isWritten: written !== null });
    if (written === null) return;
    this.#depth += 1;
    this.#write(`<${name}`);
    for (const [index, piece] of written.entries()) {
      if (index === 0) this.#write(piece);
      else this.pieces.push(piece);
    }
    this.#write(">");
  }

  close(): void {
    if (this.#removed > 0) {
      this.#removed -= 1;
      if (this.#removed === 0) this.#writeSheet();
      return;
    }
    const closed = this.#open.pop();
    if (closed?.isWritten !== true) return;
    this.#depth -= 1;
    if (!voidTags.has(closed.name)) this.#write(`</${closed.name}>`);
  }

  text(text: string): void {
    if (this.#sheet !== null) this.#sheet += text;
    if (this.#removed === 0) this.#write(escapeText(this.#readText(text)));
  }

  #readText(text: string): string {
    return this.#options.readText?.(text) ?? text;
  }

  #write(html: string): void {
    this.pieces[this.pieces.length - 1] += html;
  }

  #writeSheet(): void {
    const sheet = this.#sheet === null ? "" : (this.#options.readSheet?.(this.#sheet) ?? "");
    this.#sheet = null;
    if (sheet !== "") this.#write(`<style>\n${sheet}</style>`);
  }

  #isAllowedHere(name: string): boolean {
    if (!tagSet.has(name) || this.#depth >= maxNesting) return false;
    const parent = this.#open.findLast(({ isWritten }) => isWritten)?.name ?? "";
    const parents = tableParents[name];
    return parents === undefined ? !tableFrames.has(parent) : parents.includes(parent);
  }

  /**
   * Returns the attributes in pieces, cut around a link's URL, or null for an element that means
   * nothing without the attribute that was removed.
   */
  #formatAttributes(tag: string, attributes: Readonly<Record<string, string>>): string[] | null {
    const known = attributesByTag.get(tag);
    const pieces = [""];
    const add = (text: string) => {
      pieces[pieces.length - 1] += text;
    };
    for (const [name, value] of Object.entries(attributes)) {
      if (known?.has(name) !== true) continue;
      if (name === "href" || name === "src") {
        const url = this.#readUrl(name === "href" ? "link" : "picture", value);
        // A picture without an address shows nothing, and a template with such a picture can't be
        // saved.
        if (url === null && name === "src" && value.trim() !== "") return null;
        if (url === null) continue;
        if (name === "src") add(` src="${escapeAttribute(url)}"`);
        else if (this.#options.disablesLinks === true) add(formatTitle(url));
        else {
          add(' href="');
          pieces.push(url, '"');
        }
      } else if (!(this.#options.disablesLinks === true && tag === "a" && disabled.has(name))) {
        add(this.#formatAttribute(name, value));
      }
    }
    return pieces;
  }

  #readUrl(kind: UrlKind, value: string): string | null {
    return (this.#options.readUrl ?? readAllowedUrl)(kind, value);
  }

  #formatAttribute(name: string, value: string): string {
    if (name !== "style") return ` ${name}="${escapeAttribute(this.#readText(value))}"`;
    const style = filterStyle(this.#options.readStyle?.(value) ?? value);
    return style === "" ? "" : ` style="${escapeAttribute(style)}"`;
  }
}

/** The attributes that a disabled link loses. */
const disabled: ReadonlySet<string> = new Set(["target", "title"]);

const formatTitle = (url: string) =>
  /^\s*(?:https?|mailto|tel):/i.test(url) ? ` title="${escapeAttribute(url.trim())}"` : "";

const escapeText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const escapeAttribute = (text: string) => escapeText(text).replaceAll('"', "&quot;");

const schemesByKind: Readonly<Record<UrlKind, readonly string[]>> = {
  link: allowedLinkSchemes,
  picture: allowedImageSchemes,
};

/**
 * Returns the URL if its scheme is allowed, or if it has neither a scheme nor a host (`//host`);
 * null otherwise. The scheme is read as browsers do: without blanks and control characters.
 */
export function readAllowedUrl(kind: UrlKind, url: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these characters
  const bare = url.replace(/[\u0000-\u0020\u007f-\u00a0\u200b\u2028\u2029\ufeff]+/g, "");
  if (/^[/\\]{2}/.test(bare)) return null;
  const scheme = /^([a-z][a-z0-9.+-]*):/i.exec(bare)?.[1]?.toLowerCase();
  return scheme === undefined || schemesByKind[kind].includes(scheme) ? url : null;
}
