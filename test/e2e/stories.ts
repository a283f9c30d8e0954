import { test as base } from "@playwright/test";
import { minute } from "../support/time.ts";
import { DemoOfFile } from "./demo-server.ts";

export { expect } from "@playwright/test";

/**
 * Playwright's `test`, with a fresh demo for each test file. A path that a test opens is a path of
 * the file's demo.
 */
export const test = base.extend<object, { demo: DemoOfFile }>({
  demo: [
    async ({ browserName: _browserName }, use) => {
      const demo = new DemoOfFile();
      await use(demo);
      await demo.stop();
    },
    { scope: "worker", timeout: minute },
  ],
  page: async ({ page }, use) => {
    await use(page);
    // An answer that a story changes can still be on its way when the story ends.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },
  baseURL: async ({ demo }, use, { file }) => use(await demo.findUrl(file)),
});
