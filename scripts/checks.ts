import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, runTool } from "./process.ts";

/** What a check found: empty for nothing wrong. */
export type Complaint = string;

/** Every tsconfig that has files of its own; the one at the top only holds what they share. */
export async function typecheck(): Promise<Complaint> {
  const complaints: Complaint[] = [];
  for (const project of [
    "shared",
    "worker",
    "plugin",
    "demo",
    "demo/worker",
    "scripts",
    "test",
    "test/worker",
  ]) {
    if (!existsSync(join(root, project, "tsconfig.json"))) continue;
    const { code, output } = await runTool("tsc", ["--project", project]);
    if (code !== 0) complaints.push(`${project}:\n${output}`);
  }
  return complaints.join("\n");
}

export async function lint(): Promise<Complaint> {
  const { code, output } = await runTool("biome", ["check", "--error-on-warnings"]);
  return code === 0 ? "" : output;
}

/** What drizzle-kit would add to a copy of the migrations: nothing, if they are what the schema says. */
export async function migrationsMatchSchema(): Promise<Complaint> {
  const copy = ".wrangler/migrations-check";
  rmSync(join(root, copy), { recursive: true, force: true });
  cpSync(join(root, "migrations"), join(root, copy), { recursive: true });
  const sqlFiles = () => readdirSync(join(root, copy)).filter((name) => name.endsWith(".sql"));
  const before = new Set(sqlFiles());
  const { code, output } = await runTool("drizzleKit", [
    ...["generate", "--dialect", "sqlite", "--schema", "./worker/db/schema.ts", "--out", `./${copy}`],
  ]);
  if (code !== 0) return output;
  const added = sqlFiles().filter((name) => !before.has(name));
  const statements = added.map((name) => readFileSync(join(root, copy, name), "utf8"));
  return added.length === 0
    ? ""
    : `The schema needs a migration that is not there:\n${statements.join("\n")}`;
}

export async function deployDryRun(): Promise<Complaint> {
  const target = join(root, ".wrangler", "dry-run");
  mkdirSync(target, { recursive: true });
  const { code, output } = await runTool("wrangler", ["deploy", "--dry-run", "--outdir", target]);
  return code === 0 ? "" : output;
}
