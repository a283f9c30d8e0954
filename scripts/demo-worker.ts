import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { DemoPaths } from "./demo-state.ts";
import { startTool, stopProcessGroup } from "./process.ts";
import type { SupervisedRun } from "./supervise.ts";
import { printOutput } from "./worker-output.ts";

const tickMs = 5000;
/**
 * How long the Worker may refuse connections before the run ends. If the runtime crashes, wrangler
 * keeps running but nothing listens on the port.
 */
const maxRefusedMs = 8000;
/** The longest wait for the Worker's first answer. */
const maxStartMs = 60_000;
/**
 * The longest wait for an answer after the start. A reload after an edit and a long scheduled run
 * take less time.
 */
const maxSilenceMs = 120_000;

/**
 * Starts the demo's Worker and calls its scheduled handler every few seconds. `onReady` is called
 * after the Worker's first answer.
 */
export function startDemoWorker(state: DemoPaths, port: number, onReady: () => void): SupervisedRun {
  const child = startTool("wrangler", [
    ...["dev", "--config", "demo/wrangler.toml", "--local", "--test-scheduled"],
    ...["--port", String(port), "--ip", "localhost", "--inspector-port", "0"],
    ...["--persist-to", state.database, "--env-file", state.secretsFile],
    ...["--var", `PUBLIC_URL:http://localhost:${port}`],
    ...["--log-level", "warn", "--show-interactive-dev-session=false"],
  ]);
  if (child.stdout) printOutput(createInterface({ input: child.stdout }), process.stdout);
  if (child.stderr) printOutput(createInterface({ input: child.stderr }), process.stderr);
  const over = new AbortController();
  const exited = new Promise<string>((done) => {
    child.once("exit", (code, signal) => done(code === null ? `by ${signal}` : `exit code ${code}`));
  });
  const ended = Promise.race([exited, runSchedule(port, onReady, over.signal)]).finally(() => over.abort());
  return { ended, stop: () => stopWorker(child, over) };
}

async function stopWorker(child: ChildProcess, over: AbortController): Promise<void> {
  over.abort();
  await stopProcessGroup(child);
}

/**
 * Calls the scheduled handler every few seconds, as a cron trigger does on a deployment.
 * @returns the reason why the calls ended: the Worker did not answer, or the run was aborted
 */
async function runSchedule(port: number, onReady: () => void, over: AbortSignal): Promise<string> {
  const address = `http://localhost:${port}`;
  let lastAnswerAt = performance.now();
  let isReady = false;
  while (!over.aborted) {
    const answer = await fetchStatus(`${address}/${isReady ? "__scheduled?cron=*+*+*+*+*" : "health"}`, over);
    if (typeof answer === "number") lastAnswerAt = performance.now();
    const patienceMs = isReady ? (answer === "refused" ? maxRefusedMs : maxSilenceMs) : maxStartMs;
    if (performance.now() - lastAnswerAt > patienceMs) return "it did not answer";
    if (isReady && typeof answer === "number" && answer !== 200) {
      console.error(`The scheduled run failed (HTTP ${answer}).`);
    }
    if (!isReady && answer === 200) {
      isReady = true;
      onReady();
    } else {
      await setTimeout(isReady ? tickMs : 100, undefined, { signal: over }).catch(() => undefined);
    }
  }
  return "it was ended";
}

/**
 * Returns the HTTP status. Returns `refused` if nothing listens on the port, and `silent` if no
 * answer comes, for example while wrangler reloads an edited source.
 */
async function fetchStatus(url: string, over: AbortSignal): Promise<number | "refused" | "silent"> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([over, AbortSignal.timeout(30_000)]) });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return isRefusal(error) ? "refused" : "silent";
  }
}

function isRefusal(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
