// Plain JavaScript without static imports of packages: install.mjs puts the packages in place first.
import "./install.mjs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/*
 * Runs a TypeScript script of this folder: `node scripts/run.mjs start --no-build`. The script runs in this very
 * process, so that a signal which npm passes on reaches it and not a shell or a loader in between.
 */
const [name = "", ...args] = process.argv.slice(2);
const path = join(import.meta.dirname, `${name}.ts`);
process.argv = [process.argv[0] ?? process.execPath, path, ...args];
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(path).href);
