import { describe, expect, test } from "vitest";
import { performRecipientAction, snoozeRecipient } from "../../worker/db/recipient-actions.ts";
import { createScope } from "../../worker/db/scope.ts";
import { day, hour, minute } from "../support/time.ts";
import {
  buildMailgunCredentials,
  buildSendgridCredentials,
  buildSmtpCredentials,
  listMessageRows,
  openServiceEngine,
  replaceAccountCredentials,
  type ServiceEngine,
} from "../support/worker/services.ts";
import { bindings, readRecipientState, readStepStats, worldIds } from "../support/worker/world.ts";

/*
 * Tests recipients who are stopped, paused or snoozed while the sending of their email has not
 * ended or has an unknown outcome. Such a recipient is not due, but the engine still asks the
 * service about the email.
 */

const audit = (engine: ServiceEngine, action: "recipient.stop" | "recipient.pause" | "recipient.snooze") => ({
  id: engine.ctx.newId(),
  actor: "agent-1",
  action,
  subject: `recipients/${engine.recipientIds[0]}`,
  at: engine.ctx.now(),
});
const act = (action: "stop" | "pause") => (engine: ServiceEngine) =>
  performRecipientAction(
    createScope(engine.ctx.db, worldIds.tenant),
    { id: engine.recipientIds[0] ?? 0, campaignId: worldIds.campaign, action },
    audit(engine, `recipient.${action}`),
  );
const snooze = (engine: ServiceEngine) =>
  snoozeRecipient(
    createScope(engine.ctx.db, worldIds.tenant),
    engine.recipientIds[0] ?? 0,
    engine.ctx.now() + 30 * day,
    audit(engine, "recipient.snooze"),
  );

const held: [string, (engine: ServiceEngine) => Promise<unknown>][] = [
  ["stopped", act("stop")],
  ["paused", act("pause")],
  ["snoozed for a month", snooze],
];

const open = (behavior: string) =>
  openServiceEngine(buildMailgunCredentials(behavior), { steps: [{}, { delayDays: 3 }] });

/**
 * Simulates a process that dies after the service accepts the email and before the engine records
 * the result.
 */
async function dieInCall(engine: ServiceEngine): Promise<void> {
  engine.database.onSql = (sql) => {
    if (sql.includes("UPDATE messages AS m SET")) throw new Error("the isolate is gone");
  };
  await engine.strike();
  engine.database.onSql = () => undefined;
}

const countQuestions = async () =>
  await bindings.DB.prepare("SELECT count(*) AS n FROM messages WHERE ask_at IS NOT NULL").first<number>("n");

describe.each(held)("for an email with an unknown outcome, whose recipient was %s,", (_how, hold) => {
  test("a message that the service has counts as sent, and the recipient stays as before", async () => {
    const engine = await open("hang");
    await engine.strike();
    await hold(engine);
    const before = await readRecipientState(engine.recipientIds[0]);
    engine.clock.at += 32 * minute;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toEqual({ sent: 1, delivered: 1 });
    const after = await readRecipientState(engine.recipientIds[0]);
    expect(after.status).toBe(before.status);
    expect(await engine.emails()).toBe(1);
  });

  test("a message whose process died in the call counts as sent if the service has it", async () => {
    const engine = await open("accept");
    await dieInCall(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "sending" }]);
    await hold(engine);
    engine.clock.at += 32 * minute;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toEqual({ sent: 1, delivered: 1 });
    expect(await engine.emails()).toBe(1);
  });

  test("a message that the service does not have is not sent while its recipient is held", async () => {
    const engine = await open("lost");
    await engine.strike();
    await replaceAccountCredentials(buildMailgunCredentials("accept"));
    await hold(engine);
    engine.clock.at += 32 * minute;
    await engine.strikeFor(3);
    expect(await listMessageRows()).toMatchObject([{ status: "retrying" }]);
    expect(await readStepStats(1)).toEqual({});
    expect(await engine.emails()).toBe(1);
    expect(await countQuestions()).toBe(0);
  });

  test("a service that can't answer is asked again later", async () => {
    const engine = await open("hang");
    await engine.strike();
    await hold(engine);
    await replaceAccountCredentials(buildMailgunCredentials("events-hang"));
    engine.clock.at += 32 * minute;
    await engine.strikeFor(2);
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    await replaceAccountCredentials(buildMailgunCredentials("accept"));
    engine.clock.at += 10 * minute;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
  });

  test("a service that still can't answer after seven hours is not asked again", async () => {
    const engine = await open("hang");
    await engine.strike();
    await hold(engine);
    await replaceAccountCredentials(buildMailgunCredentials("events-hang"));
    engine.clock.at += 7 * hour;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    expect(await countQuestions()).toBe(0);
  });
});

test("a mail server, or SendGrid without its log, is asked once, and the email stays probably sent", async () => {
  for (const credentials of [buildSmtpCredentials("starttls"), buildSendgridCredentials("bare-500")]) {
    const engine = await openServiceEngine(credentials, { local: "silent" });
    await engine.strike();
    await act("stop")(engine);
    engine.clock.at += 32 * minute;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    expect(await countQuestions()).toBe(0);
  }
});

test("a paused recipient who resumes gets the email that the service does not have, once", async () => {
  const engine = await open("lost");
  await engine.strike();
  await replaceAccountCredentials(buildMailgunCredentials("accept"));
  await act("pause")(engine);
  engine.clock.at += 32 * minute;
  await engine.strike();
  await performRecipientAction(
    createScope(engine.ctx.db, worldIds.tenant),
    { id: engine.recipientIds[0] ?? 0, campaignId: worldIds.campaign, action: "resume" },
    { ...audit(engine, "recipient.pause"), action: "recipient.resume" },
  );
  await engine.strikeFor(3);
  expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 2 }]);
  expect(await engine.emails()).toBe(2);
});

test("an email that is missing from the service's log after two days stays probably sent", async () => {
  const engine = await open("lost");
  await engine.strike();
  await bindings.DB.prepare("UPDATE senders SET is_paused = 1").run();
  engine.clock.at += 2 * day;
  await bindings.DB.prepare("UPDATE senders SET is_paused = 0").run();
  await engine.strikeFor(3);
  expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
  expect(await engine.emails()).toBe(1);
});
