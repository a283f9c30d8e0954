import { describe, expect, test } from "vitest";
import type { SendOutcome } from "../../worker/providers/provider.ts";
import { createSendgridProvider } from "../../worker/providers/sendgrid/send.ts";
import {
  buildOutgoingEmail,
  buildSendgridAccount,
  fetchReceivedRequests,
  formatReference,
  providerServers,
  providerTimeoutMs,
} from "../support/worker/provider-fixtures.ts";

/**
 * Our clock shows 10:05, five minutes more than the time in SendGrid's answers, so that a test
 * notices which clock the provider uses.
 */
const wallClock = () => Date.UTC(2026, 0, 1, 10, 5);
const provider = createSendgridProvider({ us: providerServers.sendgrid, eu: "http://eu.invalid" }, wallClock);

type Received = { headers: Record<string, string>; body: Record<string, unknown> };

async function outcomeFor(behaviour: string, ms = providerTimeoutMs): Promise<SendOutcome> {
  return await provider.send(
    buildOutgoingEmail("ada.owner@example.com"),
    buildSendgridAccount(behaviour),
    ms,
  );
}

describe("an email that SendGrid accepts", () => {
  test("is identified by SendGrid's own id", async () => {
    expect(await outcomeFor("accept")).toEqual({
      kind: "accepted",
      providerMessageId: "Qv9kT2mXSzuYw1aBcDeF3g",
    });
  });

  test("is sent completely: one recipient, our reference, text before HTML, our headers, no tracking", async () => {
    const email = buildOutgoingEmail("ada.owner@example.com");
    await provider.send(email, buildSendgridAccount("accept"), providerTimeoutMs);
    const [got, ...more] = await fetchReceivedRequests<Received>("sendgrid", formatReference(email));
    expect(more).toEqual([]);
    expect(got?.body).toEqual({
      personalizations: [
        {
          to: [{ email: "ada.owner@example.com", name: "Ada Owner" }],
          custom_args: { dk_message: formatReference(email) },
        },
      ],
      from: { email: "jo@agency.example", name: "Jo Agent" },
      reply_to: { email: "r+k3@reply.agency.example", name: "Jo Agent" },
      subject: "Your house on Oak Street",
      content: [
        { type: "text/plain", value: "Hello Ada, shall we talk?" },
        { type: "text/html", value: "<p>Hello <b>Ada</b>, shall we talk?</p>" },
      ],
      headers: email.headers,
      tracking_settings: {
        click_tracking: { enable: false, enable_text: false },
        open_tracking: { enable: false },
        subscription_tracking: { enable: false },
        ganalytics: { enable: false },
      },
    });
  });

  test("puts none of its headers on the HTTP request", async () => {
    const headers = { Authorization: "Bearer SG.forbidden.fake", "X-House": "Straße №5 🏠" };
    const email = buildOutgoingEmail("ada.owner@example.com", { headers });
    expect(await provider.send(email, buildSendgridAccount("accept"), providerTimeoutMs)).toMatchObject({
      kind: "accepted",
    });
    const [got] = await fetchReceivedRequests<Received>("sendgrid", formatReference(email));
    expect(got?.headers.authorization).toBe("Bearer SG.accept.fake");
    const names = Object.keys(got?.headers ?? {});
    expect(names.filter((name) => /message-id|unsubscribe|feedback|x-house/i.test(name))).toEqual([]);
    expect(got?.body.headers).toMatchObject({ "X-House": "Straße №5 🏠" });
  });

  test("has bare addresses without names, and no Reply-To if there is none", async () => {
    const bare = {
      from: { email: "jo@agency.example", name: "" },
      to: { email: "ada@example.com", name: "" },
    };
    const email = buildOutgoingEmail("ada@example.com", { ...bare, replyTo: null });
    expect(await provider.send(email, buildSendgridAccount("accept"), providerTimeoutMs)).toMatchObject({
      kind: "accepted",
    });
    const [got] = await fetchReceivedRequests<Received>("sendgrid", formatReference(email));
    expect(got?.body).toMatchObject({
      from: { email: "jo@agency.example" },
      personalizations: [{ to: [{ email: "ada@example.com" }] }],
    });
    expect(got?.body).not.toHaveProperty("reply_to");
    expect(got?.body).not.toHaveProperty("from.name");
  });

  test("leaves out the headers that SendGrid writes itself", async () => {
    const headers = { "Content-Type": "text/plain", Received: "by us", "In-Reply-To": "<m0@agency.example>" };
    const email = buildOutgoingEmail("ada.owner@example.com", { headers });
    expect(await provider.send(email, buildSendgridAccount("accept"), providerTimeoutMs)).toMatchObject({
      kind: "accepted",
    });
    const [got] = await fetchReceivedRequests<Received>("sendgrid", formatReference(email));
    expect(got?.body.headers).toEqual({
      "In-Reply-To": "<m0@agency.example>",
      "Message-ID": email.messageId,
    });
  });

  test("is sent with its own account's key, even beside another account's email", async () => {
    const emails = ["accept", "forbidden", "accept", "forbidden"].map((key) => ({
      key,
      email: buildOutgoingEmail("a@example.com"),
    }));
    const outcomes = await Promise.all(
      emails.map(({ key, email }) => provider.send(email, buildSendgridAccount(key), providerTimeoutMs)),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(["accepted", "refused", "accepted", "refused"]);
    for (const { key, email } of emails) {
      const got = await fetchReceivedRequests<Received>("sendgrid", formatReference(email));
      expect(got.map(({ headers }) => headers.authorization)).toEqual([`Bearer SG.${key}.fake`]);
    }
  });
});

describe("a refusal by SendGrid", () => {
  test("of the address is the recipient's fault, and does not repeat the address", async () => {
    const outcome = await outcomeFor("bad-recipient");
    expect(outcome).toMatchObject({ kind: "refused", fault: "recipient", bounceClass: "hard" });
    expect(JSON.stringify(outcome)).not.toContain("ada.owner");
    expect(JSON.stringify(outcome)).toContain(
      "personalizations.0.to.0.email Does not contain a valid address",
    );
  });

  test.each([
    ["bad-content", "message"],
    ["unknown-key", "channel"],
    ["forbidden", "channel"],
    ["status-402", "channel"],
    ["status-404", "channel"],
    ["status-413", "channel"],
  ])("with %s is the %s's fault", async (behaviour, fault) => {
    expect(await outcomeFor(behaviour)).toMatchObject({ kind: "refused", fault });
  });

  test("does not repeat the key or the address of the answer", async () => {
    const outcome = await outcomeFor("echoes-key");
    expect(outcome).toEqual({
      kind: "refused",
      fault: "channel",
      status: null,
      detail: "HTTP 401: bad key [hidden] for [hidden]",
    });
  });

  test.each([521, 523, 525, 526, 530])(
    "is the status %i, with which Cloudflare reports that it did not reach the service",
    async (status) => {
      expect(await outcomeFor(`status-${status}`)).toMatchObject({ kind: "refused", fault: "channel" });
    },
  );

  test("is the outcome for an email that the library rejects, and nothing is sent", async () => {
    const email = buildOutgoingEmail("ada.owner@example.com", { subject: 5 as unknown as string });
    expect(await provider.send(email, buildSendgridAccount("accept"), providerTimeoutMs)).toMatchObject({
      kind: "refused",
      fault: "message",
    });
    expect(await fetchReceivedRequests("sendgrid", formatReference(email))).toEqual([]);
  });
});

describe("a deferral by SendGrid", () => {
  test.each([
    ["limited-seconds", 17_000],
    ["limited-date", 90_000],
    ["limited-reset", 42_000],
    ["limited-remaining", 10_000],
    ["limited-past", 0],
    ["limited-long", 86_400_000],
    ["limited-negative", null],
    ["limited-garbage", null],
    ["limited-silent", null],
  ])("with %s has the wait by SendGrid's clock", async (behaviour, retryAfterMs) => {
    expect(await outcomeFor(behaviour)).toMatchObject({ kind: "deferred", retryAfterMs });
  });

  test("is a 503, which says that the service is down", async () => {
    expect(await outcomeFor("status-503")).toMatchObject({ kind: "deferred", isServiceDown: true });
  });
});

describe("an unknown outcome at SendGrid", () => {
  test("is the result of a connection that breaks off, and is known at once", async () => {
    expect(await outcomeFor("reset")).toEqual({ kind: "unknown", detail: "no answer" });
  });

  test.each(["status-500", "status-502", "status-504", "not-json", "status-408", "sandbox"])(
    "is the result of %s",
    async (behaviour) => {
      expect(await outcomeFor(behaviour)).toMatchObject({ kind: "unknown" });
    },
  );

  test.each(["hang", "trickle"])("is the result of %s at the deadline", async (behaviour) => {
    const startedAt = Date.now();
    expect(await outcomeFor(behaviour, 300)).toMatchObject({ kind: "unknown" });
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });

  test("is the result of a failed connection, which workerd reports like a lost one", async () => {
    const nowhere = createSendgridProvider(
      { us: `http://127.0.0.1:${providerServers.smtp.nobody}`, eu: "" },
      wallClock,
    );
    const outcome = await nowhere.send(
      buildOutgoingEmail("a@example.com"),
      buildSendgridAccount("accept"),
      providerTimeoutMs,
    );
    expect(outcome).toEqual({ kind: "unknown", detail: "no answer" });
  });
});

describe("the domains that a SendGrid account may send for", () => {
  const list = (behaviour: string) =>
    provider.listIdentities(buildSendgridAccount(behaviour), providerTimeoutMs);

  test("are its authenticated domains and verified senders, without pending ones", async () => {
    const identities = ["agency.example", "jo@single.example"];
    expect(await list("accept")).toEqual({ kind: "known", identities });
  });

  test("are incomplete if the key may read only some, and unavailable if it may read none", async () => {
    expect(await list("partial")).toEqual({ kind: "known", identities: ["agency.example"] });
    expect(await list("forbidden")).toEqual({ kind: "unavailable", detail: "HTTP 403" });
    expect(await list("unknown-key")).toEqual({ kind: "unavailable", detail: "HTTP 401" });
  });
});

describe("the status of a message at SendGrid", () => {
  const ask = (behaviour: string, email = buildOutgoingEmail("ada.owner@example.com")) =>
    provider.getStatus({ ...email, ageMs: 3_600_000 }, buildSendgridAccount(behaviour), providerTimeoutMs);

  test("is found in the activity feed, and only with our own reference", async () => {
    const email = buildOutgoingEmail("ada.owner@example.com");
    expect(await ask("activity", email)).toEqual({ kind: "known", events: [] });
    await provider.send(email, buildSendgridAccount("activity"), providerTimeoutMs);
    const { recipientId, stepNumber } = email.reference;
    expect(await ask("activity", email)).toMatchObject({
      kind: "known",
      events: [{ kind: "accepted", recipientId, stepNumber }],
    });
  });

  test("is unsupported, and never absent, for an account without the activity feed", async () => {
    expect(await ask("accept")).toEqual({ kind: "unsupported" });
  });
});
