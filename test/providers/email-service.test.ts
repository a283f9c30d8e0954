import { describe, expect, test } from "vitest";
import { createEmailService, type EmailServiceOptions } from "../../worker/accounts/email-service.ts";
import type {
  OutgoingEmail,
  Provider,
  Providers,
  SendOutcome,
  UnsealedAccount,
} from "../../worker/providers/provider.ts";
import { createProviders } from "../../worker/providers/registry.ts";
import {
  buildMailgunAccount,
  buildOutgoingEmail,
  buildSendgridAccount,
  buildSmtpAccount,
  fetchReceivedRequests,
  formatReference,
  providerServers,
  providerTimeoutMs,
} from "../support/worker/provider-fixtures.ts";

const accepted: SendOutcome = { kind: "accepted", providerMessageId: "m1" };
const channel: SendOutcome = { kind: "refused", fault: "channel", status: null, detail: "HTTP 401" };
const recipient: SendOutcome = { kind: "refused", fault: "recipient", status: "5.1.1", detail: "550" };
const message: SendOutcome = { kind: "refused", fault: "message", status: null, detail: "HTTP 400" };
const deferred: SendOutcome = { kind: "deferred", retryAfterMs: 2_000, detail: "HTTP 429" };
const unknown: SendOutcome = { kind: "unknown", detail: "no answer" };

/**
 * Creates accounts 1, 2, 3 … with scripted answers. Each call of an account gets the account's next
 * answer. When no answer is left, every call gets the last answer again.
 */
function scripted(answers: Record<number, SendOutcome[]>, changes: Partial<EmailServiceOptions> = {}) {
  const calls: number[] = [];
  const provider: Provider = {
    name: "sendgrid",
    async send(_email, account) {
      calls.push(account.id);
      const own = answers[account.id] ?? [];
      const answer = own.length > 1 ? own.shift() : own[0];
      if (answer === undefined) throw new Error("a provider that throws");
      return answer;
    },
    verify: async () => ({ ok: false, reason: "" }),
    normalize: async () => ({ events: [], broken: 0 }),
    getStatus: async (_email, account) => ({ kind: "unavailable", detail: `account ${account.id}` }),
    listIdentities: async () => ({ kind: "unsupported" }),
    listSuppressions: async () => ({ kind: "unsupported" }),
    registerWebhooks: async () => ({ kind: "notNeeded" }),
  };
  const providers: Providers = { sendgrid: provider, mailgun: provider, smtp: provider, outbox: provider };
  const accounts = Object.keys(answers).map((id) => buildSendgridAccount("x", Number(id)));
  return { calls, service: createEmailService({ accounts, providers, timeoutMs: 50, ...changes }) };
}

const email = () => buildOutgoingEmail("ada@example.com");

describe("the next account is called", () => {
  test("after a refusal by the account before it, and its own answer counts", async () => {
    const { service, calls } = scripted({ 1: [channel], 2: [accepted], 3: [accepted] });
    expect(await service.send(email())).toEqual({
      ...accepted,
      accountId: 2,
      attempts: [
        { accountId: 1, provider: "sendgrid", outcome: channel },
        { accountId: 2, provider: "sendgrid", outcome: accepted },
      ],
    });
    expect(calls).toEqual([1, 2]);
  });

  test.each([
    ["accepted", accepted],
    ["unknown", unknown],
    ["a recipient's fault", recipient],
    ["a message's fault", message],
    ["deferred", deferred],
  ])("never after the outcome: %s", async (_what, outcome) => {
    const { service, calls } = scripted({ 1: [outcome], 2: [accepted] });
    expect(await service.send(email())).toMatchObject({ ...outcome, accountId: 1 });
    expect(calls).toEqual([1]);
  });

  test("after a deferral, if the caller wants that", async () => {
    const { service } = scripted({ 1: [deferred], 2: [accepted] }, { failOverWhenDeferred: true });
    expect(await service.send(email())).toMatchObject({ kind: "accepted", accountId: 2 });
  });

  test("only after the caller has recorded it, which the first account does not need", async () => {
    const order: string[] = [];
    const { service, calls } = scripted(
      { 1: [channel], 2: [channel], 3: [accepted] },
      { beforeFailover: async ({ id }) => order.push(`${id} after ${calls.join()}`) > 0 },
    );
    expect(await service.send(email())).toMatchObject({ kind: "accepted", accountId: 3 });
    expect(order).toEqual(["2 after 1", "3 after 1,2"]);
  });

  test("never if the caller forbids it, and the first account's refusal counts", async () => {
    const { service, calls } = scripted(
      { 1: [channel], 2: [accepted] },
      { beforeFailover: async () => false },
    );
    expect(await service.send(email())).toMatchObject({ ...channel, accountId: 1 });
    expect(calls).toEqual([1]);
  });

  test("never after an account that throws, because its outcome is unknown", async () => {
    const { service, calls } = scripted({ 1: [], 2: [accepted] });
    expect(await service.send(email())).toMatchObject({ kind: "unknown", accountId: 1 });
    expect(calls).toEqual([1]);
  });
});

describe("when no account could send,", () => {
  test("each by its own fault, the email is refused for now and can be tried again", async () => {
    const { service } = scripted({ 1: [channel], 2: [{ ...channel, detail: "HTTP 402" }] });
    const result = await service.send(email());
    expect(result).toMatchObject({ kind: "refused", fault: "channel", detail: "HTTP 402", accountId: 2 });
    expect(result.attempts).toHaveLength(2);
  });

  test("and one of them deferred the email, the email is deferred", async () => {
    const { service } = scripted({ 1: [deferred], 2: [channel] }, { failOverWhenDeferred: true });
    const result = await service.send(email());
    expect(result).toMatchObject({ kind: "deferred", retryAfterMs: 2_000, accountId: 1 });
    expect(result.attempts).toHaveLength(2);
  });

  test("because there is no account, the email is refused without a call", async () => {
    const { service } = scripted({});
    const detail = "there is no provider account";
    expect(await service.send(email())).toEqual({ ...channel, detail, accountId: null, attempts: [] });
  });
});

test("an account of another tenant is never called", async () => {
  const foreign: UnsealedAccount = { ...buildSendgridAccount("x", 1), tenantId: 8 };
  const { service, calls } = scripted({ 1: [accepted] }, { accounts: [foreign] });
  expect(await service.send(email())).toMatchObject({ kind: "refused", fault: "channel", accountId: null });
  expect(calls).toEqual([]);
});

describe("an email with unsafe header values", () => {
  const { headers } = email();
  const hostile: [string, Partial<OutgoingEmail>][] = [
    ["a line break in the subject", { subject: "Hello\r\nBcc: eve@evil.example" }],
    ["a bare line feed in the subject", { subject: "Hello\nBcc: eve@evil.example" }],
    ["a NUL in a name", { to: { email: "ada@example.com", name: "Ada\0" } }],
    ["a line break in the sender's name", { from: { email: "jo@agency.example", name: "Jo\r\n" } }],
    [
      "a line break in an address",
      { to: { email: "ada@example.com\r\nRCPT TO:<eve@evil.example>", name: "" } },
    ],
    ["two addresses in one", { to: { email: "ada@example.com,eve@evil.example", name: "" } }],
    ["an address in brackets", { to: { email: "<ada@example.com>", name: "" } }],
    ["an address with a space", { to: { email: "ada@example.com NOTIFY=NEVER", name: "" } }],
    ["no address", { to: { email: "", name: "Ada" } }],
    ["a hostile Reply-To", { replyTo: "r@x.example\r\nX: y" }],
    ["a hostile name in Reply-To", { replyToName: "Jo\r\nBcc: evil@x.example" }],
    ["a Message-ID without brackets", { messageId: "m@agency.example" }],
    ["a line break in a header", { headers: { ...headers, "X-A": "b\r\nBcc: eve@evil.example" } }],
    ["a line break in a header's name", { headers: { ...headers, "X-A\r\nBcc": "eve@evil.example" } }],
    ["a colon in a header's name", { headers: { ...headers, "Bcc: eve@evil.example, X": "y" } }],
    ["a header without a name", { headers: { ...headers, "": "y" } }],
    ["a recipient in a header", { headers: { ...headers, Bcc: "eve@evil.example" } }],
    ["a sender in a header", { headers: { ...headers, "return-path": "eve@evil.example" } }],
    ["a recipient with a non-ASCII character", { to: { email: "zoë@agency.example", name: "" } }],
    ["a domain with a non-ASCII character", { to: { email: "zoe@bücher.example", name: "" } }],
    [
      "an encoded word in a name",
      { to: { email: "ada@example.com", name: "=?utf-8?Q?Ada=0D=0ABcc:_eve?=" } },
    ],
    ["a Unicode line separator in the subject", { subject: "Hello\u2028Bcc: eve@evil.example" }],
    ["half an emoji in the subject", { subject: "Hello \ud83c" }],
    ["a non-ASCII letter in a header", { headers: { ...headers, "X-A": "é" } }],
    [
      "a header that is too long for a line",
      { headers: { ...headers, References: "<a@b.example> ".repeat(80) } },
    ],
    ["a header twice", { headers: { ...headers, "message-id": "<other@agency.example>" } }],
  ];

  test.each(hostile)("is refused before any call: %s", async (_what, changes) => {
    const { service, calls } = scripted({ 1: [accepted] });
    const result = await service.send(buildOutgoingEmail("ada@example.com", changes));
    expect(result).toMatchObject({ kind: "refused", fault: "message", accountId: null, attempts: [] });
    expect(result).not.toMatchObject({ detail: expect.stringContaining("evil") });
    expect(calls).toEqual([]);
  });

  test.each([
    ["non-ASCII names", { to: { email: "ada@example.com", name: "Zoë „Zo“, Ø" } }],
    ["a domain of another script", { to: { email: "zoe@xn--bcher-kva.example", name: "" } }],
    ["addresses with a tag", { replyTo: "r+abc.def_1@reply.agency.example" }],
    ["a tab in a header", { headers: { ...headers, References: "<a@b.example>\t<c@d.example>" } }],
  ])("is not refused by mistake for %s", async (_what, changes) => {
    const { service } = scripted({ 1: [accepted] });
    expect(await service.send(buildOutgoingEmail("ada@example.com", changes))).toMatchObject({
      kind: "accepted",
    });
  });
});

describe("a batch of emails", () => {
  test("has one result per email, in order, and at most the allowed number of calls at once", async () => {
    let inFlight = 0;
    let most = 0;
    const provider: Provider = {
      name: "sendgrid",
      async send(one) {
        inFlight += 1;
        most = Math.max(most, inFlight);
        // Later emails finish sooner. If the results are in the right order, the reason can't be
        // the timing.
        for (let turn = one.reference.recipientId % 7; turn < 7; turn += 1) await Promise.resolve();
        inFlight -= 1;
        return { kind: "accepted", providerMessageId: one.messageId };
      },
      verify: async () => ({ ok: false, reason: "" }),
      normalize: async () => ({ events: [], broken: 0 }),
      getStatus: async () => ({ kind: "unsupported" }),
      listIdentities: async () => ({ kind: "unsupported" }),
      listSuppressions: async () => ({ kind: "unsupported" }),
      registerWebhooks: async () => ({ kind: "notNeeded" }),
    };
    const providers: Providers = { sendgrid: provider, mailgun: provider, smtp: provider, outbox: provider };
    const batch = createEmailService({
      accounts: [buildSendgridAccount("x", 1)],
      providers,
      timeoutMs: 50,
      concurrency: 3,
    });
    const emails = Array.from({ length: 20 }, email);
    const results = await batch.sendBatch(emails);
    expect(results.map((result) => (result.kind === "accepted" ? result.providerMessageId : null))).toEqual(
      emails.map(({ messageId }) => messageId),
    );
    expect(most).toBe(3);
    expect(await batch.sendBatch([])).toEqual([]);
  });

  test("continues after an email that is refused", async () => {
    const { service } = scripted({ 1: [accepted] });
    const results = await service.sendBatch([email(), buildOutgoingEmail("not an address"), email()]);
    expect(results.map(({ kind }) => kind)).toEqual(["accepted", "refused", "accepted"]);
  });
});

describe("a template that is sent directly", () => {
  const base = () => {
    const { subject: _s, html: _h, text: _t, ...rest } = email();
    return rest;
  };
  const template = { subject: "{{street}} & you", html: "<p>Hello {{name}}</p>", text: "Hello {{name}}" };
  const providers = createProviders(
    { sendgrid: { us: providerServers.sendgrid, eu: "" }, mailgun: { us: providerServers.mailgun, eu: "" } },
    { now: () => 0, save: async () => undefined, capturedAt: async () => null },
    () => Date.now(),
  );
  const service = createEmailService({
    accounts: [buildMailgunAccount("accept")],
    providers,
    timeoutMs: providerTimeoutMs,
  });

  test("is filled in, and escaped only in the HTML", async () => {
    const one = base();
    const data = { street: "Oak <St>", name: "Ada & Bo" };
    expect(await service.sendTemplate({ template, data, email: one })).toMatchObject({ kind: "accepted" });
    const key = `${one.reference.recipientId}-1`;
    const [got] = await fetchReceivedRequests<{ fields: Record<string, string> }>("mailgun", key);
    expect(got?.fields).toMatchObject({
      subject: "Oak <St> & you",
      html: "<p>Hello Ada &amp; Bo</p>",
      text: "Hello Ada & Bo",
    });
  });

  test("without a text part gets one made from its HTML", async () => {
    const one = base();
    const html = "<h1>Hello {{name}}</h1><p>Shall we talk?</p>";
    await service.sendTemplate({
      template: { ...template, html, text: " " },
      data: { street: "Oak", name: "Ada" },
      email: one,
    });
    const [got] = await fetchReceivedRequests<{ fields: Record<string, string> }>(
      "mailgun",
      `${one.reference.recipientId}-1`,
    );
    expect(got?.fields.text).toMatch(/^Hello Ada\s+Shall we talk\?$/);
  });

  test.each([
    ["a variable without a value", template, { street: "Oak" }],
    ["a broken template", { ...template, html: "{{#if name}}" }, { street: "Oak", name: "Ada" }],
    [
      "a line break that comes out of the data",
      template,
      { street: "Oak\r\nBcc: eve@evil.example", name: "Ada" },
    ],
  ])("with %s is refused, and nothing is sent", async (_what, source, data) => {
    const one = base();
    const result = await service.sendTemplate({ template: source, data, email: one });
    expect(result).toMatchObject({ kind: "refused", fault: "message", attempts: [] });
    expect(await fetchReceivedRequests("mailgun", `${one.reference.recipientId}-1`)).toEqual([]);
  });
});

describe("a retry within the call", () => {
  function retrying(outcomes: SendOutcome[], attempts: number) {
    const slept: number[] = [];
    const retry = {
      attempts,
      random: () => 1,
      sleep: async (ms: number) => {
        slept.push(ms);
      },
    };
    return { slept, ...scripted({ 1: outcomes }, { retry }) };
  }

  test("waits longer each time, and reports all attempts", async () => {
    const { service, slept } = retrying([channel, channel, channel, accepted], 4);
    const result = await service.send(email());
    expect(result.kind).toBe("accepted");
    expect(result.attempts).toHaveLength(4);
    expect(slept).toEqual([500, 1_000, 2_000]);
  });

  test("waits as long as the service asks, and is not made if that is too long for one call", async () => {
    const patient = retrying([deferred, accepted], 2);
    expect(await patient.service.send(email())).toMatchObject({ kind: "accepted" });
    expect(patient.slept).toEqual([2_000]);
    const late = retrying([{ ...deferred, retryAfterMs: 60_000 }, accepted], 2);
    expect(await late.service.send(email())).toMatchObject({ kind: "deferred" });
    expect(late.slept).toEqual([]);
  });

  test.each([
    ["unknown", unknown],
    ["a recipient's fault", recipient],
    ["a message's fault", message],
  ])("is never made after %s", async (_what, outcome) => {
    const { service, calls, slept } = retrying([outcome, accepted], 5);
    expect(await service.send(email())).toMatchObject(outcome);
    expect([calls, slept]).toEqual([[1], []]);
  });

  test("is made at most four times, whatever the setting", async () => {
    const { service, calls } = retrying([channel], 1_000);
    await service.send(email());
    expect(calls).toHaveLength(5);
  });

  test("is made only if the caller asks for it", async () => {
    const { service, calls } = scripted({ 1: [channel, accepted] });
    await service.send(email());
    expect(calls).toEqual([1]);
  });
});

describe("with the real providers", () => {
  const providers = createProviders(
    { sendgrid: { us: providerServers.sendgrid, eu: "" }, mailgun: { us: providerServers.mailgun, eu: "" } },
    { now: () => 0, save: async () => undefined, capturedAt: async () => null },
    () => Date.now(),
  );

  test("an email that SendGrid and Mailgun refuse is sent by SMTP, once, with one Message-ID", async () => {
    const accounts = [
      buildSendgridAccount("forbidden"),
      buildMailgunAccount("status-402"),
      buildSmtpAccount("starttls", "failover"),
    ];
    const one = buildOutgoingEmail("ada@failover.example");
    const result = await createEmailService({ accounts, providers, timeoutMs: providerTimeoutMs }).send(one);
    expect(result).toMatchObject({ kind: "accepted", accountId: 3 });
    expect(result.attempts.map(({ provider, outcome }) => [provider, outcome.kind])).toEqual([
      ["sendgrid", "refused"],
      ["mailgun", "refused"],
      ["smtp", "accepted"],
    ]);
    const mails = await fetchReceivedRequests<{ raw: string }>("smtp", "ada@failover.example");
    expect(mails.map(({ raw }) => raw.includes(one.messageId))).toEqual([true]);
  });

  test("an email with an unknown outcome is sent by no other account", async () => {
    const accounts = [buildSendgridAccount("hang"), buildMailgunAccount("accept")];
    const one = email();
    const result = await createEmailService({ accounts, providers, timeoutMs: 300 }).send(one);
    expect(result).toMatchObject({ kind: "unknown", accountId: 1 });
    expect(await fetchReceivedRequests("mailgun", formatReference(one))).toEqual([]);
  });

  test("the status of an email is requested from the account that sent it", async () => {
    const service = createEmailService({
      accounts: [buildMailgunAccount("accept", 9)],
      providers,
      timeoutMs: providerTimeoutMs,
    });
    const known = { reference: email().reference, messageId: "<known@agency.example>", ageMs: 0 };
    expect(await service.getStatus(known, 9)).toMatchObject({
      kind: "known",
      events: [{ kind: "delivered" }],
    });
    expect(await service.getStatus(known, 8)).toMatchObject({ kind: "unavailable" });
  });
});
