import type { ComponentChildren } from "preact";
import { Note } from "../ui/feedback.tsx";

type Props = {
  /** The text of the checkbox. */
  label: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  /**
   * The text that names the people whose sending hours are over, and says how long the emails wait.
   */
  children: ComponentChildren;
};

/** Warns that the sending hours are over, and lets the agent send the emails anyway. */
export function HoursOverride({ label, isChecked, onChange, children }: Props) {
  return (
    <Note tone="warning">
      <p>{children}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={isChecked}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        {label}
      </label>
    </Note>
  );
}
