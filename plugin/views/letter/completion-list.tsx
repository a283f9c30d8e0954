import { useEffect } from "preact/hooks";
import type { EditorView } from "prosemirror-view";
import type { OfferedVariable } from "../../../shared/template.ts";
import { say } from "../../words/say.ts";
import { usePlaceBelow } from "./use-place-below.ts";

type Props = {
  id: string;
  view: EditorView;
  position: number;
  found: readonly OfferedVariable[];
  active: number;
  onPick: (variable: OfferedVariable) => void;
};

/**
 * Lists the variables that match the text after two typed braces. The list appears directly below
 * the text.
 */
export function CompletionList({ id, view, position, found, active, onPick }: Props) {
  const { ref, style } = usePlaceBelow<HTMLDivElement>(view, position);
  useEffect(() => {
    view.dom.setAttribute("aria-controls", id);
    view.dom.setAttribute("aria-activedescendant", `${id}-${active}`);
    return () => {
      view.dom.removeAttribute("aria-controls");
      view.dom.removeAttribute("aria-activedescendant");
    };
  }, [active, id]);
  return (
    <div
      ref={ref}
      id={id}
      class="completions"
      role="listbox"
      aria-label={say("Details to insert")}
      style={style}
    >
      {found.map((variable, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field handles the keys
        <div
          key={variable.path}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(variable)}
        >
          <span>{variable.label}</span>
          <span class="fine cut">{variable.value ?? variable.example}</span>
        </div>
      ))}
    </div>
  );
}
