import { createHash } from "node:crypto";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { guideFile, importChunksPlainly, loaderFile, target, transformLoader } from "./vite.config.ts";

const wholeId = "\0doorknock-whole";

/** The only module of a pinned version: what the moving build has in `core` and in `embed`. */
function joinModules(): Plugin {
  const paths = ["embed/element.tsx", "embed/embed.ts"];
  const lines = paths.map(
    (path) => `export * from ${JSON.stringify(fileURLToPath(new URL(path, import.meta.url)))};\n`,
  );
  return {
    name: "doorknock-whole",
    resolveId: (id) => (id === "doorknock-whole" ? wholeId : null),
    load: (id) => (id === wholeId ? lines.join("") : null),
  };
}

const hash = (content: string | Uint8Array) =>
  `sha384-${createHash("sha384").update(content).digest("base64")}`;

/**
 * Adds the loader, which has the hash of the module, and the list of both hashes. Runs last,
 * because Vite still changes the module while it writes the module.
 */
function addPinnedLoader(): Plugin {
  return {
    name: "doorknock-pinned-loader",
    async writeBundle({ dir = "" }) {
      const integrity = hash(await readFile(join(dir, "campaigns.js")));
      const source = await readFile(loaderFile, "utf8");
      const loader = await transformLoader(source, { CORE_PATH: "campaigns.js", CORE_INTEGRITY: integrity });
      const list = { "loader.js": hash(loader), "campaigns.js": integrity };
      await writeFile(join(dir, "loader.js"), loader);
      await writeFile(join(dir, "integrity.json"), `${JSON.stringify(list, null, 2)}\n`);
      await copyFile(guideFile, join(dir, "embedding.txt"));
    },
  };
}

/**
 * Builds the files of a version for hosts that pin the version: a loader, and one module with all
 * views, because a browser checks the hash of a script element but not of an `import()`.
 */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  plugins: [joinModules(), importChunksPlainly(), addPinnedLoader()],
  define: { IS_PINNED: "true" },
  build: {
    target,
    outDir: "../dist/pinned",
    emptyOutDir: true,
    modulePreload: false,
    // All views in one file are meant to be large.
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: { campaigns: "doorknock-whole" },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "[name].js", inlineDynamicImports: true },
    },
  },
});
