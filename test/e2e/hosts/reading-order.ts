import type { Locator } from "@playwright/test";
import { expect } from "../stories.ts";

/**
 * Checks that each full stop stands to the right of its sentence, and each number to the left of
 * the word that follows. A tab without a `dir` of its own must run from left to right in every
 * host.
 */
export async function expectReadingOrder(tab: Locator): Promise<void> {
  const given = await tab.getAttribute("dir");
  await tab.evaluate((host) => host.removeAttribute("dir"));
  await expect(tab.locator(".root")).toHaveCSS("direction", "ltr");
  await tab.evaluate((host, dir) => host.setAttribute("dir", dir), given ?? "ltr");
  await expect(tab.locator(".root")).toHaveCSS("direction", given ?? "ltr");
  const { checked, misplaced } = await tab.locator(".root").evaluate((root) => {
    const findBox = (text: Text, at: number) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    };
    const pairs: { text: string; first: DOMRect; second: DOMRect }[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text instanceof Text; text = walker.nextNode()) {
      for (const { index } of text.data.matchAll(/(?<=[a-z])\.(?=\s*$)|(?<=\d) (?=[A-Za-z])/g)) {
        const [first, second] = [findBox(text, index - 1), findBox(text, index)];
        const isOnOneLine = first.width > 0 && second.width > 0 && Math.abs(first.top - second.top) < 2;
        if (isOnOneLine) pairs.push({ text: text.data, first, second });
      }
    }
    const wrong = pairs.filter(({ first, second }) => second.left < first.left);
    return { checked: pairs.length, misplaced: wrong.map(({ text }) => text) };
  });
  expect(misplaced).toEqual([]);
  expect(checked).toBeGreaterThan(3);
}
