import type { ComponentChildren, Ref } from "preact";
import { Icon, type IconName } from "./icon.tsx";

type Props = {
  kind?: "primary" | "secondary" | "quiet" | "danger";
  icon?: IconName;
  /**
   * True while the button's action runs. The button stays focusable, looks busy, and ignores
   * clicks.
   */
  isBusy?: boolean;
  isDisabled?: boolean;
  label?: string;
  /** The element that this button shows and hides, for screen readers. */
  expands?: { id: string; isOpen: boolean };
  ref?: Ref<HTMLButtonElement>;
  onClick: () => void;
  children?: ComponentChildren;
};

export function Button({
  kind = "secondary",
  icon,
  isBusy = false,
  isDisabled = false,
  label,
  expands,
  ref = null,
  onClick,
  children,
}: Props) {
  const act = () => {
    if (!isBusy && !isDisabled) onClick();
  };
  return (
    <button
      ref={ref}
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
