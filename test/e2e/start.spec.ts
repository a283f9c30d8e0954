import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../../scripts/port.ts";
import { projectRoot } from "../../scripts/process.ts";
import { minute } from "../support/time.ts";

/**
 * Runs `npm start` without installing and building, because the browser tests have already done
 * both. Returns the process, and a function that returns the process's output.
 */
function startDemo(port: number, state: string) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts", "--no-build"], {
    cwd: projectRoot,
    env: { ...process.env, PORT: String(port), DEMO_STATE: state },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  return { child, output: () => output };
}

const temporaryState = () => mkdtempSync(join(tmpdir(), "doorknock-start-"));

async function codeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

test("npm start names a port that is in use, and how to choose another", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { child, output } = startDemo(port, temporaryState());
  expect(await codeOf(child)).toBe(1);
  expect(output()).toContain(`Port ${port} is used by another program`);
  expect(output()).toContain(`PORT=${port + 1} npm start`);
  other.close();
});

test("npm start refuses a PORT that is not a port", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
    cwd: projectRoot,
    env: { ...process.env, PORT: "http" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (output += text));
  expect(await codeOf(child)).toBe(1);
  expect(output.trim()).toBe('PORT must be a number from 1 to 65535, not "http".');
});

test("Ctrl-C ends all processes, and the next start continues with the same data", async ({ request }) => {
  test.setTimeout(5 * minute);
  const [port, state] = [await findFreePort(), temporaryState()];
  const clock = `http://localhost:${port}/demo/clock`;
  const now = async () => Date.parse(((await (await request.get(clock)).json()) as { now: string }).now);

  const first = startDemo(port, state);
  await expect.poll(first.output, { timeout: 2 * minute }).toContain("is ready");
  const before = await now();
  expect((await request.post(clock, { data: { advance: "40d" } })).status()).toBe(200);

  const second = startDemo(await findFreePort(), state);
  expect(await codeOf(second.child)).toBe(1);
  expect(second.output()).toContain(`already running at http://localhost:${port}/`);

  first.child.kill("SIGINT");
  expect(await codeOf(first.child)).toBe(0);
  // A process of the demo that was still running would answer here.
  await expect(request.get(clock)).rejects.toThrow("ECONNREFUSED");

  const again = startDemo(port, state);
  await expect.poll(again.output, { timeout: 2 * minute }).toContain("is ready");
  expect(await now()).toBeGreaterThan(before + 39 * 86_400_000);
  again.child.kill("SIGTERM");
  expect(await codeOf(again.child)).toBe(0);
});
