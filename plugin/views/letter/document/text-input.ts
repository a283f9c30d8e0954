import { type EditorState, NodeSelection, Plugin, TextSelection, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { insertVariable } from "./commands.ts";

/** Inserts the typed text after a selected variable, so that typing never deletes the variable. */
function typeBehind({ tr, selection }: EditorState, text: string): Transaction {
  const marks = selection.$from.marks();
  tr.setSelection(TextSelection.create(tr.doc, selection.to)).setStoredMarks(marks);
  return text === "" ? tr : tr.insertText(text);
}

const isVariable = ({ selection }: EditorState) =>
  selection instanceof NodeSelection && selection.node.type.name === "variable";

/**
 * Turns a tag into a variable when the agent types the last brace of the tag. Returns false if
 * there is no such tag.
 */
function closeTag({ state, dispatch }: EditorView, from: number, to: number, text: string): boolean {
  const { parent, parentOffset } = state.doc.resolve(from);
  const before =
    text === "}" ? parent.textBetween(Math.max(0, parentOffset - 200), parentOffset, null, "\ufffc") : "";
  const tag = /\{\{[^{}\ufffc#/^!&>]+\}$/.exec(before)?.[0];
  if (tag === undefined) return false;
  return insertVariable(`${tag}}`, { from: from - tag.length, to })(state, dispatch.bind(null));
}

/**
 * Corrects how browsers insert typed text beside variables. In a shadow root, Firefox does not
 * replace a selection that spans several text nodes, so this plugin replaces the selection.
 */
export const variableTypingPlugin = new Plugin({
  props: {
    handleTextInput(view, from, to, text) {
      if (!isVariable(view.state)) return closeTag(view, from, to, text);
      view.dispatch(typeBehind(view.state, text).scrollIntoView());
      return true;
    },
    handleKeyPress(view, { key, ctrlKey, metaKey, altKey }) {
      const { selection, tr } = view.state;
      const isTyped = key.length === 1 && !ctrlKey && !metaKey && !altKey;
      if (!isTyped || selection.empty || !(selection instanceof TextSelection)) return false;
      view.dispatch(tr.insertText(key, selection.from, selection.to).scrollIntoView());
      return true;
    },
    handleDOMEvents: {
      compositionstart(view) {
        const { state } = view;
        if (isVariable(state)) view.dispatch(typeBehind(state, ""));
        else if (!state.selection.empty) view.dispatch(state.tr.deleteSelection());
        return false;
      },
    },
  },
});
