import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findWideComments } from "./comments.ts";
import { projectRoot, runTool } from "./process.ts";

/** The longest time of one check. A check takes less than a minute, even on a busy machine. */
const limit = { timeoutMs: 600_000 };

/** The text about the faults that a check has found, or an empty text. */
export type CheckFaultText = string;

/**
 * Returns the type errors of the projects that tsconfig.json refers to. `tsc` skips unchanged
 * projects.
 */
export async function checkTypes(): Promise<CheckFaultText> {
  const { code, output } = await runTool("tsc", ["-b"], limit);
  return code === 0 ? "" : output;
}

export async function checkLint(): Promise<CheckFaultText> {
  const { code, output } = await runTool("biome", ["check", "--error-on-warnings"], limit);
  return code === 0 ? "" : output;
}

/**
 * Returns a text about the fault if the database schema has changed without a new migration. The
 * check with drizzle-kit runs on a copy of migrations/, so that migrations/ does not change.
 */
export async function checkMigrations(): Promise<CheckFaultText> {
  const copy = ".wrangler/migrations-check";
  rmSync(join(projectRoot, copy), { recursive: true, force: true });
  cpSync(join(projectRoot, "migrations"), join(projectRoot, copy), { recursive: true });
  const sqlFiles = () => readdirSync(join(projectRoot, copy)).filter((name) => name.endsWith(".sql"));
  const before = new Set(sqlFiles());
  const { code, output } = await runTool(
    "drizzleKit",
    ["generate", "--dialect", "sqlite", "--schema", "./worker/db/schema", "--out", `./${copy}`],
    limit,
  );
  if (code !== 0) return output;
  const added = sqlFiles().filter((name) => !before.has(name));
  const statements = added.map((name) => readFileSync(join(projectRoot, copy, name), "utf8"));
  return added.length === 0
    ? ""
    : `The schema needs a migration that is not there:\n${statements.join("\n")}`;
}

export async function checkDeploy(): Promise<CheckFaultText> {
  const target = join(projectRoot, ".wrangler", "dry-run");
  mkdirSync(target, { recursive: true });
  const { code, output } = await runTool("wrangler", ["deploy", "--dry-run", "--outdir", target], limit);
  return code === 0 ? "" : output;
}

/** Returns every source line that contains a comment and is wider than 100 columns. */
export async function checkCommentWidth(): Promise<CheckFaultText> {
  return listSources()
    .flatMap((path) =>
      findWideComments(readFileSync(join(projectRoot, path), "utf8")).map((found) => `${path}:${found}`),
    )
    .join("\n");
}

const sourceName = /\.(?:ts|tsx|js|mjs)$/;

/**
 * Returns the paths of the source files. Files that git ignores are left out, so no installed or
 * built file is listed.
 */
function listSources(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const names = execFileSync("git", args, { cwd: projectRoot, encoding: "utf8" }).split("\n");
  return names.filter((name) => sourceName.test(name) && existsSync(join(projectRoot, name)));
}
