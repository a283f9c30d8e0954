import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "vite";
import { buildOpenApiDocument } from "../worker/http/openapi/description.ts";
import { writeOpenApiTypes } from "./openapi-types.ts";
import { projectRoot, runMain, runTool, UserFacingError } from "./process.ts";

const source = join(projectRoot, "client");

/** The package's doors: a path of the package, and the file in client/ that stands behind it. */
const doors = {
  ".": "index",
  "./react": "react",
  "./api": "api",
  "./sign-token": "sign-token",
  "./contract": "contract",
} as const;

/** Bundled into the package: code that has no types in the package's own types. */
const externals = ["zod", "openapi-fetch", "react"];

const formats = { import: "es", require: "cjs" } as const;

/**
 * Builds the npm package of client/ into `target`: as ES modules and as CommonJS, with types for
 * both.
 */
export async function buildClient(target = join(projectRoot, "dist", "client")): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(source, "generated"), { recursive: true });
  writeFileSync(join(source, "generated", "paths.ts"), writeOpenApiTypes(buildOpenApiDocument()));
  await Promise.all([
    buildTypes(join(target, "types")),
    ...Object.values(formats).map((format) => buildCode(target, format)),
  ]);
  spreadTypes(target);
  for (const name of ["README.md"]) cpSync(join(source, name), join(target, name));
  cpSync(join(projectRoot, "NOTICE"), join(target, "NOTICE"));
  writeFileSync(join(target, "package.json"), `${JSON.stringify(buildManifest(), null, 2)}\n`);
}

async function buildCode(target: string, format: "es" | "cjs"): Promise<void> {
  await build({
    configFile: false,
    root: source,
    logLevel: "warn",
    publicDir: false,
    build: {
      target: "es2022",
      minify: false,
      outDir: join(target, format),
      emptyOutDir: false,
      lib: {
        entry: Object.fromEntries(Object.values(doors).map((name) => [name, join(source, `${name}.ts`)])),
        formats: [format],
      },
      rollupOptions: {
        external: externals,
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "parts/[name].js",
          exports: "named",
        },
      },
    },
  });
}

async function buildTypes(target: string): Promise<void> {
  // Only the build has the types of the API, so tsconfig.json leaves api.ts out.
  const project = join(source, "tsconfig.build.json");
  const { code, output } = await runTool("tsc", ["-p", project, "--outDir", target]);
  if (code !== 0) throw new UserFacingError(`The types of client/ have faults:\n${output}`);
}

/**
 * Puts the types that the doors need beside the code of both formats. TypeScript reads a type's
 * format from the nearest package.json.
 */
function spreadTypes(target: string): void {
  const types = join(target, "types");
  const needed = listReachable(Object.values(doors).map((name) => join(types, "client", `${name}.d.ts`)));
  for (const path of readdirSync(types, { recursive: true, encoding: "utf8" })) {
    const file = join(types, path);
    if (!path.endsWith(".d.ts")) continue;
    if (needed.has(file)) writeFileSync(file, readFileSync(file, "utf8").replace(importedFile, "$1.js$2"));
    else rmSync(file);
  }
  for (const [format, type] of [
    ["es", "module"],
    ["cjs", "commonjs"],
  ] as const) {
    cpSync(types, join(target, format, "types"), { recursive: true });
    writeFileSync(join(target, format, "package.json"), `{ "type": "${type}" }\n`);
  }
  rmSync(types, { recursive: true });
}

/** The rest of an import of another file of ours: its name, and what follows `.ts`. */
const importedFile = /((?:from|import\()\s*"\.[^"]*)\.ts("\)?)/g;

function listReachable(entries: readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(
      /(?:from|import\(|import)\s*"(\.[^"]*)"/g,
    ))
      waiting.push(resolve(dirname(file), path.replace(/\.ts$/, ".d.ts")));
  }
  return found;
}

type Manifest = {
  version: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

function buildManifest(): Record<string, unknown> {
  const root = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as Manifest;
  const own = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as Record<string, unknown>;
  const versionOf = (name: string) => `^${root.dependencies[name] ?? root.devDependencies[name]}`;
  return {
    ...own,
    version: root.version,
    exports: {
      ...Object.fromEntries(Object.entries(doors).map(([path, name]) => [path, buildExport(name)])),
      "./package.json": "./package.json",
    },
    dependencies: Object.fromEntries(["openapi-fetch", "zod"].map((name) => [name, versionOf(name)])),
  };
}

const buildExport = (name: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(formats).map(([condition, format]) => [
      condition,
      { types: `./${format}/types/client/${name}.d.ts`, default: `./${format}/${name}.js` },
    ]),
  );

if (process.argv[1] === import.meta.filename) await runMain(buildClient);
