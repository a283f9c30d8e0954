import { beforeEach, describe, expect, test } from "vitest";
import { unsealCredentials } from "../../worker/providers/credentials.ts";
import type { Credentials } from "../../worker/providers/provider.ts";
import {
  type Api,
  addAccount,
  createApi,
  createTenant,
  getAccountId,
  signToken,
} from "../support/worker/api.ts";
import { listAuditedActions } from "../support/worker/app.ts";
import { providerServers } from "../support/worker/provider-fixtures.ts";
import { bindings, credentialsKey, emptyDatabase } from "../support/worker/world.ts";

/* Tests that one API call registers our webhook at the service and keeps the service's other
   webhooks. */

let api: Api;
let token = "";
const account = 301;
/**
 * The number of API keys made so far. The fake services remember the webhooks of each key, so each
 * test has a key of its own.
 */
let keys = 0;
const webhookUrl = `https://mail.test/webhooks/email-status/${account}`;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi({
    env: { SENDGRID_API_BASE: providerServers.sendgrid, MAILGUN_API_BASE: providerServers.mailgun },
  });
  token = await signToken({ role: "admin" });
  keys += 1;
});

const sendgrid = (behaviour: string): Credentials => ({
  provider: "sendgrid",
  apiKey: `SG.${behaviour}-${keys}-${crypto.randomUUID()}.fake`,
  region: "us",
  webhookPublicKey: null,
});
const mailgun = (behaviour: string, webhookSigningKey: string | null = "a signing key"): Credentials => ({
  provider: "mailgun",
  apiKey: `key-${behaviour}-${keys}-${crypto.randomUUID()}`,
  domain: "mg.agency.example",
  region: "us",
  webhookSigningKey,
});

const register = (id = account) => api.post(`/api/provider-accounts/${id}/webhooks`, undefined, { token });
const rowOf = (id = account) =>
  bindings.DB.prepare(
    "SELECT webhooks_registered_at AS registeredAt, sealed_credentials AS sealed FROM provider_accounts WHERE id = ?",
  )
    .bind(id)
    .first<{ registeredAt: number | null; sealed: string }>();

/** Returns the webhooks that the fake service has stored for the account's key. */
async function registered(credentials: Credentials) {
  if (credentials.provider === "sendgrid") {
    const headers = { authorization: `Bearer ${credentials.apiKey}` };
    const response = await fetch(`${providerServers.sendgrid}/v3/user/webhooks/event/settings/all`, {
      headers,
    });
    return (await response.json<{ webhooks: { url: string; public_key?: string }[] }>()).webhooks;
  }
  if (credentials.provider !== "mailgun") return [];
  const headers = { authorization: `Basic ${btoa(`api:${credentials.apiKey}`)}` };
  const response = await fetch(`${providerServers.mailgun}/v3/domains/mg.agency.example/webhooks`, {
    headers,
  });
  const { webhooks } = await response.json<{ webhooks: Record<string, { urls: string[] }> }>();
  return Object.entries(webhooks).map(([name, { urls }]) => ({ name, urls }));
}

describe("SendGrid's webhook registration", () => {
  test("adds our webhook beside others and stores its signing key sealed", async () => {
    const credentials = sendgrid("webhooks");
    await addAccount(1, account, credentials);
    const answer = await register();
    expect([answer.status, answer.json]).toMatchObject([
      200,
      { result: "registered", webhookUrl, webhooks: [{ name: "event", change: "created" }] },
    ]);
    const webhooks = await registered(credentials);
    expect(webhooks).toHaveLength(2);
    expect(webhooks[1]).toMatchObject({
      url: webhookUrl,
      enabled: true,
      account_status_change: true,
      group_resubscribe: true,
    });
    const row = await rowOf();
    expect(row?.registeredAt).toBeGreaterThan(0);
    expect(await unsealCredentials(credentialsKey, account, row?.sealed ?? "")).toMatchObject({
      webhookPublicKey: expect.stringMatching(/^MFkw/),
    });
    expect(await listAuditedActions()).toEqual(["providerAccount.webhooksRegistered"]);
    expect(answer.text).not.toContain("MFkw");
  });

  test("adds no second webhook when it is repeated", async () => {
    const credentials = sendgrid("webhooks");
    await addAccount(1, account, credentials);
    await register();
    const again = await register();
    expect(again.json.webhooks).toMatchObject([{ change: "kept" }]);
    expect(await registered(credentials)).toHaveLength(2);
  });

  test("reports an account that is full, and changes nothing there", async () => {
    await addAccount(1, account, sendgrid("webhooks-full"));
    const answer = await register();
    expect(answer.json).toMatchObject({ result: "incomplete", webhooks: [{ change: "full" }] });
    expect((await rowOf())?.registeredAt).toBeNull();
  });
});

describe("Mailgun's webhook registration", () => {
  test("merges our webhook by PUT into a kind that already has webhooks", async () => {
    const credentials = mailgun("webhooks");
    await addAccount(1, account, credentials);
    const { json, status } = await register();
    expect(status).toBe(200);
    expect(json.result).toBe("incomplete");
    const changes = Object.fromEntries(
      json.webhooks.map(({ name, change }: { name: string; change: string }) => [name, change]),
    );
    expect(changes).toEqual({
      accepted: "created",
      delivered: "updated",
      opened: "updated",
      clicked: "full",
      unsubscribed: "created",
      complained: "created",
      permanent_fail: "created",
      temporary_fail: "created",
    });
    const urls = Object.fromEntries(
      (await registered(credentials)).map((one) => ("urls" in one ? [one.name, one.urls] : ["", []])),
    );
    expect(urls.opened).toEqual(["https://other0.example/hook", "https://other1.example/hook", webhookUrl]);
    expect(urls.clicked).toHaveLength(3);
    expect(urls.clicked).not.toContain(webhookUrl);
    expect((await rowOf())?.registeredAt).toBeNull();
  });

  test("changes nothing when it is repeated", async () => {
    const credentials = mailgun("webhooks");
    await addAccount(1, account, credentials);
    await register();
    const before = await registered(credentials);
    const { json } = await register();
    expect(new Set(json.webhooks.map(({ change }: { change: string }) => change))).toEqual(
      new Set(["kept", "full"]),
    );
    expect(await registered(credentials)).toEqual(before);
  });

  test("is refused without a signing key, because the posts could not be verified", async () => {
    await addAccount(1, account, mailgun("webhooks", null));
    const answer = await register();
    expect([answer.status, Object.keys(answer.json.error.fields)]).toEqual([
      400,
      ["credentials.webhookSigningKey"],
    ]);
  });
});

test("a key without the permission is refused with the reason, and nothing is stored", async () => {
  await addAccount(1, account, sendgrid("webhooks-forbidden"));
  const answer = await register();
  expect([answer.status, answer.json.error.code]).toEqual([409, "conflict"]);
  expect((await rowOf())?.registeredAt).toBeNull();
});

test("an account of a service without webhooks needs no registration", async () => {
  const { json } = await register(getAccountId(1));
  expect(json).toEqual({
    result: "notNeeded",
    webhookUrl: `https://mail.test/webhooks/email-status/${getAccountId(1)}`,
    webhooks: [],
  });
});

test("only an admin can register webhooks, and only for an account of the same tenant", async () => {
  await createTenant(2);
  expect((await register(getAccountId(2))).status).toBe(404);
  token = await signToken({ role: "teamLead" });
  expect((await register(getAccountId(1))).status).toBe(403);
});
