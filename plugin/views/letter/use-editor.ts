import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { history, isHistoryTransaction } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import {
  type Command,
  EditorState,
  NodeSelection,
  type Plugin,
  TextSelection,
  type Transaction,
} from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { getLetterPartName } from "../../words/letter-part.ts";
import { say } from "../../words/say.ts";
import type { ChipValues } from "./document/chip-text.ts";
import { clipboardPlugin } from "./document/clipboard.ts";
import { ChipView, type EditorChips, ImageView, LockedPartView } from "./document/node-views.ts";
import { variableTypingPlugin } from "./document/text-input.ts";

/**
 * The functions and limits of a kind of editor: how the editor parses, writes and limits its text.
 */
export type EditorKind = {
  parse: (text: string) => Node | null;
  serialize: (doc: Node) => string;
  keys: Record<string, Command>;
  maxLength: number;
};

type Props = {
  kind: EditorKind;
  text: string;
  values: ChipValues;
  label: string;
  field: string;
  /** Called before the editor handles a key. Returns true if the editor should ignore the key. */
  onKeyDown: (event: KeyboardEvent, view: EditorView) => boolean;
  onChange: (text: string) => void;
};

const createState = ({ parse, keys }: EditorKind, text: string): EditorState | null => {
  const doc = parse(text);
  const plugins: Plugin[] = [clipboardPlugin, variableTypingPlugin, keymap(keys), history()];
  return doc === null ? null : EditorState.create({ doc, plugins });
};

/**
 * Returns the state after a change. An undo selects a chip that it brings back, and the chip's
 * panel would cover what is below the text. The cursor goes behind the chip instead.
 */
function applyChange(state: EditorState, transaction: Transaction): EditorState {
  const next = state.apply(transaction);
  if (!isHistoryTransaction(transaction) || !(next.selection instanceof NodeSelection)) return next;
  return next.apply(next.tr.setSelection(TextSelection.create(next.doc, next.selection.to)));
}

/**
 * Creates one editor. `place` is the ref of the editor's element; `state` is null until the editor
 * exists. If the caller passes another text, such as another version, that text replaces the shown
 * text.
 */
export function useEditor(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const current = useRef(props);
  current.current = props;
  const written = useRef(props.text);
  const board = useRef<EditorChips>({ values: props.values, chips: new Set() });
  const [state, setState] = useState<EditorState | null>(null);
  useLayoutEffect(() => {
    const { kind, text, label, field } = current.current;
    const first = createState(kind, text);
    const element = place.current;
    if (element === null || first === null) return undefined;
    const editor = new EditorView(element, {
      state: first,
      // An editor is not a form control, so a disabled fieldset alone does not make it read-only.
      editable: () => element.closest("fieldset:disabled") === null,
      attributes: {
        role: "textbox",
        "aria-label": label,
        "aria-multiline": String(field === "letter.bodyHtml"),
        "data-field": field,
        // The text has a direction of its own, whatever the direction of the host is.
        dir: "auto",
        class: "rich-text",
      },
      nodeViews: {
        variable: (node) => new ChipView(node, board.current),
        locked: (node) => new LockedPartView(node, getLetterPartName),
        image: (node) => new ImageView(node, say("Image")),
      },
      handleKeyDown: (shown, event) => current.current.onKeyDown(event, shown),
      dispatchTransaction(transaction) {
        const next = applyChange(editor.state, transaction);
        const html = transaction.docChanged ? kind.serialize(next.doc) : written.current;
        if (html.length > kind.maxLength) return;
        editor.updateState(next);
        setState(next);
        if (!transaction.docChanged || html === written.current) return;
        written.current = html;
        current.current.onChange(html);
      },
    });
    view.current = editor;
    setState(editor.state);
    return () => editor.destroy();
  }, []);
  useLayoutEffect(() => {
    if (props.text === written.current) return;
    const next = createState(props.kind, props.text);
    if (next === null) return;
    written.current = props.text;
    view.current?.updateState(next);
    setState(next);
  }, [props.text]);
  useLayoutEffect(() => {
    board.current.values = props.values;
    for (const chip of board.current.chips) chip.draw();
  }, [props.values.owner, JSON.stringify(props.values.variables)]);
  const run = (command: Command) => {
    if (view.current === null) return;
    command(view.current.state, view.current.dispatch.bind(view.current));
    view.current.focus();
  };
  return { place, state, view, run };
}
