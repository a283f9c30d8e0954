import { beforeEach, describe, expect, test } from "vitest";
import { syncSuppressions } from "../../worker/accounts/sync-suppressions.ts";
import { createContext } from "../../worker/context.ts";
import { findAccountOfAnyTenant } from "../../worker/db/provider-accounts.ts";
import type { Credentials } from "../../worker/providers/provider.ts";
import { createTenant, getAccountId } from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { providerServers } from "../support/worker/provider-fixtures.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

const ctx = createContext(
  { ...bindings, SENDGRID_API_BASE: providerServers.sendgrid, MAILGUN_API_BASE: providerServers.mailgun },
  { now: () => testStartAt },
);
const sendgrid = (apiKey = "SG.accept.fake"): Credentials => ({
  provider: "sendgrid",
  apiKey,
  region: "us",
  webhookPublicKey: null,
});
const mailgun = (apiKey = "key-accept"): Credentials => ({
  provider: "mailgun",
  apiKey,
  domain: "mg.agency.example",
  region: "us",
  webhookSigningKey: null,
});

beforeEach(emptyDatabase);

async function sync(credentials: Credentials) {
  await createTenant(1, credentials);
  return again();
}

async function again() {
  const row = await findAccountOfAnyTenant(ctx.db, getAccountId(1));
  if (row === undefined) throw new Error("no account");
  return syncSuppressions(ctx, row, "admin-1");
}

async function byReason() {
  const { results } = await bindings.DB.prepare(
    "SELECT reason, count(*) AS count FROM suppressions GROUP BY reason ORDER BY reason",
  ).all();
  return results;
}

describe.each([
  ["SendGrid's", sendgrid, 502],
  ["Mailgun's", mailgun, 1001],
] as const)("%s suppression lists", (_, credentials, bounced) => {
  test("are imported once, page by page, without blocks", async () => {
    const read = bounced + 2;
    const whole = { kind: "synced", read, isComplete: true, syncedAt: testStartAt };
    expect(await sync(credentials())).toEqual({ ...whole, added: read });
    expect(await byReason()).toEqual([
      { reason: "bounced", count: bounced },
      { reason: "complained", count: 1 },
      { reason: "unsubscribed", count: 1 },
    ]);
    expect(await again()).toEqual({ ...whole, added: 0 });
    expect((await findAccountOfAnyTenant(ctx.db, getAccountId(1)))?.suppressionsSyncedAt).toBe(testStartAt);
  });

  test("keep our stronger reason, and replace our weaker one", async () => {
    const plant = (email: string, reason: string) =>
      bindings.DB.prepare("INSERT INTO suppressions VALUES (1, ?, ?, 'ours', '{}', 1)")
        .bind(email, reason)
        .run();
    await plant("out@example.com", "complained");
    await plant("spam@example.com", "manual");
    await sync(credentials());
    const { results } = await bindings.DB.prepare(
      "SELECT email, reason FROM suppressions WHERE email IN ('out@example.com', 'spam@example.com') ORDER BY email",
    ).all();
    expect(results).toEqual([
      { email: "out@example.com", reason: "complained" },
      { email: "spam@example.com", reason: "complained" },
    ]);
  });
});

test("a service's addresses are normalized like ours, and invalid ones are left out", async () => {
  expect(await sync(sendgrid())).toMatchObject({ read: 504 });
  const { results } = await bindings.DB.prepare(
    "SELECT email FROM suppressions WHERE email LIKE '%invalid%' OR email NOT LIKE '%@example.com'",
  ).all();
  expect(results).toEqual([{ email: "invalid@xn--bcher-kva.example" }]);
});

test.each([
  ["an unknown SendGrid key", sendgrid("SG.nobody"), "HTTP 401"],
  ["an unknown Mailgun key", mailgun("nobody"), "HTTP 401"],
])("an account with %s imports nothing", async (_, credentials, detail) => {
  expect(await sync(credentials)).toEqual({ kind: "unavailable", detail });
  expect(await byReason()).toEqual([]);
  expect((await findAccountOfAnyTenant(ctx.db, getAccountId(1)))?.suppressionsSyncedAt).toBeNull();
});

test("an account of a service without suppression lists is unsupported", async () => {
  expect(await sync({ provider: "outbox", webhookSecret: "an outbox secret for tests" })).toEqual({
    kind: "unsupported",
  });
});
