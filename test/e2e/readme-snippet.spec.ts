import { readFileSync } from "node:fs";
import type { Page, Route } from "@playwright/test";
import { openSnippetPage } from "./hosts/snippet-page.ts";
import { expect, test } from "./stories.ts";

/** Returns the README's first HTML block, word for word. */
function readSnippet(): string {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const block = /```html\n([\s\S]*?)\n```/.exec(readme)?.[1];
  if (block === undefined) throw new Error("README.md has no HTML block");
  return block;
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
  const faults = await openSnippetPage(page, readSnippet());
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
  const faults = await openSnippetPage(
    page,
    `${loader}<script type="module">
      await customElements.whenDefined("doorknock-campaigns");
      document.body.append(document.createRange().createContextualFragment(${panel}));
    </script>`,
  );
  await expectTab(page);
  expect(faults).toEqual([]);
});
