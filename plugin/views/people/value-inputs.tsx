import type { MissingValueCount } from "../../../shared/bulk-action.ts";
import { Button } from "../../ui/button.tsx";
import { ValueInput } from "../../ui/value-input.tsx";
import { formatCount, say } from "../../words/say.ts";
import { mayBeShared, type TypedValues, type ValueField } from "./value-fields.ts";

type Props = {
  value: MissingValueCount;
  /** True if each person has a field of their own. */
  isSeparate: boolean;
  fields: readonly ValueField[];
  names: ReadonlyMap<number, string>;
  typed: TypedValues;
  onType: (key: string, text: string) => void;
  onSwitch: () => void;
};

/**
 * Shows the fields for a missing value: one for everyone or one for each person. The agent may
 * switch between both if several people may get the same text.
 */
export function ValueInputs({ value, isSeparate, fields, names, typed, onType, onSwitch }: Props) {
  const { label, people } = value;
  const everyone = formatCount(people, "person", "people");
  const choice = isSeparate ? say("Use one value for everyone") : say("Fill in each person");
  return (
    <>
      {fields.map(({ key, ids: [id] }) => (
        <ValueInput
          key={key}
          label={label}
          purpose={say("for {name}", { name: isSeparate ? (names.get(id ?? 0) ?? "") : everyone })}
          text={typed[key] ?? ""}
          onType={(text) => onType(key, text)}
        />
      ))}
      {isSeparate && fields.length < people && (
        <p class="fine">
          {say("{people} more come after these.", {
            people: formatCount(people - fields.length, "person", "people"),
          })}
        </p>
      )}
      {mayBeShared(value) && people > 1 && (
        <div class="form-actions">
          <Button kind="quiet" label={`${choice}: ${label}`} onClick={onSwitch}>
            {choice}
          </Button>
        </div>
      )}
    </>
  );
}
