const focusable = ":is(button, input, select, textarea, summary, [tabindex]):not(:disabled)";

type FocusedPlace = { element: Element; before: readonly (Element | null)[] };

/**
 * Returns the previous siblings of the element and of all its ancestors, starting with the
 * element's own sibling. An entry is null if there is no previous sibling.
 */
function listElementsBefore(element: Element): (Element | null)[] {
  const before: (Element | null)[] = [];
  for (let one: Element | null = element; one !== null; one = one.parentElement) {
    before.push(one.previousElementSibling);
  }
  return before;
}

function findFocusTarget(place: Element): HTMLElement | undefined {
  if (place.matches(focusable)) return place as HTMLElement;
  const heading = place.querySelector<HTMLElement>("h2[tabindex]");
  return heading ?? [...place.querySelectorAll<HTMLElement>(focusable)].at(-1);
}

const canHaveFocus = (element: Element) => element.isConnected && !element.matches(":disabled");

/**
 * Keeps the focus inside the tab. When the focused element is removed or disabled, the focus moves
 * to the nearest focusable element before it, or to the view's heading. When the element is enabled
 * again, the focus returns, unless the agent has pressed a key or the pointer in the meantime.
 * Without this function, the browser would focus the page's body, where Escape does not close the
 * host's drawer.
 */
export function keepFocusInside(root: ShadowRoot): void {
  let held: FocusedPlace | null = null;
  let waiting: Element | null = null;
  root.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element) held = { element: target, before: listElementsBefore(target) };
  });
  root.addEventListener("focusout", ({ target }) => {
    // If the element is still in the page, the agent has moved the focus away.
    queueMicrotask(() => {
      if (held?.element === target && held.element.isConnected && root.activeElement !== target) held = null;
    });
  });
  for (const act of ["keydown", "pointerdown"]) {
    root.addEventListener(act, () => {
      waiting = null;
    });
  }
  new MutationObserver(() => {
    if (waiting instanceof HTMLElement && canHaveFocus(waiting)) {
      waiting.focus();
      waiting = null;
    }
    if (held === null || canHaveFocus(held.element)) return;
    const { element, before } = held;
    held = null;
    const { activeElement } = root;
    // A disabled element keeps the focus until the browser draws the next frame.
    if (activeElement !== element && (activeElement !== null || document.activeElement !== document.body))
      return;
    const nearest = before.find((one) => one?.isConnected && findFocusTarget(one) !== undefined);
    const heading = root.querySelector<HTMLElement>("h2[tabindex]");
    (nearest ? findFocusTarget(nearest) : heading)?.focus();
    waiting = element.isConnected ? element : null;
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
}
