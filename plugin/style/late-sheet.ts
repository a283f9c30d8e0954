import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Returns a hook that adds a style sheet to an element's shadow root. The sheet is loaded together
 * with the view that needs it, so that the tab opens faster.
 */
export function createStyleSheetHook(text: string): () => RefObject<HTMLDivElement> {
  let sheet: CSSStyleSheet | null = null;
  return () => {
    const ref = useRef<HTMLDivElement>(null);
    useLayoutEffect(() => {
      const root = ref.current?.getRootNode();
      if (!(root instanceof ShadowRoot)) return;
      if (sheet === null) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
      }
      if (!root.adoptedStyleSheets.includes(sheet)) {
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      }
    }, []);
    return ref as RefObject<HTMLDivElement>;
  };
}
