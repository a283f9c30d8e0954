import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  findArchitectureFaults,
  findGateFaults,
  findImportCircles,
  findStopWriteFaults,
} from "./support/node/architecture.ts";
import { parseSourceFile, type SourceFileFacts } from "./support/node/source-file.ts";

const root = resolve(import.meta.dirname, "..");

const paths = ["shared", "worker", "plugin", "client", "demo"]
  .flatMap((room) => readdirSync(join(root, room), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /(?<!\.d)\.(ts|tsx|js)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
  // Leaves out folders that tools create beside the sources, such as wrangler's .wrangler/.
  .filter((path) => !path.split("/").some((part) => part.startsWith(".")));

const faultsIn = (file: SourceFileFacts, source: string) => [
  ...findArchitectureFaults(file),
  ...findStopWriteFaults(file.path, source),
  ...findGateFaults(file.path, source),
];
const plantedFaults = async (path: string, source: string) =>
  faultsIn(await parseSourceFile(path, source), source);
const plantedCircles = async (sources: Record<string, string>) =>
  findImportCircles(await Promise.all(Object.entries(sources).map((each) => parseSourceFile(...each))));

describe("the source folders", () => {
  let files: { file: SourceFileFacts; source: string }[];

  beforeAll(async () => {
    files = await Promise.all(
      paths.map(async (path) => {
        const source = readFileSync(join(root, path), "utf8");
        return { file: await parseSourceFile(path, source), source };
      }),
    );
  });

  it("import only what the table of rooms allows", () => {
    expect(paths.length).toBeGreaterThan(100);
    expect(files.flatMap(({ file, source }) => faultsIn(file, source))).toEqual([]);
  });

  it("have no import cycle, not even of types", () => {
    expect(findImportCircles(files.map(({ file }) => file))).toEqual([]);
  });
});

describe("the check of the architecture", () => {
  it.each([
    ["worker/domain/a.ts", `import { Hono } from "hono";`],
    ["worker/domain/a.ts", `import type { Context } from 'hono';`],
    ["worker/domain/a.ts", `type Row = import("../db/schema.ts").Row;`],
    ["worker/domain/fresh/a.ts", "export const a = 1;"],
    ["worker/domain/receive/a.ts", "export const a = () => Date.now();"],
    ["worker/domain/receive/a.ts", `import type { Candidate } from "../send/candidate.ts";`],
    ["worker/domain/schedule/a.ts", `import { sendingDomain } from "../send/pacing.ts";`],
    ["worker/domain/schedule/a.ts", `import type { Campaign } from "../campaign.ts";`],
    ["worker/domain/a.ts", `import type { Candidate } from "./send/candidate.ts";`],
    ["worker/domain/compliance/a.ts", `import type { Candidate } from "../send/candidate.ts";`],
    ["worker/domain/send/a.ts", `import { lintTemplate } from "../template/lint.ts";`],
    ["worker/db/a.ts", `import { decide } from "../domain/eligibility.ts";`],
    ["worker/db/a.ts", `import {\n  type A,\n  send,\n} from "../send/sender.ts";`],
    ["worker/mail/a.ts", `export * from "../db/schema.ts";`],
    ["worker/http/routes/a.ts", `import "./campaigns.ts";`],
    ["worker/http/routes/a.ts", `const late = () => import("./campaigns.ts");`],
    ["worker/send/a.ts", `import { app } from "../http/routes/campaigns.ts";`],
    ["worker/receive/a.ts", `import { send } from "../send/sender.ts";`],
    ["worker/accounts/a.ts", `import { ingest } from "../receive/ingest.ts";`],
    ["worker/fresh/a.ts", "export const a = 1;"],
    ["plugin/a.ts", `import { campaignInput } from "../shared/campaign.ts";`],
    ["plugin/a.ts", `import { z } from "zod";`],
    ["plugin/views/sequence/a.ts", `import { EditorView } from "prosemirror-view";`],
    ["plugin/views/add-people/a.ts", `import Papa from "papaparse";`],
    ["plugin/a.ts", `import type { Ctx } from "../worker/context.ts";`],
    ["shared/vocabulary.ts", `import { z } from "zod";`],
    ["shared/limits.ts", `import { z } from "zod";`],
    ["shared/words/a.ts", `import { z } from "zod";`],
    ["shared/words/a.ts", `import type { Campaign } from "../campaign.ts";`],
    ["shared/a.ts", `import "../worker/env.ts";`],
    ["client/a.ts", `import { toContacts } from "../plugin/host/mapping.ts";`],
    ["client/a.ts", `import type { Ctx } from "../worker/context.ts";`],
    ["worker/utils/a.ts", "export const a = 1;"],
    ["worker/mail/helpers.ts", "export const a = 1;"],
    ["worker/mail/a.ts", `export { b } from "./b.ts";\nexport * from "./c.ts";`],
    [
      "worker/db/recipients.ts",
      `export const a = "UPDATE campaign_recipients SET status = 'stopped', lease = NULL";`,
    ],
    [
      "worker/db/claims.ts",
      "export const a = `UPDATE campaign_recipients AS r SET\\n due_at = NULL, stop_reason = j.value->>'reason' FROM json_each(?1) j`;",
    ],
    [
      "worker/db/tasks.ts",
      "export const a = `UPDATE campaign_recipients SET status = CASE WHEN ?1 THEN 'stopped' ELSE status END`;",
    ],
    ["worker/db/claims.ts", `export const a = { status: "stopped", dueAt: null };`],
    ["worker/http/routes/a.ts", "export const a = (scope) => createCampaign(scope);"],
    ["worker/http/a.ts", "export const a = (scope) => savePersonalWording(scope);"],
  ])("finds the planted fault in %s: %s", async (path, source) => {
    expect(await plantedFaults(path, source)).not.toEqual([]);
  });

  it.each([
    "Date.now()",
    "new Date()",
    "Date()",
    "Math.random()",
    "Temporal.Now.instant()",
    "crypto.randomUUID()",
    "globalThis.crypto.subtle",
    "fetch('https://example.com')",
    "async () => 1",
    "setTimeout(() => 1, 1)",
  ])("finds %s in a rule", async (code) => {
    expect(
      await plantedFaults(
        "worker/domain/a.ts",
        `export const a = () => ${code.startsWith("async") ? `(${code})` : code};`,
      ),
    ).not.toEqual([]);
  });

  it.each([
    ["plugin/a.ts", `import type { Campaign } from "../shared/campaign.ts";`],
    ["plugin/a.ts", `import { limits } from "../shared/limits.ts";`],
    ["plugin/a.ts", `import { english } from "../shared/words/reason-texts.ts";`],
    ["shared/words/a.ts", `import { limits } from "../limits.ts";`],
    ["worker/http/routes/a.ts", "export const a = (c) => passGates(c).then(() => createCampaign(c));"],
    ["worker/db/a.ts", `import type { Candidate } from "../domain/eligibility.ts";`],
    ["worker/domain/send/a.ts", `import { judgeListing } from "../compliance/listing-guard.ts";`],
    ["worker/domain/send/a.ts", `import { hasEnded } from "../campaign.ts";`],
    ["worker/domain/send/a.ts", `import { openingFrom } from "../schedule/opening.ts";`],
    ["worker/domain/send/a.ts", `import { engagementSettlingMs } from "../receive/machine.ts";`],
    ["worker/domain/a.ts", "export const later = (at: number) => new Date(at + 1);"],
    ["worker/domain/a.ts", `// import { Hono } from "hono";\nexport const a = 1;`],
    ["worker/db/stops.ts", `export const a = "UPDATE campaign_recipients SET status = 'stopped'";`],
    [
      "worker/db/a.ts",
      `export const a = "UPDATE campaign_recipients SET status = 'paused' WHERE status <> 'stopped'";`,
    ],
  ])("allows in %s: %s", async (path, source) => {
    expect(await plantedFaults(path, source)).toEqual([]);
  });

  it.each<[string, string[], Record<string, string>]>([
    [
      "two files",
      ["worker/send/a.ts → worker/send/b.ts → worker/send/a.ts"],
      {
        "worker/send/a.ts": `import { b } from "./b.ts";\nexport const a = () => b();`,
        "worker/send/b.ts": `import { a } from "./a.ts";\nexport const b = () => a();`,
      },
    ],
    [
      "three files of three rooms",
      ["worker/db/a.ts → shared/b.ts → plugin/c.tsx → worker/db/a.ts"],
      {
        "worker/db/a.ts": `import { b } from "../../shared/b.ts";\nexport const a = () => b();`,
        "shared/b.ts": `export { c as b } from "../plugin/c.tsx";\nexport const own = 1;`,
        "plugin/c.tsx": `export const c = () => import("../worker/db/a.ts");`,
      },
    ],
    [
      "two files that share only types",
      ["shared/a.ts → shared/b.ts → shared/a.ts"],
      {
        "shared/a.ts": `import type { B } from "./b.ts";\nexport type A = { b: B | null };`,
        "shared/b.ts": `export type B = { a: import("./a.ts").A | null };`,
      },
    ],
    [
      "a file and itself",
      ["shared/a.ts → shared/a.ts"],
      { "shared/a.ts": `import type { A } from "./a.ts";\nexport type B = A;` },
    ],
  ])("finds the import cycle of %s", async (_, circles, sources) => {
    expect(await plantedCircles(sources)).toEqual(circles);
  });

  it("finds no cycle in two paths to one file", async () => {
    const sources = {
      "shared/a.ts": `import "./b.ts";\nimport "./c.ts";`,
      "shared/b.ts": `import "./c.ts";`,
      "shared/c.ts": "export const c = 1;",
    };
    expect(await plantedCircles(sources)).toEqual([]);
  });

  it("refuses an import that it can't read", async () => {
    await expect(
      parseSourceFile("worker/mail/a.ts", "const name = './a.ts'; await import(name);"),
    ).rejects.toThrow("computed");
  });
});
