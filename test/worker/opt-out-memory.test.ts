import { beforeEach, describe, expect, test } from "vitest";
import { createLinkSigner } from "../../worker/mail/link-signer.ts";
import {
  type Api,
  buildLaunchBody,
  createLaunchedCampaign,
  createTemplate,
  exampleOwner,
  listRecipientIds,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests that an opt-out stays in force after the campaign in which the person opted out has ended.
 */

let app: App;
let api: Api;

beforeEach(async () => {
  app = await openApp();
  api = app.api;
});

const form = { "content-type": "application/x-www-form-urlencoded" };
const unsubscribe = (path: string) =>
  api.call("POST", path, { token: null, headers: form, raw: "List-Unsubscribe=One-Click" });

async function archive(campaignId: number): Promise<void> {
  for (const status of ["stopped", "archived"]) {
    await api.patch(`/api/campaigns/${campaignId}/status`, { status });
  }
}

async function listSuppressed() {
  const { results } = await bindings.DB.prepare("SELECT email, reason FROM suppressions").all<{
    email: string;
  }>();
  return results;
}

const openSigner = () =>
  createLinkSigner([Uint8Array.from(atob(bindings.LINK_KEY), (char) => char.charCodeAt(0))]);

/** Returns the path of the unsubscribe link in the last sent email. */
function lastUnsubscribePath(): string {
  const header = app.calls.at(-1)?.headers["List-Unsubscribe"] ?? "";
  const [, path = ""] = /<https?:\/\/[^/]+(\/u\/[^>]+)>/.exec(header) ?? [];
  return path;
}

describe("a campaign that has sent an email", () => {
  test("can't be deleted, so its unsubscribe link keeps working and later campaigns respect it", async () => {
    const campaign = await createLaunchedCampaign(api, { recallSeconds: 0 });
    await app.run();
    const path = lastUnsubscribePath();
    expect(path).toMatch(/^\/u\/.{60,}$/);
    await archive(campaign.id);

    const refused = await api.delete(`/api/campaigns/${campaign.id}`);

    expect([refused.status, refused.json.error.code]).toEqual([409, "conflict"]);
    expect(refused.json.error.message).toContain("stays in the archive");
    expect((await unsubscribe(path)).status).toBe(200);
    expect(await listSuppressed()).toEqual([{ email: exampleOwner.email, reason: "unsubscribed" }]);
    const next = await api.post(
      "/api/campaigns",
      buildLaunchBody(await createTemplate(api), { propertyId: "p-2" }),
    );
    expect(next.json.error.fields).toEqual({ recipients: "are all on the do-not-email list" });
  });

  test("can be deleted if nothing has left", async () => {
    const campaign = await createLaunchedCampaign(api, { recallSeconds: 0 });
    await archive(campaign.id);
    expect((await api.delete(`/api/campaigns/${campaign.id}`)).status).toBe(204);
  });
});

describe("an unsubscribe link whose recipient was deleted", () => {
  const reference = { tenantId: 1, recipientId: 999_999, stepNumber: 1 };
  test("still suppresses the address that the email went to", async () => {
    const token = await (await openSigner()).signLink({
      kind: "unsubscribe",
      reference,
      email: "Gone@example.com",
    });
    for (const _ of [1, 2]) expect((await unsubscribe(`/u/${token}`)).status).toBe(200);
    expect(await listSuppressed()).toEqual([{ email: "gone@example.com", reason: "unsubscribed" }]);
  });

  test("of version 1 says that nothing was stored", async () => {
    const token = await (await openSigner()).signLink({ kind: "unsubscribe", reference, email: null });
    const answer = await unsubscribe(`/u/${token}`);
    expect(answer.status).toBe(410);
    expect(answer.text).toContain("not unsubscribed yet");
    expect(await listSuppressed()).toEqual([]);
  });
});

test("an unsubscribe link to an earlier address suppresses both of the recipient's addresses", async () => {
  const campaign = await createLaunchedCampaign(api);
  const [recipientId = 0] = await listRecipientIds(campaign.id);
  const reference = { tenantId: 1, recipientId, stepNumber: 1 };
  const token = await (await openSigner()).signLink({
    kind: "unsubscribe",
    reference,
    email: "a@example.com",
  });
  expect((await unsubscribe(`/u/${token}`)).status).toBe(200);
  expect((await listSuppressed()).map(({ email }) => email).toSorted()).toEqual([
    "a@example.com",
    exampleOwner.email,
  ]);
});
