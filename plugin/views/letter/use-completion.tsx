import { useId, useRef, useState } from "preact/hooks";
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type { OfferedVariable } from "../../../shared/template.ts";
import { CompletionList } from "./completion-list.tsx";
import type { ChipValues } from "./document/chip-text.ts";
import { insertVariable } from "./document/commands.ts";
import {
  type CompletionQuery,
  findCompletionQuery,
  findCompletions,
  findUsualFallback,
} from "./document/completion.ts";
import { serializeVariableTag } from "./document/variable-source.ts";

/** Returns the tag of a new variable, with the usual fallback words for a missing value. */
export const buildNewVariableTag = (path: string) =>
  serializeVariableTag({ path, fallback: findUsualFallback(path) });

/** Offers variables as soon as the agent has typed `{{`, until the tag is closed. */
export function useVariableCompletion(values: ChipValues) {
  const { variables } = values;
  const id = useId();
  const [active, setActive] = useState(0);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  // The editor also handles keys between two renderings, so the key handler reads the newest index
  // from this ref.
  const index = useRef(0);
  const move = (to: number) => {
    index.current = to;
    setActive(to);
  };
  const find = (state: EditorState) => {
    const query = findCompletionQuery(state);
    const found = query === null || query.from === closedAt ? [] : findCompletions(query.words, variables);
    return query === null || found.length === 0 ? null : { query, found };
  };
  const pick = (view: EditorView, query: CompletionQuery, { path }: OfferedVariable) => {
    insertVariable(buildNewVariableTag(path), query)(view.state, view.dispatch.bind(view));
    move(0);
    view.focus();
  };
  const onKeyDown = (event: KeyboardEvent, view: EditorView): boolean => {
    const open = find(view.state);
    if (open === null || event.isComposing) return false;
    const { query, found } = open;
    const at = Math.min(index.current, found.length - 1);
    const chosen = found[at];
    if (event.key === "ArrowDown") move((at + 1) % found.length);
    else if (event.key === "ArrowUp") move((at + found.length - 1) % found.length);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) pick(view, query, chosen);
    else if (event.key === "Escape") {
      // If the host received the Escape key, the host would close its drawer.
      event.stopPropagation();
      setClosedAt(query.from);
    } else return false;
    event.preventDefault();
    return true;
  };
  const render = (state: EditorState | null, view: EditorView | null) => {
    const open = state === null || !view?.hasFocus() ? null : find(state);
    if (open === null || view === null) return null;
    const { query, found } = open;
    return (
      <CompletionList
        id={id}
        view={view}
        position={query.from}
        found={found}
        values={values}
        active={Math.min(active, found.length - 1)}
        onPick={(variable) => pick(view, query, variable)}
      />
    );
  };
  return { onKeyDown, render };
}
