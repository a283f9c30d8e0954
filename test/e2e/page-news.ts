import type { Page } from "@playwright/test";

/**
 * Records the events that the next page hears from the tab. Returns a function that lists each
 * event's type with its number, outcome, kind of task or address.
 */
export async function recordNews(page: Page, types: readonly string[]): Promise<() => Promise<unknown[][]>> {
  await page.addInitScript((names) => {
    const news: unknown[] = [];
    Object.assign(window, { news });
    for (const name of names) {
      document.addEventListener(name, (event) => {
        const { count, outcome, taskKind, email } = (event as CustomEvent).detail;
        news.push([name, count ?? outcome ?? taskKind ?? email]);
      });
    }
  }, types);
  return async () => await page.evaluate(() => Reflect.get(window, "news") as unknown[][]);
}
