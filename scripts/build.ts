import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type InlineConfig, type Rollup } from "vite";
import { ExitError, projectRoot, runTool } from "./process.ts";

const demo = join(projectRoot, "demo");

/** The plugin as it is deployed: dist/plugin. */
export async function buildPlugin(): Promise<void> {
  const { code, output } = await runTool("vite", [
    "build",
    "--config",
    "plugin/vite.config.ts",
    "--logLevel",
    "warn",
  ]);
  if (code !== 0) throw new ExitError(`The plugin could not be built:\n${output}`);
}

/** Builds dist/demo, which the demo's Worker serves: its own pages and the plugin's files. */
export async function buildDemo(): Promise<void> {
  await build(demoConfig);
  addPluginToDemo();
}

/**
 * Builds the plugin and the demo, and again whenever one of their sources changes.
 * Resolves after the first build; the result ends the watching.
 */
export async function watchPages(): Promise<() => Promise<void>> {
  const plugin = await watch({ configFile: join(projectRoot, "plugin", "vite.config.ts"), logLevel: "warn" });
  const pages = await watch(demoConfig);
  return async () => {
    await Promise.all([plugin.close(), pages.close()]);
  };
}

const target = join(projectRoot, "dist", "demo");
const demoConfig: InlineConfig = {
  configFile: false,
  root: demo,
  logLevel: "warn",
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    outDir: target,
    emptyOutDir: true,
    rollupOptions: { input: [join(demo, "index.html"), join(demo, "mailbox.html")] },
  },
};

async function watch(config: InlineConfig): Promise<Rollup.RollupWatcher> {
  const watcher = await build({ ...config, build: { ...config.build, watch: {} } });
  if (!("close" in watcher)) throw new Error("vite did not watch");
  await new Promise<void>((done) => {
    watcher.on("event", (event) => {
      if (event.code === "BUNDLE_END") void event.result.close();
      if (event.code === "ERROR") console.error(`The build failed: ${event.error.message}`);
      if (event.code === "END") addPluginToDemo();
      if (event.code === "END" || event.code === "ERROR") done();
    });
  });
  return watcher;
}

/**
 * Copies the plugin into dist/demo, which each build of the demo empties. Does nothing before both
 * are built.
 */
function addPluginToDemo(): void {
  const plugin = join(projectRoot, "dist", "plugin");
  // Both have headers of their own, and there is one file for them.
  const headers = [join(demo, "public", "_headers"), join(plugin, "_headers")];
  if (!headers.every(existsSync)) return;
  cpSync(plugin, target, { recursive: true });
  writeFileSync(join(target, "_headers"), headers.map((path) => readFileSync(path, "utf8")).join("\n"));
}

export function isBuilt(): boolean {
  return existsSync(join(projectRoot, "dist", "demo", "index.html"));
}
