import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

interface Props {
  kind?: "primary" | "secondary" | "quiet" | "danger";
  icon?: IconName;
  /** Working: stays focusable and says so, and a second click does nothing. */
  isBusy?: boolean;
  isDisabled?: boolean;
  label?: string;
  /** What it shows and hides. */
  expands?: { id: string; isOpen: boolean };
  onClick: () => void;
  children?: ComponentChildren;
}

export function Button({
  kind = "secondary",
  icon,
  isBusy = false,
  isDisabled = false,
  label,
  expands,
  onClick,
  children,
}: Props) {
  const act = () => {
    if (!isBusy && !isDisabled) onClick();
  };
  return (
    <button
      type="button"
      class={`button ${kind}`}
      aria-disabled={isBusy || isDisabled}
      aria-busy={isBusy}
      aria-label={label}
      aria-expanded={expands?.isOpen}
      aria-controls={expands?.isOpen ? expands.id : undefined}
      onClick={act}
    >
      {isBusy ? <span class="spinner" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
