import { spawnSync } from "node:child_process";
import type { Page } from "@playwright/test";
import { getDemoPaths, loadOrCreateDemoSecrets } from "../../scripts/demo-state.ts";
import { findFreePort } from "../../scripts/port.ts";
import { isDeep } from "../support/node/depth.ts";
import { readSnippet } from "../support/node/snippets.ts";
import { advanceDemoToMonday, confirmLaunch, expectMails, getDemoNow, listMailTo } from "./demo.ts";
import { getPreparedFolder } from "./demo-server.ts";
import { GuideFolder, waitForServer } from "./guide/processes.ts";
import { buildReactHtml, buildReactPages } from "./guide/react-pages.ts";
import { openSnippetPage } from "./hosts/snippet-page.ts";
import { expect, test } from "./stories.ts";

/*
 * Follows the pages of docs/ for hosts word for word: the token's server, the tags, the policy, the
 * webhook with its receiver, and the API's program. The deep run has every kind of host page.
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

/** Runs shell commands with an admin's token in `TOKEN`, and returns the JSON that they print. */
async function runShell(page: Page, script: string): Promise<unknown> {
  const data = { role: "admin", propertyId: null };
  const { token } = (await (await page.request.post("/demo/token", { data })).json()) as { token: string };
  const env = { ...process.env, TOKEN: token };
  const { stdout, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8", env });
  return JSON.parse(stdout || JSON.stringify(stderr));
}

/** Runs the shell commands of webhooks.md that make a webhook, and returns the webhook's secret. */
async function createWebhook(page: Page, demoUrl: string, receiver: string): Promise<string> {
  const script = readSnippet("docs/webhooks.md", "sh")
    .replace(example, demoUrl)
    .replace("https://crm.example.com/doorknock", receiver);
  const answer = await runShell(page, script);
  expect(answer).toMatchObject({ secret: expect.stringMatching(/^whsec_/) });
  return (answer as { secret: string }).secret;
}

/** The programs of the guide that run while the stories run. */
type Programs = { tokenServer: string; receiverUrl: string; receiver: { output: () => string } };
let programs: Promise<Programs> | undefined;

async function startPrograms(page: Page, demoUrl: string): Promise<Programs> {
  await advanceDemoToMonday(page);
  const tokenServer = await startTokenServer(page);
  const port = String(await findFreePort());
  const receiverUrl = `http://127.0.0.1:${port}/doorknock`;
  const secret = await createWebhook(page, demoUrl, receiverUrl);
  folder.write("receiver.mjs", readSnippet("docs/webhooks.md", "js", "receiver.mjs"));
  const receiver = folder.start("receiver.mjs", { WEBHOOK_SECRET: secret, PORT: port });
  await waitForServer(receiverUrl);
  return { tokenServer, receiverUrl, receiver };
}

/** Launches in the open tab, answers the email, and waits for the webhook about the reply. */
async function followToWebhook(page: Page, email: string, { receiver }: Programs): Promise<void> {
  const tab = page.locator("doorknock-campaigns");
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await confirmLaunch(tab);
  await expectMails(page, email, 1);
  const [mail] = await listMailTo(page, email);
  const reply = { action: "reply", text: "Yes, call me on Friday." };
  await page.request.post(`/demo/mailbox/messages/${mail?.id}/actions`, { data: reply });
  await expect
    .poll(() => receiver.output().split("\n"), { timeout: 60_000 })
    .toContainEqual(expect.stringMatching(new RegExp(`^\\d+ recipient\\.replied ${email}$`)));
}

test("the guide, followed word for word in a page with a strict policy: tab, launch, reply, webhook", async ({
  page,
  baseURL,
}) => {
  programs ??= startPrograms(page, `${baseURL}`);
  const { tokenServer, receiverUrl, receiver } = await programs;
  // The guide's script stands in the page, so the page's own policy gives it a nonce.
  const html = readSnippet(guide, "html").replaceAll("<script", '<script nonce="n1"');
  const policy = readSnippet(guide, "text", "policy")
    .trim()
    .replaceAll(example, `${baseURL}`)
    .replace("script-src", "default-src 'none'; script-src 'nonce-n1'");
  const faults = await openSnippetPage(page, html, { policy, tokenServer });
  await followToWebhook(page, "jane@example.com", await programs);
  expect(faults).toEqual([]);
  const forged = await fetch(receiverUrl, { method: "POST", body: "{}" });
  expect(forged.status).toBe(401);
  expect(receiver.output()).not.toContain("undefined");
});

let reactPages: Promise<void> | undefined;
const reactHosts = [
  { name: "a React page that a server has rendered", key: "server", isFromServer: true, isSheet: false },
  { name: "a React page", key: "react", isFromServer: false, isSheet: false },
  { name: "a sheet of Radix", key: "sheet", isFromServer: false, isSheet: true },
];
for (const { name, key, isFromServer, isSheet } of isDeep ? reactHosts : reactHosts.slice(0, 1))
  test(`the guide, followed word for word in ${name}: tab, launch, reply, webhook`, async ({
    page,
    baseURL,
  }) => {
    programs ??= startPrograms(page, `${baseURL}`);
    reactPages ??= buildReactPages(folder);
    await reactPages;
    const { tokenServer } = await programs;
    const email = `${key}@example.com`;
    const host = {
      isSheet,
      id: `p_${key}`,
      record: { UnparsedAddress: `1 ${key} St`, City: "Denver", StandardStatus: "Expired" },
      owners: [{ FullName: "Rea Owner", Email: email }],
    };
    const warnings: string[] = [];
    page.on("console", (line) => {
      if (["error", "warning"].includes(line.type())) warnings.push(line.text());
    });
    await page.route("/guide-host.mjs", (route) =>
      route.fulfill({ path: `${folder.path}/built/react-host.mjs`, contentType: "text/javascript" }),
    );
    const html = buildReactHtml(folder, host, isFromServer);
    const faults = await openSnippetPage(page, html, { tokenServer });
    if (isSheet) await page.getByRole("button", { name: "Open the property" }).click();
    await followToWebhook(page, email, await programs);
    expect(faults).toEqual([]);
    expect(warnings).toEqual([]);
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

test("the shell command of the guide reports properties from the host's server", async ({
  page,
  baseURL,
}) => {
  const script = readSnippet(guide, "sh").replace(example, `${baseURL}`);
  expect(await runShell(page, script)).toEqual({
    items: ["p-1", "p-2"].map((propertyId) => ({ propertyId, result: "stored" })),
    stopped: 0,
  });
});
