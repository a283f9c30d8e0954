import { describe, expect, test } from "vitest";
import { normalizeMailgunEvents } from "../../worker/providers/mailgun/events.ts";
import type { NormalizedPost, WebhookRequest } from "../../worker/providers/provider.ts";
import { normalizeSendgridEvents } from "../../worker/providers/sendgrid/events.ts";
import mailgunSamples from "./samples/mailgun.json";
import sendgridSamples from "./samples/sendgrid.json";

const now = Date.UTC(2026, 0, 1, 12);

function post(body: string | Uint8Array, contentType = "application/json"): WebhookRequest {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const url = new URL("https://mail.test/webhooks/email-status/1");
  return { headers: new Headers({ "content-type": contentType }), body: bytes, url };
}

const sendgrid = (payload: unknown) => normalizeSendgridEvents(post(JSON.stringify(payload)), now);
const mailgun = (payload: unknown) => normalizeMailgunEvents(post(JSON.stringify(payload)), now);
const withoutKeys = ({ events, broken }: NormalizedPost) => ({
  broken,
  events: events.map(({ dedupeKey: _key, ...event }) => event),
});
const keysOf = async (normalized: Promise<NormalizedPost>) =>
  (await normalized).events.map(({ dedupeKey }) => dedupeKey);

describe("SendGrid's events", () => {
  test.each(sendgridSamples)("are read as expected: $about", async ({ payload, expected }) => {
    expect(withoutKeys(await sendgrid(payload))).toEqual({ events: expected, broken: 0 });
  });
});

describe("Mailgun's events", () => {
  test.each(mailgunSamples)("are read as expected: $about", async ({ payload, expected, contentType }) => {
    const isForm = contentType !== "application/json";
    const body = isForm
      ? new URLSearchParams(payload as Record<string, string>).toString()
      : JSON.stringify(payload);
    const normalized = await normalizeMailgunEvents(post(body, contentType), now);
    expect(withoutKeys(normalized)).toEqual({ events: [expected], broken: 0 });
  });

  test("in a legacy form are read from the last of two fields with one name", async () => {
    const body =
      "event=opened&recipient=ada%40example.com&timestamp=1767261600&event=clicked&url=https%3A%2F%2Fa.example";
    const { events } = await normalizeMailgunEvents(post(body, "application/x-www-form-urlencoded"), now);
    expect(events).toMatchObject([{ kind: "clicked", data: { url: "https://a.example" } }]);
  });
});

describe("the class of a bounce", () => {
  const bounce = { event: "bounce", type: "bounce", email: "ada@example.com", timestamp: 1767261600 };
  const failed = {
    event: "failed",
    severity: "permanent",
    recipient: "ada@example.com",
    timestamp: 1767261600,
  };

  test.each([
    [{ status: "5.0.0", reason: "550 Recipient address rejected: blocked using bl.example.org" }, "block"],
    [{ bounce_classification: "Invalid Address", reason: "550 5.7.1 your IP is on our block list" }, "block"],
    [{ bounce_classification: "Invalid Address", reason: "550 not here" }, "hard"],
    [{ bounce_classification: "Mailbox Unavailable", reason: "550 5.5.0 mailbox unavailable" }, "hard"],
    [{ bounce_classification: "Mailbox Unavailable", reason: "552 5.2.2 mailbox full" }, "soft"],
    [{ status: "5.1.1", reason: "550 5.2.2 the user is over quota" }, "soft"],
  ])("from SendGrid with %j is %s", async (fields, bounceClass) => {
    const { events } = await sendgrid([{ ...bounce, ...fields }]);
    expect(events).toMatchObject([{ kind: "bounced", data: { bounceClass } }]);
  });

  test.each([
    [{ code: 550, message: "Recipient address rejected: blocked using bl.example.org" }, "block"],
    [
      { code: 550, "enhanced-code": "5.1.1", message: "5.1.1 your IP has sent to too many recipients" },
      "block",
    ],
    [
      { code: 550, "enhanced-code": "5.5.0", message: "Requested action not taken: mailbox unavailable" },
      "hard",
    ],
    [{ code: 550, "enhanced-code": "5.1.1", message: "mailbox full" }, "soft"],
  ])("from Mailgun with %j is %s", async (status, bounceClass) => {
    const { events } = await mailgun({
      "event-data": { ...failed, reason: "generic", "delivery-status": status },
    });
    expect(events).toMatchObject([{ kind: "bounced", data: { bounceClass } }]);
  });
});

describe("the key of an event", () => {
  const event = {
    event: "click",
    email: "ada@example.com",
    timestamp: 1767261600,
    sg_message_id: "m.filter1.2.3.0",
  };

  test("is the same for SendGrid's repeats with another event id, timestamp type or batch", async () => {
    const [key] = await keysOf(sendgrid([{ ...event, url: "https://a.example", sg_event_id: "one" }]));
    const again = { ...event, url: "https://a.example", sg_event_id: "two", timestamp: "1767261600" };
    const [, second] = await keysOf(
      sendgrid([
        { ...event, event: "open" },
        { ...again, email: "Ada@Example.com" },
      ]),
    );
    expect(second).toBe(key);
    expect(key).toMatch(/^[\w-]{22}$/);
  });

  test("differs for SendGrid's events with another link, time, kind, person or message", async () => {
    const facts = [
      event,
      { ...event, url: "https://a.example" },
      { ...event, url: "https://b.example" },
      { ...event, timestamp: 1767261601 },
      { ...event, event: "open" },
      { ...event, email: "bo@example.com" },
      { ...event, sg_message_id: "n.filter1.2.3.0" },
    ];
    expect(new Set(await keysOf(sendgrid(facts))).size).toBe(facts.length);
  });

  test("of a SendGrid event without ids or time is made from all its fields", async () => {
    const bare = { event: "Processed", email: "ada@example.com", campaign: "1" };
    const reordered = { campaign: "1", email: "ada@example.com", event: "Processed" };
    const [first, second, other] = await keysOf(sendgrid([bare, reordered, { ...bare, campaign: "2" }]));
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    const [later] = (await normalizeSendgridEvents(post(JSON.stringify([bare])), now + 60_000)).events;
    expect(later?.dedupeKey).toBe(first);
  });

  const data = { id: "Ase7i2", event: "opened", timestamp: 1767261600.25, recipient: "ada@example.com" };

  test("is the same for a Mailgun event that is posted to two URLs with two signatures", async () => {
    const [key] = await keysOf(mailgun({ signature: { token: "a" }, "event-data": data }));
    const [again] = await keysOf(
      mailgun({ signature: { token: "b" }, "event-data": { ...data, recipient: "ADA@example.com" } }),
    );
    expect(again).toBe(key);
  });

  test("differs for a Mailgun id with another event, day or person", async () => {
    const facts = [
      data,
      { ...data, event: "clicked" },
      { ...data, timestamp: data.timestamp + 86_400 },
      { ...data, recipient: "bo@example.com" },
      { ...data, id: "Bse7i2" },
    ];
    const keys = await Promise.all(facts.map((fact) => keysOf(mailgun({ "event-data": fact }))));
    expect(new Set(keys.flat()).size).toBe(facts.length);
  });

  test("of a legacy Mailgun post is made from its content and not from its signature", async () => {
    const form = (fields: Record<string, string>) =>
      keysOf(
        normalizeMailgunEvents(
          post(new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded"),
          now,
        ),
      );
    const fields = {
      event: "clicked",
      recipient: "ada@example.com",
      timestamp: "1767261600",
      url: "https://a.example",
    };
    const [first] = await form({ ...fields, token: "a", signature: "a" });
    const [again] = await form({ ...fields, token: "b", signature: "b" });
    const [other] = await form({ ...fields, url: "https://b.example" });
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe("events that can't be read", () => {
  const good = {
    event: "delivered",
    email: "ada@example.com",
    timestamp: 1767261600,
    sg_message_id: "m.filter1.0",
  };
  const broken = [
    null,
    7,
    "text",
    [],
    [good],
    {},
    { email: "ada@example.com" },
    { event: "" },
    { event: {} },
    { event: null },
  ];

  test("are counted, and the rest of a SendGrid batch is kept", async () => {
    for (const element of broken) {
      const normalized = await sendgrid([good, element, { ...good, event: "open" }]);
      expect(normalized.broken).toBe(1);
      expect(normalized.events.map(({ kind }) => kind)).toEqual(["delivered", "opened"]);
    }
  });

  test.each(["", "{", "null", "[]junk", '"text"', "\u0000\u0001"])(
    "count as one broken element in the body %j, without an error",
    async (body) => {
      expect(await normalizeSendgridEvents(post(body), now)).toEqual({ events: [], broken: 1 });
      expect(await normalizeMailgunEvents(post(body), now)).toEqual({ events: [], broken: 1 });
    },
  );

  test("cause no error in bytes that are not UTF-8, or in a form that is not one", async () => {
    const bytes = Uint8Array.from([0x5b, 0xff, 0xfe, 0x5d]);
    expect(await normalizeSendgridEvents(post(bytes), now)).toEqual({ events: [], broken: 1 });
    expect(await normalizeMailgunEvents(post(bytes, "multipart/form-data"), now)).toEqual({
      events: [],
      broken: 1,
    });
    expect(await normalizeMailgunEvents(post(bytes, "multipart/form-data; boundary=x"), now)).toEqual({
      events: [],
      broken: 1,
    });
  });

  test("do not include an empty SendGrid batch", async () => {
    expect(await sendgrid([])).toEqual({ events: [], broken: 0 });
  });

  test.each([undefined, null, "soon", -5, 0, 1e30, Number.NaN])(
    "do not include an event with the timestamp %j, which counts as now",
    async (timestamp) => {
      const { events } = await sendgrid([{ ...good, timestamp }]);
      expect(events.map(({ occurredAt }) => occurredAt)).toEqual([now]);
    },
  );

  test("do not include an event with long texts, which are shortened", async () => {
    const long = "x".repeat(5_000);
    const { events } = await sendgrid([
      { ...good, event: "bounce", reason: long, url: `https://a.example/${long}`, useragent: long },
    ]);
    expect(events[0]?.data.diagnostic).toHaveLength(500);
    expect(events[0]?.data.url).toHaveLength(2_000);
    expect(events[0]?.data.userAgent).toHaveLength(500);
  });
});
