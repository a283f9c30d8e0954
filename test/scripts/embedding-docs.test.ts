import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { exportPKCS8, generateKeyPair, type JWTVerifyResult, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HostRecord, toApiProperty, toContacts } from "../../plugin/host/mapping.ts";
import { readSnippet, readSnippets } from "../support/node/snippets.ts";

const root = resolve(import.meta.dirname, "../..");
const guide = "docs/embedding.md";
// The folder is inside node_modules, so that a recipe finds the packages that it imports.
const folder = mkdtempSync(join(root, "node_modules", ".doorknock-docs-"));
const client = join(folder, "node_modules", "@doorknock", "client");
beforeAll(() => {
  mkdirSync(client, { recursive: true });
  symlinkSync(join(root, "client", "sign-token.ts"), join(client, "sign-token.ts"));
  const manifest = { type: "module", exports: { "./sign-token": "./sign-token.ts" } };
  writeFileSync(join(client, "package.json"), JSON.stringify(manifest));
});
afterAll(() => rmSync(folder, { recursive: true }));

const office = { iss: "urn:doorknock:tenant:7", tid: 7 };
const agent = { id: "agent-7", role: "agent", name: "Zoë O'Hara" };
const secret = "a secret of the office, long enough";

/** Calls `createToken` of a recipe in its own language, and returns the token. */
type Recipe = { language: string; command: readonly string[]; wrap: (code: string) => string };
const recipes: readonly Recipe[] = [
  {
    language: "js",
    command: [process.execPath, "--import", "tsx", "--input-type=module", "-e"],
    wrap: (code) => `${code}
const { alg, kid, key, office, agent, propertyId } = JSON.parse(process.env.GIVEN);
const signing = { algorithm: alg, kid, ...(alg === "HS256" ? { secret: key } : { privateKey: key }) };
createToken(signing, office, agent, propertyId).then(console.log);`,
  },
  {
    language: "python",
    command: ["python3", "-c"],
    wrap: (code) => `${code}
import os
g = json.loads(os.environ["GIVEN"])
print(create_token(g["alg"], g["kid"], g["key"], g["office"], g["agent"], g["propertyId"]))`,
  },
  {
    language: "ruby",
    command: ["ruby", "-e"],
    wrap: (code) => `${code}
g = JSON.parse(ENV["GIVEN"])
puts create_token(g["alg"], g["kid"], g["key"], g["office"], g["agent"], g["propertyId"])`,
  },
  {
    language: "php",
    command: ["php", "-r"],
    wrap: (code) => `${code.replace("<?php", "")}
$g = json_decode(getenv("GIVEN"), true);
echo create_token($g["alg"], $g["kid"], $g["key"], $g["office"], $g["agent"], $g["propertyId"]);`,
  },
];

function run(recipe: Recipe, given: object) {
  const [command = "", ...args] = recipe.command;
  const code = readSnippet(guide, recipe.language, recipe.language === "js" ? "token.mjs" : null);
  const env = { ...process.env, GIVEN: JSON.stringify(given) };
  return spawnSync(command, [...args, recipe.wrap(code)], { cwd: folder, env, encoding: "utf8" });
}

const hasTool = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const isMissing: Readonly<Record<string, boolean>> = {
  js: false,
  python: !hasTool("python3", "--version"),
  ruby: !hasTool("ruby", "--version"),
  php: !hasTool("php", "--version"),
};
const hasPythonKeys = hasTool("python3", "-c", "import cryptography");

const rules = { issuer: office.iss, audience: "doorknock", subject: agent.id, maxTokenAge: 60 };
function expectClaims({ payload, protectedHeader }: JWTVerifyResult, alg: string, prop: unknown): void {
  expect(protectedHeader).toEqual({ alg, kid: "k-1", typ: "JWT" });
  const { tid, role, name, iat = 0, exp = 0 } = payload;
  expect({ tid, role, name, prop: payload.prop }).toEqual({ tid: 7, role: "agent", name: agent.name, prop });
  expect(exp - iat).toBe(300);
}

describe.each(recipes)("the recipe in $language of the guide", (recipe) => {
  const given = { kid: "k-1", office, agent };

  test.skipIf(isMissing[recipe.language])("signs a token with the office's secret", async () => {
    const { stdout, stderr } = run(recipe, { ...given, alg: "HS256", key: secret, propertyId: "p/1" });
    expect(stderr).toBe("");
    const key = new TextEncoder().encode(secret);
    expectClaims(await jwtVerify(stdout.trim(), key, { ...rules, algorithms: ["HS256"] }), "HS256", ["p/1"]);
  });

  const lacksKeys = isMissing[recipe.language] || (recipe.language === "python" && !hasPythonKeys);
  test.skipIf(lacksKeys)("signs a token with a private key of the host", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    const key = await exportPKCS8(privateKey);
    // The lengths of the two numbers in a signature differ from one signature to the next.
    for (const propertyId of ["p-1", "p-2", "p-3", null]) {
      const { stdout, stderr } = run(recipe, { ...given, alg: "ES256", key, propertyId });
      expect(stderr).toBe("");
      const token = await jwtVerify(stdout.trim(), publicKey, { ...rules, algorithms: ["ES256"] });
      expectClaims(token, "ES256", propertyId === null ? "*" : [propertyId]);
    }
  });
});

type Mapping = {
  mapProperty: (record: unknown) => HostRecord;
  mapContacts: (records: unknown) => HostRecord[];
};
const address = {
  streetAddress: "12 Elm St",
  unparsedAddress: "12 Elm St",
  city: "Denver",
  stateOrProvince: "CO",
  postalCode: "80203",
};

test.each([
  [
    "mapping-follow-up-boss.mjs",
    { street: "12 Elm St", city: "Denver", state: "CO", code: "80203" },
    [
      {
        id: 9,
        firstName: "Marge",
        lastName: "Simpson",
        source: "Zillow",
        emails: [{ value: "old@example.com" }, { value: "Marge@Example.com", isPrimary: 1 }],
      },
      { id: 10, firstName: "Homer", lastName: "Simpson" },
    ],
    address,
    [
      ["9", "Marge Simpson", "marge@example.com"],
      ["10", "Homer Simpson", null],
    ],
  ],
  [
    "mapping-database.mjs",
    {
      address: { line1: "12 Elm St", city: "Denver", state: "CO", zip: "80203" },
      status: "for_sale",
      list_price_cents: 51200000,
    },
    [
      {
        owner: {
          id: 3,
          canonical_name: "Marge Simpson",
          email_address: "marge@example.com",
          time_zone: "America/Denver",
        },
      },
    ],
    { ...address, standardStatus: "Active", listPrice: 512000 },
    [["owner-3", "Marge Simpson", "marge@example.com"]],
  ],
])(
  "the mapping %s turns the host's records into an address and named people",
  async (name, record, people, expected, contacts) => {
    const source = `data:text/javascript,${encodeURIComponent(readSnippet(guide, "js", name))}`;
    const { mapping } = (await import(/* @vite-ignore */ source)) as { mapping: Mapping };
    expect(toApiProperty(mapping.mapProperty(record), "p-1")).toMatchObject(expected);
    expect(
      toContacts(mapping.mapContacts(people)).map(({ contactKey, fullName, email }) => [
        contactKey,
        fullName,
        email,
      ]),
    ).toEqual(contacts);
  },
);

test("the guide lists every custom property of the tab's look, with the values of both themes", () => {
  const css = readFileSync(join(root, "plugin/style/base.css"), "utf8");
  const used = new Set([...css.matchAll(/--dk-[a-z-]+/g)].map(([name]) => name));
  const page = readFileSync(join(root, guide), "utf8");
  const rows = [...page.matchAll(/^\| `(--dk-[a-z-]+)` +\|.*\| +(.*?) +\|$/gm)];
  expect(rows.map(([, name]) => name).toSorted()).toEqual([...used].toSorted());
  for (const [, name = "", values = ""] of rows) {
    for (const [, value = ""] of values.matchAll(/`([^`]+)`/g))
      expect(css).toContain(`var(${name}, ${value})`);
  }
});

test("the tags of the guide are those of the README", () => {
  expect(readSnippets(guide).find(({ language }) => language === "html")?.code).toBe(
    readSnippet("README.md", "html"),
  );
});
