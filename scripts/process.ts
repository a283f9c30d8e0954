import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";

export const projectRoot = resolve(import.meta.dirname, "..");

/**
 * The environment of the started tools. Telemetry, banners and network requests are turned off, so
 * that a tool runs without a network or a terminal.
 */
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

/**
 * Starts a tool as a Node process. Without a shell or npx in between, a signal reaches the tool
 * itself.
 */
export function startTool(tool: Tool, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, entryPoints[tool]), ...args], {
    cwd: projectRoot,
    env: quietEnvironment,
    stdio: ["ignore", "pipe", "pipe"],
    // The tool gets a process group of its own, so that one signal also ends the tool's children.
    detached: process.platform !== "win32",
    ...options,
  });
}

export type ToolResult = { code: number; output: string; stdout: string };

/**
 * Runs a tool to its end and returns its output. After `timeoutMs` the tool's process group is
 * killed.
 */
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
      signalProcessGroup(child, "SIGKILL");
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

/**
 * Ends all running tools. The terminal's Ctrl-C does not reach the tools, because each tool has
 * its own process group.
 */
export function stopRunningTools(): void {
  for (const child of running) signalProcessGroup(child, "SIGTERM");
}

/**
 * Sends a signal to a child's process group, which also has the processes that the child started.
 */
export function signalProcessGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH means that the process group has already ended.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/**
 * Tells whether any process of the child's group is alive. Processes that the child started can
 * outlive the child.
 */
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

/** Ends a child's process group with SIGTERM, and with SIGKILL after `graceMs`. */
export async function stopProcessGroup(child: ChildProcess, graceMs = 5000): Promise<void> {
  signalProcessGroup(child, "SIGTERM");
  const deadline = Date.now() + graceMs;
  while (isGroupAlive(child)) {
    if (Date.now() > deadline) return signalProcessGroup(child, "SIGKILL");
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * Calls `run` once the parent process has ended, if npm started this script. npm sends signals only
 * to its shell and not to the script, so the script must notice the end by itself.
 */
export function runWhenParentEnds(run: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    run();
  }, 500);
  timer.unref();
}

/** An error whose message is for a person. `runMain` prints the message without a stack. */
export class UserFacingError extends Error {}

export async function runMain(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof UserFacingError ? error.message : error);
    process.exitCode = 1;
  }
}
