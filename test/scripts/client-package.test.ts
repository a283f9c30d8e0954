import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildClient } from "../../scripts/build-client.ts";
import { isDeep } from "../support/node/depth.ts";
import { readSnippet, readSnippets } from "../support/node/snippets.ts";

const root = resolve(import.meta.dirname, "../..");
// The folder is inside node_modules, so that the host finds the packages that the client needs.
const folder = mkdtempSync(join(root, "node_modules", ".doorknock-client-"));
const installed = join(folder, "node_modules", "@doorknock", "client");

const run = (command: string, args: readonly string[], cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}`, stdout };
};

/** Type checks the files as a host with the strictest settings, libraries included. */
function compileHost(files: Readonly<Record<string, string>>): string {
  const host = mkdtempSync(join(folder, "host-"));
  for (const [name, code] of Object.entries(files)) writeFileSync(join(host, name), code);
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    module: "NodeNext",
    jsx: "react-jsx",
    types: [],
    strict: true,
    skipLibCheck: false,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  writeFileSync(join(host, "tsconfig.json"), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
  return run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", host]).output;
}

const examples: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    readSnippets("client/README.md").flatMap(({ name, code }) => (name === null ? [] : [[name, code]])),
  ),
  "sheet.tsx": readSnippet("docs/embedding.md", "tsx", "sheet.tsx"),
};

const faulty = `import { initDoorknock } from "@doorknock/client";
import { DoorknockCampaigns } from "@doorknock/client/react";
import { createDoorknockApi } from "@doorknock/client/api";
import { CampaignBuilder } from "@doorknock/client/contract";
import { signToken } from "@doorknock/client/sign-token";
// @ts-expect-error a token is a text
initDoorknock({ getToken: () => 7 });
// @ts-expect-error no such theme
export const tab = <DoorknockCampaigns propertyId="p_1" theme="blue" />;
// @ts-expect-error the element has no such attribute
export const element = <doorknock-campaigns property={{}} />;
// @ts-expect-error no such event
document.createElement("doorknock-campaigns").addEventListener("dk:answered", ({ detail }) => detail);
// @ts-expect-error no such type of campaign
new CampaignBuilder("A", "spam");
// @ts-expect-error no such role
signToken({ algorithm: "HS256", kid: "k", secret: "s" }, { issuer: "i", tenantId: 1, agentId: "a", role: "boss", properties: "*" }).catch(() => null);
const api = createDoorknockApi({ api: "https://a.example", getToken: () => "t" });
// @ts-expect-error no such path
api.GET("/api/campaign").catch(() => null);
// @ts-expect-error no such status
api.GET("/api/campaigns", { params: { query: { status: "sleeping" } } }).catch(() => null);
`;

beforeAll(async () => {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  await buildClient(join(folder, "package"));
  cpSync(join(folder, "package"), installed, { recursive: true });
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("the package of client/", () => {
  test("lets a strict host compile the examples of its README and of the guide, and refuses wrong options, paths and names", () => {
    expect(Object.keys(examples)).toEqual(["page.ts", "drawer.tsx", "server.ts", "sheet.tsx"]);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    expect(compileHost({ ...examples, "faulty.tsx": faulty })).toBe("");
  });

  test.runIf(isDeep)("has the same types for a host in CommonJS", () => {
    writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
    expect(compileHost(examples)).toBe("");
  });

  test("runs in Node as a module and as CommonJS, and needs neither a page nor React", () => {
    const doors = [
      "@doorknock/client",
      ...["api", "sign-token", "contract"].map((one) => `@doorknock/client/${one}`),
    ];
    const names = `m => console.log(Object.keys(m).filter(n => /^[a-z]+(Doorknock|Token)|Builder|Api$/.test(n)).sort().join(" "))`;
    const asModule = `for (const door of ${JSON.stringify(doors)}) await import(door).then(${names});`;
    const asCommonJs = `for (const door of ${JSON.stringify(doors)}) (${names})(require(door));`;
    const expected =
      "initDoorknock loadDoorknock logoutDoorknock\ncreateDoorknockApi\nsignToken\nCampaignBuilder\n";
    expect(run(process.execPath, ["--input-type=module", "-e", asModule]).output).toBe(expected);
    expect(run(process.execPath, ["--input-type=commonjs", "-e", asCommonJs]).output).toBe(expected);
  });

  test.runIf(isDeep)("is clean for publint and for Are The Types Wrong", () => {
    const { stdout } = run("npm", ["pack", "--json", "--ignore-scripts"], join(folder, "package"));
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    const tarball = join(folder, "package", packed?.filename ?? "");
    const check = join(root, "client", "check.mjs");
    expect(run(process.execPath, [check, tarball], root).output).toBe("");
  });
});
