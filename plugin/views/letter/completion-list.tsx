import { useEffect } from "preact/hooks";
import type { EditorView } from "prosemirror-view";
import type { OfferedVariable } from "../../../shared/template.ts";
import { say } from "../../words/say.ts";
import { type ChipValues, describeChip } from "./document/chip-text.ts";
import { serializeVariableTag } from "./document/variable-source.ts";
import { usePlaceBelow } from "./use-place-below.ts";

type Props = {
  id: string;
  view: EditorView;
  position: number;
  found: readonly OfferedVariable[];
  values: ChipValues;
  active: number;
  onPick: (variable: OfferedVariable) => void;
};

/**
 * Shows the owner's value of a variable, or that the value is missing. Without an owner, shows an
 * example.
 */
function VariableValue({ variable, values }: { variable: OfferedVariable; values: ChipValues }) {
  const source = serializeVariableTag({ path: variable.path, fallback: null });
  const { text, state } = describeChip(source, values);
  if (state === "missing") return <span class="fine missing">{text}</span>;
  return <span class="fine cut">{state === "known" ? text : variable.example}</span>;
}

/**
 * Lists the variables that match the text after two typed braces. The list appears directly below
 * the text.
 */
export function CompletionList({ id, view, position, found, values, active, onPick }: Props) {
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
          <VariableValue variable={variable} values={values} />
        </div>
      ))}
    </div>
  );
}
