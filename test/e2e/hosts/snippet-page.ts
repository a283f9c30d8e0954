import type { Page } from "@playwright/test";
import type { Role } from "../../../shared/vocabulary.ts";

const exampleAddress = "https://doorknock.example.com";

/**
 * Opens a host page with the snippet, and serves a backend that signs tokens. `policy` is the
 * page's Content-Security-Policy, `origin` its origin if it is not the demo's, and `role` the role
 * in the tokens. `tokenServer` is the address of a backend that signs the tokens in place of the
 * demo's. Returns a list to which each error of the page is added.
 */
export async function openSnippetPage(
  page: Page,
  html: string,
  {
    policy,
    origin = "",
    role = "agent",
    tokenServer,
  }: { policy?: string; origin?: string; role?: Role; tokenServer?: string } = {},
): Promise<string[]> {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.route("/crm/doorknock-token?*", async (route) => {
    const { search, searchParams } = new URL(route.request().url());
    if (tokenServer !== undefined)
      return await route.fulfill({ response: await page.request.fetch(`${tokenServer}${search}`) });
    const propertyId = searchParams.get("property");
    const signed = await page.request.post("/demo/token", { data: { role, propertyId } });
    const { token } = (await signed.json()) as { token: string };
    await route.fulfill({ contentType: "text/plain", body: token });
  });
  await page.route("**/snippet-host", (route) => {
    const body = html.replaceAll(exampleAddress, new URL(route.request().url()).origin);
    return route.fulfill({
      contentType: "text/html",
      headers: policy === undefined ? {} : { "content-security-policy": policy },
      body: `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>A host</title>${body}</html>`,
    });
  });
  await page.goto(`${origin}/snippet-host`, { waitUntil: "domcontentloaded" });
  return faults;
}
