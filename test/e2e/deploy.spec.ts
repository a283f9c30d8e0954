import type { Page } from "@playwright/test";
import { openSnippetPage } from "./hosts/snippet-page.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests a deploy under an open page. The new build has another name for every file, and the files
 * of the old build are gone. In these tests, the new build is the old build under other names.
 */

const html = `<script src="https://doorknock.example.com/v1/loader.js"></script>
<doorknock-campaigns property-id="p_4711"></doorknock-campaigns>
<script>
  window.codes = [];
  document.addEventListener("dk:error", ({ detail }) => window.codes.push(detail.code));
  (window.Doorknock ||= []).push(["init", {
    getToken: async ({ propertyId }) =>
      (await fetch("/crm/doorknock-token?property=" + propertyId)).text(),
  }]);
  const campaigns = document.querySelector("doorknock-campaigns");
  campaigns.property = { UnparsedAddress: "123 Main St", City: "Denver", StandardStatus: "Expired" };
  campaigns.contacts = [
    { ContactKey: "c_1", FullName: "Jane Doe", Email: "jane@example.com" },
    { ContactKey: "c_2", FullName: "John Doe", Email: "john@example.com" },
  ];
</script>`;

const listCodes = (page: Page) => page.evaluate(() => (window as unknown as { codes: string[] }).codes);

/** Deploys a build with a new name for every file. The files of the old build are gone. */
async function deploy(page: Page): Promise<void> {
  await page.route("**/a/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    if (!pathname.startsWith("/a/new-")) return await route.fulfill({ status: 404 });
    const response = await route.fetch({
      url: new URL(pathname.replace("/a/new-", "/a/"), route.request().url()).href,
      maxRetries: 3,
    });
    const body = (await response.text()).replace(/(["'`])\.\.\/([\w-]{8})\//g, "$1../new-$2/");
    await route.fulfill({ response, body });
  });
  await page.route("**/v1/build.js?*", async (route) => {
    const response = await route.fetch({ maxRetries: 3 });
    await route.fulfill({ response, body: (await response.text()).replaceAll("../a/", "../a/new-") });
  });
}

test("a view whose file is gone opens in the newest build, and the draft of the launch is kept", async ({
  page,
}) => {
  const faults = await openSnippetPage(page, html);
  const tab = page.locator("doorknock-campaigns");
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await tab.getByRole("checkbox", { name: /Jane Doe/ }).uncheck();
  await deploy(page);
  await tab.getByRole("button", { name: "Change the sequence" }).click();
  await tab.getByRole("button", { name: "All sequences" }).click();
  await expect(tab.getByRole("heading", { name: "Sequences" })).toBeVisible();
  await tab.getByRole("button", { name: "New outreach" }).click();
  await expect(tab.getByRole("checkbox", { name: /Jane Doe/ })).not.toBeChecked();
  await expect(tab.getByRole("checkbox", { name: /John Doe/ })).toBeChecked();
  expect(faults).toEqual([]);
  expect(await listCodes(page)).toEqual([]);
});

const headings = { launch: "New outreach", sequences: "Sequences", settings: "Office settings" };
for (const [view, heading] of Object.entries(headings))
  test(`the host's attribute opens the view ${view} in the newest build`, async ({ page }) => {
    const faults = await openSnippetPage(page, html);
    const tab = page.locator("doorknock-campaigns");
    await expect(tab.getByRole("button", { name: "Seller outreach" })).toBeVisible();
    await deploy(page);
    await tab.evaluate((element, path) => element.setAttribute("view", path), view);
    await expect(tab.getByRole("heading", { name: heading, exact: true })).toBeVisible();
    await expect(tab.locator(".skeleton")).toHaveCount(0);
    expect(faults).toEqual([]);
    expect(await listCodes(page)).toEqual([]);
  });

test("without a newer build, a missing part is said, and another try goes on", async ({ page }) => {
  await openSnippetPage(page, html);
  const tab = page.locator("doorknock-campaigns");
  await page.route("**/settings.js", (route) => route.fulfill({ status: 404 }));
  await tab.getByRole("button", { name: "Office settings" }).click();
  await expect(tab.getByText("Part of this tab couldn’t be loaded.", { exact: false }).last()).toBeVisible();
  expect(await listCodes(page)).toEqual(["partMissing"]);
  await page.unroute("**/settings.js");
  await tab.getByRole("button", { name: "Try again" }).click();
  await expect(tab.getByRole("heading", { name: "Office settings" })).toBeVisible();
});

test("a dialog whose file is missing says so instead of staying away", async ({ page }) => {
  await openSnippetPage(page, html, { role: "teamLead" });
  const tab = page.locator("doorknock-campaigns");
  await page.route("**/outreach-dialog.js", (route) => route.fulfill({ status: 404 }));
  await tab.getByRole("button", { name: "Stop all outreach…" }).click();
  await expect(tab.getByText("Part of this tab couldn’t be loaded.", { exact: false }).last()).toBeVisible();
  await page.unroute("**/outreach-dialog.js");
  await tab.getByRole("button", { name: "Try again" }).click();
  await expect(tab.getByRole("dialog")).toBeVisible();
});
