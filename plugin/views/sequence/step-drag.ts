import { useState } from "preact/hooks";

/**
 * A step that the agent is dragging: the step's current position, and the position at which the
 * step would land.
 */
export type StepDrag = { from: number; to: number };

/** Returns the position in the list at which the step would land with the pointer at `y`. */
function findSlot(slots: readonly Element[], y: number): number {
  const below = slots.findIndex((slot) => y < slot.getBoundingClientRect().bottom);
  return below === -1 ? slots.length - 1 : below;
}

/**
 * Returns the current drag and the function that starts a drag. Escape ends a drag without a move.
 * The hook uses pointer events instead of the browser's drag and drop, because drag and drop does
 * not work by touch.
 */
export function useStepDrag(onMove: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<StepDrag | null>(null);
  const start = (event: PointerEvent, from: number) => {
    const grip = event.currentTarget;
    if (!(grip instanceof HTMLElement) || event.button !== 0) return;
    const slots = [...(grip.closest(".step-list")?.querySelectorAll(".step-slot") ?? [])];
    const ended = new AbortController();
    let to = from;
    const finish = (isDropped: boolean) => {
      ended.abort();
      setDrag(null);
      if (isDropped && to !== from) onMove(from, to);
    };
    grip.setPointerCapture(event.pointerId);
    const { signal } = ended;
    grip.addEventListener(
      "pointermove",
      ({ clientY }) => {
        to = findSlot(slots, clientY);
        slots[to]?.scrollIntoView({ block: "nearest" });
        setDrag({ from, to });
      },
      { signal },
    );
    grip.addEventListener("pointerup", () => finish(true), { signal });
    grip.addEventListener("pointercancel", () => finish(false), { signal });
    const cancel = (key: KeyboardEvent) => {
      if (key.key !== "Escape") return;
      key.stopImmediatePropagation();
      finish(false);
    };
    window.addEventListener("keydown", cancel, { signal, capture: true });
  };
  return { drag, start };
}
