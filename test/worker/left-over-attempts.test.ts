import { describe, expect, test } from "vitest";
import { performRecipientAction, snoozeRecipient } from "../../worker/db/recipient-actions.ts";
import { createScope } from "../../worker/db/scope.ts";
import { day, hour, minute } from "../support/time.ts";
import {
  buildMailgunCredentials,
  buildSendgridCredentials,
  buildSmtpCredentials,
  changeCredentials,
  listMessageRows,
  openServiceEngine,
  type ServiceEngine,
} from "../support/worker/services.ts";
import { bindings, ids, readRecipientState, readStepStats } from "../support/worker/world.ts";

/*
 * Tests recipients who are stopped, paused or snoozed while a call is open or its outcome is
 * unknown. No such recipient comes due, but the service is asked about the email all the same.
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
    createScope(engine.ctx.db, ids.tenant),
    { id: engine.recipientIds[0] ?? 0, campaignId: ids.campaign, action },
    audit(engine, `recipient.${action}`),
  );
const snooze = (engine: ServiceEngine) =>
  snoozeRecipient(
    createScope(engine.ctx.db, ids.tenant),
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

/** Simulates a process that dies between the service's yes and the write that records it. */
async function dieInCall(engine: ServiceEngine): Promise<void> {
  engine.database.onSql = (sql) => {
    if (sql.includes("UPDATE messages AS m SET")) throw new Error("the isolate is gone");
  };
  await engine.strike();
  engine.database.onSql = () => undefined;
}

const countQuestions = async () =>
  await bindings.DB.prepare("SELECT count(*) AS n FROM messages WHERE ask_at IS NOT NULL").first<number>("n");

describe.each(held)("the recipient of an email whose outcome is unknown was %s", (_how, hold) => {
  test("an email that the service has was sent, and nobody is moved", async () => {
    const engine = await open("hang");
    await engine.strike();
    await hold(engine);
    const before = await readRecipientState(engine.recipientIds[0]);
    engine.clock.at += 32 * minute;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toMatchObject({ sent: 1, unknown: 0 });
    const after = await readRecipientState(engine.recipientIds[0]);
    expect(after.status).toBe(before.status);
    expect(await engine.emails()).toBe(1);
  });

  test("so was one whose process died in the call", async () => {
    const engine = await open("accept");
    await dieInCall(engine);
    expect(await listMessageRows()).toMatchObject([{ status: "sending" }]);
    await hold(engine);
    engine.clock.at += 32 * minute;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
    expect(await readStepStats(1)).toMatchObject({ sent: 1, unknown: 0 });
    expect(await engine.emails()).toBe(1);
  });

  test("an email that the service lacks was not sent, and does not go while nothing may go", async () => {
    const engine = await open("lost");
    await engine.strike();
    await changeCredentials(buildMailgunCredentials("accept"));
    await hold(engine);
    engine.clock.at += 32 * minute;
    await engine.strikeFor(3);
    expect(await listMessageRows()).toMatchObject([{ status: "retrying" }]);
    expect(await readStepStats(1)).toMatchObject({ unknown: 0 });
    expect(await engine.emails()).toBe(1);
    expect(await countQuestions()).toBe(0);
  });

  test("a service that can't answer is asked again", async () => {
    const engine = await open("hang");
    await engine.strike();
    await hold(engine);
    await changeCredentials(buildMailgunCredentials("events-hang"));
    engine.clock.at += 32 * minute;
    await engine.strikeFor(2);
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    await changeCredentials(buildMailgunCredentials("accept"));
    engine.clock.at += 10 * minute;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sent" }]);
  });

  test("but not for ever", async () => {
    const engine = await open("hang");
    await engine.strike();
    await hold(engine);
    await changeCredentials(buildMailgunCredentials("events-hang"));
    engine.clock.at += 7 * hour;
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
    expect(await countQuestions()).toBe(0);
  });
});

test("a mail server and a SendGrid account without its log are asked once, and the email was probably sent", async () => {
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

test("a paused recipient who goes on gets the email that the service lacks, once", async () => {
  const engine = await open("lost");
  await engine.strike();
  await changeCredentials(buildMailgunCredentials("accept"));
  await act("pause")(engine);
  engine.clock.at += 32 * minute;
  await engine.strike();
  await performRecipientAction(
    createScope(engine.ctx.db, ids.tenant),
    { id: engine.recipientIds[0] ?? 0, campaignId: ids.campaign, action: "resume" },
    { ...audit(engine, "recipient.pause"), action: "recipient.resume" },
  );
  await engine.strikeFor(3);
  expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 2 }]);
  expect(await engine.emails()).toBe(2);
});

test("an email that is missing from the log of a service after two days was probably sent", async () => {
  const engine = await open("lost");
  await engine.strike();
  await bindings.DB.prepare("UPDATE senders SET is_paused = 1").run();
  engine.clock.at += 2 * day;
  await bindings.DB.prepare("UPDATE senders SET is_paused = 0").run();
  await engine.strikeFor(3);
  expect(await listMessageRows()).toMatchObject([{ status: "unknown" }]);
  expect(await engine.emails()).toBe(1);
});
