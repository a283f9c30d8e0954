import type { Page } from "@playwright/test";
import { confirmLaunch } from "./demo.ts";
import { openSnippetPage } from "./hosts/snippet-page.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests the loader and the core in the ways in which hosts load them, and in old browsers.
 */

const loader = "https://doorknock.example.com/v1/loader.js";
const element = '<doorknock-campaigns property-id="p_4711"></doorknock-campaigns>';
/** Calls `init`, and sets the records on the element, whether or not the element is defined. */
const setUp = `<script>
  window.errors = [];
  document.addEventListener("dk:error", ({ detail }) => window.errors.push(detail.code));
  (window.Doorknock ||= []).push(["init", {
    getToken: async ({ propertyId }) =>
      (await fetch("/crm/doorknock-token?property=" + propertyId)).text(),
  }]);
  const campaigns = document.querySelector("doorknock-campaigns");
  campaigns.property = { UnparsedAddress: "123 Main St", City: "Denver", StandardStatus: "Expired" };
  campaigns.contacts = [{ ContactKey: "c_1", FullName: "Jane Doe", Email: "jane@example.com" }];
</script>`;

const listErrorCodes = (page: Page) =>
  page.evaluate(() => (window as unknown as { errors: string[] }).errors);

const ways: readonly [name: string, html: string][] = [
  ["a module after the element", `${element}${setUp}<script type="module" src="${loader}"></script>`],
  [
    "an import of the host's own module",
    `${element}${setUp}<script type="module">await import("${loader}");</script>`,
  ],
  [
    "a script and a module at once",
    `<script src="${loader}"></script><script type="module" src="${loader}?2"></script>${element}${setUp}`,
  ],
];

for (const [name, html] of ways)
  test(`the loader works as ${name}`, async ({ page }) => {
    const faults = await openSnippetPage(page, html);
    const tab = page.locator("doorknock-campaigns");
    await tab.getByRole("button", { name: "Seller outreach" }).click();
    await expect(tab.getByRole("checkbox", { name: /Jane Doe/ })).toBeChecked();
    expect(faults).toEqual([]);
    expect(await listErrorCodes(page)).toEqual([]);
  });

test("an element without a property waits as a skeleton", async ({ page }) => {
  const waiting = "<doorknock-campaigns></doorknock-campaigns>";
  await openSnippetPage(page, `<script src="${loader}"></script>${waiting}${setUp}`);
  const tab = page.locator("doorknock-campaigns");
  await expect(tab.locator(".skeleton-row").first()).toBeVisible();
  await tab.evaluate((one) => one.setAttribute("property-id", "p_4711"));
  await expect(tab.getByRole("button", { name: "Seller outreach" })).toBeVisible();
});

test("a core that can't be loaded leaves a line with a way on, and the host is told", async ({ page }) => {
  await page.route("**/core.js", (route) => route.abort());
  await page.route("**/build.js?*", (route) => route.abort());
  await openSnippetPage(page, `${element}${setUp}<script src="${loader}"></script>`);
  const tab = page.locator("doorknock-campaigns");
  const retry = tab.getByRole("button", { name: "Campaigns could not be loaded. Try again." });
  await expect(retry).toBeVisible();
  expect(await listErrorCodes(page)).toEqual(["unavailable"]);
  await page.unroute("**/core.js");
  await retry.click();
  await expect(tab.getByRole("button", { name: "Seller outreach" })).toBeVisible();
});

test("a stale loader whose core is gone shows the core of the newest build", async ({ page }) => {
  await page.route("**/v1/loader.js", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/a\/[^/"]+\/core\.js/, "a/gone/core.js");
    await route.fulfill({ response, body });
  });
  await openSnippetPage(page, `${element}${setUp}<script src="${loader}"></script>`);
  const tab = page.locator("doorknock-campaigns");
  await expect(tab.getByRole("button", { name: "Seller outreach" })).toBeVisible();
  expect(await listErrorCodes(page)).toEqual([]);
});

test("a browser that is too old is told so in one line, and the host is told", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Array.prototype, "toSorted"));
  await openSnippetPage(page, `${element}${setUp}<script src="${loader}"></script>`);
  const tab = page.locator("doorknock-campaigns");
  await expect(tab.getByText("Campaigns needs a newer browser.")).toBeVisible();
  expect(await listErrorCodes(page)).toEqual(["browserTooOld"]);
});

test("the oldest supported browsers launch a campaign without newer functions", async ({ page }) => {
  await page.addInitScript(() => {
    // Functions that came after Chrome 111, Firefox 115 or Safari 16.4.
    const newer: readonly [holder: object, names: readonly string[]][] = [
      [AbortSignal, ["any"]],
      [Array, ["fromAsync"]],
      [Object, ["groupBy"]],
      [Map, ["groupBy"]],
      [Map.prototype, ["getOrInsert", "getOrInsertComputed"]],
      [Promise, ["withResolvers", "try"]],
      [RegExp, ["escape"]],
      [URL, ["canParse", "parse"]],
      [Document, ["parseHTMLUnsafe", "parseHTML"]],
      [Element.prototype, ["setHTML", "setHTMLUnsafe", "getHTML", "checkVisibility", "moveBefore"]],
      [String.prototype, ["isWellFormed", "toWellFormed"]],
      [
        Set.prototype,
        [
          "union",
          "intersection",
          "difference",
          "symmetricDifference",
          "isSubsetOf",
          "isSupersetOf",
          "isDisjointFrom",
        ],
      ],
      [window, ["Iterator", "Temporal", "navigation", "trustedTypes", "requestIdleCallback", "scheduler"]],
      [
        Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object,
        ["map", "filter", "take", "drop", "flatMap", "reduce", "toArray", "forEach", "some", "every", "find"],
      ],
    ];
    for (const [holder, names] of newer) for (const name of names) Reflect.deleteProperty(holder, name);
  });
  const faults = await openSnippetPage(page, `<script src="${loader}"></script>${element}${setUp}`);
  const tab = page.locator("doorknock-campaigns");
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await confirmLaunch(tab);
  await tab.getByRole("button", { name: /Jane Doe/ }).click();
  await expect(tab.getByRole("heading", { name: "Jane Doe" })).toBeVisible();
  expect(faults).toEqual([]);
  expect(await listErrorCodes(page)).toEqual([]);
});
