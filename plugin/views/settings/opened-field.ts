import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSession } from "../../session/state.ts";

/** Returns the setting that the view was opened for; null if it was opened for none. */
export function useOpenedField(): string | null {
  const view = useSession().view.value;
  return view.name === "settings" ? view.field : null;
}

/** Returns the ref of a field that gets the focus if the view was opened for it. */
export function useFieldFocus<E extends HTMLElement>(path: string): RefObject<E> {
  const ref = useRef<E>(null);
  const isOpened = useOpenedField() === path;
  useEffect(() => {
    if (!isOpened) return;
    ref.current?.scrollIntoView({ block: "center" });
    ref.current?.focus({ preventScroll: true });
  }, [isOpened]);
  return ref;
}
