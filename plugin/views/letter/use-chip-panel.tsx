import { useRef, useState } from "preact/hooks";
import { type EditorState, NodeSelection, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { parseSnippetMarker } from "../../../shared/snippet-marker.ts";
import { useSession } from "../../session/state.ts";
import { say } from "../../words/say.ts";
import { ChipPanel } from "./chip-panel.tsx";
import type { ChipValues } from "./document/chip-text.ts";
import { changeVariable } from "./document/commands.ts";
import { detachSnippet } from "./document/detach-snippet.ts";
import type { useEditor } from "./use-editor.ts";

const findSelectedChip = (state: EditorState | null) =>
  state?.selection instanceof NodeSelection && state.selection.node.type.name === "variable"
    ? { position: state.selection.from, source: String(state.selection.node.attrs.source) }
    : null;

/** Shows the panel of the selected chip while the editor or the panel has the focus. */
export function useChipPanel(values: ChipValues) {
  const { status } = useSession();
  const [hasFocus, setHasFocus] = useState(false);
  const frame = useRef<HTMLElement | null>(null);
  const onFocusIn = ({ currentTarget }: { currentTarget: HTMLElement }) => {
    frame.current = currentTarget;
    setHasFocus(true);
  };
  const onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent) => {
    const isInside =
      currentTarget instanceof HTMLElement &&
      relatedTarget instanceof Element &&
      currentTarget.contains(relatedTarget);
    if (!isInside) setHasFocus(false);
  };
  /**
   * Moves the focus to the panel when the agent presses Enter on a selected chip, and then returns
   * true. A keyboard user has no other way to reach the panel.
   */
  const onKeyDown = ({ key }: KeyboardEvent, view: EditorView): boolean => {
    if (key !== "Enter" || findSelectedChip(view.state) === null) return false;
    frame.current?.querySelector<HTMLElement>(".chip-panel :is(input, textarea, button)")?.focus();
    return true;
  };
  const render = ({ state, view }: ReturnType<typeof useEditor>) => {
    const chip = hasFocus ? findSelectedChip(state) : null;
    const editor = view.current;
    if (chip === null || editor === null || !editor.editable) return null;
    const leave = () => {
      const { tr, selection } = editor.state;
      editor.dispatch(tr.setSelection(TextSelection.create(tr.doc, selection.to)));
      editor.focus();
    };
    const remove = () => {
      editor.dispatch(editor.state.tr.deleteSelection());
      editor.focus();
    };
    const id = parseSnippetMarker(chip.source);
    const snippet = values.snippets?.find((one) => one.id === id);
    const detach = snippet && detachSnippet(chip.position, snippet.bodyHtml);
    const onDetach = () => {
      detach?.(editor.state, editor.dispatch.bind(editor));
      editor.focus();
      status.value = say("The text is part of this email now. Undo brings the snippet back.");
    };
    return (
      <ChipPanel
        key={chip.position}
        position={chip.position}
        source={chip.source}
        view={editor}
        values={values}
        onChange={(source) =>
          changeVariable(chip.position, source)(editor.state, editor.dispatch.bind(editor))
        }
        onDetach={detach?.(editor.state) ? onDetach : null}
        onRemove={remove}
        onClose={leave}
      />
    );
  };
  return { onFocusIn, onFocusOut, onKeyDown, render };
}
