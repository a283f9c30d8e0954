import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot, runTool, UserFacingError } from "./process.ts";

/** The table in which `wrangler d1 migrations apply` records the migrations that were applied. */
const recordTable = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
);`;

/**
 * Applies the migrations to the demo's database in `folder`. A new database gets all migrations by
 * one command, in one transaction. `wrangler d1 migrations apply` takes about a second for each
 * migration, so the command is used only for a database that exists already.
 * @throws UserFacingError if a migration fails
 */
export async function applyLocalMigrations(folder: string): Promise<void> {
  const place = ["--local", "--config", "demo/wrangler.toml", "--persist-to", folder];
  if (existsSync(folder) && readdirSync(folder).some((name) => name === "v3")) {
    await runOrThrow(["d1", "migrations", "apply", "DB", ...place]);
    return;
  }
  const temporary = mkdtempSync(join(tmpdir(), "doorknock-"));
  try {
    const file = join(temporary, "migrations.sql");
    writeFileSync(file, joinMigrations());
    await runOrThrow(["d1", "execute", "DB", "--yes", "--file", file, ...place]);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Returns the SQL of all migrations. After each migration, a statement records the migration as
 * applied.
 */
function joinMigrations(): string {
  const folder = join(projectRoot, "migrations");
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const parts = names
    .sort()
    .map(
      (name) =>
        `${readFileSync(join(folder, name), "utf8")}\nINSERT INTO d1_migrations (name) VALUES ('${name}');`,
    );
  return [recordTable, ...parts].join("\n");
}

async function runOrThrow(args: readonly string[]): Promise<void> {
  const { code, output } = await runTool("wrangler", args, { cwd: projectRoot });
  if (code !== 0) throw new UserFacingError(`The migrations could not be applied:\n${output}`);
}
