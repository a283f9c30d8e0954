import { existsSync } from "node:fs";
import { relative } from "node:path";
import {
  type DemoPaths,
  findDemoLockHolder,
  getDemoPaths,
  loadOrCreateDemoSecrets,
  lockDemoState,
} from "./demo-state.ts";
import { startDemoWorker } from "./demo-worker.ts";
import { applyLocalMigrations } from "./local-migrations.ts";
import { openInBrowser } from "./open.ts";
import { isPortFree, readPort } from "./port.ts";
import { projectRoot, runMain, runWhenParentEnds, stopRunningTools, UserFacingError } from "./process.ts";
import { type Supervisor, startSupervisor } from "./supervise.ts";

/** True if `--no-build` is given: serves the last build. Tests use `--no-build` to save time. */
const skipsBuild = process.argv.includes("--no-build");
/**
 * True if `--watch` is given: builds the plugin and the demo after each change, and opens the demo
 * in a browser.
 */
const isWatching = process.argv.includes("--watch");

await runMain(async () => {
  const port = readPort();
  const state = getDemoPaths();
  await refuseIfInUse(state, port);
  const release = lockDemoState(state, port);
  let worker: Supervisor | undefined;
  let endWatching = async (): Promise<void> => undefined;
  const end = runOnce(async () => {
    stopRunningTools();
    await worker?.stop();
    await endWatching();
    release();
  });
  const endAndExit = () => void end().then(() => process.exit(0));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, endAndExit);
  runWhenParentEnds(endAndExit);
  try {
    endWatching = await buildPages();
    await prepareDatabase(state);
    console.log("Starting the Worker");
    let starts = 0;
    const onReady = () => {
      starts += 1;
      if (starts === 1) printReady(port);
      else console.log("The Worker answers again.");
    };
    worker = startSupervisor(() => startDemoWorker(state, port, onReady), console.error);
    await worker.finished;
  } finally {
    await end();
  }
});

async function refuseIfInUse(state: DemoPaths, port: number): Promise<void> {
  const holder = findDemoLockHolder(state);
  if (holder !== null) {
    throw new UserFacingError(
      `The demo is already running at http://localhost:${holder.port}/ (process ${holder.pid}).`,
    );
  }
  if (!(await isPortFree(port))) {
    throw new UserFacingError(
      `Port ${port} is used by another program. Choose another: PORT=${port + 1} npm start`,
    );
  }
}

/**
 * Builds the plugin and the demo's pages.
 * @returns a function that ends the watching for changes; without `--watch`, the function does
 *   nothing
 */
async function buildPages(): Promise<() => Promise<void>> {
  // build.ts loads slowly, so build.ts is imported only after `refuseIfInUse`.
  const { buildDemo, buildPlugin, isDemoBuilt, watchPages } = await import("./build.ts");
  if (isWatching) {
    console.log("Building the plugin and the demo page, now and after every change");
    return watchPages();
  }
  if (!skipsBuild || !isDemoBuilt()) {
    console.log("Building the plugin and the demo page");
    await buildPlugin();
    await buildDemo();
  }
  return async () => undefined;
}

async function prepareDatabase(state: DemoPaths): Promise<void> {
  const secrets = loadOrCreateDemoSecrets(state);
  console.log(`Preparing the database in ${relative(projectRoot, state.folder)}`);
  await applyLocalMigrations(state.database);
  if (existsSync(state.seededFile)) return;
  const { seedDemo } = await import("./demo-seed.ts");
  await seedDemo(state, secrets);
}

function printReady(port: number): void {
  const address = `http://localhost:${port}/`;
  console.log(`
  Doorknock's demo is ready.

    CRM       ${address}
    Mailbox   ${address}demo/mailbox

  Ctrl-C ends it; your data is kept. \`npm run reset\` empties it.
`);
  if (isWatching && process.stdout.isTTY) openInBrowser(address);
}

function runOnce(run: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => {
    result ??= run();
    return result;
  };
}
