import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { runTool } from "./process.ts";

const installed = [
  // Chromium without the parts that draw a window; takes a quarter less processor time.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export type BrowserSearchResult = { path: string } | { howTo: string };

/**
 * Returns the path of the browser that the tests use, or instructions to install one. Tries to
 * install Chromium if no browser is found.
 */
export async function findOrInstallBrowser(): Promise<BrowserSearchResult> {
  const found = findBrowser();
  if (found !== null) return { path: found };
  console.log("No Chromium found; installing one for the browser tests");
  if (isDebianRoot()) {
    const apt = (...args: string[]) =>
      spawnSync("apt-get", args, {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      }).status === 0;
    const install = (name: string) => apt("install", "-y", "--no-install-recommends", name);
    apt("update");
    if (!install("chromium-headless-shell")) install("chromium");
  } else {
    const { code, output } = await runTool("playwright", ["install", "chromium"]);
    if (code !== 0) console.error(output);
  }
  const path = findBrowser();
  if (path !== null) return { path };
  const command = isDebianRoot()
    ? "apt-get install chromium-headless-shell"
    : "npx playwright install chromium";
  return {
    howTo: `Install Chromium with \`${command}\`, or name one with CHROMIUM_PATH=/path/to/chromium npm test`,
  };
}

/** Returns the path of an installed browser, or null. `CHROMIUM_PATH` overrides the known paths. */
export function findBrowser(): string | null {
  const { CHROMIUM_PATH } = process.env;
  // The last candidate is the browser that `npx playwright install chromium` installs.
  const candidates = CHROMIUM_PATH ? [CHROMIUM_PATH] : [...installed, chromium.executablePath()];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebianRoot(): boolean {
  const isRoot = process.getuid?.() === 0;
  const isDebian =
    existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  return isRoot && isDebian;
}
