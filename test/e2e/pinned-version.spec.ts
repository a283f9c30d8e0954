import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { buildPinned } from "../../scripts/build.ts";
import { projectRoot } from "../../scripts/process.ts";
import { isDeep } from "../support/node/depth.ts";
import { openSnippetPage } from "./hosts/snippet-page.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests a page that pins a version: the loader has an `integrity`, and the loader loads one file
 * whose hash the loader knows.
 */

test.skip(!isDeep, "the version for hosts that pin it is built in the deep run only");
test.beforeAll(async () => {
  if (isDeep) await buildPinned();
});

const readBuilt = (name: string) => readFileSync(join(projectRoot, "dist", "pinned", name), "utf8");

/** Serves the version, with `change` made to the file that the loader loads. */
async function openPinnedPage(page: Page, policy: string, change = (code: string) => code) {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.route("**/v9.9.9/*", (route) => {
    const name = new URL(route.request().url()).pathname.replace("/v9.9.9/", "");
    const code = readBuilt(name);
    const headers = { "access-control-allow-origin": "*", "content-type": "text/javascript" };
    return route.fulfill({ headers, body: name === "campaigns.js" ? change(code) : code });
  });
  const { "loader.js": integrity } = JSON.parse(readBuilt("integrity.json")) as Record<string, string>;
  const src = "https://doorknock.example.com/v9.9.9/loader.js";
  const html = `<script src="${src}" integrity="${integrity}" crossorigin async></script>
<doorknock-campaigns property-id="p_4711"></doorknock-campaigns>
<script nonce="n1">
  window.codes = [];
  document.addEventListener("dk:error", ({ detail }) => window.codes.push(detail.code));
  (window.Doorknock ||= []).push(["init", {
    getToken: async ({ propertyId }) =>
      (await fetch("/crm/doorknock-token?property=" + propertyId)).text(),
  }]);
  const campaigns = document.querySelector("doorknock-campaigns");
  campaigns.property = { UnparsedAddress: "123 Main St", City: "Denver", StandardStatus: "Expired" };
  campaigns.contacts = [{ ContactKey: "c_1", FullName: "Jane Doe", Email: "jane@example.com" }];
</script>`;
  return { faults: await openSnippetPage(page, html, { policy }), asked };
}

const strict = "default-src 'none'; script-src 'self' 'nonce-n1'; connect-src 'self'; img-src 'self' data:";
const listCodes = (page: Page) => page.evaluate(() => (window as unknown as { codes: string[] }).codes);

for (const [name, policy] of [
  ["a strict policy", strict],
  [
    "Trusted Types",
    `${strict}; require-trusted-types-for 'script'; trusted-types doorknock doorknock-loader`,
  ],
] as const)
  test(`a pinned version shows every view from its two files under ${name}`, async ({ page }) => {
    const { faults, asked } = await openPinnedPage(page, policy);
    const tab = page.locator("doorknock-campaigns");
    await tab.getByRole("button", { name: "Seller outreach" }).click();
    await expect(tab.getByRole("checkbox", { name: /Jane Doe/ })).toBeChecked();
    await page.evaluate(() =>
      document.querySelector("doorknock-campaigns")?.setAttribute("view", "sequences"),
    );
    await expect(tab.getByRole("heading", { name: "Sequences", exact: true })).toBeVisible();
    const scripts = asked.filter((path) => path.endsWith(".js"));
    expect(scripts).toEqual(["/v9.9.9/loader.js", "/v9.9.9/campaigns.js"]);
    expect(faults).toEqual([]);
    expect(await listCodes(page)).toEqual([]);
  });

test("a file of a pinned version that was changed on its way never runs", async ({ page }) => {
  await openPinnedPage(page, strict, (code) => `window.wasChanged = true;${code}`);
  const tab = page.locator("doorknock-campaigns");
  await expect(tab.getByRole("button", { name: "Campaigns could not be loaded." })).toBeVisible();
  expect(await page.evaluate(() => "wasChanged" in window)).toBe(false);
  expect(await listCodes(page)).toEqual(["unavailable"]);
});
