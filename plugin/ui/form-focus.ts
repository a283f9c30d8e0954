import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/**
 * Returns a ref for a form. When a button opens the form, the form's first field gets the focus.
 * @param isOpenedByButton false if the form was already there when the view opened
 */
export function useFirstFieldFocus<E extends HTMLElement>(isOpenedByButton = true): RefObject<E | null> {
  const form = useRef<E>(null);
  useEffect(() => {
    if (isOpenedByButton) form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  return form;
}

/**
 * Returns a ref for the button that opens a form. The button gets the focus back when the form
 * closes, unless the agent has moved the focus out of the form.
 */
export function useOpenerFocus(isOpen: boolean): RefObject<HTMLButtonElement | null> {
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  // A layout effect runs before the focus keeper (`keepFocusInside`), which would focus another
  // element.
  useLayoutEffect(() => {
    const hasClosed = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    const root = opener.current?.getRootNode();
    if (hasClosed && root instanceof ShadowRoot && root.activeElement === null) opener.current?.focus();
  }, [isOpen]);
  return opener;
}
