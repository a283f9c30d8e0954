import { spawnSync } from "node:child_process";
import type { Page } from "@playwright/test";
import { getDemoPaths, loadOrCreateDemoSecrets } from "../../scripts/demo-state.ts";
import { findFreePort } from "../../scripts/port.ts";
import { readSnippet } from "../support/node/snippets.ts";
import { advanceDemoToMonday, confirmLaunch, expectMails, getDemoNow, listMailTo } from "./demo.ts";
import { getPreparedFolder } from "./demo-server.ts";
import { GuideFolder, waitForServer } from "./guide/processes.ts";
import { openSnippetPage } from "./hosts/snippet-page.ts";
import { expect, test } from "./stories.ts";

/*
 * Follows the pages of docs/ for hosts word for word: the token's server, the tags, the policy, the
 * webhook with its receiver, and the API's program.
 */

const guide = "docs/embedding.md";
const example = "https://doorknock.example.com";
const folder = new GuideFolder();
test.afterAll(() => folder.close());

/** The office's values, which `npm run tenant` prints for a host. */
function readOffice(): Record<string, string> {
  const secrets = loadOrCreateDemoSecrets(getDemoPaths(`${getPreparedFolder()}/seeded`));
  return {
    DOORKNOCK_TID: secrets.DEMO_TENANT_ID ?? "",
    DOORKNOCK_KID: secrets.DEMO_KEY_ID ?? "",
    DOORKNOCK_ISS: secrets.DEMO_ISSUER ?? "",
    DOORKNOCK_SECRET: secrets.DEMO_SIGNING_SECRET ?? "",
  };
}

/**
 * Starts the guide's token server, and lets the host's page reach it under the page's own origin.
 */
async function startTokenServer(page: Page): Promise<string> {
  const port = String(await findFreePort());
  folder.write("token-server.mjs", readSnippet(guide, "js", "token-server.mjs"));
  const aheadMs = (await getDemoNow(page)) - Date.now();
  folder.start("token-server.mjs", { ...readOffice(), PORT: port }, aheadMs);
  const url = `http://127.0.0.1:${port}/crm/doorknock-token`;
  await waitForServer(url);
  return url;
}

/** Runs the shell commands of webhooks.md that make a webhook, and returns the webhook's secret. */
async function createWebhook(page: Page, demoUrl: string, receiver: string): Promise<string> {
  const data = { role: "admin", propertyId: null };
  const { token } = (await (await page.request.post("/demo/token", { data })).json()) as { token: string };
  const script = readSnippet("docs/webhooks.md", "sh")
    .replace(example, demoUrl)
    .replace("https://crm.example.com/doorknock", receiver);
  const { stdout, stderr } = spawnSync("sh", ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, TOKEN: token },
  });
  const { secret } = JSON.parse(stdout || `{"secret":${JSON.stringify(stderr)}}`) as { secret: string };
  expect(secret).toMatch(/^whsec_/);
  return secret;
}

test("the guide, followed word for word in a page with a strict policy: tab, launch, reply, webhook", async ({
  page,
  baseURL,
}) => {
  await advanceDemoToMonday(page);
  const tokenServer = await startTokenServer(page);
  const port = String(await findFreePort());
  const receiverUrl = `http://127.0.0.1:${port}/doorknock`;
  const secret = await createWebhook(page, `${baseURL}`, receiverUrl);
  folder.write("receiver.mjs", readSnippet("docs/webhooks.md", "js", "receiver.mjs"));
  const receiver = folder.start("receiver.mjs", { WEBHOOK_SECRET: secret, PORT: port });
  await waitForServer(receiverUrl);

  // The guide's script stands in the page, so the page's own policy gives it a nonce.
  const html = readSnippet(guide, "html").replaceAll("<script", '<script nonce="n1"');
  const policy = readSnippet(guide, "text", "policy")
    .trim()
    .replaceAll(example, `${baseURL}`)
    .replace("script-src", "default-src 'none'; script-src 'nonce-n1'");
  const faults = await openSnippetPage(page, html, { policy, tokenServer });
  const tab = page.locator("doorknock-campaigns");
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await confirmLaunch(tab);
  await expectMails(page, "jane@example.com", 1);
  expect(faults).toEqual([]);

  const [mail] = await listMailTo(page, "jane@example.com");
  const reply = { action: "reply", text: "Yes, call me on Friday." };
  await page.request.post(`/demo/mailbox/messages/${mail?.id}/actions`, { data: reply });
  await expect
    .poll(() => receiver.output(), { timeout: 60_000 })
    .toMatch(/^\d+ recipient\.replied jane@example\.com$/m);
  const forged = await fetch(receiverUrl, { method: "POST", body: "{}" });
  expect(forged.status).toBe(401);
  expect(receiver.output()).not.toContain("undefined");
});

test("the program of api.md launches a sequence once, and lists the office's campaigns", async ({
  page,
  baseURL,
}) => {
  const code = readSnippet("docs/api.md", "js", "api.mjs").replace(example, `${baseURL}`);
  const program = `data:text/javascript,${encodeURIComponent(code)}`;
  const api = (await import(/* @vite-ignore */ program)) as {
    call: (
      token: string,
      method: string,
      path: string,
      body?: unknown,
    ) => Promise<{ items: { id: number }[] }>;
    list: (token: string, path: string) => AsyncIterable<{ id: number; name: string }>;
    launch: (token: string, campaign: object) => Promise<{ id: number; status: string }>;
  };
  const data = { role: "agent", propertyId: null };
  const { token } = (await (await page.request.post("/demo/token", { data })).json()) as { token: string };
  const [sender] = (await api.call(token, "GET", "/api/senders")).items;
  const campaign = {
    senderId: sender?.id,
    sequenceId: "sellerOutreach",
    propertyId: "p_api",
    property: {
      streetAddress: "9 Api Way",
      city: "Denver",
      stateOrProvince: "CO",
      standardStatus: "Expired",
    },
    owner: { email: "owner@example.com", name: "Olive Owner" },
    key: "p_api-autumn",
  };
  const launched = await api.launch(token, campaign);
  expect(launched.status).toBe("active");
  expect((await api.launch(token, campaign)).id).toBe(launched.id);
  const found: number[] = [];
  for await (const { id, name } of api.list(token, "/api/campaigns"))
    if (name === "9 Api Way") found.push(id);
  expect(found).toEqual([launched.id]);
  await expect(api.call(token, "GET", "/api/campaigns?limit=0")).rejects.toMatchObject({
    code: "invalidRequest",
  });
});
