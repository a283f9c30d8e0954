import { describe, expect, test } from "vitest";
import { loadCandidates } from "../../worker/db/candidates.ts";
import { sendingTimeoutMs } from "../../worker/domain/send/message-outcome.ts";
import type { SendJob } from "../../worker/jobs.ts";
import type { Credentials } from "../../worker/providers/provider.ts";
import { hour, minute } from "../support/time.ts";
import { fetchReceivedRequests } from "../support/worker/provider-fixtures.ts";
import {
  buildMailgunCredentials,
  buildSendgridCredentials,
  buildSmtpCredentials,
  listMessageRows,
  openServiceEngine,
  replaceAccountCredentials,
  type ServiceEngine,
} from "../support/worker/services.ts";
import { bindings, readRecipientState, readStepStats } from "../support/worker/world.ts";

/*
 * Tests emails with an unknown outcome, with real D1, a queue and the real providers. The logs of
 * the fake services show how many emails were really sent.
 */

type Ambiguity = [what: string, credentials: Credentials, local?: string];

const cases: Ambiguity[] = [
  ["SendGrid never answers", buildSendgridCredentials("hang")],
  ["SendGrid cuts the connection", buildSendgridCredentials("reset")],
  ["SendGrid answers 500 without a body", buildSendgridCredentials("bare-500")],
  ["a proxy before SendGrid answers 502", buildSendgridCredentials("not-json")],
  ["SendGrid begins its answer and never ends it", buildSendgridCredentials("trickle")],
  ["Mailgun never answers", buildMailgunCredentials("hang")],
  ["Mailgun cuts the connection", buildMailgunCredentials("reset")],
  ["Mailgun answers 500 without a body", buildMailgunCredentials("bare-500")],
  ["a proxy before Mailgun answers 502", buildMailgunCredentials("not-json")],
  ["Mailgun begins its answer and never ends it", buildMailgunCredentials("trickle")],
  ["the mail server never answers the final dot", buildSmtpCredentials("starttls"), "silent"],
  [
    "the mail server cuts the connection after the final dot",
    buildSmtpCredentials("starttls"),
    "cut-after-dot",
  ],
];

/**
 * Lets time pass until no recipient is claimed any more, and until the engine has settled every
 * unknown outcome.
 */
async function settle(engine: ServiceEngine): Promise<void> {
  for (const passed of [1, 2, 5, 10, 20, 40].map((minutes) => minutes * minute)) {
    engine.clock.at += passed;
    await engine.strike();
  }
}

const second = [{}, { delayDays: 3 }];

describe.each(cases)("when %s", (_what, credentials, local) => {
  const open = () => openServiceEngine(credentials, { steps: second, ...(local && { local }) });

  test("the outcome is unknown, evidence makes it sent, and there is one email", async () => {
    const engine = await open();
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "unknown", accountId: 21 }]);
    expect(await engine.emails()).toBe(1);
    await engine.hear({ kind: "delivered" });
    await settle(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toEqual({ sent: 1, delivered: 1 });
    expect(await engine.emails()).toBe(1);
  });

  test("a bounce report stops the recipient, and there is one email", async () => {
    const engine = await open();
    await engine.strike();
    await engine.hear({ kind: "bounced", data: { bounceClass: "hard" } });
    await settle(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toEqual({ sent: 1, bounced: 1 });
    const row = await bindings.DB.prepare("SELECT status, stop_reason FROM campaign_recipients").first();
    expect(row).toEqual({ status: "stopped", stop_reason: "bounced" });
    expect(await engine.emails()).toBe(1);
  });

  test("without evidence there is one email, which only a service that can be asked makes sent", async () => {
    const engine = await open();
    await engine.strike();
    await settle(engine);
    const isAsked = credentials.provider === "mailgun";
    expect(await listMessageRows()).toMatchObject([{ status: isAsked ? "sent" : "unknown" }]);
    expect(await readStepStats(1)).toEqual(isAsked ? { sent: 1, delivered: 1 } : { unknown: 1 });
    expect(await readRecipientState(engine.recipientIds[0])).toMatchObject({ nextStep: 2, status: "active" });
    expect(await engine.emails()).toBe(1);
  });
});

describe("the service is asked before the campaign's policy decides about an unknown outcome:", () => {
  test("an email that Mailgun knows counts as sent, even if the policy is to resend", async () => {
    const engine = await openServiceEngine(buildMailgunCredentials("hang"), { steps: second });
    await bindings.DB.prepare("UPDATE campaigns SET unknown_policy = 'resend'").run();
    await engine.strike();
    await settle(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toEqual({ sent: 1, delivered: 1 });
    expect(await engine.emails()).toBe(1);
  });

  test("an email that Mailgun does not know is sent again, after at least half an hour", async () => {
    const engine = await openServiceEngine(buildMailgunCredentials("lost"), { steps: second });
    await engine.strike();
    await replaceAccountCredentials(buildMailgunCredentials("accept"));
    engine.clock.at += 29 * minute;
    await engine.strikeFor(2);
    expect(await engine.emails()).toBe(1);
    await engine.strikeFor(5);
    expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 2 }]);
    expect(await engine.emails()).toBe(2);
    await settle(engine);
    expect(await engine.emails()).toBe(2);
  });

  test("an email that the service loses every time fails in the end", async () => {
    const engine = await openServiceEngine(buildMailgunCredentials("lost"), { steps: second });
    await engine.strike();
    for (let hours = 0; hours < 8; hours += 1) await settle(engine);
    expect(await listMessageRows()).toEqual([
      expect.objectContaining({ status: "failed", failureReason: "tooManyAttempts" }),
    ]);
    expect(await readStepStats(1)).toEqual({ failed: 1 });
    expect(await engine.emails()).toBe(4);
    const row = await bindings.DB.prepare("SELECT status, stop_reason FROM campaign_recipients").first();
    expect(row).toEqual({ status: "stopped", stop_reason: "sendFailed" });
  });

  test("an email in SendGrid's activity feed counts as sent, if the account has access to it", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("activity"), { steps: second });
    await bindings.DB.prepare("UPDATE campaigns SET unknown_policy = 'resend'").run();
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    await settle(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 1 }]);
    expect(await engine.emails()).toBe(1);
  });

  test("the policy decides if the service can't be asked", async () => {
    for (const credentials of [buildSendgridCredentials("bare-500"), buildSmtpCredentials("starttls")]) {
      const engine = await openServiceEngine(credentials, { steps: second, local: "silent" });
      await engine.strike();
      await settle(engine);
      expect(await listMessageRows()).toMatchObject([{ status: "unknown", attempts: 1 }]);
      expect(await engine.emails()).toBe(1);
    }
  });

  test("a service that can't answer now is asked again, and an email that it has counts as sent", async () => {
    const engine = await openServiceEngine(buildMailgunCredentials("hang"), { steps: second });
    await engine.strike();
    await replaceAccountCredentials(buildMailgunCredentials("events-hang"));
    engine.clock.at += 32 * minute;
    await engine.strikeFor(2);
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    expect(await readRecipientState(engine.recipientIds[0])).toMatchObject({ nextStep: 1 });
    expect(await engine.whyNotYet(0)).toMatchObject({ reason: "outcomeUnknown" });
    await replaceAccountCredentials(buildMailgunCredentials("accept"));
    engine.clock.at += 10 * minute;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 1 }]);
    expect(await engine.emails()).toBe(1);
  });

  test("the policy decides after six hours in which the service did not answer", async () => {
    const engine = await openServiceEngine(buildMailgunCredentials("hang"), { steps: second });
    await engine.strike();
    await replaceAccountCredentials(buildMailgunCredentials("events-hang"));
    engine.clock.at += 6 * hour;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    expect(await readRecipientState(engine.recipientIds[0])).toMatchObject({ nextStep: 2 });
  });
});

describe("an email that was probably sent", () => {
  const open = async () => {
    const engine = await openServiceEngine(buildSmtpCredentials("starttls"), {
      steps: second,
      local: "silent",
    });
    await engine.strike();
    await settle(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    return engine;
  };

  test("counts as sent once its recipient replies, however late", async () => {
    const engine = await open();
    await engine.hear({ kind: "replied" });
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toEqual({ sent: 1, replied: 1 });
  });

  test("counts as sent once its delivery is reported, and its recipient stays as before", async () => {
    const engine = await open();
    const before = await readRecipientState(engine.recipientIds[0]);
    await engine.hear({ kind: "delivered" });
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toEqual({ sent: 1, delivered: 1 });
    expect(await readRecipientState(engine.recipientIds[0])).toEqual(before);
  });

  test("counts as failed once the service reports a refusal", async () => {
    const engine = await open();
    await engine.hear({ kind: "rejected", data: { rejectReason: "other" } });
    expect(await listMessageRows()).toMatchObject([{ status: "failed" }]);
    expect(await readStepStats(1)).toEqual({ failed: 1 });
  });

  test("counts as the previous email for the next step", async () => {
    const engine = await open();
    const [candidate] = await loadCandidates(engine.ctx.db, engine.recipientIds, null);
    expect(candidate).toMatchObject({ previousStepNumber: 1, recipient: { nextStep: 2 } });
    expect(candidate?.recipient.lastSentAt).not.toBeNull();
  });

  test("is sent once more with the same Message-ID if the campaign wants it, and not a third time", async () => {
    const engine = await openServiceEngine(buildSmtpCredentials("starttls"), {
      steps: second,
      local: "silent",
    });
    await bindings.DB.prepare("UPDATE campaigns SET unknown_policy = 'resend'").run();
    await engine.strike();
    await settle(engine);
    await settle(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "unknown", attempts: 2 }]);
    const mails = await fetchReceivedRequests<{ raw: string }>("smtp", engine.addresses[0] ?? "");
    const ids = mails.map(({ raw }) => /^Message-ID: (.+)$/im.exec(raw)?.[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe.each([
  ["SendGrid", buildSendgridCredentials("accept")],
  ["Mailgun", buildMailgunCredentials("accept")],
  ["the mail server", buildSmtpCredentials("starttls")],
] as const)("when the isolate dies after %s has accepted the email,", (_what, credentials) => {
  /**
   * Simulates a process that dies after the service accepts the email and before the engine records
   * the result. Returns the engine, as after a restart.
   */
  async function die() {
    const engine = await openServiceEngine(credentials, { steps: second });
    engine.database.onSql = (sql) => {
      if (sql.includes("UPDATE messages AS m SET")) throw new Error("the isolate is gone");
    };
    await engine.strike();
    engine.database.onSql = () => undefined;
    expect(await listMessageRows()).toMatchObject([{ status: "sending" }]);
    expect(await engine.emails()).toBe(1);
    return engine;
  }

  test("the outcome becomes unknown, evidence makes it sent, and there is one email", async () => {
    const engine = await die();
    engine.clock.at += sendingTimeoutMs + 10 * minute;
    await engine.strikeFor(2);
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    await engine.hear({ kind: "accepted" });
    await settle(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toEqual({ sent: 1 });
    expect(await engine.emails()).toBe(1);
  });

  test("a rejection report makes the message failed, and there is one email", async () => {
    const engine = await die();
    await engine.hear({ kind: "rejected", data: { rejectReason: "previousBounce" } });
    await settle(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "failed", failureReason: "addressRefused" }]);
    expect(await readStepStats(1)).toEqual({ failed: 1 });
    expect(await engine.emails()).toBe(1);
  });

  test("the queue's redelivery makes no second call, and there is one email", async () => {
    const engine = await openServiceEngine(credentials, { steps: second });
    const jobs: SendJob[] = [];
    engine.database.onSql = (sql) => {
      if (sql.includes("UPDATE messages AS m SET")) throw new Error("the isolate is gone");
    };
    await engine.strike(jobs);
    await engine.deliverAll(jobs);
    engine.database.onSql = () => undefined;
    await engine.deliverAll(jobs);
    await settle(engine);
    expect(await engine.emails()).toBe(1);
  });
});
