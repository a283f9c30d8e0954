import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import type { OutgoingEmail, SendOutcome } from "../../worker/providers/provider.ts";
import { smtpProvider } from "../../worker/providers/smtp/send.ts";
import {
  buildOutgoingEmail,
  buildSmtpAccount,
  fetchReceivedRequests,
  providerTimeoutMs,
  removeAngleBrackets,
} from "../support/worker/provider-fixtures.ts";
import type { SmtpServerName } from "../support/worker/provider-servers.d.ts";

type Mail = {
  server: SmtpServerName;
  raw: string;
  isSecure: boolean;
  helo: string;
  envelope: {
    mailFrom: { address: string; args: unknown };
    rcptTo: { address: string; args: unknown; dsn?: { notify?: unknown } }[];
    dsn?: { ret?: unknown; envid?: unknown };
  };
};
type Login = { server: SmtpServerName; password: string; isSecure: boolean };

/** Returns an email address that no other test uses. The local part decides the server's reply. */
const mailbox = (local: string, name: string) => `${local}@${name}.example`;

async function outcomeFor(
  local: string,
  ms = providerTimeoutMs,
  changes: Partial<OutgoingEmail> = {},
): Promise<SendOutcome> {
  const email = buildOutgoingEmail(mailbox(local, "smtp-outcome"), changes);
  return await smtpProvider.send(email, buildSmtpAccount("starttls", "outcome"), ms);
}

describe.each(["starttls", "implicit"] as const)("an email over SMTP with %s TLS", (server) => {
  test("arrives unchanged: envelope, headers and both parts", async () => {
    const to = mailbox("ada", `whole-${server}`);
    const email = buildOutgoingEmail(to);
    const outcome = await smtpProvider.send(
      email,
      buildSmtpAccount(server, `whole-${server}`),
      providerTimeoutMs,
    );
    expect(outcome).toEqual({ kind: "accepted", providerMessageId: removeAngleBrackets(email.messageId) });
    const mails = await fetchReceivedRequests<Mail>("smtp", to);
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail?.server).toBe(server);
    expect(mail?.isSecure).toBe(true);
    expect(mail?.helo).toBe("agency.example");
    expect(mail?.envelope.mailFrom.address).toBe("jo@agency.example");
    expect(mail?.envelope.rcptTo.map(({ address }) => address)).toEqual([to]);

    const parsed = await PostalMime.parse(mail?.raw ?? "");
    expect(parsed.from).toMatchObject({ address: "jo@agency.example", name: "Jo Agent" });
    expect(parsed.to).toMatchObject([{ address: to, name: "Ada Owner" }]);
    expect(parsed.replyTo).toEqual([{ address: "r+k3@reply.agency.example", name: "Jo Agent" }]);
    expect(parsed.subject).toBe("Your house on Oak Street");
    expect(parsed.messageId).toBe(email.messageId);
    expect(parsed.text?.trim()).toBe("Hello Ada, shall we talk?");
    expect(parsed.html?.trim()).toBe("<p>Hello <b>Ada</b>, shall we talk?</p>");
    expect(Math.abs(Date.parse(parsed.date ?? "") - Date.now())).toBeLessThan(60_000);
    const headers = parsed.headers.map(({ key, value }) => [key, value.replace(/\s+/g, " ")]);
    for (const [name, value] of Object.entries(email.headers)) {
      expect(headers.filter(([key]) => key === name.toLowerCase())).toEqual([[name.toLowerCase(), value]]);
    }
  });

  test("has text before HTML, and lines of at most 998 bytes that end in CRLF", async () => {
    const to = mailbox("ada", `lines-${server}`);
    const html = `<p>${"ü".repeat(3_000)}</p>\n.\n.leading dot`;
    await smtpProvider.send(
      buildOutgoingEmail(to, { html, text: ".\n..\nende" }),
      buildSmtpAccount(server, "lines"),
      providerTimeoutMs,
    );
    const [mail] = await fetchReceivedRequests<Mail>("smtp", to);
    const raw = mail?.raw ?? "";
    expect(raw).toMatch(/content-type: text\/plain[\s\S]+content-type: text\/html/i);
    expect(raw.split("\r\n").every((line) => line.length <= 998 && !/[\r\n]/.test(line))).toBe(true);
    const parsed = await PostalMime.parse(raw);
    expect(parsed.html?.trim().replace(/\r\n/g, "\n")).toBe(html);
    expect(parsed.text?.trim().replace(/\r\n/g, "\n")).toBe(".\n..\nende");
  });

  test("has no header that is folded right after its name", async () => {
    const to = mailbox(`ada-${"x".repeat(50)}`, `folded-${server}`);
    const long = `<${"1234567890.".repeat(8)}@reply.the-agency-of-ada.example>`;
    const email = buildOutgoingEmail(to, {
      to: { email: to, name: "" },
      from: { email: "jo@agency.example", name: "" },
      replyTo: `r+${"k3".repeat(25)}@reply.the-agency-of-ada.example`,
      subject: `${"Straße ".repeat(20)}1`,
      messageId: long,
      headers: {
        References: long,
        "In-Reply-To": long,
        "List-Unsubscribe": `<https://${"a".repeat(90)}.example>`,
      },
    });
    await smtpProvider.send(email, buildSmtpAccount(server, `folded-${server}`), providerTimeoutMs);
    const [mail] = await fetchReceivedRequests<Mail>("smtp", to);
    const head = (mail?.raw ?? "").split("\r\n\r\n")[0] ?? "";
    expect(head).toMatch(/^Reply-To: r\+k3/m);
    expect(head).not.toMatch(/^[\w-]+:\s*\r$/m);
    expect(head.split("\r\n").every((line) => line.length <= 998)).toBe(true);
    const parsed = await PostalMime.parse(mail?.raw ?? "");
    expect([parsed.messageId, parsed.inReplyTo, parsed.references]).toEqual([long, long, long]);
    expect(parsed.to?.[0]?.address).toBe(to);
    expect(parsed.subject).toBe(`${"Straße ".repeat(20)}1`);
  });

  test("is sent with a login only after the connection is encrypted", async () => {
    const user = `login-${server}`;
    await smtpProvider.send(
      buildOutgoingEmail(mailbox("ada", user)),
      buildSmtpAccount(server, user),
      providerTimeoutMs,
    );
    expect(await fetchReceivedRequests<Login>("smtp-login", user)).toEqual([
      { server, password: "correct horse", isSecure: true },
    ]);
  });
});

test("a bounce is requested with our reference and only the headers, if the server supports DSN", async () => {
  const to = mailbox("ada", "dsn");
  const email = buildOutgoingEmail(to);
  await smtpProvider.send(email, buildSmtpAccount("starttls", "dsn"), providerTimeoutMs);
  const [mail] = await fetchReceivedRequests<Mail>("smtp", to);
  expect(mail?.envelope.dsn).toMatchObject({ ret: "HDRS", envid: `${email.reference.recipientId}-1` });
  expect(mail?.envelope.rcptTo[0]?.dsn?.notify).toEqual(["FAILURE", "DELAY"]);
});

describe("an email with its own return path", () => {
  const returnPath = "b+k3@reply.agency.example";
  const senders = async (to: string) =>
    (await fetchReceivedRequests<Mail>("smtp", to)).map(({ envelope }) => envelope.mailFrom.address);

  test("has it in the envelope, and keeps its From", async () => {
    const to = mailbox("ada", "bounce");
    await smtpProvider.send(
      buildOutgoingEmail(to, { returnPath }),
      buildSmtpAccount("starttls", "bounce"),
      providerTimeoutMs,
    );
    expect(await senders(to)).toEqual([returnPath]);
    const [mail] = await fetchReceivedRequests<Mail>("smtp", to);
    expect(mail?.raw).toMatch(/^From: Jo Agent <jo@agency\.example>\r$/m);
    expect(mail?.raw).not.toContain(returnPath);
  });

  test.each([
    ["at once", "ada", "refused@reply.agency.example", ["jo@agency.example"]],
    ["at the recipient, as Postfix does", "postfix", returnPath, ["jo@agency.example"]],
    ["at the end, as Exchange does", "exchange", returnPath, [returnPath, "jo@agency.example"]],
  ])(
    "is sent once with From's address if the server refuses the return path %s",
    async (_when, local, from, given) => {
      const to = mailbox(local, "bounce-refused");
      const email = buildOutgoingEmail(to, { returnPath: from });
      const outcome = await smtpProvider.send(
        email,
        buildSmtpAccount("starttls", `bounce-${local}`),
        providerTimeoutMs,
      );
      expect(outcome).toMatchObject({ kind: "accepted" });
      expect(await senders(to)).toEqual(given);
    },
  );

  test.each([
    ["unknown", "recipient"],
    ["content", "message"],
  ])("is not sent again after a refusal for another reason: %s", async (local, fault) => {
    const to = mailbox(local, "bounce-no");
    const email = buildOutgoingEmail(to, { returnPath });
    expect(
      await smtpProvider.send(email, buildSmtpAccount("starttls", "bounce-no"), providerTimeoutMs),
    ).toMatchObject({
      kind: "refused",
      fault,
    });
    expect((await senders(to)).length).toBeLessThanOrEqual(1);
  });
});

test("names, subjects and domains with non-ASCII characters arrive as written", async () => {
  const name = "Zoë „Zo“ Ångström, née Ø";
  const subject = "Ihr Haus in der Gartenstraße – ein Angebot für Zoë? 🏡";
  const email = buildOutgoingEmail("zoe@xn--bcher-kva.example", {
    to: { email: "zoe@bücher.example", name },
    subject,
  });
  expect(
    await smtpProvider.send(email, buildSmtpAccount("starttls", "idn"), providerTimeoutMs),
  ).toMatchObject({
    kind: "accepted",
  });
  // The server reports every address in Unicode, including an address that was sent in ASCII.
  const [mail] = await fetchReceivedRequests<Mail>("smtp", "zoe@bücher.example");
  const parsed = await PostalMime.parse(mail?.raw ?? "");
  expect(parsed.subject).toBe(subject);
  expect(parsed.to).toMatchObject([{ address: "zoe@xn--bcher-kva.example", name }]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the header section has to be ASCII (RFC 5322 §2.2)
  expect((mail?.raw ?? "ü").split("\r\n\r\n")[0]).toMatch(/^[\x00-\x7f]*$/);
});

test("no header of an email adds a recipient or a second From", async () => {
  const to = mailbox("ada", "smuggled");
  const headers = {
    Bcc: "eve@evil.example",
    CC: "eve@evil.example",
    from: "eve@evil.example",
    "Content-Type": "text/x",
  };
  await smtpProvider.send(
    buildOutgoingEmail(to, { headers }),
    buildSmtpAccount("starttls", "smuggled"),
    providerTimeoutMs,
  );
  const [mail] = await fetchReceivedRequests<Mail>("smtp", to);
  expect(mail?.envelope.rcptTo.map(({ address }) => address)).toEqual([to]);
  expect(mail?.raw).not.toContain("eve@evil.example");
  expect(mail?.raw).toMatch(/content-type: multipart\/alternative/i);
});

describe("the credentials are never sent", () => {
  const secrets = (user: string) => [
    user,
    "correct horse",
    btoa(user),
    btoa("correct horse"),
    btoa(`\0${user}\0correct horse`),
  ];

  test("to a server without TLS, which hears nothing but EHLO and STARTTLS", async () => {
    const outcome = await smtpProvider.send(
      buildOutgoingEmail("ada@example.com"),
      buildSmtpAccount("plain", "plain-user"),
      providerTimeoutMs,
    );
    expect(outcome).toMatchObject({ kind: "refused", fault: "channel" });
    const heard = (await fetchReceivedRequests<string>("smtp-heard", "plain")).join("");
    expect(heard).toMatch(/^EHLO agency\.example\r\nSTARTTLS\r\n/);
    expect(heard).not.toMatch(/AUTH|MAIL|RCPT|DATA/);
    for (const secret of secrets("plain-user")) expect(heard).not.toContain(secret);
  });

  test.each(["selfSigned", "selfSignedImplicit", "otherName"] as const)(
    "to a server with a certificate that is %s",
    async (server) => {
      const user = `distrust-${server}`;
      const to = mailbox("ada", user.toLowerCase());
      const outcome = await smtpProvider.send(
        buildOutgoingEmail(to),
        buildSmtpAccount(server, user),
        providerTimeoutMs,
      );
      expect(outcome).toMatchObject({ kind: "refused", fault: "channel" });
      expect(await fetchReceivedRequests("smtp-login", user)).toEqual([]);
      expect(await fetchReceivedRequests("smtp", to)).toEqual([]);
    },
  );

  test("to port 25", async () => {
    const account = buildSmtpAccount("starttls", "relay");
    if (account.credentials.provider !== "smtp") throw new Error("not an SMTP account");
    const credentials = { ...account.credentials, port: 25 };
    const outcome = await smtpProvider.send(
      buildOutgoingEmail("ada@example.com"),
      { ...account, credentials },
      providerTimeoutMs,
    );
    expect(outcome).toMatchObject({
      kind: "refused",
      fault: "channel",
      detail: expect.stringContaining("port 25"),
    });
  });
});

describe("a refusal over SMTP", () => {
  test.each([
    ["unknown", "5.1.1", "hard"],
    ["full", "5.2.2", "soft"],
    ["bare", null, "hard"],
  ])("of RCPT TO (%s) is the recipient's fault", async (local, status, bounceClass) => {
    expect(await outcomeFor(local)).toMatchObject({
      kind: "refused",
      fault: "recipient",
      status,
      bounceClass,
    });
  });

  test("does not repeat the address", async () => {
    const outcome = await outcomeFor("unknown");
    expect(outcome).toMatchObject({
      detail: "RCPT TO: 550 5.1.1 <[address]>: user [hidden] in mailbox table",
    });
  });

  test.each([
    ["relay", "5.7.1", "channel"],
    ["spam", "5.7.1", "channel"],
    ["content", "5.6.0", "message"],
    ["untold", null, "message"],
  ])("of %s with the status %s is the %s's fault", async (local, status, fault) => {
    expect(await outcomeFor(local)).toMatchObject({ kind: "refused", fault, status });
  });

  test("of the sender is the channel's fault, because another account may own the address", async () => {
    const outcome = await outcomeFor("ada", providerTimeoutMs, {
      from: { email: "refused@agency.example", name: "" },
    });
    expect(outcome).toMatchObject({ kind: "refused", fault: "channel", status: "5.1.8" });
  });

  test("of the password is the channel's fault, and repeats nothing that was sent", async () => {
    const account = buildSmtpAccount("starttls", "forgetful", 3, "wrong battery");
    const outcome = await smtpProvider.send(
      buildOutgoingEmail("ada@example.com"),
      account,
      providerTimeoutMs,
    );
    expect(outcome).toEqual({
      kind: "refused",
      fault: "channel",
      status: "5.7.8",
      detail: "AUTH PLAIN: 535 5.7.8",
    });
  });

  test.each(["closed", "nobody"] as const)("is the outcome for a server that is %s", async (server) => {
    const outcome = await smtpProvider.send(
      buildOutgoingEmail("ada@example.com"),
      buildSmtpAccount(server, "nobody"),
      providerTimeoutMs,
    );
    expect(outcome).toMatchObject({ kind: "refused", fault: "channel" });
  });

  test("is the outcome of a silence before the message was sent", async () => {
    const startedAt = Date.now();
    const outcome = await smtpProvider.send(
      buildOutgoingEmail("ada@example.com"),
      buildSmtpAccount("mute", "mute"),
      400,
    );
    expect(outcome).toMatchObject({ kind: "refused", fault: "channel" });
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });

  test("is the outcome of a connection that breaks off before the final dot", async () => {
    expect(await outcomeFor("cut-at-rcpt")).toMatchObject({ kind: "refused", fault: "channel" });
    const text = `${"a line of a long letter\n".repeat(400_000)}`;
    expect(await outcomeFor("cut-in-data", providerTimeoutMs, { text })).toMatchObject({
      kind: "refused",
      fault: "channel",
    });
  });
});

describe("a deferral over SMTP", () => {
  test.each(["greylisted", "storage", "shutdown"])("is any 4yz reply to the message: %s", async (local) => {
    expect(await outcomeFor(local)).toMatchObject({ kind: "deferred", retryAfterMs: null });
  });

  test("is a 4yz reply to the login", async () => {
    const outcome = await smtpProvider.send(
      buildOutgoingEmail("ada@example.com"),
      buildSmtpAccount("starttls", "tired"),
      providerTimeoutMs,
    );
    expect(outcome).toMatchObject({ kind: "deferred" });
  });

  test("is a 4yz greeting", async () => {
    const outcome = await smtpProvider.send(
      buildOutgoingEmail("ada@example.com"),
      buildSmtpAccount("busy", "busy"),
      providerTimeoutMs,
    );
    expect(outcome).toMatchObject({ kind: "deferred" });
  });
});

describe("an unknown outcome over SMTP", () => {
  test("is a silence after the final dot, by the deadline", async () => {
    const startedAt = Date.now();
    const to = mailbox("silent", "smtp-outcome");
    expect(await outcomeFor("silent", 3_000)).toMatchObject({ kind: "unknown" });
    expect(Date.now() - startedAt).toBeLessThan(8_000);
    expect((await fetchReceivedRequests<Mail>("smtp", to)).length).toBe(1);
  });

  test("is a connection that breaks off after the final dot", async () => {
    expect(await outcomeFor("cut-after-dot")).toMatchObject({ kind: "unknown" });
  });
});

test("emails that are sent at the same time use their own accounts", async () => {
  const users = ["one", "two", "three", "four"].map((user) => `parallel-${user}`);
  const outcomes = await Promise.all(
    users.map((user, index) =>
      smtpProvider.send(
        buildOutgoingEmail(mailbox("ada", user), { from: { email: `${user}@agency.example`, name: "" } }),
        buildSmtpAccount(index % 2 === 0 ? "starttls" : "implicit", user),
        providerTimeoutMs,
      ),
    ),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(users.map(() => "accepted"));
  for (const user of users) {
    const [mail] = await fetchReceivedRequests<Mail>("smtp", mailbox("ada", user));
    expect(mail?.envelope.mailFrom.address).toBe(`${user}@agency.example`);
    expect(await fetchReceivedRequests<Login>("smtp-login", user)).toHaveLength(1);
  }
});
