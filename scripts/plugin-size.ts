import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { parseAst } from "vite";
import type { CheckFaultText } from "./checks.ts";
import { projectRoot } from "./process.ts";

const folder = join(projectRoot, "dist", "plugin");
const kilobyte = 1024;

/** The budgets, in bytes, of files that are not ordinary views. */
const budgets: Readonly<Record<string, number>> = {
  "loader.js": kilobyte,
  "rich-text.js": 80 * kilobyte,
};

export type PluginFileSize = { name: string; bytes: number; budget: number };

/**
 * Returns the gzipped sizes of the loader, of the core with its static imports, and of each lazy
 * view.
 */
export function measurePluginFiles(): PluginFileSize[] {
  const names = readdirSync(folder, { encoding: "utf8", recursive: true });
  const files = names.filter((name) => name.endsWith(".js")).map((name) => join(folder, name));
  const core = files.find((path) => basename(path) === "core.js");
  if (core === undefined) throw new Error("dist/plugin has no core.js");
  const upFront = listStaticImports(core);
  return [
    { name: "core", bytes: sumSizes([...upFront].map(getGzippedSize)), budget: 30 * kilobyte },
    ...files
      .filter((path) => !upFront.has(path))
      .map((path) => ({
        name: relative(folder, path),
        bytes: getGzippedSize(path),
        budget: budgets[basename(path)] ?? 15 * kilobyte,
      })),
  ];
}

export async function checkPluginSize(): Promise<CheckFaultText> {
  return measurePluginFiles()
    .filter(({ bytes, budget }) => bytes > budget)
    .map(({ name, bytes, budget }) => `${name} is ${bytes} bytes gzipped; its budget is ${budget}.`)
    .join("\n");
}

function listStaticImports(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const statement of parseAst(readFileSync(path, "utf8")).body) {
    const source = "source" in statement ? statement.source : null;
    if (source) listStaticImports(join(dirname(path), String(source.value)), seen);
  }
  return seen;
}

function getGzippedSize(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length;
}

function sumSizes(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
