import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildDemo, buildPlugin, isDemoBuilt } from "../../scripts/build.ts";
import { seedDemo } from "../../scripts/demo-seed.ts";
import { getDemoPaths, loadOrCreateDemoSecrets } from "../../scripts/demo-state.ts";
import { startDemoWorker } from "../../scripts/demo-worker.ts";
import { applyLocalMigrations } from "../../scripts/local-migrations.ts";
import { findFreePort } from "../../scripts/port.ts";
import { startSupervisor } from "../../scripts/supervise.ts";

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
  await applyLocalMigrations(state.database);
  await seedDemo(state, secrets);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Starts the demo on a free port, with a copy of the seeded database. */
async function startFreshDemo(): Promise<RunningDemo> {
  const { E2E_FOLDER } = process.env;
  if (E2E_FOLDER === undefined) throw new Error("prepareDemos has not run.");
  const copy = mkdtempSync(join(E2E_FOLDER, "demo-"));
  cpSync(join(E2E_FOLDER, "seeded"), copy, { recursive: true });
  const port = await findFreePort();
  const state = getDemoPaths(copy);
  let stop = async (): Promise<void> => undefined;
  const ready = new Promise<void>((onReady, onEnd) => {
    const worker = startSupervisor(() => startDemoWorker(state, port, onReady), console.error);
    worker.finished.catch(onEnd);
    stop = worker.stop;
  });
  await ready;
  return { url: `http://localhost:${port}`, stop };
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
