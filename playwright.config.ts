import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

// Test processes read this file again and must find the same server.
process.env.E2E_PORT ??= String(20_000 + (process.pid % 20_000));
process.env.E2E_STATE ??= mkdtempSync(join(tmpdir(), "doorknock-e2e-"));
const baseURL = `http://localhost:${process.env.E2E_PORT}`;

/** Tests that do not touch the demo's data and clock: they start what they need, if anything. */
const independent =
  /\/(kill|in-flight|start|hostile-values|session-switch|readme-snippet|state-letters)\.spec\.ts$/;

/**
 * Runs the demo as `npm start` does, with a database of its own. The stories move the clock of this
 * demo, so they run one after another. The independent tests run beside them, one at a time.
 */
export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: "stories", testIgnore: independent, workers: 1 },
    { name: "independent", testMatch: independent, workers: 1 },
  ],
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    baseURL,
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
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      // Chromium refuses its sandbox to root. Drawing by an emulated GPU takes more processor time.
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu"],
    },
  },
  webServer: {
    command: `npx tsx scripts/start.ts${process.env.E2E_BUILT === "1" ? " --no-build" : ""}`,
    url: `${baseURL}/health`,
    timeout: 180_000,
    env: { PORT: process.env.E2E_PORT, DEMO_STATE: process.env.E2E_STATE },
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
