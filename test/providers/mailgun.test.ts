import { describe, expect, test } from "vitest";
import { createMailgunProvider } from "../../worker/providers/mailgun/send.ts";
import type { OutgoingEmail, SendOutcome } from "../../worker/providers/provider.ts";
import { hour } from "../support/time.ts";
import {
  buildMailgunAccount,
  buildOutgoingEmail,
  fetchReceivedRequests,
  formatReference,
  providerServers,
  providerTimeoutMs,
  removeAngleBrackets,
} from "../support/worker/provider-fixtures.ts";

const wallClock = () => Date.UTC(2021, 11, 20, 20, 33, 0);
const provider = createMailgunProvider({ us: providerServers.mailgun, eu: "http://eu.invalid" }, wallClock);

type Received = { headers: Record<string, string>; fields: Record<string, string> };

async function outcomeFor(behaviour: string, ms = providerTimeoutMs): Promise<SendOutcome> {
  return await provider.send(buildOutgoingEmail("ada.owner@example.com"), buildMailgunAccount(behaviour), ms);
}

async function fieldsOf(email: OutgoingEmail): Promise<Record<string, string> | undefined> {
  expect(await provider.send(email, buildMailgunAccount("accept"), providerTimeoutMs)).toMatchObject({
    kind: "accepted",
  });
  const [got, ...more] = await fetchReceivedRequests<Received>("mailgun", formatReference(email));
  expect(more).toEqual([]);
  return got?.fields;
}

describe("an email that Mailgun accepts", () => {
  test("is identified by our own Message-ID", async () => {
    const email = buildOutgoingEmail("ada.owner@example.com");
    const outcome = await provider.send(email, buildMailgunAccount("accept"), providerTimeoutMs);
    expect(outcome).toEqual({ kind: "accepted", providerMessageId: removeAngleBrackets(email.messageId) });
  });

  test("is sent completely: one recipient, our reference, both bodies, our headers, no tracking", async () => {
    const email = buildOutgoingEmail("ada.owner@example.com");
    expect(await fieldsOf(email)).toEqual({
      from: '"Jo Agent" <jo@agency.example>',
      to: '"Ada Owner" <ada.owner@example.com>',
      subject: "Your house on Oak Street",
      text: "Hello Ada, shall we talk?",
      html: "<p>Hello <b>Ada</b>, shall we talk?</p>",
      "h:Reply-To": '"Jo Agent" <r+k3@reply.agency.example>',
      "h:Message-Id": email.messageId,
      "h:List-Unsubscribe": email.headers["List-Unsubscribe"],
      "h:List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "h:Feedback-ID": "c1:t7:outreach:doorknock",
      "o:tracking": "no",
      "o:tracking-clicks": "no",
      "o:tracking-opens": "no",
      "v:dk_message": formatReference(email),
    });
  });

  test.each([
    ["Jane Doe", '"Jane Doe" <r+k3@reply.agency.example>'],
    ["José", "r+k3@reply.agency.example"],
  ])("has the name %s in Reply-To only if the name is ASCII", async (replyToName, header) => {
    const fields = await fieldsOf(buildOutgoingEmail("ada.owner@example.com", { replyToName }));
    expect(fields?.["h:Reply-To"]).toBe(header);
  });

  test("has one recipient, whatever characters the name has", async () => {
    const name = 'Owner, Ada "Addy" <x@y.example> \\ José';
    const fields = await fieldsOf(
      buildOutgoingEmail("ada.owner@example.com", { to: { email: "ada.owner@example.com", name } }),
    );
    expect(fields?.to).toBe('"Owner, Ada \\"Addy\\" <x@y.example> \\\\ José" <ada.owner@example.com>');
  });

  test("has a bare address without a name, and no Reply-To if there is none", async () => {
    const to = { email: "ada.owner@example.com", name: "" };
    const fields = await fieldsOf(buildOutgoingEmail(to.email, { to, replyTo: null }));
    expect(fields?.to).toBe("ada.owner@example.com");
    expect(fields).not.toHaveProperty("h:Reply-To");
  });

  test("is sent with its own account's key, even beside another account's email", async () => {
    const emails = ["accept", "status-403", "accept"].map((key) => ({
      key,
      email: buildOutgoingEmail("a@example.com"),
    }));
    const outcomes = await Promise.all(
      emails.map(({ key, email }) => provider.send(email, buildMailgunAccount(key), providerTimeoutMs)),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(["accepted", "refused", "accepted"]);
    for (const { key, email } of emails) {
      const got = await fetchReceivedRequests<Received>("mailgun", formatReference(email));
      expect(got.map(({ headers }) => headers.authorization)).toEqual([`Basic ${btoa(`api:key-${key}`)}`]);
    }
  });
});

describe("a refusal by Mailgun", () => {
  test.each([
    ["bad-recipient", "recipient"],
    ["bad-content", "message"],
    ["no-reason", "message"],
    ["bad-domain", "channel"],
    ["unknown-key", "channel"],
    ["status-402", "channel"],
    ["status-403", "channel"],
    ["status-404", "channel"],
    ["status-413", "channel"],
    ["status-523", "channel"],
  ])("with %s is the %s's fault", async (behaviour, fault) => {
    expect(await outcomeFor(behaviour)).toMatchObject({ kind: "refused", fault });
  });

  test("is the answer for a domain that the account does not have", async () => {
    const account = buildMailgunAccount("accept");
    if (account.credentials.provider !== "mailgun") throw new Error("not a Mailgun account");
    const credentials = { ...account.credentials, domain: "other.example/../mg.agency.example" };
    const outcome = await provider.send(
      buildOutgoingEmail("a@example.com"),
      { ...account, credentials },
      providerTimeoutMs,
    );
    expect(outcome).toMatchObject({
      kind: "refused",
      fault: "channel",
      detail: "HTTP 404: Domain not found",
    });
  });

  test("does not repeat the key or the address of the answer", async () => {
    const detail = "HTTP 401: Forbidden [hidden] for [hidden]";
    expect(await outcomeFor("echoes-key")).toEqual({
      kind: "refused",
      fault: "channel",
      status: null,
      detail,
    });
  });
});

describe("a deferral by Mailgun", () => {
  test.each([
    ["limited", 21_000],
    ["limited-long", 86_400_000],
    ["limited-garbage", null],
    ["limited-silent", null],
  ])("with %s has the wait that its message names", async (behaviour, retryAfterMs) => {
    expect(await outcomeFor(behaviour)).toMatchObject({ kind: "deferred", retryAfterMs });
  });

  test("is a 503, which says that the service is down", async () => {
    expect(await outcomeFor("status-503")).toMatchObject({ kind: "deferred", isServiceDown: true });
  });
});

describe("an unknown outcome at Mailgun", () => {
  test("is the result of a connection that breaks off, although the library reports a 400", async () => {
    expect(await outcomeFor("reset")).toEqual({ kind: "unknown", detail: "no answer" });
  });

  test.each(["status-500", "status-502", "status-504", "not-json", "page"])(
    "is the result of %s",
    async (behaviour) => {
      expect(await outcomeFor(behaviour)).toMatchObject({ kind: "unknown" });
    },
  );

  test.each(["hang", "trickle"])(
    "is the result of %s at the deadline, although the library reports a 400",
    async (behaviour) => {
      const startedAt = Date.now();
      expect(await outcomeFor(behaviour, 300)).toMatchObject({ kind: "unknown" });
      expect(Date.now() - startedAt).toBeLessThan(3_000);
    },
  );

  test("is the result of a failed connection, which workerd reports like a lost one", async () => {
    const nowhere = createMailgunProvider(
      { us: `http://127.0.0.1:${providerServers.smtp.nobody}`, eu: "" },
      wallClock,
    );
    const outcome = await nowhere.send(
      buildOutgoingEmail("a@example.com"),
      buildMailgunAccount("accept"),
      providerTimeoutMs,
    );
    expect(outcome).toEqual({ kind: "unknown", detail: "no answer" });
  });
});

describe("the status of a message at Mailgun", () => {
  const reference = { tenantId: 7, recipientId: 41, stepNumber: 2 };

  test("is found by our own Message-ID", async () => {
    const message = { reference, messageId: "<known@agency.example>", ageMs: hour };
    const status = await provider.getStatus(message, buildMailgunAccount("accept"), providerTimeoutMs);
    expect(status).toMatchObject({
      kind: "known",
      events: [{ kind: "delivered", recipientId: 41, stepNumber: 2, messageId: "known@agency.example" }],
    });
  });

  test("is empty if Mailgun has no events for it", async () => {
    const message = { reference, messageId: "<other@agency.example>", ageMs: 0 };
    const status = await provider.getStatus(message, buildMailgunAccount("accept"), providerTimeoutMs);
    expect(status).toEqual({ kind: "known", events: [] });
  });

  test("is absent only after the index has had time to catch up", async () => {
    const message = { reference, messageId: "<other@agency.example>", ageMs: hour };
    const ask = (behaviour: string, ageMs: number, ms = providerTimeoutMs) =>
      provider.getStatus({ ...message, ageMs }, buildMailgunAccount(behaviour), ms);
    expect(await ask("accept", 30 * 60_000)).toEqual({ kind: "known", events: [] });
    expect(await ask("accept", 30 * 60_000 + 1)).toEqual({ kind: "absent" });
    expect(await ask("events-page", hour)).toMatchObject({ kind: "unavailable" });
    expect(await ask("events-hang", hour, 300)).toMatchObject({ kind: "unavailable" });
  });

  test("is unavailable with an unknown key", async () => {
    const message = { reference, messageId: "<known@agency.example>", ageMs: hour };
    const status = await provider.getStatus(message, buildMailgunAccount("unknown-key"), providerTimeoutMs);
    expect(status).toEqual({ kind: "unavailable", detail: "HTTP 401" });
  });
});

describe("the domains that a Mailgun account may send for", () => {
  const list = (behaviour: string, ms = providerTimeoutMs) =>
    provider.listIdentities(buildMailgunAccount(behaviour), ms);

  test("are its verified domain and the domain right above", async () => {
    const identities = ["mg.agency.example", "agency.example"];
    expect(await list("accept")).toEqual({ kind: "known", identities });
  });

  test.each(["unverified", "disabled"])("are none if its domain is %s", async (behaviour) => {
    expect(await list(behaviour)).toEqual({ kind: "known", identities: [] });
  });

  test("are unavailable with an unknown key or without an answer in time", async () => {
    expect(await list("unknown-key")).toEqual({ kind: "unavailable", detail: "HTTP 401" });
    expect(await list("events-hang", 300)).toMatchObject({ kind: "unavailable" });
  });
});
