import { describe, expect, test } from "vitest";
import type { UnsealedAccount } from "../../worker/providers/provider.ts";
import { convertDerSignature, verifySendgridSignature } from "../../worker/providers/sendgrid/signature.ts";
import { buildSendgridAccount } from "../support/worker/provider-fixtures.ts";
import {
  buildWebhookRequest,
  createSendgridSigner,
  encodeDerSignature,
} from "../support/worker/webhook-signing.ts";

const now = Date.UTC(2026, 0, 1, 12);
const seconds = (ms: number) => String(Math.trunc(ms / 1000));
const signer = await createSendgridSigner();
const body = '[{"event":"processed"},\r\n{"event":"delivered"}]\r\n';

function account(webhookPublicKey: string | null): UnsealedAccount {
  const credentials = { provider: "sendgrid", apiKey: "SG.x", region: "us", webhookPublicKey } as const;
  return { ...buildSendgridAccount("accept"), credentials };
}

function signed(text: string, signature: string | null, timestamp: string | null) {
  return buildWebhookRequest(text, {
    ...(signature !== null && { "X-Twilio-Email-Event-Webhook-Signature": signature }),
    ...(timestamp !== null && { "X-Twilio-Email-Event-Webhook-Timestamp": timestamp }),
  });
}

async function check(changes: {
  body?: string;
  timestamp?: string;
  signedAt?: string;
  key?: string;
  signature?: string;
}) {
  const timestamp = changes.timestamp ?? seconds(now);
  const signature = changes.signature ?? (await signer.sign(changes.signedAt ?? timestamp, body));
  const request = signed(changes.body ?? body, signature, timestamp);
  return (await verifySendgridSignature(request, account(changes.key ?? signer.publicKey), now)).ok;
}

test("a post that SendGrid signed is accepted, however its signature is encoded", async () => {
  // A signature consists of two numbers, r and s. About half of all such numbers have their first
  // bit set, and DER puts a zero byte before each of these numbers. Forty signatures therefore test
  // both forms.
  for (let round = 0; round < 40; round += 1) expect(await check({})).toBe(true);
});

test("a key is accepted as SendGrid shows it, and in PEM lines", async () => {
  const lines = signer.publicKey.match(/.{1,64}/g)?.join("\n") ?? "";
  expect(await check({ key: `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n` })).toBe(true);
});

describe("a SendGrid post is refused for", () => {
  test.each([
    ["a body without its last line end", { body: body.trimEnd() }],
    ["a body that was parsed and written again", { body: JSON.stringify(JSON.parse(body)) }],
    ["another body", { body: "[]" }],
    ["a timestamp that is not the signed one", { signedAt: seconds(now - 1000) }],
    ["a timestamp of more than 25 hours ago", { timestamp: seconds(now - 25 * 3_600_000 - 1000) }],
    ["a timestamp of more than 5 minutes ahead", { timestamp: seconds(now + 301_000) }],
    ["an invalid timestamp", { timestamp: "timestamp" }],
    ["a signature that is not base64", { signature: "%%%" }],
    ["a signature that is not DER", { signature: "AAAA" }],
    ["an invalid key", { key: "AAAA" }],
  ])("%s", async (_what, changes) => {
    expect(await check(changes)).toBe(false);
  });

  test("another account's key, no key, and another kind of account", async () => {
    const other = await createSendgridSigner();
    expect(await check({ key: other.publicKey })).toBe(false);
    const request = signed(body, await signer.sign(seconds(now), body), seconds(now));
    expect((await verifySendgridSignature(request, account(null), now)).ok).toBe(false);
    const outbox = { ...account(null), credentials: { provider: "outbox", webhookSecret: "x" } } as const;
    expect((await verifySendgridSignature(request, outbox, now)).ok).toBe(false);
  });

  test("a missing signature or a missing timestamp", async () => {
    const signature = await signer.sign(seconds(now), body);
    expect(
      (await verifySendgridSignature(signed(body, null, seconds(now)), account(signer.publicKey), now)).ok,
    ).toBe(false);
    expect(
      (await verifySendgridSignature(signed(body, signature, null), account(signer.publicKey), now)).ok,
    ).toBe(false);
  });
});

test("a timestamp that is a day old or slightly ahead is accepted", async () => {
  expect(await check({ timestamp: seconds(now - 24.9 * 3_600_000) })).toBe(true);
  expect(await check({ timestamp: seconds(now + 299_000) })).toBe(true);
});

describe("a signature in DER", () => {
  const pair = (r: number[], s: number[]) => Uint8Array.from([...pad(r), ...pad(s)]);
  const pad = (bytes: number[]) => [...Array<number>(32 - bytes.length).fill(0), ...bytes];

  test.each([
    ["short numbers", pair([1], [2])],
    ["a first bit that is set", pair([0x80, 1], [0xff])],
    ["full length", pair(Array(32).fill(0xff), Array(32).fill(0x7f))],
  ])("with %s is converted unchanged", (_what, bytes) => {
    expect(convertDerSignature(encodeDerSignature(bytes))).toEqual(bytes);
  });

  test.each([
    ["nothing", []],
    ["another tag", [0x31, 6, 2, 1, 1, 2, 1, 1]],
    ["a wrong length", [0x30, 7, 2, 1, 1, 2, 1, 1]],
    ["bytes after the end", [0x30, 6, 2, 1, 1, 2, 1, 1, 0]],
    ["one number only", [0x30, 3, 2, 1, 1]],
    ["three numbers", [0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1]],
    ["an empty number", [0x30, 5, 2, 0, 2, 1, 1]],
    ["a negative number", [0x30, 6, 2, 1, 0x80, 2, 1, 1]],
    ["a superfluous zero", [0x30, 7, 2, 2, 0, 1, 2, 1, 1]],
    ["a number that runs over the end", [0x30, 6, 2, 1, 1, 2, 9, 1]],
    ["33 bytes", [0x30, 38, 2, 33, ...Array(33).fill(1), 2, 1, 1]],
  ])("is not accepted with %s", (_what, bytes) => {
    expect(convertDerSignature(Uint8Array.from(bytes))).toBeNull();
  });
});
