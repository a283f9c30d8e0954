import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, transformWithEsbuild } from "vite";

/** The oldest browsers that the tab supports. docs/embedding.md names them. */
export const target = ["chrome111", "firefox115", "safari16.4"];
/** The loader is also read by browsers of 2020, which it tells that they are too old. */
const loaderTarget = "es2021";
export const loaderFile = fileURLToPath(new URL("embed/loader.ts", import.meta.url));
export const guideFile = fileURLToPath(new URL("../docs/embedding.md", import.meta.url));

/**
 * Returns the loader as a classic script.
 * @param define what the loader knows of the other files, by the names that it declares
 */
export async function transformLoader(source: string, define: Record<string, string>): Promise<string> {
  const settings = { target: loaderTarget, format: "iife", minify: true, treeShaking: true } as const;
  const values = Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)]);
  const { code } = await transformWithEsbuild(source, loaderFile, {
    ...settings,
    sourcemap: false,
    define: Object.fromEntries(values),
  });
  return code;
}

/**
 * The response headers of the plugin's files. Every origin may load the files. Browsers cache the
 * loader only briefly, because its URL never changes. All other files have hashed names, so
 * browsers cache these files for a year.
 */
const headers = `/v1/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  Cache-Control: public, max-age=300, stale-while-revalidate=86400

/a/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  Cache-Control: public, max-age=31536000, immutable
`;

/**
 * Builds the loader as one file, which is a classic script. The loader contains the hashed names of
 * the other files, so the loader is built after those files.
 */
function buildLoader(): Plugin {
  return {
    name: "doorknock-loader",
    // No module imports the loader, so a build in watch mode would not notice a change of the
    // loader.
    buildStart() {
      this.addWatchFile(loaderFile);
    },
    async generateBundle(_, bundle) {
      const source = await this.fs.readFile(loaderFile, { encoding: "utf8" });
      const pathOf = (entry: string) => {
        const chunk = Object.values(bundle).find(
          (one) => one.type === "chunk" && one.isEntry && one.name === entry,
        );
        if (!chunk) this.error(`the build has no ${entry}`);
        return `../${chunk.fileName}`;
      };
      const files = { core: pathOf("core"), embed: pathOf("embed") };
      const code = await transformLoader(source, { CORE_PATH: files.core, CORE_INTEGRITY: "" });
      this.emitFile({ type: "asset", fileName: "v1/loader.js", source: code });
      // An open page imports this file when a file of its own build is gone.
      const names = Object.entries(files).map(
        ([name, path]) => `export const ${name} = ${JSON.stringify(path)};\n`,
      );
      this.emitFile({ type: "asset", fileName: "v1/build.js", source: names.join("") });
      const guide = await this.fs.readFile(guideFile, { encoding: "utf8" });
      // The tab's lines in the console link to this copy of the guide.
      this.emitFile({ type: "asset", fileName: "v1/embedding.txt", source: guide });
      this.emitFile({ type: "asset", fileName: "_headers", source: headers });
    },
  };
}

/**
 * Replaces Vite's loader of lazy chunks by a plain `import()`. Vite's own loader adds links to the
 * page, and reports a failed load by the event `vite:preloadError`. A host that is built with Vite
 * often reloads its page on that event.
 */
export function importChunksPlainly(): Plugin {
  const id = "\0vite/preload-helper.js";
  return {
    name: "doorknock-plain-imports",
    enforce: "pre",
    load: (asked) => (asked === id ? "export const __vitePreload = (load) => load();" : null),
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk" || !file.code.includes("vite:preloadError")) continue;
        this.error(`${file.fileName} has Vite's loader of chunks; its module is no longer ${id}`);
      }
    },
  };
}

/**
 * Matches the files of the letter editor's libraries, and our own files that use these libraries
 * without Preact.
 */
const richTextModules =
  /\/node_modules\/(?:prosemirror-|orderedmap|rope-sequence|w3c-keyname)|\/plugin\/views\/letter\/document\//;

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  plugins: [importChunksPlainly(), buildLoader()],
  define: { IS_PINNED: "false" },
  build: {
    target,
    outDir: "../dist/plugin",
    emptyOutDir: true,
    // Vite would add preload links to the host's page, and the host's CSP could block the links.
    modulePreload: false,
    rollupOptions: {
      input: {
        core: fileURLToPath(new URL("embed/element.tsx", import.meta.url)),
        embed: fileURLToPath(new URL("embed/embed.ts", import.meta.url)),
      },
      preserveEntrySignatures: "allow-extension",
      output: {
        entryFileNames: "a/[hash]/[name].js",
        chunkFileNames: "a/[hash]/[name].js",
        // The libraries of the letter editor are large, so these modules get a file of their own,
        // apart from the editor's fields.
        manualChunks: (id) => (richTextModules.test(id) ? "rich-text" : null),
        onlyExplicitManualChunks: true,
      },
    },
  },
});
