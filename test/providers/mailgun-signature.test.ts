import { describe, expect, test } from "vitest";
import { verifyMailgunSignature } from "../../worker/providers/mailgun/signature.ts";
import type { UnsealedAccount, WebhookRequest } from "../../worker/providers/provider.ts";
import { buildMailgunAccount } from "../support/worker/provider-fixtures.ts";
import { buildWebhookRequest, computeHmac } from "../support/worker/webhook-signing.ts";

const now = Date.UTC(2026, 0, 1, 12);
const secret = "a signing key of Mailgun";
const token = "0123456789abcdef0123456789abcdef0123456789abcdef01";
const seconds = (ms: number) => String(Math.trunc(ms / 1000));

function account(webhookSigningKey: string | null): UnsealedAccount {
  const credentials = {
    provider: "mailgun",
    apiKey: "key",
    domain: "mg.example",
    region: "us",
    webhookSigningKey,
  } as const;
  return { ...buildMailgunAccount("accept"), credentials };
}

type Changes = { timestamp?: string; token?: string; signature?: string; event?: string };

async function fieldsOf({
  timestamp = seconds(now),
  token: given = token,
  signature,
  event = "opened",
}: Changes) {
  const signed = {
    timestamp,
    token: given,
    signature: signature ?? (await computeHmac(secret, timestamp + token)),
  };
  return { signature: signed, "event-data": { event } };
}

async function verify(request: WebhookRequest) {
  return await verifyMailgunSignature(request, account(secret), now);
}

async function check(changes: Changes) {
  return await verify(buildWebhookRequest(JSON.stringify(await fieldsOf(changes))));
}

test("a post that Mailgun signed is accepted", async () => {
  expect(await check({})).toMatchObject({ ok: true });
});

test("a signature in capitals and a timestamp as a number are accepted", async () => {
  const signature = (await computeHmac(secret, seconds(now) + token)).toUpperCase();
  const signed = { timestamp: Number(seconds(now)), token, signature };
  expect(
    await verify(buildWebhookRequest(JSON.stringify({ signature: signed, "event-data": {} }))),
  ).toMatchObject({
    ok: true,
  });
});

test("another body with a used signature has another hash, and a repeated post the same hash", async () => {
  const [first, again, forged] = await Promise.all([check({}), check({}), check({ event: "complained" })]);
  expect(first).toEqual({
    ok: true,
    replay: { token, signedAt: expect.any(Number), bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(again).toEqual(first);
  expect(forged).toMatchObject({ ok: true, replay: { token } });
  expect(forged).not.toEqual(first);
});

describe("a Mailgun post is refused for", () => {
  test.each([
    ["another token", { token: `x${token.slice(1)}` }],
    ["an empty signature", { signature: "" }],
    ["a signature that is not hexadecimal", { signature: "z".repeat(64) }],
    ["half a signature", { signature: "ab".repeat(16) }],
    ["a timestamp of more than 25 hours ago", { timestamp: seconds(now - 25 * 3_600_000 - 1000) }],
    ["a timestamp of more than 5 minutes ahead", { timestamp: seconds(now + 301_000) }],
    ["an invalid timestamp", { timestamp: "1e9" }],
  ])("%s", async (_what, changes) => {
    expect((await check(changes)).ok).toBe(false);
  });

  test("a signature with another key, and any signature if no key is set", async () => {
    const request = buildWebhookRequest(JSON.stringify(await fieldsOf({})));
    expect((await verifyMailgunSignature(request, account("another signing key"), now)).ok).toBe(false);
    expect((await verifyMailgunSignature(request, account(""), now)).ok).toBe(false);
    expect((await verifyMailgunSignature(request, account(null), now)).ok).toBe(false);
    const outbox = { ...account(null), credentials: { provider: "outbox", webhookSecret: secret } } as const;
    expect((await verifyMailgunSignature(request, outbox, now)).ok).toBe(false);
  });

  test.each(["", "null", "[]", "{}", '{"signature":"text"}', '{"signature":{"token":7}}'])(
    "the body %j",
    async (body) => {
      expect((await verify(buildWebhookRequest(body))).ok).toBe(false);
    },
  );
});

describe("a form from Mailgun", () => {
  async function form(
    contentType: "urlencoded" | "multipart",
    fields: [string, string][],
  ): Promise<WebhookRequest> {
    const body = contentType === "urlencoded" ? new URLSearchParams(fields) : new FormData();
    if (body instanceof FormData) for (const [name, value] of fields) body.append(name, value);
    const response = new Response(body);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { headers: response.headers, body: bytes, url: new URL("https://mail.test/") };
  }

  test.each(["urlencoded", "multipart"] as const)(
    "of the type %s is verified by its last timestamp, token and signature",
    async (type) => {
      const signature = await computeHmac(secret, seconds(now) + token);
      const own: [string, string][] = [
        ["timestamp", "a tenant's"],
        ["token", "variable"],
        ["signature", "named so"],
      ];
      const signed: [string, string][] = [
        ["timestamp", seconds(now)],
        ["token", token],
        ["signature", signature],
      ];
      expect(await verify(await form(type, [...own, ...signed]))).toMatchObject({ ok: true });
      expect((await verify(await form(type, [...signed, ...own]))).ok).toBe(false);
    },
  );
});
