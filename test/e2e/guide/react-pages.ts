import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { readSnippet } from "../../support/node/snippets.ts";
import type { GuideFolder } from "./processes.ts";

/** A host page in React: the drawer, or the sheet of Radix, with one property and its owner. */
export type ReactHost = {
  isSheet: boolean;
  id: string;
  record: object;
  owners: readonly { FullName: string; Email: string }[];
};

/** Builds the React hosts with Vite from the blocks of the guide and of the README of client/. */
export async function buildReactPages(folder: GuideFolder): Promise<void> {
  folder.write("drawer.tsx", readSnippet("client/README.md", "tsx", "drawer.tsx"));
  folder.write("sheet.tsx", readSnippet("docs/embedding.md", "tsx", "sheet.tsx"));
  const entries = ["react-host.jsx", "react-server.jsx"];
  for (const name of [...entries, "react-page.jsx"])
    copyFileSync(join(import.meta.dirname, name), join(folder.path, name));
  for (const entry of entries) {
    const isServer = entry === "react-server.jsx";
    await build({
      configFile: false,
      root: folder.path,
      logLevel: "error",
      mode: "development",
      define: { "process.env.NODE_ENV": JSON.stringify("development") },
      esbuild: { jsx: "automatic", jsxImportSource: "react" },
      ssr: { noExternal: ["@doorknock/client"] },
      build: {
        outDir: "built",
        emptyOutDir: false,
        minify: false,
        modulePreload: false,
        ssr: isServer,
        rollupOptions: { input: join(folder.path, entry), output: { entryFileNames: "[name].mjs" } },
      },
    });
  }
}

/** Returns the page of a host, rendered by a server or empty until its script runs. */
export function buildReactHtml(folder: GuideFolder, host: ReactHost, isFromServer: boolean): string {
  const json = JSON.stringify(host);
  const rendered = isFromServer ? renderOnServer(folder, json) : "";
  return `<div id="root">${rendered}</div>
<script id="host" type="application/json">${json.replaceAll("<", "\\u003c")}</script>
<script type="module" src="/guide-host.mjs"></script>`;
}

function renderOnServer(folder: GuideFolder, json: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder.path, "built", "react-server.mjs")], {
    env: { ...process.env, HOST: json },
    encoding: "utf8",
  });
  if (stderr !== "") throw new Error(stderr);
  return stdout;
}
