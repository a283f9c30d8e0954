import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Webhook } from "standardwebhooks";
import { afterAll, describe, expect, test } from "vitest";
import { hostEventTypes } from "../../shared/vocabulary.ts";

const root = resolve(import.meta.dirname, "../..");
// The folder is inside node_modules, so that a recipe finds the library it imports.
const folder = mkdtempSync(join(root, "node_modules", ".doorknock-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(join(root, "docs/webhooks.md"), "utf8");
const listRecipes = (language: string) =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, code]) =>
    name === language ? [code ?? ""] : [],
  );

const secret = `whsec_${Buffer.from("a secret of thirty-two bytes....").toString("base64")}`;
const oldSecret = `whsec_${Buffer.from("another secret of 32 bytes......").toString("base64")}`;
const body = '{"type":"webhook.test","data":{"name":"Zoë"}}';

/** Returns the headers of a post that is signed at `at` with these secrets, as in a rotation. */
function sign(secrets: readonly string[], at = new Date()): Record<string, string> {
  const signatures = secrets.map((one) => new Webhook(one).sign("evt_1_1", at, body));
  return {
    "webhook-id": "evt_1_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}

const genuine = { headers: sign([secret]), body };
const accepted = [genuine, { headers: sign([oldSecret, secret]), body }];
const refused = [
  { headers: genuine.headers, body: body.replace("test", "tost") },
  { headers: { ...genuine.headers, "webhook-id": "evt_1_2" }, body },
  { headers: { ...genuine.headers, "webhook-signature": "v1,AAAA" }, body },
  { headers: { ...genuine.headers, "webhook-signature": "v2,AAAA nonsense" }, body },
  { headers: sign([oldSecret]), body },
  { headers: sign([secret], new Date(Date.now() - 3_600_000)), body },
];

describe("the recipes of docs/webhooks.md accept genuine posts and refuse forged, changed and old ones", () => {
  test.each(listRecipes("js").map((code, index) => [index + 1, code] as const))(
    "in Node, recipe %i",
    async (index, code) => {
      const path = join(folder, `recipe-${index}.mjs`);
      writeFileSync(path, code);
      const recipe = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as {
        readEvent: (secret: string, headers: Record<string, string>, body: string) => unknown;
      };
      for (const post of accepted) {
        expect(recipe.readEvent(secret, post.headers, post.body)).toEqual(JSON.parse(body));
      }
      for (const post of refused) {
        expect(() => recipe.readEvent(secret, post.headers, post.body)).toThrow();
      }
    },
  );

  const hasPython = spawnSync("python3", ["--version"]).status === 0;
  test.skipIf(!hasPython)("in Python", () => {
    const [recipe = ""] = listRecipes("python");
    const check = `${recipe}
import sys
given = json.loads(sys.argv[1])
results = []
for post in given["posts"]:
    try:
        results.append(read_event(given["secret"], post["headers"], post["body"]))
    except ValueError as error:
        results.append(str(error))
print(json.dumps(results))
`;
    const given = JSON.stringify({ secret, posts: [...accepted, ...refused] });
    const { stdout, stderr } = spawnSync("python3", ["-c", check, given], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual([
      ...accepted.map(() => JSON.parse(body) as unknown),
      ...["wrong signature", "wrong signature", "wrong signature", "wrong signature", "wrong signature"],
      "too old",
    ]);
  });
});

test("docs/webhooks.md lists the recipes and every type of the catalogue", () => {
  expect(["js", "python", "ruby", "php"].map((language) => listRecipes(language).length)).toEqual([
    2, 1, 1, 1,
  ]);
  const catalogue = page.slice(page.indexOf("## The catalogue"), page.indexOf("## What each event is"));
  const listed = [...catalogue.matchAll(/^\| `([\w.]+)`/gm)].map(([, type]) => type);
  expect(listed).toEqual([...hostEventTypes]);
});
