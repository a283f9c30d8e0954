import type { ComponentChildren } from "preact";
import { Note } from "../ui/feedback.tsx";

type Props = {
  /** What the checkbox says. */
  label: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  /** Who is outside the sending hours, and until when the emails wait. */
  children: ComponentChildren;
};

/** Warns that it is outside the sending hours, and lets the agent send in spite of it. */
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
