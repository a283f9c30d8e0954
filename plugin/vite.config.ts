import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, transformWithEsbuild } from "vite";

const target = "es2022";

/** Who may load these, and how long they are kept: the loader's address never changes, everything else's does. */
const headers = `/v1/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  Cache-Control: public, max-age=300, stale-while-revalidate=86400

/a/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  Cache-Control: public, max-age=31536000, immutable
`;

/** The loader is a classic script that knows the hashed names, so it is made last, from its one file. */
function loader(): Plugin {
  const file = fileURLToPath(new URL("embed/loader.ts", import.meta.url));
  return {
    name: "doorknock-loader",
    // No module imports it, so a watching build would not notice a change.
    buildStart() {
      this.addWatchFile(file);
    },
    async generateBundle(_, bundle) {
      const source = await this.fs.readFile(file, { encoding: "utf8" });
      const pathOf = (entry: string) => {
        const chunk = Object.values(bundle).find(
          (one) => one.type === "chunk" && one.isEntry && one.name === entry,
        );
        if (!chunk) this.error(`the build has no ${entry}`);
        return JSON.stringify(`../${chunk.fileName}`);
      };
      const { code } = await transformWithEsbuild(source, file, {
        target,
        format: "iife",
        minify: true,
        sourcemap: false,
        define: { CORE_PATH: pathOf("core"), EMBED_PATH: pathOf("embed") },
      });
      this.emitFile({ type: "asset", fileName: "v1/loader.js", source: code });
      this.emitFile({ type: "asset", fileName: "_headers", source: headers });
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  plugins: [loader()],
  build: {
    target,
    outDir: "../dist/plugin",
    emptyOutDir: true,
    // No preload links: they would be the host page's, under the host's policy.
    modulePreload: false,
    rollupOptions: {
      input: {
        core: fileURLToPath(new URL("embed/element.tsx", import.meta.url)),
        embed: fileURLToPath(new URL("embed/embed.ts", import.meta.url)),
      },
      preserveEntrySignatures: "allow-extension",
      output: { entryFileNames: "a/[hash]/[name].js", chunkFileNames: "a/[hash]/[name].js" },
    },
  },
});
