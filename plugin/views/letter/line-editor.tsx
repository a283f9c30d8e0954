import { useState } from "preact/hooks";
import { say } from "../../words/say.ts";
import { type ChipValues, describeChip } from "./document/chip-text.ts";
import { insertVariable, lineKeymap } from "./document/commands.ts";
import { parseLine, serializeLine } from "./document/line-schema.ts";
import { useChipPanel } from "./use-chip-panel.tsx";
import { buildNewVariableTag, useVariableCompletion } from "./use-completion.tsx";
import { type EditorKind, useEditor } from "./use-editor.ts";
import { VariablePicker } from "./variable-picker.tsx";

type Props = {
  label: string;
  field: string;
  text: string;
  maxLength: number;
  /** The approximate number of characters that an inbox shows. */
  shownLength: number;
  hasEmojis: boolean;
  values: ChipValues;
  onChange: (text: string) => void;
};

const emojis = ["🏡", "🔑", "📈", "📅", "📞", "👋", "✅", "⭐", "🎉", "🍂", "☀️", "❄️"];

/** Returns the length of the line with the owner's values in place of the variables. */
const countShown = (text: string, values: ChipValues) =>
  [...(parseLine(text).firstChild?.children ?? [])]
    .map((node) => node.text ?? describeChip(String(node.attrs.source), values).text)
    .reduce((sum, piece) => sum + [...piece].length, 0);

/** Shows the editor for a line with variables, such as a subject or a preview text. */
export function LineEditor({
  label,
  field,
  text,
  maxLength,
  shownLength,
  hasEmojis,
  values,
  onChange,
}: Props) {
  const [kind] = useState<EditorKind>(() => ({
    parse: parseLine,
    serialize: serializeLine,
    keys: lineKeymap,
    maxLength,
  }));
  const completion = useVariableCompletion(values);
  const panel = useChipPanel(values);
  const editor = useEditor({
    ...{ kind, text, values, label, field, onChange },
    onKeyDown: (event, view) => completion.onKeyDown(event, view) || panel.onKeyDown(event, view),
  });
  const count = countShown(text, values);
  const name = label.toLowerCase();
  const type = (emoji: string) =>
    editor.run((state, dispatch) => {
      dispatch?.(state.tr.insertText(emoji));
      return true;
    });
  return (
    <div class="field">
      <span aria-hidden="true">{label}</span>
      <div class="editor-frame" onFocusIn={panel.onFocusIn} onFocusOut={panel.onFocusOut}>
        <div class="line-place" ref={editor.place} />
        {completion.render(editor.state, editor.view.current)}
        {panel.render(editor)}
      </div>
      <div class="line-tools">
        <p class={`fine ${count > shownLength ? "missing" : ""}`}>
          {say("{count} characters; inboxes show about {shownLength}", { count, shownLength })}
        </p>
        {hasEmojis && (
          <select
            class="picker"
            aria-label={say("Emoji for the {name}", { name })}
            value=""
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== "") type(currentTarget.value);
              currentTarget.value = "";
            }}
          >
            <option value="">{say("Emoji…")}</option>
            {emojis.map((emoji) => (
              <option value={emoji} key={emoji}>
                {emoji}
              </option>
            ))}
          </select>
        )}
        <VariablePicker
          label={say("Insert into the {name}", { name })}
          variables={values.variables}
          onPick={(path) => editor.run(insertVariable(buildNewVariableTag(path)))}
        />
      </div>
    </div>
  );
}
