import { type DOMOutputSpec, Schema } from "prosemirror-model";

/*
 * The schema of the rich editor: the kinds of parts that a letter has in the editor. Attributes
 * keep the original HTML of a part, so that an unedited part is saved byte for byte.
 *
 * - `gap`: the white space before a block; null for a line break, and for no white space before the
 *   first block of the letter.
 * - `level`: the depth of a mark in the HTML; null for a mark that the agent set in the editor.
 */

const gap = { default: null as string | null };
const level = { default: null as number | null };

const inlineAtom = { inline: true, group: "inline", atom: true, draggable: false } as const;

/** A Handlebars tag or block. The attribute `source` is the text of the tag or block. */
export const variableSpec = {
  ...inlineAtom,
  attrs: { source: {} },
  toDOM: (): DOMOutputSpec => ["span", { class: "chip" }],
};

export const letterSchema = new Schema({
  nodes: {
    doc: { content: "block+", attrs: { end: { default: "" } } },
    paragraph: {
      group: "block",
      content: "inline*",
      attrs: { gap },
      parseDOM: [{ tag: "p" }, { tag: "div" }],
      toDOM: (): DOMOutputSpec => ["p", 0],
    },
    bulletList: {
      group: "block list",
      content: "listItem+",
      attrs: { gap, end: gap },
      parseDOM: [{ tag: "ul" }],
      toDOM: (): DOMOutputSpec => ["ul", 0],
    },
    orderedList: {
      group: "block list",
      content: "listItem+",
      attrs: { gap, end: gap },
      parseDOM: [{ tag: "ol" }],
      toDOM: (): DOMOutputSpec => ["ol", 0],
    },
    listItem: {
      content: "paragraph list?",
      defining: true,
      attrs: { gap, end: gap },
      parseDOM: [{ tag: "li" }],
      toDOM: (): DOMOutputSpec => ["li", 0],
    },
    /** A part that the editor keeps but can't show, such as a table. */
    locked: {
      group: "block",
      atom: true,
      draggable: false,
      attrs: { gap, html: {}, name: {} },
      toDOM: (): DOMOutputSpec => ["div", { class: "locked-part" }],
    },
    text: { group: "inline" },
    /** `html` is the `<br>` and the white space after the `<br>`. */
    hardBreak: {
      inline: true,
      group: "inline",
      selectable: false,
      attrs: { html: { default: "<br>" } },
      parseDOM: [{ tag: "br" }],
      toDOM: (): DOMOutputSpec => ["br"],
    },
    variable: variableSpec,
    image: {
      ...inlineAtom,
      attrs: { html: {}, src: {}, alt: { default: "" } },
      toDOM: (): DOMOutputSpec => ["span", { class: "image-chip" }],
    },
  },
  marks: {
    /**
     * `open` is the link's whole opening tag; null for a link that the agent made in the editor.
     */
    link: {
      attrs: { href: {}, open: { default: null as string | null }, level },
      inclusive: false,
      toDOM: (): DOMOutputSpec => ["a", 0],
    },
    strong: {
      attrs: { tag: { default: "strong" }, level },
      parseDOM: [{ tag: "strong" }, { tag: "b" }],
      toDOM: (): DOMOutputSpec => ["strong", 0],
    },
    em: {
      attrs: { tag: { default: "em" }, level },
      parseDOM: [{ tag: "em" }, { tag: "i" }],
      toDOM: (): DOMOutputSpec => ["em", 0],
    },
    /** A text whose HTML differs from the editor's usual form, such as `&mdash;` for a dash. */
    written: {
      attrs: { html: {}, text: {} },
      inclusive: false,
      toDOM: ({ attrs }): DOMOutputSpec => ["span", attrs.text === " " ? { class: "wrap" } : {}, 0],
    },
  },
});

export const { nodes, marks } = letterSchema;
