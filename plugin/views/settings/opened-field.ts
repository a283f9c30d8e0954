import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSession } from "../../session/state.ts";

/**
 * Returns the path of the setting that the agent wanted to change when another view led to the
 * settings; null if there is no such setting.
 */
export function useRequestedSetting(): string | null {
  const view = useSession().view.value;
  return view.name === "settings" ? view.field : null;
}

/**
 * Returns a ref for the field of a setting. The field gets the focus if another view led the agent
 * to the settings because of this setting.
 */
export function useRequestedFieldFocus<E extends HTMLElement>(path: string): RefObject<E | null> {
  const ref = useRef<E>(null);
  const isOpened = useRequestedSetting() === path;
  useEffect(() => {
    if (!isOpened) return;
    ref.current?.scrollIntoView({ block: "center" });
    ref.current?.focus({ preventScroll: true });
  }, [isOpened]);
  return ref;
}
