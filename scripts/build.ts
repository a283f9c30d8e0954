import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { root, runTool, Stop } from "./process.ts";

const demo = join(root, "demo");

/** The plugin as it is deployed: dist/plugin. */
export async function buildPlugin(): Promise<void> {
  const { code, output } = await runTool("vite", [
    "build",
    "--config",
    "plugin/vite.config.ts",
    "--logLevel",
    "warn",
  ]);
  if (code !== 0) throw new Stop(`The plugin could not be built:\n${output}`);
}

/** The demo's own pages with the plugin's files beside them: dist/demo, which the demo's Worker serves. */
export async function buildDemo(): Promise<void> {
  const target = join(root, "dist", "demo");
  await build({
    configFile: false,
    root: demo,
    logLevel: "warn",
    esbuild: { jsx: "automatic", jsxImportSource: "preact" },
    build: {
      outDir: target,
      emptyOutDir: true,
      rollupOptions: { input: [join(demo, "index.html"), join(demo, "mailbox.html")] },
    },
  });
  const plugin = join(root, "dist", "plugin");
  cpSync(plugin, target, { recursive: true });
  // Both have headers of their own, and there is one file for them.
  const headers = [join(demo, "public", "_headers"), join(plugin, "_headers")];
  writeFileSync(join(target, "_headers"), headers.map((path) => readFileSync(path, "utf8")).join("\n"));
}

export function isBuilt(): boolean {
  return existsSync(join(root, "dist", "demo", "index.html"));
}
