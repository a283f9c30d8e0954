import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { RequestFailure } from "../data/api.ts";
import { say } from "../words/say.ts";
import { Button } from "./button.tsx";
import { FailureNotice } from "./feedback.tsx";

type Props = {
  title: string;
  confirm: string;
  kind?: "primary" | "danger";
  isBusy: boolean;
  failure: RequestFailure | null;
  isDisabled?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ComponentChildren;
};

const ownKeyEvents = ["keydown", "keyup"] as const;

/**
 * Hides Escape and Tab from the host while a dialog is open. Some drawers listen on the document
 * before the dialog does: they would close with the dialog, or move the focus out of it.
 */
const keepKey = (event: KeyboardEvent) => {
  if (event.key === "Escape" || event.key === "Tab") event.stopImmediatePropagation();
};

/**
 * Shows a modal dialog that asks for confirmation. When the dialog closes, the focus returns to the
 * element that opened the dialog. If that element is gone, the view's heading gets the focus. The
 * agent can't close the dialog while its action runs. Browsers close a dialog on a second Escape
 * even if code prevented the `cancel` event, so the component opens the dialog again.
 */
export function ConfirmDialog({
  title,
  confirm,
  kind = "primary",
  onConfirm,
  onClose,
  children,
  ...state
}: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isShown = useRef(true);
  const titleId = useId();
  // Preact cleans up after a layout effect at once, but after another effect only once the browser
  // has drawn. Until then, the host would not get the Escape key.
  useLayoutEffect(() => {
    const element = dialog.current;
    const root = element?.getRootNode();
    const opener = root instanceof ShadowRoot ? root.activeElement : null;
    if (root instanceof ShadowRoot) {
      const { left, width } = root.host.getBoundingClientRect();
      element?.style.setProperty("--middle", `${left + width / 2}px`);
    }
    element?.showModal();
    for (const name of ownKeyEvents) window.addEventListener(name, keepKey, true);
    return () => {
      for (const name of ownKeyEvents) window.removeEventListener(name, keepKey, true);
      isShown.current = false;
      element?.close();
      const heading = root instanceof ShadowRoot ? root.querySelector<HTMLElement>("h2[tabindex]") : null;
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else heading?.focus();
    };
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    if (!state.isBusy) onClose();
  };
  const reopen = () => {
    if (!isShown.current) return;
    if (state.isBusy) dialog.current?.showModal();
    else onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onCancel={cancel} onClose={reopen}>
      <h2 id={titleId}>{title}</h2>
      <div class="dialog-body">{children}</div>
      {state.failure && <FailureNotice failure={state.failure} />}
      <div class="dialog-actions">
        <Button kind="quiet" isDisabled={state.isBusy} onClick={onClose}>
          {say("Cancel")}
        </Button>
        <Button kind={kind} isBusy={state.isBusy} isDisabled={state.isDisabled ?? false} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
