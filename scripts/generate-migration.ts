import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Generates a migration and adds STRICT and WITHOUT ROWID, which drizzle-kit can't write. STRICT
 * refuses a value of the wrong type. If the primary key is not one integer, WITHOUT ROWID saves one
 * written row per insert. Older migrations are not changed.
 */
const folder = "migrations";
const sqlFiles = () => readdirSync(folder).filter((name) => name.endsWith(".sql"));

const before = new Set(sqlFiles());
execFileSync("npx", ["drizzle-kit", "generate", ...process.argv.slice(2)], { stdio: "inherit" });

for (const name of sqlFiles().filter((file) => !before.has(file))) {
  const path = join(folder, name);
  writeFileSync(path, readFileSync(path, "utf8").replace(/CREATE TABLE [^;]*?\n\);/g, addTableOptions));
  console.log(`${path}: STRICT and WITHOUT ROWID added`);
}

function addTableOptions(statement: string): string {
  const hasRowid = /integer PRIMARY KEY/.test(statement);
  return statement.replace(/\n\);$/, hasRowid ? "\n) STRICT;" : "\n) STRICT, WITHOUT ROWID;");
}
