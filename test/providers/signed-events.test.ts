import { describe, expect, test } from "vitest";
import type { UnsealedAccount } from "../../worker/providers/provider.ts";
import { normalizeSignedEvents, verifySignedEvents } from "../../worker/providers/signed-events.ts";
import { buildMailgunAccount, buildSmtpAccount } from "../support/worker/provider-fixtures.ts";
import { buildWebhookRequest, computeHmac } from "../support/worker/webhook-signing.ts";

const now = Date.UTC(2026, 0, 1, 12);
const seconds = (ms: number) => String(Math.trunc(ms / 1000));
const secret = "a webhook secret of ours";
const outbox: UnsealedAccount = {
  id: 4,
  tenantId: 7,
  provider: "outbox",
  credentials: { provider: "outbox", webhookSecret: secret },
};
const body = '{"events":[]}\n';

async function signatureOf(timestamp = seconds(now), text = body): Promise<string> {
  return `t=${timestamp},v1=${await computeHmac(secret, `${timestamp}.${text}`)}`;
}

async function check(header: string | null, account = outbox): Promise<boolean> {
  const headers = header === null ? undefined : { "X-Doorknock-Signature": header };
  return (await verifySignedEvents(buildWebhookRequest(body, headers), account, now)).ok;
}

describe("the signature of our own events", () => {
  test("is checked alike for SMTP and outbox accounts", async () => {
    const smtp = buildSmtpAccount("starttls", "user");
    if (smtp.credentials.provider !== "smtp") throw new Error("not an SMTP account");
    expect(await check(await signatureOf())).toBe(true);
    expect(
      await check(await signatureOf(), {
        ...smtp,
        credentials: { ...smtp.credentials, webhookSecret: secret },
      }),
    ).toBe(true);
    expect(await check(await signatureOf(), smtp)).toBe(false);
    expect(await check(await signatureOf(), buildMailgunAccount("accept"))).toBe(false);
  });

  test("covers the body and the timestamp", async () => {
    expect(await check(await signatureOf(seconds(now), body.trim()))).toBe(false);
    const other = await signatureOf(seconds(now - 1000));
    expect(await check(other)).toBe(true);
    expect(await check(other.replace(seconds(now - 1000), seconds(now)))).toBe(false);
  });

  test("is refused if it is too old, too far ahead, missing or malformed", async () => {
    expect(await check(await signatureOf(seconds(now - 25 * 3_600_000 - 1000)))).toBe(false);
    expect(await check(await signatureOf(seconds(now + 301_000)))).toBe(false);
    const good = await signatureOf();
    for (const header of [
      null,
      "",
      "t=1",
      good.replace("v1", "v2"),
      `${good}00`,
      good.slice(0, -2),
      `x${good}`,
    ]) {
      expect(await check(header)).toBe(false);
    }
  });
});

describe("our own events", () => {
  const bounce = { kind: "bounced", recipientId: 41, stepNumber: 2, occurredAt: now, id: "relay-77" };
  const normalize = (payload: unknown) => normalizeSignedEvents(buildWebhookRequest(JSON.stringify(payload)));

  test("are read with all their fields", async () => {
    const told = {
      ...bounce,
      email: "ada@example.com",
      bounceClass: "hard",
      status: "5.1.1",
      messageId: "<m@a.example>",
    };
    expect(await normalize({ events: [told] })).toEqual({
      broken: 0,
      events: [
        {
          kind: "bounced",
          recipientId: 41,
          stepNumber: 2,
          email: "ada@example.com",
          occurredAt: now,
          dedupeKey: expect.stringMatching(/^[\w-]{22}$/),
          isMachine: false,
          messageId: "m@a.example",
          providerMessageId: null,
          data: { bounceClass: "hard", status: "5.1.1" },
        },
      ],
    });
  });

  test("may be opens and clicks, also by machines, with times in ISO 8601", async () => {
    const click = {
      ...bounce,
      kind: "clicked",
      occurredAt: "2026-01-01T14:00:00+02:00",
      url: "https://a.example/",
      isMachine: true,
    };
    const { events } = await normalize({ events: [click] });
    expect(events).toMatchObject([
      { kind: "clicked", occurredAt: now, isMachine: true, data: { url: "https://a.example/" } },
    ]);
  });

  test("have one key per kind and id", async () => {
    const { events } = await normalize({
      events: [
        bounce,
        { ...bounce, occurredAt: now + 1 },
        { ...bounce, id: "relay-78" },
        { ...bounce, kind: "delivered" },
      ],
    });
    const [first, again, ...others] = events.map(({ dedupeKey }) => dedupeKey);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  test("that are broken are counted, and the others are kept", async () => {
    const broken = [
      null,
      "text",
      {},
      { ...bounce, kind: "exploded" },
      { ...bounce, recipientId: "41" },
      { ...bounce, recipientId: 0 },
      { ...bounce, stepNumber: 1.5 },
      { ...bounce, occurredAt: "yesterday" },
      { ...bounce, id: "" },
      { ...bounce, bounceClass: "Hard" },
      { ...bounce, email: "nobody" },
    ];
    const normalized = await normalize({ events: [...broken, bounce] });
    expect(normalized.broken).toBe(broken.length);
    expect(normalized.events).toHaveLength(1);
  });

  test.each(["", "[]", "null", "{}", '{"events":{}}'])("are not found in %j", async (text) => {
    expect(await normalizeSignedEvents(buildWebhookRequest(text))).toEqual({ events: [], broken: 1 });
  });
});
