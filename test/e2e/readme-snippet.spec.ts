import { readFileSync } from "node:fs";
import type { Page, Route } from "@playwright/test";
import { expect, test } from "./stories.ts";

const exampleAddress = "https://doorknock.example.com";

/** Returns the README's first HTML block, word for word. */
function readSnippet(): string {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const block = /```html\n([\s\S]*?)\n```/.exec(readme)?.[1];
  if (block === undefined) throw new Error("README.md has no HTML block");
  return block;
}

/**
 * Opens a host page with the snippet, and serves a backend that signs tokens. Returns a list to
 * which each error of the page is added.
 */
async function openHostPage(page: Page, html: string): Promise<string[]> {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.route("/crm/doorknock-token?*", async (route) => {
    const propertyId = new URL(route.request().url()).searchParams.get("property");
    const signed = await page.request.post("/demo/token", { data: { role: "agent", propertyId } });
    const { token } = (await signed.json()) as { token: string };
    await route.fulfill({ contentType: "text/plain", body: token });
  });
  await page.route("/readme-host", (route) => {
    const body = html.replaceAll(exampleAddress, new URL(route.request().url()).origin);
    return route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>A host</title>${body}</html>`,
    });
  });
  await page.goto("/readme-host", { waitUntil: "domcontentloaded" });
  return faults;
}

// The tab may still ask for a token when the test ends and its page closes.
test.afterEach(async ({ page }) => await page.unrouteAll({ behavior: "ignoreErrors" }));

async function expectTab(page: Page): Promise<void> {
  const tab = page.locator("doorknock-campaigns");
  await tab.getByRole("button", { name: "Seller outreach" }).click({ timeout: 30_000 });
  await expect(tab.getByRole("checkbox", { name: /Jane Doe/ })).toBeChecked();
}

test("README's snippet shows the tab when the loader arrives after the whole page", async ({ page }) => {
  let held: Route | undefined;
  await page.route("/v1/loader.js", (route) => {
    held = route;
  });
  const faults = await openHostPage(page, readSnippet());
  expect(faults).toEqual([]);
  await expect.poll(() => held).toBeDefined();
  await held?.continue();
  await expectTab(page);
  expect(faults).toEqual([]);
});

test("README's snippet shows the tab when the loader arrives before the rest", async ({ page }) => {
  const [loader = "", ...rest] = readSnippet().split("\n");
  // In this test, the host adds its panel late. Scripts in a fragment from
  // `createContextualFragment` run like the scripts of a page.
  const panel = JSON.stringify(rest.join("\n")).replaceAll("</", "<\\/");
  const faults = await openHostPage(
    page,
    `${loader}<script type="module">
      await customElements.whenDefined("doorknock-campaigns");
      document.body.append(document.createRange().createContextualFragment(${panel}));
    </script>`,
  );
  await expectTab(page);
  expect(faults).toEqual([]);
});
