import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addKeptBuilds, keepBuild, listServedReleases } from "../../scripts/kept-builds.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2026, 0, 1);
let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "doorknock-builds-"));
  mkdirSync(join(root, "builds"));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Makes a build as the tools make it, keeps it, and adds the kept builds, as a deploy does. */
function release(version: string, day: number, code = version): readonly string[] {
  rmSync(join(root, "plugin"), { recursive: true, force: true });
  write("plugin/v1/loader.js", `moving ${version}`);
  write(`plugin/a/hash-${version}/core.js`, code);
  write("plugin/_headers", "/v1/*\n  Cache-Control: public, max-age=300\n");
  write("pinned/loader.js", code);
  const now = start + day * dayMs;
  const folders = { plugin: join(root, "plugin"), pinned: join(root, "pinned") };
  keepBuild(join(root, "builds"), { ...folders, version, now });
  return addKeptBuilds(join(root, "builds"), folders.plugin, now).map((one) => one.version);
}

test("a deploy serves the pinned files and the hashed files of earlier versions beside its own", () => {
  release("0.1.0", 0);
  expect(release("0.2.0", 10)).toEqual(["0.2.0", "0.1.0"]);
  expect(readdirSync(join(root, "plugin")).toSorted()).toEqual(["_headers", "a", "v0.1.0", "v0.2.0", "v1"]);
  expect(read("plugin/v0.1.0/loader.js")).toBe("0.1.0");
  expect(read("plugin/a/hash-0.1.0/core.js")).toBe("0.1.0");
  expect(read("plugin/v1/loader.js")).toBe("moving 0.2.0");
});

test("a version is served for a year after a newer one replaced it, and the newest for ever", () => {
  release("0.1.0", 0);
  release("0.2.0", 300);
  expect(release("0.2.0", 300 + 364)).toEqual(["0.2.0", "0.1.0"]);
  expect(release("0.2.0", 300 + 366)).toEqual(["0.2.0"]);
  const [newest] = listServedReleases([{ version: "0.2.0", releasedAt: "2020-01-01T00:00:00Z" }], start);
  expect(newest?.version).toBe("0.2.0");
});

test("a version never changes: another build under the same version is refused", () => {
  release("0.1.0", 0);
  release("0.1.0", 1);
  expect(() => release("0.1.0", 2, "changed")).toThrow("npm version patch");
  expect(read("builds/0.1.0/v0.1.0/loader.js")).toBe("0.1.0");
});

test("files of versions are cached for ever, and the moving loader keeps its own rule", () => {
  release("0.1.0", 0);
  release("1.0.0", 1);
  const headers = read("plugin/_headers");
  expect(headers.match(/^\/\S+/gm)).toEqual(["/v1/*", "/v1.*", "/v0.*"]);
  expect(headers.match(/immutable/g)).toHaveLength(2);
});
