import { expect, type Page } from "@playwright/test";

/**
 * Gives the focus to each element of the tab that can have it, and returns the faults: an element
 * that takes no focus, has no outline, or is covered by a bar. Runs in the browser as one call, so
 * that the view cannot change between two elements.
 */
function listFocusFaults(host: Element): string[] {
  const root = host.shadowRoot;
  if (root === null) return ["no shadow root"];
  const hasOutline = (element: Element | null, levels: number): boolean => {
    if (element === null || levels === 0) return false;
    const isDrawn = [undefined, "::after"].some((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element, part);
      return outlineStyle !== "none" && outlineWidth !== "0px";
    });
    return isDrawn || hasOutline(element.parentElement, levels - 1);
  };
  const isSeen = (element: HTMLElement): boolean => {
    const { left, top, width, height } = element.getBoundingClientRect();
    // Finds a point near the upper edge of the element that lies within the window.
    const y = Math.min(Math.max(top, 0) + Math.min(height, 20) / 2, innerHeight - 1);
    const found = root.elementFromPoint(left + width / 2, y);
    if (found === null) return false;
    return (
      element.contains(found) || found.contains(element) || found.closest("label")?.contains(element) === true
    );
  };
  const dialog = root.querySelector("dialog[open]");
  const places = root.querySelectorAll<HTMLElement>(
    "a[href], button, input, select, textarea, summary, [contenteditable=true], [tabindex='0']",
  );
  return [...places].flatMap((place) => {
    const isReachable = place.checkVisibility() && (dialog === null || dialog.contains(place));
    if (!isReachable || place.matches(":disabled")) return [];
    place.focus();
    const name = `${place.localName} ${place.getAttribute("aria-label") ?? place.textContent?.slice(0, 40)}`;
    return [
      root.activeElement === place ? [] : [`${name}: takes no focus`],
      hasOutline(place, 4) ? [] : [`${name}: no outline`],
      isSeen(place) ? [] : [`${name}: covered`],
    ].flat();
  });
}

/**
 * Checks each element in the tab that can have the focus, without and with forced colors. The
 * focused element must have an outline, and no bar may cover the element.
 */
export async function expectVisibleFocus(page: Page, state: string): Promise<void> {
  for (const forcedColors of ["none", "active"] as const) {
    await page.emulateMedia({ forcedColors });
    // Browsers show an outline only if the last input came from the keyboard.
    await page.keyboard.press("Shift");
    // A panel that has lost the focus closes a moment later, so the check is repeated if it fails.
    // The poll has a time limit. A wait for an animation frame in the page could last forever.
    await expect
      .poll(() => page.locator("doorknock-campaigns").evaluate(listFocusFaults), {
        message: `${state}, forced colors ${forcedColors}`,
      })
      .toEqual([]);
  }
  await page.emulateMedia({ forcedColors: "none" });
}
