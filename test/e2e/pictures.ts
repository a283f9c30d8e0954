import type { Locator, Page } from "@playwright/test";

/** The height of the window in a picture, in pixels. */
const height = 1000;
const widths = [360, 480, 768, 900];

/**
 * Saves screenshots of the tab in both themes and four widths, for a person to look at:
 * test-results/<name>-<width>-<theme>.png. Without PICTURES=1, does nothing, because screenshots
 * take more time than the rest of a test.
 * @param part the part of the tab in the screenshots; by default the beginning of the tab
 */
export async function takePictures(page: Page, name: string, part?: Locator): Promise<void> {
  if (process.env.PICTURES === undefined) return;
  const element = page.locator("doorknock-campaigns");
  const usualSize = page.viewportSize();
  for (const theme of ["light", "dark"]) {
    await element.evaluate((host, value) => host.setAttribute("theme", value), theme);
    for (const width of widths) {
      await page.setViewportSize({ width, height });
      await (part ?? element).evaluate((shown) => shown.scrollIntoView());
      await page.screenshot({ path: `test-results/${name}-${width}-${theme}.png`, animations: "disabled" });
    }
  }
  await element.evaluate((host) => host.removeAttribute("theme"));
  if (usualSize !== null) await page.setViewportSize(usualSize);
}
