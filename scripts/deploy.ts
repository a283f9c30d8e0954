import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildPinned, buildPlugin } from "./build.ts";
import { addKeptBuilds, keepBuild } from "./kept-builds.ts";
import { projectRoot, runMain, runTool, type Tool, UserFacingError } from "./process.ts";

/**
 * Builds and deploys the Worker with the files of every version that is still served. The builds
 * are kept in a repository of their own, because a deploy replaces all files of the deploy before.
 */
async function deploy(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const builds = findBuilds();
  const now = Date.now();
  await buildPlugin();
  await buildPinned();
  const plugin = join(projectRoot, "dist", "plugin");
  keepBuild(builds, { plugin, pinned: join(projectRoot, "dist", "pinned"), version, now });
  storeBuilds(builds, version);
  const served = addKeptBuilds(builds, plugin, now);
  console.log(`Serves ${served.map((release) => `/v${release.version}/`).join(", ")}`);
  await runOrFail("wrangler", ["d1", "migrations", "apply", "DB", "--remote"]);
  await runOrFail("wrangler", ["deploy"]);
}

function findBuilds(): string {
  const builds = resolve(projectRoot, process.env.BUILDS ?? "../doorknock-builds");
  if (existsSync(join(builds, ".git"))) return builds;
  throw new UserFacingError(
    `${builds} is no git repository. Clone the repository of builds there, or name its folder in BUILDS.`,
  );
}

/** Commits and pushes the builds before the deploy, so that no served version can be lost. */
function storeBuilds(builds: string, version: string): void {
  const git = (...args: string[]) => execFileSync("git", ["-C", builds, ...args], { encoding: "utf8" });
  git("add", "--all");
  if (git("status", "--porcelain") !== "")
    git("commit", "--quiet", "--message", `Build of version ${version}`);
  if (git("remote") !== "") git("push", "--quiet");
}

async function runOrFail(tool: Tool, args: readonly string[]): Promise<void> {
  const { code } = await runTool(tool, args, { onOutput: (chunk) => process.stdout.write(chunk) });
  if (code !== 0) throw new UserFacingError(`${tool} ${args.join(" ")} failed.`);
}

await runMain(deploy);
