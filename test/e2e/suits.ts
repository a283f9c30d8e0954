import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";

/*
 * Checks of what the tab shows at the moment, for people who need high contrast, large text, a
 * keyboard, forced colors or no motion.
 */

type AxeOptions = { resultTypes: string[]; runOnly?: string[] };
type AxeRunner = {
  run(
    context: string,
    options: AxeOptions,
  ): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }>;
};

/** Returns the rules of axe that the tab breaks, each with the elements that break the rule. */
async function listViolations(page: Page, options: AxeOptions): Promise<string[]> {
  if (await page.evaluate(() => !("axe" in window)))
    await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
  return await page.evaluate(async (given) => {
    const { axe } = window as unknown as { axe: AxeRunner };
    const { violations } = await axe.run("doorknock-campaigns", given);
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
    );
  }, options);
}

/**
 * The rules of axe about colors. The second theme is checked only by these rules, because a theme
 * changes nothing but colors.
 */
const colorRules = ["color-contrast", "link-in-text-block"];

/** Checks the tab with axe in both themes. */
export async function expectAccessibleInBothThemes(page: Page, state: string): Promise<void> {
  const element = page.locator("doorknock-campaigns");
  const resultTypes = ["violations"];
  for (const [theme, options] of [
    ["light", { resultTypes }],
    ["dark", { resultTypes, runOnly: colorRules }],
  ] as const) {
    await element.evaluate((host, value) => host.setAttribute("theme", value), theme);
    expect(await listViolations(page, options), `${state}, ${theme}`).toEqual([]);
  }
  await element.evaluate((host) => host.removeAttribute("theme"));
}

/** The window sizes that match 200 % and 400 % zoom on a screen of 1280 by 800 pixels. */
const zooms = [
  { percent: 200, size: { width: 640, height: 400 } },
  { percent: 400, size: { width: 320, height: 256 } },
];

/**
 * Checks at 200 % and 400 % zoom that nothing in the tab is wider than the tab, so that nobody has
 * to scroll sideways.
 */
export async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  const usualSize = page.viewportSize();
  for (const { percent, size } of zooms) {
    await page.setViewportSize(size);
    const outside = await page.locator("doorknock-campaigns").evaluate((host) => {
      const { left, right } = host.getBoundingClientRect();
      const isClipped = (element: Element): boolean => {
        const parent = element.parentElement;
        if (parent === null) return false;
        return getComputedStyle(parent).overflowX !== "visible" || isClipped(parent);
      };
      return [...(host.shadowRoot?.querySelectorAll("*") ?? [])]
        .filter((element) => {
          const box = element.getBoundingClientRect();
          const isOutside = box.right > right + 1 || box.left < left - 1;
          return box.width > 1 && box.height > 1 && isOutside && !isClipped(element);
        })
        .map((element) => `${element.localName}.${element.className}: ${element.textContent?.slice(0, 40)}`);
    });
    expect(outside, `${state}, ${percent} %`).toEqual([]);
  }
  if (usualSize !== null) await page.setViewportSize(usualSize);
}

/**
 * Checks each element in the tab that can have the focus, at 200 % zoom, without and with forced
 * colors. The focused element must have an outline, and no bar may cover the element.
 */
export async function expectVisibleFocus(page: Page, state: string): Promise<void> {
  const usualSize = page.viewportSize();
  await page.setViewportSize({ width: 640, height: 400 });
  for (const forcedColors of ["none", "active"] as const) {
    await page.emulateMedia({ forcedColors });
    // Browsers show an outline only if the last input came from the keyboard.
    await page.keyboard.press("Shift");
    const faults = await page.locator("doorknock-campaigns").evaluate(async (host) => {
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
        return (
          found !== null &&
          (element.contains(found) ||
            found.contains(element) ||
            found.closest("label")?.contains(element) === true)
        );
      };
      const places = root.querySelectorAll<HTMLElement>(
        "a[href], button, input, select, textarea, summary, [contenteditable=true], [tabindex='0']",
      );
      const dialog = root.querySelector("dialog[open]");
      const listFaults = (place: HTMLElement): string[] => {
        place.focus();
        return [
          root.activeElement === place ? [] : ["takes no focus"],
          hasOutline(place, 4) ? [] : ["no outline"],
          isSeen(place) ? [] : ["covered"],
        ].flat();
      };
      const suspects = [...places].filter((place) => {
        const isReachable = place.checkVisibility() && (dialog === null || dialog.contains(place));
        return isReachable && !place.matches(":disabled") && listFaults(place).length > 0;
      });
      // A panel that has lost the focus closes one frame later. Therefore each suspect is checked
      // again after two frames.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return suspects
        .filter((place) => place.isConnected)
        .flatMap((place) => {
          const name = place.getAttribute("aria-label") ?? place.textContent?.slice(0, 40);
          return listFaults(place).map((fault) => `${place.localName} ${name}: ${fault}`);
        });
    });
    expect(faults, `${state}, forced colors ${forcedColors}`).toEqual([]);
  }
  await page.emulateMedia({ forcedColors: "none" });
  if (usualSize !== null) await page.setViewportSize(usualSize);
}

/**
 * Checks that nothing in the tab moves for longer than a moment if the system asks for reduced
 * motion.
 */
export async function expectNoMotion(page: Page, state: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const moving = await page.locator("doorknock-campaigns").evaluate((host) =>
    [...(host.shadowRoot?.querySelectorAll("*") ?? [])].flatMap((element) => {
      const { animationName, animationDuration, transitionDuration, scrollBehavior } =
        getComputedStyle(element);
      const seconds = (list: string) => Math.max(...list.split(",").map((one) => Number.parseFloat(one)));
      const isMoving =
        (animationName !== "none" && seconds(animationDuration) > 0.01) ||
        seconds(transitionDuration) > 0.01 ||
        scrollBehavior === "smooth";
      return isMoving ? [`${element.localName}.${element.className}`] : [];
    }),
  );
  expect(moving, state).toEqual([]);
}
