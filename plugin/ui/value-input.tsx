import { limits } from "../../shared/limits.ts";
import { say } from "../words/say.ts";

type Props = {
  label: string;
  /** Says for which people or emails the value is: "for 3 people". */
  purpose: string;
  text: string;
  onType: (text: string) => void;
};

/** Shows the field for one value that emails lack. */
export function ValueInput({ label, purpose, text, onType }: Props) {
  return (
    <label class="field">
      <span>
        {label} <span class="muted">{purpose}</span>
      </span>
      <input
        type="text"
        autocomplete="off"
        maxLength={limits.filledValueLength}
        value={text}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  );
}

/**
 * Names the missing values that no form of Doorknock can fill in. Shows nothing for an empty text.
 * @param details the names of the values, as one text
 */
export function OutsideValuesNote({ details }: { details: string }) {
  if (details === "") return null;
  return <p class="fine">{say("{details}: fill this in where your office or CRM keeps it.", { details })}</p>;
}
