import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findWideComments } from "./comments.ts";
import { projectRoot, runTool } from "./process.ts";

/** What a check found: empty for nothing wrong. */
export type Complaint = string;

/** Checks the projects that the top tsconfig refers to. Only changed projects are read again. */
export async function checkTypes(): Promise<Complaint> {
  const { code, output } = await runTool("tsc", ["-b"]);
  return code === 0 ? "" : output;
}

export async function checkLint(): Promise<Complaint> {
  const { code, output } = await runTool("biome", ["check", "--error-on-warnings"]);
  return code === 0 ? "" : output;
}

/** Complains if drizzle-kit would add a migration, which it tries on a copy of the folder. */
export async function checkMigrations(): Promise<Complaint> {
  const copy = ".wrangler/migrations-check";
  rmSync(join(projectRoot, copy), { recursive: true, force: true });
  cpSync(join(projectRoot, "migrations"), join(projectRoot, copy), { recursive: true });
  const sqlFiles = () => readdirSync(join(projectRoot, copy)).filter((name) => name.endsWith(".sql"));
  const before = new Set(sqlFiles());
  const { code, output } = await runTool("drizzleKit", [
    ...["generate", "--dialect", "sqlite", "--schema", "./worker/db/schema.ts", "--out", `./${copy}`],
  ]);
  if (code !== 0) return output;
  const added = sqlFiles().filter((name) => !before.has(name));
  const statements = added.map((name) => readFileSync(join(projectRoot, copy, name), "utf8"));
  return added.length === 0
    ? ""
    : `The schema needs a migration that is not there:\n${statements.join("\n")}`;
}

export async function checkDeploy(): Promise<Complaint> {
  const target = join(projectRoot, ".wrangler", "dry-run");
  mkdirSync(target, { recursive: true });
  const { code, output } = await runTool("wrangler", ["deploy", "--dry-run", "--outdir", target]);
  return code === 0 ? "" : output;
}

/** Refuses a comment that is wider than 100 columns, in any source file. */
export async function checkCommentWidth(): Promise<Complaint> {
  return listSources()
    .flatMap((path) =>
      findWideComments(readFileSync(join(projectRoot, path), "utf8")).map((found) => `${path}:${found}`),
    )
    .join("\n");
}

const sourceName = /\.(?:ts|tsx|js|mjs)$/;

/** The sources that git tracks or would track, so that nothing installed or built is among them. */
function listSources(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const names = execFileSync("git", args, { cwd: projectRoot, encoding: "utf8" }).split("\n");
  return names.filter((name) => sourceName.test(name) && existsSync(join(projectRoot, name)));
}
