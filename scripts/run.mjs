// Plain JavaScript without static imports of packages: install.mjs installs them first.
import "./install.mjs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/*
 * Runs a TypeScript script of this folder: `node scripts/run.mjs start --no-build`. It runs in this
 * process, so that no loader stands between the script and the signals it is sent.
 */
const [name = "", ...args] = process.argv.slice(2);
const path = join(import.meta.dirname, `${name}.ts`);
process.argv = [process.argv[0] ?? process.execPath, path, ...args];
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(path).href);
