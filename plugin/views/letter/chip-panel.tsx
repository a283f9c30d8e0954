import type { EditorView } from "prosemirror-view";
import { parseSnippetMarker } from "../../../shared/snippet-marker.ts";
import { toLetterHtml, toLetterText } from "../../session/letter-text.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";
import { type ChipValues, describeChip, findVariableLabel } from "./document/chip-text.ts";
import {
  type ConditionBlock,
  parseConditionBlock,
  parseVariableTag,
  serializeConditionBlock,
  serializeVariableTag,
  type VariableTag,
} from "./document/variable-source.ts";
import { usePlaceBelow } from "./use-place-below.ts";

type Props = {
  view: EditorView;
  position: number;
  source: string;
  values: ChipValues;
  onChange: (source: string) => void;
  /**
   * Replaces a snippet's tag in the letter by the snippet's words; null if the editor can't show
   * the words.
   */
  onDetach: (() => void) | null;
  onRemove: () => void;
  onClose: () => void;
};

function VariableFields({
  variable,
  values,
  onChange,
}: Pick<Props, "values" | "onChange"> & { variable: VariableTag }) {
  const { text, state } = describeChip(serializeVariableTag(variable), values);
  const owner = values.owner ?? say("the owner");
  return (
    <>
      {state === "known" && <p class="fine">{say("For {owner}: {text}", { owner, text })}</p>}
      {state === "missing" && (
        <p class="fine missing">
          {say(
            "Not known for {owner}. The email will wait until it is, unless you add words to use instead.",
            { owner },
          )}
        </p>
      )}
      {state === "fallback" && (
        <p class="fine">{say("Not known for {owner}, so the words below are used instead.", { owner })}</p>
      )}
      <label class="field">
        <span>{say("If it’s not known, write")}</span>
        <input
          type="text"
          maxLength={100}
          value={variable.fallback ?? ""}
          onInput={({ currentTarget: { value } }) =>
            onChange(serializeVariableTag({ ...variable, fallback: value === "" ? null : value }))
          }
        />
      </label>
    </>
  );
}

/**
 * Returns the words inside a condition as plain text; null if the words have formatting other than
 * line breaks.
 */
function readWords(body: string): string | null {
  const text = toLetterText(`<p>${body}</p>`);
  return text === null || text.includes("\n\n") ? null : text;
}

function ConditionFields({
  condition,
  values,
  onChange,
}: Pick<Props, "values" | "onChange"> & { condition: ConditionBlock }) {
  const name = findVariableLabel(condition.path, values).toLowerCase();
  const words = readWords(condition.body);
  const isLed = /^\s/.test(condition.body);
  const write = (text: string) => {
    const body = toLetterHtml(text.replace(/\n{2,}/g, "\n")).replace(/^<p>|<\/p>$/g, "");
    onChange(serializeConditionBlock({ ...condition, body: isLed ? ` ${body}` : body }));
  };
  if (words === null) return <p class="fine">{say("These words have formatting. Edit them as HTML.")}</p>;
  return (
    <label class="field">
      <span>
        {condition.isNegated
          ? say("Only if {name} is missing, write", { name })
          : say("Only if {name} is known, write", { name })}
      </span>
      <textarea
        class="short"
        maxLength={2_000}
        value={words}
        onInput={({ currentTarget }) => write(currentTarget.value)}
      />
    </label>
  );
}

/**
 * Shows the panel for the selected chip: a variable, a condition, a snippet or other code in the
 * text. In the panel, the agent edits the words for a missing value or inside a condition.
 */
export function ChipPanel(props: Props) {
  const { view, position, source, values, onChange, onDetach, onRemove, onClose } = props;
  const { ref, style } = usePlaceBelow<HTMLFieldSetElement>(view, position);
  const { label, text } = describeChip(source, values);
  const snippet = parseSnippetMarker(source);
  const variable = parseVariableTag(source);
  const condition = parseConditionBlock(source);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    // If the host received the Escape key, the host would close its drawer.
    event.stopPropagation();
    onClose();
  };
  return (
    <fieldset ref={ref} class="chip-panel" style={style} aria-label={label} onKeyDown={closeOnEscape}>
      <strong>{label}</strong>
      {variable && <VariableFields variable={variable} values={values} onChange={onChange} />}
      {condition && <ConditionFields condition={condition} values={values} onChange={onChange} />}
      {snippet !== null && (
        <p class="fine">
          {say("{name}: your office edits this text in one place, under Sequences.", { name: text })}
        </p>
      )}
      {!variable && !condition && snippet === null && <code>{source}</code>}
      <div class="form-actions">
        <Button onClick={onClose}>{say("Done")}</Button>
        {onDetach && <Button onClick={onDetach}>{say("Make this text part of the email")}</Button>}
        <Button kind="quiet" onClick={onRemove}>
          {say("Remove")}
        </Button>
      </div>
    </fieldset>
  );
}
