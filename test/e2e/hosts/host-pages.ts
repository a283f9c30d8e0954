import { join } from "node:path";
import type { Page } from "@playwright/test";
import { build } from "vite";

/** A page that embeds the tab. `script` is the name of its script's file, without its ending. */
export type HostPage = {
  name: string;
  script: string;
  /** The page's Content-Security-Policy. */
  policy?: string;
  /** The attributes of the page's `html` element. */
  attributes?: string;
  css?: string;
};

/** The page's policy allows only the sources that README.md asks a host to allow. */
const strictPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'";
const trustedTypes = `${strictPolicy}; require-trusted-types-for 'script'`;

/** Style rules like the rules of old CRMs, which match every element of the page. */
const hostileCss = `
  * { all: unset !important; font-size: 22px !important; color: red !important }
  html { font-size: 40px }
  body { letter-spacing: 4px; text-transform: uppercase; line-height: 3; white-space: pre; user-select: none }
  head, script, style, link, title { display: none !important }
`;

export const hostPages: readonly HostPage[] = [
  { name: "plain", script: "plain" },
  { name: "strict policy", script: "plain", policy: strictPolicy },
  {
    name: "nonce and strict-dynamic",
    script: "plain",
    policy: "default-src 'none'; script-src 'nonce-n0' 'strict-dynamic'; connect-src 'self'; img-src 'self'",
  },
  { name: "Trusted Types", script: "plain", policy: `${trustedTypes}; trusted-types doorknock` },
  { name: "hostile CSS", script: "plain", css: hostileCss },
  { name: "right to left", script: "plain", attributes: 'dir="rtl"' },
  { name: "React, every 30 ms", script: "react" },
  { name: "Radix sheet", script: "radix" },
  { name: "focus trap", script: "focus-trap" },
  { name: "shortcuts", script: "plain", attributes: "data-shortcuts" },
];

/**
 * Pages that join the traits of `hostPages`. Four pages have every trait but the nonce, so `npm
 * test` opens these, and `npm run test:deep` opens each page of `hostPages` alone.
 */
export const joinedHostPages: readonly HostPage[] = [
  {
    name: "Trusted Types, right to left, shortcuts",
    script: "plain",
    policy: `${trustedTypes}; trusted-types doorknock`,
    attributes: 'dir="rtl" data-shortcuts',
  },
  { name: "React, every 30 ms, hostile CSS", script: "react", css: hostileCss },
  { name: "Radix sheet", script: "radix" },
  { name: "focus trap", script: "focus-trap" },
];

/** The scripts of the host pages by their paths, such as `/host/plain.js`. */
export type HostScripts = ReadonlyMap<string, string>;

const editorHostFiles = ["plain.js", "focus-trap.js", "react.jsx", "radix.jsx"];

/**
 * Bundles the scripts of host pages. `files` are their paths in this folder. React is in its
 * development mode, in which React reports more errors.
 */
export async function buildHostScripts(files: readonly string[] = editorHostFiles): Promise<HostScripts> {
  const folder = import.meta.dirname;
  const built = await build({
    configFile: false,
    root: folder,
    logLevel: "error",
    mode: "development",
    define: { "process.env.NODE_ENV": JSON.stringify("development") },
    esbuild: { jsx: "automatic", jsxImportSource: "react" },
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      rollupOptions: {
        input: files.map((file) => join(folder, file)),
        output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  });
  if (!Array.isArray(built) && !("output" in built)) throw new Error("vite did not build");
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : built.output;
  return new Map(
    outputs.flatMap((one) => (one.type === "chunk" ? [[`/host/${one.fileName}`, one.code]] : [])),
  );
}

const buildHtml = ({ script, attributes = "", css = "" }: HostPage, records: unknown) => `<!doctype html>
<html lang="en" ${attributes}>
<meta charset="utf-8">
<title>A host</title>
<link rel="icon" href="/favicon.svg">
${css && `<style>${css}</style>`}
<body>
<script id="host" type="application/json">${JSON.stringify(records).replaceAll("<", "\\u003c")}</script>
<script nonce="n0" src="/v1/loader.js" async></script>
<script nonce="n0" type="module" src="/host/${script}.js"></script>`;

/** Serves the host page, and opens it. `records` is the property and its contacts. */
export async function openHostPage(
  page: Page,
  host: HostPage,
  scripts: HostScripts,
  records: unknown,
): Promise<void> {
  await page.route("/host/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    const body = scripts.get(pathname);
    if (body === undefined) await route.fulfill({ status: 404 });
    else await route.fulfill({ contentType: "text/javascript", body });
  });
  await page.route("/host", (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: host.policy === undefined ? {} : { "content-security-policy": host.policy },
      body: buildHtml(host, records),
    }),
  );
  await page.goto("/host");
  await page.waitForFunction(() => "host" in window);
}

/** Opens or closes the host's drawer. */
export const openOrCloseDrawer = (page: Page, act: "open" | "close") =>
  page.evaluate((called) => {
    const { host } = window as unknown as { host: Record<"open" | "close", () => void> };
    host[called]();
  }, act);
