import type { Page } from "@playwright/test";

/**
 * Saves screenshots of the page with the tab in both themes and three widths, for a person to look
 * at: test-results/<name>-<width>-<theme>.png.
 */
export async function takePictures(page: Page, name: string): Promise<void> {
  const element = page.locator("doorknock-campaigns");
  for (const theme of ["light", "dark"]) {
    await element.evaluate((host, value) => host.setAttribute("theme", value), theme);
    for (const width of [360, 480, 768]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: `test-results/${name}-${width}-${theme}.png`, animations: "disabled" });
    }
  }
  await element.evaluate((host) => host.removeAttribute("theme"));
  await page.setViewportSize({ width: 1280, height: 800 });
}
