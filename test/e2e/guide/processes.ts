import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { projectRoot } from "../../../scripts/process.ts";

/**
 * A folder in which the guide's programs run as in a host's project: it has the client's package,
 * and is inside node_modules, so that the programs find the packages of others.
 */
export class GuideFolder {
  readonly path = mkdtempSync(join(projectRoot, "node_modules", ".doorknock-guide-"));
  readonly #running: ChildProcess[] = [];

  constructor() {
    const client = join(this.path, "node_modules", "@doorknock", "client");
    mkdirSync(client, { recursive: true });
    for (const name of ["index", "react", "sign-token"])
      symlinkSync(join(projectRoot, "client", `${name}.ts`), join(client, `${name}.ts`));
    const exports = { ".": "./index.ts", "./react": "./react.ts", "./sign-token": "./sign-token.ts" };
    writeFileSync(join(client, "package.json"), JSON.stringify({ type: "module", exports }));
    writeFileSync(join(this.path, "package.json"), JSON.stringify({ type: "module" }));
  }

  write(name: string, code: string): string {
    const path = join(this.path, name);
    writeFileSync(path, code);
    return path;
  }

  /**
   * Starts a program of the guide in Node. `aheadMs` is how far the program's clock is ahead.
   * @returns what the program has printed so far
   */
  start(name: string, env: Readonly<Record<string, string>>, aheadMs = 0): { output: () => string } {
    const clock = `const real = Date.now; Date.now = () => real() + ${aheadMs};`;
    const child = spawn(
      process.execPath,
      [
        "--import",
        "tsx",
        "--import",
        `data:text/javascript,${encodeURIComponent(clock)}`,
        join(this.path, name),
      ],
      {
        cwd: projectRoot,
        env: { ...process.env, ...env, FORCE_COLOR: "0" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.#running.push(child);
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        printed += chunk;
      });
    return { output: () => printed };
  }

  async close(): Promise<void> {
    for (const child of this.#running) {
      if (child.exitCode === null && child.kill()) await once(child, "exit");
    }
    rmSync(this.path, { recursive: true });
  }
}

/** Resolves once a server answers, with whatever status. */
export async function waitForServer(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await setTimeout(100);
  }
  throw new Error(`${url} does not answer.`);
}
