import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";

export const projectRoot = resolve(import.meta.dirname, "..");

/** Turns off questions, telemetry, banners and look-ups: tools run without network and terminal. */
export const quietEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_LOG_PATH: join(projectRoot, ".wrangler", "logs"),
  WRANGLER_REGISTRY_PATH: join(projectRoot, ".wrangler", "registry"),
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

const entryPoints = {
  wrangler: "node_modules/wrangler/bin/wrangler.js",
  vite: "node_modules/vite/bin/vite.js",
  vitest: "node_modules/vitest/vitest.mjs",
  playwright: "node_modules/@playwright/test/cli.js",
  biome: "node_modules/@biomejs/biome/bin/biome",
  tsc: "node_modules/typescript/bin/tsc",
  drizzleKit: "node_modules/drizzle-kit/bin.cjs",
} as const;
export type Tool = keyof typeof entryPoints;

/** Starts a tool's own JavaScript: no shell and no npx stand between us and the process to end. */
export function startTool(tool: Tool, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, entryPoints[tool]), ...args], {
    cwd: projectRoot,
    env: quietEnvironment,
    stdio: ["ignore", "pipe", "pipe"],
    // Its own process group, so that its children end with it.
    detached: process.platform !== "win32",
    ...options,
  });
}

export type ToolResult = { code: number; output: string; stdout: string };

/** Runs a tool to its end and keeps its output. After `timeoutMs` its process group is killed. */
export async function runTool(
  tool: Tool,
  args: readonly string[],
  options: SpawnOptions & { timeoutMs?: number; onOutput?: (chunk: string) => void } = {},
): Promise<ToolResult> {
  const { timeoutMs, onOutput, ...spawnOptions } = options;
  const child = startTool(tool, args, spawnOptions);
  running.add(child);
  let output = "";
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    output += chunk;
    onOutput?.(chunk);
  });
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
    onOutput?.(chunk);
  });
  const timer = setTimeout(
    () => {
      output += `\nEnded after ${Math.round((timeoutMs ?? 0) / 1000)} seconds.\n`;
      signalGroup(child, "SIGKILL");
    },
    timeoutMs ?? 2 ** 31 - 1,
  );
  try {
    const [code] = await once(child, "close");
    return { code: typeof code === "number" ? code : 1, output, stdout };
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

const running = new Set<ChildProcess>();

/** A group of its own does not hear the terminal's Ctrl-C, so it is passed on. */
export function stopRunningTools(): void {
  for (const child of running) signalGroup(child, "SIGTERM");
}

/** Signals a child and everything it started, by its process group. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // The group is gone already, which is what was wanted.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Tells if any process of the child's group is left: a leader that ends may leave children. */
function isGroupAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === "win32") return child.exitCode === null && child.signalCode === null;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks the group to end, and after `graceMs` no longer asks. */
export async function stopGroup(child: ChildProcess, graceMs = 5000): Promise<void> {
  signalGroup(child, "SIGTERM");
  const deadline = Date.now() + graceMs;
  while (isGroupAlive(child)) {
    if (Date.now() > deadline) return signalGroup(child, "SIGKILL");
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * Calls `run` once npm or its shell has gone. npm passes signals only to the shell that it started,
 * and none when it is killed. A script that is run without npm may outlive its shell.
 */
export function watchParent(run: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    run();
  }, 500);
  timer.unref();
}

/** Ends the process with a message for a person instead of a stack. */
export class ExitError extends Error {}

export async function runMain(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof ExitError ? error.message : error);
    process.exitCode = 1;
  }
}
