import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { MarkType, NodeType } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { type Command, type EditorState, NodeSelection, TextSelection } from "prosemirror-state";
import { marks, nodes } from "./schema.ts";
import { buildImageHtml } from "./serialize-letter.ts";

/** Returns the innermost list around the cursor; null outside of lists. */
export function findListType({ selection: { $from } }: EditorState): NodeType | null {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { type } = $from.node(depth);
    if (type === nodes.bulletList || type === nodes.orderedList) return type;
  }
  return null;
}

/**
 * Returns a command for a list button. If the selection is not in a list, the command turns the
 * selected paragraphs into a list of this type. The command changes a list of the other type to
 * this type, and ends a list of this type.
 */
export const toggleList =
  (type: NodeType): Command =>
  (state, dispatch) => {
    const current = findListType(state);
    if (current === null) return wrapInList(type)(state, dispatch);
    if (current === type) return liftListItem(nodes.listItem)(state, dispatch);
    const { $from } = state.selection;
    const depth = [...Array($from.depth + 1).keys()].findLast((at) => $from.node(at).type === current);
    if (depth === undefined) return false;
    dispatch?.(state.tr.setNodeMarkup($from.before(depth), type));
    return true;
  };

export const hasMark = ({ selection, storedMarks, doc }: EditorState, type: MarkType): boolean => {
  const { from, to, empty, $from } = selection;
  if (empty) return type.isInSet(storedMarks ?? $from.marks()) !== undefined;
  return doc.rangeHasMark(from, to, type);
};

const insertBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hardBreak.create()).scrollIntoView());
  return true;
};

/** Turns a list item into a paragraph if the cursor is at the item's start. */
const leaveListAtStart: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const isStart = empty && $from.parentOffset === 0 && $from.node(-1)?.type === nodes.listItem;
  return isStart && liftListItem(nodes.listItem)(state, dispatch);
};

/**
 * Moves a nested list item out by one level. In an outermost list, the command does nothing, so
 * that Shift+Tab leaves the editor and a keyboard user is never trapped.
 */
const liftNestedItem: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const items = [...Array($from.depth + 1).keys()].filter((at) => $from.node(at).type === nodes.listItem);
  return items.length > 1 && liftListItem(nodes.listItem)(state, dispatch);
};

/** Returns the link around the selection; null if there is no link. */
export function findLink(state: EditorState): { from: number; to: number; href: string } | null {
  const { $from, from, to } = state.selection;
  const mark = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
  if (mark === undefined) return null;
  const runs: { from: number; to: number }[] = [];
  $from.parent.forEach((node, offset) => {
    if (!mark.isInSet(node.marks)) return;
    const start = $from.start() + offset;
    const last = runs.at(-1);
    if (last?.to === start) last.to += node.nodeSize;
    else runs.push({ from: start, to: start + node.nodeSize });
  });
  const run = runs.find((one) => one.from <= from && to <= one.to);
  return run === undefined ? null : { ...run, href: String(mark.attrs.href) };
}

/**
 * Returns a command that links the selected text to `href`. If no text is selected, the command
 * inserts the link's address as text.
 */
export const linkSelection =
  (href: string): Command =>
  (state, dispatch) => {
    const link = findLink(state);
    const { from, to } = link ?? state.selection;
    const mark = marks.link.create({ href });
    const { tr } = state;
    if (from === to) tr.insert(from, state.schema.text(href.replace(/^mailto:|^tel:/, ""), [mark]));
    else tr.removeMark(from, to, marks.link).addMark(from, to, mark);
    dispatch?.(tr.scrollIntoView());
    return true;
  };

export const removeLink: Command = (state, dispatch) => {
  const link = findLink(state);
  if (link === null) return false;
  dispatch?.(state.tr.removeMark(link.from, link.to, marks.link));
  return true;
};

export const insertImage =
  (src: string, alt: string): Command =>
  (state, dispatch) => {
    const image = nodes.image.create({ html: buildImageHtml(src, alt), src, alt });
    dispatch?.(state.tr.replaceSelectionWith(image).scrollIntoView());
    return true;
  };

/**
 * Returns a command that replaces a part of the text by a variable: the part at `range`, or the
 * selection if no range is given. The cursor then stands after the variable.
 */
export const insertVariable =
  (source: string, range?: { from: number; to: number }): Command =>
  (state, dispatch) => {
    const variable = state.schema.nodes.variable?.create({ source }, null, state.selection.$from.marks());
    if (variable === undefined) return false;
    const { from, to } = range ?? state.selection;
    const tr = state.tr.replaceWith(from, to, variable);
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, from + variable.nodeSize)).scrollIntoView());
    return true;
  };

/** Returns a command that changes the tag of the selected variable. The variable stays selected. */
export const changeVariable =
  (position: number, source: string): Command =>
  (state, dispatch) => {
    const tr = state.tr.setNodeAttribute(position, "source", source);
    dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, position)));
    return true;
  };

const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

const historyKeys: Record<string, Command> = {
  "Mod-z": undo,
  "Shift-Mod-z": redo,
  ...(isMac ? {} : { "Mod-y": redo }),
};

/** The keys of the editor for the letter's text. */
export const letterKeymap: Record<string, Command> = {
  ...baseKeymap,
  ...historyKeys,
  "Mod-b": toggleMark(marks.strong),
  "Mod-i": toggleMark(marks.em),
  "Shift-Mod-8": toggleList(nodes.bulletList),
  "Shift-Mod-7": toggleList(nodes.orderedList),
  "Shift-Enter": insertBreak,
  Enter: chainCommands(splitListItem(nodes.listItem), baseKeymap.Enter as Command),
  Backspace: chainCommands(leaveListAtStart, baseKeymap.Backspace as Command),
  Tab: sinkListItem(nodes.listItem),
  "Shift-Tab": liftNestedItem,
};

/** The keys of the editor for a single line, such as the subject. */
export const lineKeymap: Record<string, Command> = {
  ...baseKeymap,
  ...historyKeys,
  Enter: () => true,
  "Mod-Enter": () => true,
  "Shift-Enter": () => true,
};
