import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { buildDemo, buildPlugin, isDemoBuilt } from "../../scripts/build.ts";
import { seedDemo } from "../../scripts/demo-seed.ts";
import { getDemoPaths, loadOrCreateDemoSecrets } from "../../scripts/demo-state.ts";
import { applyLocalMigrations } from "../../scripts/local-migrations.ts";
import { findFreePort } from "../../scripts/port.ts";
import { type BundledWorker, bundleDemoWorker, startBundledWorker } from "./bundled-worker.ts";

const tickMs = 5000;
/** A running demo. `url` has no slash at its end. */
type RunningDemo = { url: string; stop: () => Promise<void> };

/**
 * Builds the demo's pages, and seeds the database from which each file of browser tests gets a
 * copy. With `E2E_BUILT=1`, existing pages are not built again. Playwright calls this function
 * once, before the first test.
 * @returns a function that deletes the database and all copies
 */
export default async function prepareDemos(): Promise<() => void> {
  if (process.env.E2E_BUILT !== "1" || !isDemoBuilt()) {
    await buildPlugin();
    await buildDemo();
  }
  const folder = mkdtempSync(join(tmpdir(), "doorknock-e2e-"));
  // The processes that run the tests inherit this variable.
  process.env.E2E_FOLDER = folder;
  const state = getDemoPaths(join(folder, "seeded"));
  const secrets = loadOrCreateDemoSecrets(state);
  await bundleDemoWorker(join(folder, "worker"));
  await applyLocalMigrations(state.database);
  await seedDemo(state, secrets);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Starts the demo on a free port, with a copy of the seeded database. */
async function startFreshDemo(): Promise<RunningDemo> {
  const folder = getPreparedFolder();
  const copy = mkdtempSync(join(folder, "demo-"));
  cpSync(join(folder, "seeded"), copy, { recursive: true });
  const state = getDemoPaths(copy);
  const port = await findFreePort();
  const worker = await startBundledWorker({
    bundle: join(folder, "worker"),
    database: state.database,
    port,
    bindings: { ...loadOrCreateDemoSecrets(state), PUBLIC_URL: `http://localhost:${port}` },
  });
  const stopTicks = startTicks(worker);
  return {
    url: worker.url,
    stop: async () => {
      await stopTicks();
      await worker.stop();
    },
  };
}

/** Returns the folder that `prepareDemos` has made. */
export function getPreparedFolder(): string {
  const { E2E_FOLDER } = process.env;
  if (E2E_FOLDER === undefined) throw new Error("prepareDemos has not run.");
  return E2E_FOLDER;
}

/**
 * Runs the scheduled handler every few seconds, as a cron trigger does on a deployment.
 * @returns a function that ends the runs
 */
function startTicks(worker: BundledWorker): () => Promise<void> {
  const over = new AbortController();
  const runs = (async () => {
    while (!over.signal.aborted) {
      const outcome = await worker.runTick();
      if (outcome !== "ok") console.error(`The scheduled run failed (${outcome}).`);
      await setTimeout(tickMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    over.abort();
    await runs;
  };
}

/**
 * The demo of the test file that is running. Each test file gets a demo of its own, so that no test
 * sees the emails, the settings and the clock of another file.
 */
export class DemoOfFile {
  #file: string | undefined;
  #demo: RunningDemo | undefined;

  /** Returns the URL of the demo for a test file. The first call for a file starts the demo. */
  async findUrl(file: string): Promise<string> {
    if (this.#demo === undefined || this.#file !== file) {
      await this.stop();
      this.#demo = await startFreshDemo();
      this.#file = file;
    }
    return this.#demo.url;
  }

  async stop(): Promise<void> {
    await this.#demo?.stop();
    this.#demo = undefined;
  }
}
