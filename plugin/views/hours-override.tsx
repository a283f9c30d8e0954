import type { ComponentChildren } from "preact";
import { Note } from "../ui/feedback.tsx";

type Props = {
  /** The text of the checkbox. */
  label: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  /**
   * The text that names the people for whom it is now outside the sending hours, and says how long
   * their emails would wait.
   */
  children: ComponentChildren;
};

/** Warns that it is now outside the sending hours, and lets the agent send the emails anyway. */
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
