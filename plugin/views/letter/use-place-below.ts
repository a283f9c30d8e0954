import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { EditorView } from "prosemirror-view";

/**
 * Returns a ref and a style that put an element directly below a position of the text, within the
 * editor's frame.
 */
export function usePlaceBelow<E extends HTMLElement>(view: EditorView, position: number) {
  const ref = useRef<E>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  useLayoutEffect(() => {
    const moveBelow = () => {
      const frame = ref.current?.offsetParent?.getBoundingClientRect();
      if (frame === undefined) return;
      const at = view.coordsAtPos(position);
      const most = frame.width - (ref.current?.offsetWidth ?? 0);
      setPlace({ left: Math.max(0, Math.min(at.left - frame.left, most)), top: at.bottom - frame.top + 4 });
    };
    moveBelow();
    // A turned phone, or a wider drawer, breaks the lines of the text in other places.
    const watcher = new ResizeObserver(moveBelow);
    watcher.observe(view.dom);
    return () => watcher.disconnect();
  }, [position]);
  return { ref, style: { left: `${place.left}px`, top: `${place.top}px` } };
}
