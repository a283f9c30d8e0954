import { describe, expect, test } from "vitest";
import type { SendOutcome, UnsealedAccount } from "../../worker/providers/provider.ts";
import { smtpProvider } from "../../worker/providers/smtp/send.ts";
import { type SmtpScript, type SmtpStage, type SmtpTranscript, smtpStages } from "../support/smtp-script.ts";
import {
  buildOutgoingEmail,
  providerServers,
  providerTimeoutMs,
} from "../support/worker/provider-fixtures.ts";

/**
 * A timeout that is long enough for a conversation on this machine, but short, because tests with a
 * silent server wait until the timeout.
 */
const patienceMs = 2_000;
/** The number of connections that a Worker may have at once. */
const atOnce = 6;
const user = "agent-user";
const password = "correct horse battery";

type Seen = { outcome: SendOutcome; elapsedMs: number } & SmtpTranscript;

/** Sends one email to a new server that follows the script. */
async function sendTo(script: SmtpScript, ms = providerTimeoutMs): Promise<Seen> {
  const asked = await fetch(providerServers.scriptedSmtp, { method: "POST", body: JSON.stringify(script) });
  const { port } = await asked.json<{ port: number }>();
  const account: UnsealedAccount = {
    id: 3,
    tenantId: 7,
    provider: "smtp",
    credentials: {
      provider: "smtp",
      host: "localhost",
      port,
      tls: "starttls",
      user,
      password,
      webhookSecret: null,
    },
  };
  const startedAt = Date.now();
  const outcome = await smtpProvider.send(buildOutgoingEmail("ada@example.com"), account, ms);
  const elapsedMs = Date.now() - startedAt;
  const seen = await fetch(`${providerServers.scriptedSmtp}/${port}`);
  return { outcome, elapsedMs, ...(await seen.json<SmtpTranscript>()) };
}

const secrets = [user, password, btoa(user), btoa(password), btoa(`\0${user}\0${password}`)];

function expectNothingInClear({ lines }: SmtpTranscript): void {
  const clear = lines.filter(({ isSecure }) => !isSecure).map(({ text }) => text);
  for (const line of clear) {
    expect(line).toMatch(/^(?:EHLO|STARTTLS|QUIT)\b/);
    for (const secret of secrets) expect(line).not.toContain(secret);
  }
}

/**
 * Returns the expected outcome if the conversation breaks off at this stage. Before the end of the
 * message, the outcome is a refusal. At the stage `dot` (the end of the message) the outcome is
 * unknown, and at `quit` the email is accepted.
 */
function classAt(stage: SmtpStage) {
  if (stage === "quit") return { kind: "accepted" };
  return stage === "dot" ? { kind: "unknown" } : { kind: "refused", fault: "channel" };
}

test("a correct server gets one email, and the password only over TLS", async () => {
  const seen = await sendTo({});
  expect(seen.outcome.kind).toBe("accepted");
  expect(seen.messages).toBe(1);
  expect(seen.lines.find(({ text }) => text.startsWith("AUTH"))?.isSecure).toBe(true);
  expectNothingInClear(seen);
});

describe.each(smtpStages)("a server that fails at the stage %s", (stage) => {
  test.each(["close", "reset"] as const)(
    "and ends the connection (%s) gives the outcome of that stage at once",
    async (next) => {
      const seen = await sendTo({ acts: { [stage]: { next } } });
      expect(seen.outcome).toMatchObject(classAt(stage));
      expect(seen.elapsedMs).toBeLessThan(providerTimeoutMs / 2);
      expect(seen.messages).toBeLessThanOrEqual(1);
      expectNothingInClear(seen);
    },
  );
});

test.each(["stall", "drip"] as const)(
  "a server that never finishes (%s) is abandoned in time at every stage",
  async (next) => {
    for (let first = 0; first < smtpStages.length; first += atOnce) {
      const part = smtpStages.slice(first, first + atOnce);
      const seen = await Promise.all(
        part.map((stage) => sendTo({ acts: { [stage]: { next } } }, patienceMs)),
      );
      for (const [index, stage] of part.entries()) {
        expect(seen[index]?.outcome, stage).toMatchObject(classAt(stage));
        expect(seen[index]?.elapsedMs, stage).toBeLessThan(patienceMs + 1_500);
        expect(seen[index]?.messages, stage).toBeLessThanOrEqual(1);
      }
      for (const one of seen) expectNothingInClear(one);
    }
  },
);

/** The stages at which the server sends a reply. At the stage `tls` there is no reply. */
const spoken = smtpStages.filter((stage) => stage !== "tls");

describe.each(spoken)("a server that answers wrongly at the stage %s", (stage) => {
  test.each([
    ["an HTTP reply", "HTTP/1.1 400 Bad Request\r\n\r\n"],
    ["bytes that are not text", "\u0000\u0001\u00ff\u00fe\r\n"],
    ["an unknown code", "999 what\r\n"],
    ["line ends only", "\r\n\r\n\r\n"],
  ])("with %s gives the outcome of that stage", async (_what, say) => {
    const seen = await sendTo({ acts: { [stage]: { say, next: "close" } } });
    expect(seen.outcome).toMatchObject(classAt(stage));
    expect(seen.messages).toBeLessThanOrEqual(1);
    expectNothingInClear(seen);
  });

  test.each([
    ["in one line", `250-${"x".repeat(1000)}`, 500],
    ["in lines without an end", `250-${"x".repeat(60)}\r\n`, 8_000],
  ])("with far too much, %s, is abandoned", async (_what, say, times) => {
    const seen = await sendTo({ acts: { [stage]: { say, times } } });
    expect(seen.outcome).toMatchObject(classAt(stage));
    expect(seen.elapsedMs).toBeLessThan(providerTimeoutMs);
    expectNothingInClear(seen);
  });
});

describe("the replies of an SMTP server", () => {
  const script = {
    acts: {
      greeting: { say: "220-localhost\r\n220-no spam\r\n220 ESMTP\r\n" },
      mail: { say: "250-2.1.0 ok\r\n250 2.1.0 really\r\n" },
      dot: { say: "250-2.0.0 queued\r\n250 2.0.0 as 7Xk\r\n" },
    },
  };

  test.each([1, 2, 3, 7])("are read completely in pieces of %i bytes", async (pieceBytes) => {
    const seen = await sendTo({ ...script, pieceBytes });
    expect(seen.outcome.kind).toBe("accepted");
    expect(seen.messages).toBe(1);
  });

  test("are read completely if they are cut at any byte", async () => {
    const cuts = Array.from({ length: 62 }, (_, index) => index + 1);
    for (let first = 0; first < cuts.length; first += atOnce) {
      const part = cuts.slice(first, first + atOnce);
      const seen = await Promise.all(part.map((splitAt) => sendTo({ ...script, splitAt })));
      expect(seen.map(({ outcome }) => outcome.kind)).toEqual(part.map(() => "accepted"));
      expect(seen.map(({ messages }) => messages)).toEqual(part.map(() => 1));
    }
  });

  test("are also read without a CR", async () => {
    const acts = {
      mail: { say: "250 ok\n" },
      rcpt: { say: "250-ok\n250 ok\n" },
      dot: { say: "250 queued\n" },
    };
    expect((await sendTo({ acts })).outcome.kind).toBe("accepted");
  });

  test.each([1, 5])("in pieces of %i bytes can still be a refusal", async (pieceBytes) => {
    const acts = { rcpt: { say: "550-5.1.1 no such\r\n550 5.1.1 user\r\n" } };
    const { outcome } = await sendTo({ acts, pieceBytes });
    expect(outcome).toMatchObject({
      kind: "refused",
      fault: "recipient",
      status: "5.1.1",
      bounceClass: "hard",
    });
  });
});

describe("a server that can't be trusted", () => {
  test.each(["otherName", "selfSigned", "expired"] as const)(
    "because of its certificate (%s) gets no password",
    async (certificate) => {
      const seen = await sendTo({ certificate });
      expect(seen.outcome).toMatchObject({ kind: "refused", fault: "channel" });
      expect(seen.lines.some(({ text }) => /^(?:AUTH|MAIL)/.test(text))).toBe(false);
      expectNothingInClear(seen);
    },
  );

  test("because it offers no STARTTLS gets no password", async () => {
    const ehlo = { say: "250-localhost\r\n250 AUTH PLAIN LOGIN\r\n" };
    const seen = await sendTo({ acts: { ehlo, starttls: { say: "502 5.5.1 what?\r\n" } } });
    expect(seen.outcome).toMatchObject({ kind: "refused", fault: "channel" });
    expectNothingInClear(seen);
  });

  test("because it claims a login before TLS gets no password", async () => {
    const seen = await sendTo({ acts: { starttls: { say: "235 2.7.0 welcome\r\n" } } }, patienceMs);
    expect(seen.outcome).toMatchObject({ kind: "refused", fault: "channel" });
    expectNothingInClear(seen);
  });

  test("because it adds clear-text replies to its STARTTLS reply gets no password (CVE-2011-0411)", async () => {
    const rest = "250 AUTH PLAIN\r\n235 in\r\n250 ok\r\n250 ok\r\n354 go\r\n250 queued\r\n";
    const say = `220 go ahead\r\n${rest}`;
    const behind = await sendTo({ acts: { starttls: { say }, secureEhlo: { next: "stall" } } }, patienceMs);
    expect(behind.outcome).toMatchObject({ kind: "refused", fault: "channel" });
    expect(behind.lines.some(({ text }) => /^(?:AUTH|MAIL|RCPT|DATA)/.test(text))).toBe(false);
    expectNothingInClear(behind);
  });
});

describe("an SMTP refusal", () => {
  test.each([
    ["greeting", "421 4.3.2 too busy\r\n", { kind: "deferred" }],
    ["greeting", "554 5.3.2 no mail here\r\n", { kind: "refused", fault: "channel" }],
    ["starttls", "454 4.7.0 TLS not available\r\n", { kind: "deferred" }],
    ["starttls", "502 5.5.1 what?\r\n", { kind: "refused", fault: "channel" }],
    ["auth", "454 4.7.0 try later\r\n", { kind: "deferred" }],
    ["auth", "535 5.7.8 bad credentials\r\n", { kind: "refused", fault: "channel" }],
    ["auth", "534 5.7.9 stronger mechanism needed\r\n", { kind: "refused", fault: "channel" }],
    ["mail", "421 4.7.0 too many messages\r\n", { kind: "deferred" }],
    ["mail", "550 5.7.1 not your address\r\n", { kind: "refused", fault: "channel" }],
    ["rcpt", "421 4.3.2 shutting down\r\n", { kind: "deferred" }],
    ["rcpt", "450 4.2.0 greylisted\r\n", { kind: "deferred" }],
    ["rcpt", "451 4.3.0 local error\r\n", { kind: "deferred" }],
    ["rcpt", "550 5.1.1 no such user\r\n", { kind: "refused", fault: "recipient", bounceClass: "hard" }],
    ["rcpt", "552 5.2.2 mailbox full\r\n", { kind: "refused", fault: "recipient", bounceClass: "soft" }],
    ["data", "451 4.3.0 later\r\n", { kind: "deferred" }],
    ["data", "554 5.5.1 no valid recipients\r\n", { kind: "refused", fault: "message" }],
    ["dot", "421 4.3.2 shutting down\r\n", { kind: "deferred" }],
    ["dot", "451 4.3.0 local error\r\n", { kind: "deferred" }],
    ["dot", "452 4.3.1 no room\r\n", { kind: "deferred" }],
    ["dot", "550 5.7.1 blocked\r\n", { kind: "refused", fault: "channel" }],
    ["dot", "554 5.6.0 bad content\r\n", { kind: "refused", fault: "message" }],
    ["dot", "354 go on\r\n", { kind: "unknown" }],
  ] as const)("at %s with %j has the outcome of its stage and code", async (stage, say, expected) => {
    const seen = await sendTo({ acts: { [stage]: { say } } });
    expect(seen.outcome).toMatchObject(expected);
    expect(seen.messages).toBe(stage === "dot" ? 1 : 0);
    expectNothingInClear(seen);
  });
});
