import { useState } from "preact/hooks";

/** The drag of a step: the step's position, and the position to which it would move. */
export type StepDrag = { from: number; to: number };

/** Returns the position of the slot under the pointer. */
function findSlot(slots: readonly Element[], y: number): number {
  const below = slots.findIndex((slot) => y < slot.getBoundingClientRect().bottom);
  return below === -1 ? slots.length - 1 : below;
}

/**
 * Returns the drag that is under way and the function that starts one. Escape ends a drag without a
 * move. Pointer events are used instead of the browser's drag and drop, so that a step can be
 * dragged by touch too.
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
