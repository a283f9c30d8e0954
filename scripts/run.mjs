// This script is plain JavaScript. The script imports no package statically, because the import of
// install.mjs installs the packages first.
import "./install.mjs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/*
 * Runs a TypeScript script of this folder, as in `node scripts/run.mjs start --no-build`. The
 * script runs in this process, so that signals reach the script directly.
 */
const [name = "", ...args] = process.argv.slice(2);
const path = join(import.meta.dirname, `${name}.ts`);
process.argv = [process.argv[0] ?? process.execPath, path, ...args];
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(path).href);
