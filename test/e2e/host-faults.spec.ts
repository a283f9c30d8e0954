import type { Page } from "@playwright/test";
import { openSnippetPage } from "./hosts/snippet-page.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests what a host's developer and an agent are told when the host's page makes a mistake: one
 * line in the console, an event with a code, and plain words in the tab.
 */

/** Builds a page whose `getToken` is the given code, with the loader and the API at the demo. */
const buildPage = (getToken: string, attributes = "", api = "https://doorknock.example.com") => `
  <script src="https://doorknock.example.com/v1/loader.js" async></script>
  <doorknock-campaigns property-id="p_4711" ${attributes}></doorknock-campaigns>
  <script>
    window.codes = [];
    document.addEventListener("dk:error", ({ detail }) => window.codes.push(detail.code));
    (window.Doorknock ||= []).push(["init", { api: "${api}", getToken: ${getToken} }]);
  </script>`;
const signIn = `async ({ propertyId }) =>
  (await fetch("/crm/doorknock-token?property=" + propertyId)).text()`;

const listCodes = (page: Page) => page.evaluate(() => (window as unknown as { codes: string[] }).codes);

/** Returns the codes of the faults that `Doorknock.doctor` finds on the page. */
const examine = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { Doorknock } = window as unknown as { Doorknock: { doctor(): Promise<{ code: string }[]> } };
    return (await Doorknock.doctor()).map(({ code }) => code);
  });

/** Returns a list to which each line of the tab in the console is added. */
function collectAdvice(page: Page): string[] {
  const lines: string[] = [];
  page.on("console", (message) => {
    if (message.text().startsWith("Doorknock (")) lines.push(message.text());
  });
  return lines;
}

/** Returns a token with these claims, which no key has signed. */
const forge = (claims: object) =>
  [{ alg: "HS256", kid: "demo" }, claims, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");

const element = (page: Page) => page.locator("doorknock-campaigns");

test("a getToken that returns a login page is named, and the tab goes on once it works", async ({ page }) => {
  const advice = collectAdvice(page);
  const getToken = `(context) => window.isSignedIn ? (${signIn})(context) : "<!doctype html><title>Sign in</title>"`;
  await openSnippetPage(page, buildPage(getToken));
  const notice = element(page).getByRole("alert").filter({ hasText: "Your CRM couldn’t sign you in" });
  await expect(notice).toBeVisible();
  await expect.poll(() => advice).toHaveLength(1);
  expect(advice[0]).toMatch(/^Doorknock \(tokenUnusable\): .* http\S+\/v1\/embedding\.txt$/);
  expect(await listCodes(page)).toEqual(["tokenUnusable"]);
  expect(await examine(page)).toEqual(["tokenUnusable"]);
  await page.evaluate(() => Object.assign(window, { isSignedIn: true }));
  await notice.getByRole("button", { name: "Reconnect" }).click();
  await expect(element(page).getByRole("button", { name: "Seller outreach" })).toBeVisible();
  await expect(notice).toBeHidden();
  expect(await examine(page)).toEqual([]);
  await page.evaluate(() => document.querySelector("doorknock-campaigns")?.removeAttribute("property-id"));
  expect(await examine(page)).toEqual(["noPropertyId"]);
});

test("a refused token is named with its wrong claims, and never shown", async ({ page }) => {
  const advice = collectAdvice(page);
  const exp = Math.floor(Date.now() / 1000) + 900;
  const token = forge({ iss: "crm", aud: "doorknock", sub: "a", tid: 1, role: "owner", prop: "*", exp });
  await openSnippetPage(page, buildPage(`() => "${token}"`));
  await expect(element(page).getByText("Your CRM couldn’t sign you in", { exact: true })).toBeVisible();
  await expect.poll(() => advice).toHaveLength(1);
  expect(advice[0]).toContain("`exp` is more than 5 minutes ahead");
  expect(advice[0]).toContain("`role` is none of");
  expect(advice.join()).not.toContain(token);
  expect(await listCodes(page)).toEqual(["tokenRefused"]);
  expect(await examine(page)).toEqual(["tokenRefused"]);
});

test("records in attributes are named, with what to write instead", async ({ page }) => {
  const advice = collectAdvice(page);
  await openSnippetPage(page, buildPage(signIn, 'contacts="[object Object]"'));
  await expect.poll(() => advice).toHaveLength(1);
  expect(advice[0]).toContain("element.property = ");
  expect(await listCodes(page)).toEqual(["recordAsAttribute"]);
  expect(await examine(page)).toEqual(["recordAsAttribute"]);
});

test("records without an address and without names are named once each", async ({ page }) => {
  const advice = collectAdvice(page);
  const records = `<script>
    const campaigns = document.querySelector("doorknock-campaigns");
    campaigns.property = { address: { line1: "1 Elm St" }, price: 1 };
    campaigns.contacts = [{ owner: { canonical_name: "ELLISON MARY" }, email: "mary@example.com" }];
  </script>`;
  await openSnippetPage(page, buildPage(signIn) + records);
  await expect.poll(() => advice.length).toBe(2);
  expect((await listCodes(page)).sort()).toEqual(["noAddress", "noName"]);
  expect(await examine(page)).toEqual(["noAddress", "noName"]);
});

const blocked = "This page can’t reach Doorknock";

test("a page whose policy blocks the API says so, in plain words to the agent", async ({ page }) => {
  const advice = collectAdvice(page);
  const policy = "script-src 'self' 'unsafe-inline'; connect-src https://crm.example.com";
  const exp = Math.floor(Date.now() / 1000) + 200;
  await openSnippetPage(page, buildPage(`() => "${forge({ exp })}"`), { policy });
  await expect(element(page).getByText(blocked, { exact: true })).toBeVisible();
  await expect.poll(() => advice).toHaveLength(1);
  expect(advice[0]).toContain("(blockedByPolicy)");
  expect(advice[0]).toContain("connect-src");
  expect(new Set(await listCodes(page))).toEqual(new Set(["offline", "blockedByPolicy"]));
  expect(await examine(page)).toEqual(["blockedByPolicy"]);
});

test("a page of an origin that the office doesn't list says so", async ({ page, context, baseURL }) => {
  const advice = collectAdvice(page);
  // Chromium asks the agent before a page calls another server on the same machine.
  await context.grantPermissions(["local-network-access"]);
  const api = new URL(baseURL ?? "");
  const exp = Math.floor(Date.now() / 1000) + 200;
  const origin = `http://127.0.0.1:${api.port}`;
  await openSnippetPage(page, buildPage(`() => "${forge({ exp })}"`, "", api.origin), { origin });
  await expect(element(page).getByText(blocked, { exact: true })).toBeVisible();
  await expect.poll(() => advice).toHaveLength(1);
  expect(advice[0]).toContain("(originNotAllowed)");
  expect(advice[0]).toContain(origin);
  expect(await examine(page)).toEqual(["originNotAllowed"]);
});
