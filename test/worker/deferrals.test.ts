import { expect, test } from "vitest";
import { maxMessageDeferralMs } from "../../worker/domain/send/retry.ts";
import { minute } from "../support/time.ts";
import {
  buildMailgunCredentials,
  buildSendgridCredentials,
  buildSmtpCredentials,
  listMessageRows,
  openServiceEngine,
  readCircuit,
  type ServiceEngine,
} from "../support/worker/services.ts";
import { bindings, readRecipientState } from "../support/worker/world.ts";

/*
 * Tests deferrals: a service answers with HTTP 429 or SMTP 4yz and wants the email later. The
 * service decides how long to wait. The engine gives up after three days.
 */

/**
 * Runs a tick, the Worker's run every minute, whenever the recipient is due. Returns the wait after
 * each call; 0 means that the recipient is never due again.
 */
async function waitsOf(engine: ServiceEngine, calls: number): Promise<number[]> {
  const waits: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    await engine.strike();
    const { dueAt } = await readRecipientState(engine.recipientIds[0]);
    waits.push(dueAt === null ? 0 : dueAt - engine.clock.at);
    engine.clock.at = dueAt ?? engine.clock.at;
  }
  return waits;
}

test("a greylisted email is sent a minute later, once, and costs one attempt", async () => {
  const engine = await openServiceEngine(buildSmtpCredentials("starttls"), {
    local: "greylisted-once",
    steps: [{}, { delayDays: 3 }],
  });
  await engine.strike();
  expect(await listMessageRows()).toMatchObject([
    { status: "retrying", attempts: 0, failureReason: "deferred" },
  ]);
  expect(await engine.emails()).toBe(0);
  await engine.strikeFor(3);
  expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 1, failureReason: null }]);
  expect(await engine.emails()).toBe(1);
});

test.each([
  ["SendGrid with an unreadable wait", buildSendgridCredentials("limited-garbage"), "jane"],
  ["Mailgun without a wait", buildMailgunCredentials("limited-silent"), "jane"],
  ["a mail server", buildSmtpCredentials("starttls"), "greylisted"],
] as const)(
  "%s is retried after ever longer waits, and no more after three days",
  async (_what, credentials, local) => {
    const engine = await openServiceEngine(credentials, { local });
    // The random part is fixed at 0, so each wait is half of the full wait.
    expect(await waitsOf(engine, 3)).toEqual([0.5, 0.75, 1.125].map((minutes) => minutes * minute));
    await bindings.DB.prepare("UPDATE messages SET deferred_ms = ?")
      .bind(maxMessageDeferralMs - 1)
      .run();
    expect(await waitsOf(engine, 2)).toEqual([30 * minute, 0]);
    expect(await listMessageRows()).toMatchObject([{ status: "failed", failureReason: "deferred" }]);
    const { status, stopReason } = await readRecipientState(engine.recipientIds[0]);
    expect([status, stopReason]).toEqual(["stopped", "sendFailed"]);
    // The service answers and accepts the credentials, so the account's circuit stays closed: the
    // engine keeps calling the service.
    expect(await readCircuit()).toEqual({ failures: 0, openUntil: 0 });
  },
);

test("the time while a campaign is paused does not count toward the three days", async () => {
  const engine = await openServiceEngine(buildMailgunCredentials("limited-silent"));
  await engine.strike();
  engine.clock.at += 2 * maxMessageDeferralMs;
  await bindings.DB.prepare("UPDATE campaigns SET max_lateness_hours = 10000, resumed_at = ?")
    .bind(engine.clock.at)
    .run();
  await engine.strike();
  expect(await listMessageRows()).toMatchObject([{ status: "retrying", failureReason: "deferred" }]);
});
