import type { OfferedVariable } from "../../../shared/template.ts";
import { say, spoken } from "../../words/say.ts";

type Props = {
  label: string;
  variables: readonly OfferedVariable[];
  onPick: (path: string) => void;
};

const groups = spoken({
  recipient: "The owner",
  property: "The property",
  sender: "You",
  brokerage: "Your office",
});

/** A list of the variables by what they are about. Choosing one puts it into the text. */
export function VariablePicker({ label, variables, onPick }: Props) {
  return (
    <select
      class="picker"
      aria-label={label}
      value=""
      onChange={({ currentTarget }) => {
        if (currentTarget.value !== "") onPick(currentTarget.value);
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
    </select>
  );
}
