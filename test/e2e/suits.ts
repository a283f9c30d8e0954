import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { test } from "./stories.ts";
import { expectVisibleFocus } from "./visible-focus.ts";

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

/** Checks that nothing in the tab is wider than the tab, so that nobody has to scroll sideways. */
async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
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
  expect(outside, state).toEqual([]);
}

/** Checks what the tab shows at 200 % and 400 % zoom on a screen of 1280 by 800 pixels. */
async function expectZoomable(page: Page, state: string): Promise<void> {
  const usualSize = page.viewportSize();
  await page.setViewportSize({ width: 640, height: 400 });
  await expectNoSidewaysScroll(page, `${state}, 200 %`);
  await expectVisibleFocus(page, state);
  await page.setViewportSize({ width: 320, height: 256 });
  await expectNoSidewaysScroll(page, `${state}, 400 %`);
  if (usualSize !== null) await page.setViewportSize(usualSize);
}

/**
 * Checks that nothing in the tab moves for longer than a moment if the system asks for reduced
 * motion.
 */
async function expectNoMotion(page: Page, state: string): Promise<void> {
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

/**
 * Returns a function that makes all checks of this file of what the tab shows now. If a check
 * fails, the message names the state.
 */
export const createSuitsCheck =
  (page: Page): ((state: string) => Promise<void>) =>
  async (state) =>
    await test.step(state, async () => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await expectAccessibleInBothThemes(page, state);
      await expectZoomable(page, state);
      await expectNoMotion(page, state);
    });
