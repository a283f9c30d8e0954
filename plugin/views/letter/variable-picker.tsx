import type { OfferedVariable } from "../../../shared/template.ts";
import { say, translatedTable } from "../../words/say.ts";

type Props = {
  label: string;
  variables: readonly OfferedVariable[];
  snippets?: readonly { id: number; name: string }[];
  onPick: (path: string) => void;
  onPickSnippet?: (id: number) => void;
};

const groups = translatedTable({
  recipient: "The owner",
  property: "The property",
  sender: "You",
  brokerage: "Your office",
});

/**
 * Returns the value of a snippet's entry in the list. No variable's path begins with `snippet:`.
 */
const getSnippetValue = (id: number) => `snippet:${id}`;

/**
 * Lists the variables by topic, and the snippets. The editor inserts the chosen entry into the
 * text.
 */
export function VariablePicker({ label, variables, snippets = [], onPick, onPickSnippet }: Props) {
  return (
    <select
      class="picker"
      aria-label={label}
      value=""
      onChange={({ currentTarget }) => {
        const { value } = currentTarget;
        const snippet = snippets.find(({ id }) => value === getSnippetValue(id));
        if (snippet) onPickSnippet?.(snippet.id);
        else if (value !== "") onPick(value);
        currentTarget.value = "";
      }}
    >
      <option value="">{say("Insert…")}</option>
      {Object.entries(groups).map(([room, name]) => (
        <optgroup label={name} key={room}>
          {variables
            .filter(({ path }) => path.startsWith(`${room}.`))
            .map(({ path, label: text }) => (
              <option value={path} key={path}>
                {text}
              </option>
            ))}
        </optgroup>
      ))}
      {snippets.length > 0 && (
        <optgroup label={say("Snippets")}>
          {snippets.map(({ id, name }) => (
            <option value={getSnippetValue(id)} key={id}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  );
}
