import { beforeEach, describe, expect, test } from "vitest";
import { findAccountOfAnyTenant } from "../../worker/db/provider-accounts.ts";
import { openDatabase } from "../../worker/db/scope.ts";
import { unsealCredentials } from "../../worker/providers/credentials.ts";
import { minute } from "../support/time.ts";
import {
  type Api,
  createApi,
  createTenant,
  getAccountId,
  getSenderId,
  signToken,
} from "../support/worker/api.ts";
import { providerServers } from "../support/worker/provider-fixtures.ts";
import { bindings, credentialsKey, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
let admin: { token: string };
const path = "/api/provider-accounts";

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  bindings.SENDGRID_API_BASE = providerServers.sendgrid;
  bindings.MAILGUN_API_BASE = providerServers.mailgun;
  api = createApi();
  admin = { token: await signToken({ role: "admin" }) };
});

const sendgrid = (behaviour = "accept") => ({ provider: "sendgrid", apiKey: `SG.${behaviour}.fake` });
const smtp = {
  provider: "smtp",
  host: "smtp.agency.example",
  port: 587,
  tls: "starttls",
  user: "jo@agency.example",
  password: "a secret word",
};
const add = (body: object = {}) =>
  api.post(path, { name: "Marketing", priority: 5, credentials: sendgrid(), ...body }, admin);

describe("a provider account", () => {
  test("is added, checked for its domains, and shows the addresses to register at the service", async () => {
    const { status, json } = await add();
    expect(status).toBe(201);
    expect(json).toMatchObject({
      provider: "sendgrid",
      name: "Marketing",
      priority: 5,
      isPaused: false,
      pauseReason: null,
      circuit: { state: "closed", failures: 0, openUntil: null },
      verifiedDomains: ["agency.example", "jo@single.example"],
      uncoveredSenderIds: [getSenderId(1)],
      webhookUrl: `https://mail.test/webhooks/email-status/${json.id}`,
    });
    expect(json.domainsCheckedAt).not.toBeNull();
    expect(json.inboundUrl).toMatch(/\/webhooks\/inbound\/\d+\?key=[\w-]{22}$/);
  });

  test("keeps its credentials sealed and never returns them", async () => {
    const added = await add();
    const listed = await api.get(path, admin);
    const changed = await api.patch(`${path}/${added.json.id}`, { name: "Other" }, admin);
    const { results } = await bindings.DB.prepare("SELECT data FROM audit_log").all<{ data: string }>();
    for (const text of [added.text, listed.text, changed.text, JSON.stringify(results)]) {
      expect(text).not.toMatch(/SG\.|fake|sealed|secret/);
    }
    const row = await findAccountOfAnyTenant(openDatabase(bindings.DB), added.json.id);
    expect(
      await unsealCredentials(credentialsKey, added.json.id, row?.sealedCredentials ?? ""),
    ).toMatchObject(sendgrid());
  });

  test("is listed in the order of use, and can't be found by another tenant", async () => {
    await add({ priority: 0, name: "Zero" });
    await add({ priority: 9, name: "Nine" });
    const { json } = await api.get(path, admin);
    expect(json.items.map(({ name }: { name: string }) => name)).toEqual(["Main", "Zero", "Nine"]);
    expect((await api.patch(`${path}/${getAccountId(2)}`, { name: "Mine" }, admin)).status).toBe(404);
    expect((await api.post(`${path}/${getAccountId(2)}/check`, undefined, admin)).status).toBe(404);
  });

  test.each(["viewer", "agent", "teamLead"])("is neither seen nor changed by a %s", async (role) => {
    const token = await signToken({ role });
    expect((await api.get(path, { token })).status).toBe(403);
    expect((await api.post(path, { name: "x", credentials: sendgrid() }, { token })).status).toBe(403);
    const patched = await api.patch(`${path}/${getAccountId(1)}`, { isPaused: true }, { token });
    expect(patched.status).toBe(403);
    expect((await api.post(`${path}/${getAccountId(1)}/check`, undefined, { token })).status).toBe(403);
  });

  test.each([
    [{ credentials: { provider: "sendgrid", apiKey: "nonsense" } }, "credentials.apiKey"],
    [{ credentials: { ...smtp, port: 25 } }, "credentials.port"],
    [{ credentials: { ...smtp, host: "localhost" } }, "credentials.host"],
    [{ credentials: { provider: "pigeon" } }, "credentials.provider"],
    [{ verifiedDomains: ["agency.example"] }, "verifiedDomains"],
    [{ credentials: smtp, verifiedDomains: ["not a domain"] }, "verifiedDomains.0"],
    [{ name: "two\r\nlines" }, "name"],
    [{ priority: -1 }, "priority"],
    [{ tenantId: 2 }, "tenantId"],
  ])("is refused with %j; the fault names the field, and nothing is written", async (body, field) => {
    const { status, json } = await add(body);
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toContain(field);
    expect((await api.get(path, admin)).json.items).toHaveLength(1);
  });

  test("is refused if the tenant has ten already", async () => {
    for (let count = 1; count < 10; count += 1) expect((await add()).status).toBe(201);
    expect((await add()).status).toBe(409);
  });

  test("for SMTP has the From domains that an admin enters", async () => {
    const verifiedDomains = ["brokerage-1.example"];
    const { json } = await add({ credentials: smtp, verifiedDomains });
    expect(json).toMatchObject({ verifiedDomains, uncoveredSenderIds: [], domainsCheckedAt: null });
    const changed = await api.patch(`${path}/${json.id}`, { verifiedDomains: null }, admin);
    expect(changed.json).toMatchObject({ verifiedDomains: null, uncoveredSenderIds: [getSenderId(1)] });
  });
});

describe("a changed provider account", () => {
  const stand = () =>
    bindings.DB.prepare(
      `UPDATE provider_accounts SET is_paused = 1, pause_reason = 'blocked', paused_at = ?1, circuit_failures = 7,
        circuit_open_until = ?1 WHERE id = ?2`,
    ).bind(api.now() + minute, getAccountId(1));

  test("shows its pause reason and circuit, and starts fresh when it is resumed", async () => {
    await stand().run();
    const before = await api.get(path, admin);
    expect(before.json.items[0]).toMatchObject({
      isPaused: true,
      pauseReason: "blocked",
      circuit: { state: "open", failures: 7 },
    });
    const { json } = await api.patch(`${path}/${getAccountId(1)}`, { isPaused: false }, admin);
    expect(json).toMatchObject({
      isPaused: false,
      pauseReason: null,
      pausedAt: null,
      circuit: { state: "closed", failures: 0, openUntil: null },
    });
  });

  test("with new credentials is checked again; credentials of another service are refused", async () => {
    const { json } = await add();
    const other = { provider: "mailgun", apiKey: "key-0123456789", domain: "mg.agency.example" };
    const refused = await api.patch(`${path}/${json.id}`, { credentials: other }, admin);
    expect(refused.json.error.fields).toHaveProperty(["credentials.provider"]);
    const changed = await api.patch(`${path}/${json.id}`, { credentials: sendgrid("partial") }, admin);
    expect(changed.json.verifiedDomains).toEqual(["agency.example"]);
  });

  test("is refused if nothing is changed", async () => {
    expect((await api.patch(`${path}/${getAccountId(1)}`, {}, admin)).status).toBe(400);
  });
});

describe("the domain check of an account", () => {
  test("stores the service's answer; after a new key the domains are unknown until it answers", async () => {
    const { json } = await add();
    await api.patch(`${path}/${json.id}`, { credentials: sendgrid("forbidden") }, admin);
    const refused = await api.post(`${path}/${json.id}/check`, undefined, admin);
    expect([refused.status, refused.json.error.message]).toEqual([
      503,
      "The service can't say right now: HTTP 403. Try again later.",
    ]);
    const listed = await api.get(path, admin);
    expect(listed.json.items[1]).toMatchObject({ verifiedDomains: null, domainsCheckedAt: null });
    await api.patch(`${path}/${json.id}`, { credentials: sendgrid("accept") }, admin);
    expect((await api.post(`${path}/${json.id}/check`, undefined, admin)).status).toBe(200);
  });
});
