import type { Node } from "prosemirror-model";
import { type Command, TextSelection } from "prosemirror-state";
import { nodes } from "./schema.ts";

/** Tells whether a node is an empty paragraph. A saved empty paragraph contains one line break. */
const isEmptyParagraph = ({ type, content, firstChild }: Node): boolean =>
  type === nodes.paragraph &&
  (content.size === 0 || (content.size === 1 && firstChild?.type === nodes.hardBreak));

/**
 * Returns a command that inserts a snippet's tag as a paragraph. If the cursor is in an empty
 * paragraph, the new paragraph replaces this paragraph. Otherwise the new paragraph comes after the
 * block with the cursor.
 */
export const insertSnippet =
  (source: string): Command =>
  (state, dispatch) => {
    const marker = nodes.paragraph.create(null, nodes.variable.create({ source }));
    const { $to } = state.selection;
    const block = $to.depth === 0 ? null : $to.node(1);
    const isEmpty = block !== null && isEmptyParagraph(block);
    const from = block === null ? $to.pos : isEmpty ? $to.before(1) : $to.after(1);
    const tr = state.tr.replaceWith(from, isEmpty ? $to.after(1) : from, marker);
    const after = from + marker.nodeSize;
    if (tr.doc.resolve(after).nodeAfter === null) tr.insert(after, nodes.paragraph.create());
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1))).scrollIntoView());
    return true;
  };
