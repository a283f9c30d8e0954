/// <reference path="../../style/css.d.ts" />
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import text from "../../style/sequence.css?inline";

let sheet: CSSStyleSheet | null = null;

/**
 * Adds the style sheet of the sequence views to the shadow root of the element that gets the
 * returned ref. The sheet is loaded with these views, so that the tab opens without it.
 */
export function useSequenceSheet(): RefObject<HTMLDivElement> {
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
}
