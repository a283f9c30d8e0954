import type { Node } from "prosemirror-model";
import type { NodeView } from "prosemirror-view";
import { type ChipValues, describeChip } from "./chip-text.ts";

/**
 * All chips of one editor: the variables, conditions and snippets in the text. When the values
 * change, the editor draws the chips again.
 */
export type EditorChips = { values: ChipValues; readonly chips: Set<ChipView> };

const addSpan = (parent: HTMLElement, name: string, text: string) => {
  const span = parent.ownerDocument.createElement("span");
  span.className = name;
  span.textContent = text;
  parent.append(span);
};

/**
 * Shows a variable, a condition or a snippet in the text as a chip, with its name and with its
 * value for the owner.
 */
export class ChipView implements NodeView {
  readonly dom = document.createElement("span");
  constructor(
    private node: Node,
    private readonly board: EditorChips,
  ) {
    board.chips.add(this);
    this.draw();
  }
  draw(): void {
    const { label, text, state } = describeChip(String(this.node.attrs.source), this.board.values);
    this.dom.className = "chip";
    this.dom.dataset.state = state;
    this.dom.title = text === "" ? label : `${label}: ${text}`;
    this.dom.replaceChildren();
    addSpan(this.dom, "chip-label", label);
    if (text !== "") addSpan(this.dom, "chip-text", text);
  }
  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.draw();
    return true;
  }
  destroy(): void {
    this.board.chips.delete(this);
  }
}

/** Shows a part of the letter that the agent can't edit in the rich editor, such as a table. */
export class LockedPartView implements NodeView {
  readonly dom = document.createElement("div");
  /** @param namePart returns the name of an HTML element in the language of the tab */
  constructor({ attrs }: Node, namePart: (element: string) => string) {
    const html = String(attrs.html);
    const name = String(attrs.name);
    this.dom.className = "locked-part";
    addSpan(this.dom, "locked-name", namePart(name));
    const isText = name !== "style" && name !== "comment";
    const words = isText
      ? html
          .replace(/<[^>]*>/g, " ")
          .replace(/\s+/g, " ")
          .trim()
      : "";
    addSpan(this.dom, "locked-words", words.slice(0, 200));
  }
}

/**
 * Shows an image as a labeled box. The editor does not load the image, because a host's CSP may
 * forbid the image's address. The preview shows the image.
 */
export class ImageView implements NodeView {
  readonly dom = document.createElement("span");
  constructor({ attrs }: Node, label: string) {
    const alt = String(attrs.alt);
    this.dom.className = "image-chip";
    addSpan(this.dom, "chip-label", label);
    addSpan(this.dom, "chip-text", alt === "" ? String(attrs.src).replace(/^https?:\/\//, "") : alt);
  }
}
