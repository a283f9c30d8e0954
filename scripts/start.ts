import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { type DemoState, demoSecrets, demoState, hold, holderOf } from "./demo-state.ts";
import { isPortFree, wantedPort } from "./port.ts";
import { endGroup, endRunningTools, main, root, runTool, Stop, startTool } from "./process.ts";

const tickMs = 5000;

/** `--no-build` serves what the last build left: for tests that start it more than once. */
const skipsBuild = process.argv.includes("--no-build");

await main(async () => {
  const port = wantedPort();
  const state = demoState();
  await refuseWhereUsed(state, port);
  const release = hold(state, port);
  let server: ChildProcess | undefined;
  const end = once(async () => {
    endRunningTools();
    if (server !== undefined) await endGroup(server);
    release();
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end().then(() => process.exit(0)));
  }
  try {
    await prepare(state);
    server = startServer(state, port);
    await serve(server, port);
  } finally {
    await end();
  }
});

async function refuseWhereUsed(state: DemoState, port: number): Promise<void> {
  const holder = holderOf(state);
  if (holder !== null) {
    throw new Stop(
      `The demo is already running at http://localhost:${holder.port}/ (process ${holder.pid}).`,
    );
  }
  if (!(await isPortFree(port))) {
    throw new Stop(`Port ${port} is used by another program. Choose another: PORT=${port + 1} npm start`);
  }
}

/** What is heavy to load is loaded here, so that a refusal comes at once. */
async function prepare(state: DemoState): Promise<void> {
  const { buildDemo, buildPlugin, isBuilt } = await import("./build.ts");
  if (!skipsBuild || !isBuilt()) {
    console.log("Building the plugin and the demo page");
    await buildPlugin();
    await buildDemo();
  }
  const secrets = demoSecrets(state);
  console.log(`Preparing the database in ${relative(root, state.folder)}`);
  const migrated = await runTool("wrangler", [
    ...["d1", "migrations", "apply", "DB", "--local"],
    ...["--config", "demo/wrangler.toml", "--persist-to", state.database],
  ]);
  if (migrated.code !== 0) throw new Stop(`The migrations could not be applied:\n${migrated.output}`);
  if (existsSync(state.seededFile)) return;
  const { seedDemo } = await import("./demo-seed.ts");
  await seedDemo(state, secrets);
}

function startServer(state: DemoState, port: number): ChildProcess {
  console.log("Starting the Worker");
  const child = startTool("wrangler", [
    ...["dev", "--config", "demo/wrangler.toml", "--local", "--test-scheduled"],
    ...["--port", String(port), "--ip", "localhost", "--inspector-port", "0"],
    ...["--persist-to", state.database, "--env-file", state.secretsFile],
    ...["--var", `PUBLIC_URL:http://localhost:${port}`],
    ...["--log-level", "warn", "--show-interactive-dev-session=false"],
  ]);
  // Its warnings and errors are the reader's business; the rest of what it says was turned off.
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  return child;
}

/** Waits for the first answer, says where, and then is the clock: what Cron Triggers do on a deployment. */
async function serve(server: ChildProcess, port: number): Promise<void> {
  const ended = new Promise<never>((_, fail) => {
    server.once("exit", (code) => fail(new Stop(`The Worker ended (${code ?? "by a signal"}), see above.`)));
  });
  await Promise.race([ended, untilAnswering(`http://localhost:${port}/health`)]);
  console.log(`
  Doorknock's demo is ready.

    CRM       http://localhost:${port}/
    Mailbox   http://localhost:${port}/demo/mailbox

  Ctrl-C ends it; your data is kept. \`npm run reset\` empties it.
`);
  await Promise.race([ended, tickForever(`http://localhost:${port}/__scheduled?cron=*+*+*+*+*`)]);
}

async function untilAnswering(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if ((await get(url)) === 200) return;
    await pause(100);
  }
  throw new Stop(`No answer from ${url} within a minute.`);
}

async function tickForever(url: string): Promise<never> {
  for (;;) {
    const status = await get(url);
    if (status !== 200 && status !== null) console.error(`The scheduled run failed (HTTP ${status}).`);
    await pause(tickMs);
  }
}

/** The status, or null where nothing answers: while starting, and while wrangler reloads an edited source. */
async function get(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function once(run: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => {
    result ??= run();
    return result;
  };
}
