import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type InlineConfig, type Rollup } from "vite";
import { projectRoot, runTool, UserFacingError } from "./process.ts";

const demo = join(projectRoot, "demo");

/** Builds the plugin into dist/plugin. */
export const buildPlugin = async (): Promise<void> => await runVite("plugin/vite.config.ts");

/** Builds the files for hosts that pin this version into dist/pinned. */
export const buildPinned = async (): Promise<void> => await runVite("plugin/vite.pinned.config.ts");

async function runVite(config: string): Promise<void> {
  const { code, output } = await runTool("vite", ["build", "--config", config, "--logLevel", "warn"]);
  if (code !== 0) throw new UserFacingError(`The plugin could not be built:\n${output}`);
}

/**
 * Builds the demo's pages into dist/demo and adds the plugin's files. The demo's Worker serves
 * dist/demo.
 */
export async function buildDemo(): Promise<void> {
  await build(demoConfig);
  addPluginToDemo();
}

/**
 * Builds the plugin and the demo, and builds both again after each change of a source file.
 * Resolves after the first build.
 * @returns a function that ends the watching
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
 * Copies the plugin into dist/demo. Runs after each build of the demo, because that build empties
 * dist/demo. Does nothing until the plugin is built.
 */
function addPluginToDemo(): void {
  const plugin = join(projectRoot, "dist", "plugin");
  // A folder can have only one `_headers` file, so the plugin's headers are appended to the demo's.
  const headers = [join(demo, "public", "_headers"), join(plugin, "_headers")];
  if (!headers.every(existsSync)) return;
  cpSync(plugin, target, { recursive: true });
  writeFileSync(join(target, "_headers"), headers.map((path) => readFileSync(path, "utf8")).join("\n"));
}

export function isDemoBuilt(): boolean {
  return existsSync(join(projectRoot, "dist", "demo", "index.html"));
}
