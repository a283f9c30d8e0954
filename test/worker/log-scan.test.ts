import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLaunchedCampaign, listRecipientIds, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { openWebhookAccounts, webhookAccountIds } from "../support/worker/webhook-posts.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests that the Worker's log holds ids and counts only: no address, no name, no body, no token and
 * no key. The story meets every kind of trouble that the Worker logs.
 */

let app: App;
let lines: string[];
beforeEach(async () => {
  app = await openApp();
  lines = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      lines.push(parts.map(String).join(" "));
    });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Texts that belong to people or are secrets, all of which occur in the story. */
const privateTexts = [
  "jane.doe",
  "ann@",
  "stranger@example.com",
  "Jane Doe",
  "Ann Agent",
  "123 Main St",
  "Please call me",
  "Cedar Street",
  "SG.accept",
  "a mailgun signing key",
  bindings.CREDENTIALS_KEY,
  bindings.LINK_KEY,
  "Bearer",
  "eyJ",
  "@example",
];

/** Returns the paths of the open, click and unsubscribe links of the last email. */
function listLinkPaths(): string[] {
  const { html = "", headers = {} } = app.calls.at(-1) ?? {};
  const text = `${html} ${headers["List-Unsubscribe"] ?? ""}`;
  return [...text.matchAll(/https?:\/\/[^/"<>\s]+(\/[ocu]\/[^"<>\s)]+)/g)].map(([, path]) => path ?? "");
}

/** Does the work while a table is missing, so that every query on the table fails. */
async function breakTable(table: string, work: () => Promise<unknown>): Promise<void> {
  await bindings.DB.prepare(`ALTER TABLE ${table} RENAME TO away`).run();
  await work().catch(() => undefined);
  await bindings.DB.prepare(`ALTER TABLE away RENAME TO ${table}`).run();
}

test("the log of a whole story, errors included, has no private text and no link's token", async () => {
  const { api } = app;
  const posts = await openWebhookAccounts(api);
  const { id } = await createLaunchedCampaign(api, { recallSeconds: 0 });
  const fail = (detail: string) => ({ kind: "failed", code: "unavailable", detail }) as never;
  app.answerWith(() => fail("550 jane.doe@example.com is unknown, said ann@brokerage-1.example"));
  await app.run();
  app.answerWith(() => {
    throw new Error("no route to jane.doe@example.com");
  });
  app.advance(3_600_000);
  await app.run();
  app.answerWith(() => ({ kind: "accepted", providerMessageId: "p-1" }));
  app.advance(3_600_000);
  await app.run();
  const paths = listLinkPaths();
  expect(paths.length).toBeGreaterThan(1);
  for (const path of paths) await api.call("GET", path, { token: null });
  const [recipientId = 0] = await listRecipientIds(id);
  await app.hear({
    kind: "replied",
    recipientId,
    data: { text: "Please call me." },
  });
  await api.get("/api/suppressions?email=jane.doe@example.com&foo=1");
  await api.get("/api/campaigns", { token: "eyJhbGciOiJub25lIn0.e30." });
  await api.post("/api/campaigns", { name: "Jane Doe" });
  const inbound = `/webhooks/inbound/${webhookAccountIds.sendgrid}?key=secret-key&from=stranger@example.com`;
  await posts.post(inbound, "Please call me", { "content-type": "text/plain" });
  const path = "/api/suppressions?email=jane.doe@example.com";
  await breakTable("suppressions", () => api.get(path));
  for (const link of paths)
    await breakTable("campaign_recipients", () => api.call("GET", link, { token: null }));
  await breakTable("senders", () => app.run());
  await bindings.DB.prepare("UPDATE tenant_keys SET sealed_secret = 'v2.x'").run();
  await api.get("/api/senders", { token: await signToken({ at: api.now() }) });
  expect(lines.length).toBeGreaterThan(4);
  const log = lines.join("\n");
  for (const text of [...privateTexts, ...paths.map((path) => path.slice(3, 30))])
    expect(log, `the log has ${text}`).not.toContain(text);
  for (const line of lines) expect(() => JSON.parse(line) as unknown, line).not.toThrow();
});
