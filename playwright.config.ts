import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/browser.ts";
import { keepTemporaryFilesInMemory } from "./test/support/node/memory-files.ts";

keepTemporaryFilesInMemory();

/**
 * Each file of stories has its own demo (`test/e2e/stories.ts`). The stories of a file move the
 * clock of the demo, so they run one after another. Two files run side by side.
 */
export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test-results",
  globalSetup: "./test/e2e/demo-server.ts",
  workers: 2,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    // If a control does not appear within 30 seconds, the story fails. Without this limit, the
    // story would wait for its whole time.
    actionTimeout: 30_000,
    viewport: { width: 1280, height: 800 },
    // A browser without a window calls itself headless. The product takes that for a machine, and
    // would not count its opens and clicks.
    userAgent:
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    locale: "en-US",
    timezoneId: "America/Denver",
    screenshot: "only-on-failure",
    // A trace takes about half of a story's time, so it is recorded with TRACE=1 only.
    trace: process.env.TRACE === undefined ? "off" : "retain-on-failure",
    launchOptions: {
      executablePath: findBrowser() ?? "/usr/bin/chromium",
      // Chromium does not start with its sandbox if the user is root. The GPU is switched off,
      // because an emulated GPU takes more processor time than drawing without one.
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu"],
    },
  },
});
