import { test as base } from "@playwright/test";
import { minute } from "../support/time.ts";
import { DemoOfFile } from "./demo-server.ts";

export { expect } from "@playwright/test";

/** Playwright's `test`, with a fresh demo for each file. Paths that a test opens are the demo's. */
export const test = base.extend<object, { demo: DemoOfFile }>({
  demo: [
    async ({ browserName: _browserName }, use) => {
      const demo = new DemoOfFile();
      await use(demo);
      await demo.stop();
    },
    { scope: "worker", timeout: minute },
  ],
  baseURL: async ({ demo }, use, { file }) => use(await demo.findUrl(file)),
});
