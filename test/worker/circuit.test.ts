import { describe, expect, test } from "vitest";
import { takeTrialCalls } from "../../worker/db/provider-accounts.ts";
import { minute } from "../support/time.ts";
import { testStartAt } from "../support/worker/clock.ts";
import {
  addLaterAccount,
  buildMailgunCredentials,
  buildSendgridCredentials,
  listMessageRows,
  openServiceEngine,
  readCircuit,
  replaceAccountCredentials,
} from "../support/worker/services.ts";
import { bindings, countMessagesByStatus, worldIds } from "../support/worker/world.ts";

const people = 20;
/**
 * The number of calls that run at the same time. When all of these calls fail, the circuit opens:
 * the engine stops calling the service for some time.
 */
const atOnce = 6;

const attempts = async () => (await listMessageRows()).map((row) => row.attempts);

describe("an account whose calls fail one after another", () => {
  test("gets no more emails for a minute; the others wait without an attempt and show why", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("forbidden"), { people });
    await engine.strike();
    expect(await engine.emails()).toBe(atOnce);
    expect(await attempts()).toEqual(Array(atOnce).fill(1));
    expect(await readCircuit()).toEqual({ failures: 5, openUntil: testStartAt + minute });
    expect(await engine.whyNotYet(people - 1)).toEqual({
      reason: "providerUnavailable",
      until: testStartAt + minute,
    });
    await engine.strike();
    expect(await engine.emails()).toBe(atOnce);
  });

  test("gets one email as a trial after the minute, and rests longer if the trial fails", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("forbidden"), { people });
    await engine.strike();
    engine.clock.at += minute;
    await engine.strike();
    expect(await engine.emails()).toBe(atOnce + 1);
    expect(await readCircuit()).toEqual({ failures: 6, openUntil: engine.clock.at + 2 * minute });
  });

  test("gets every waiting email exactly once after a successful trial", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("forbidden"), { people });
    await engine.strike();
    await replaceAccountCredentials(buildSendgridCredentials("accept"));
    await engine.strikeFor(6);
    expect(await readCircuit()).toEqual({ failures: 0, openUntil: 0 });
    expect(await countMessagesByStatus()).toEqual({ sent: people });
    expect(await engine.emails()).toBe(people + atOnce);
  });

  test("rests after unknown outcomes as well, and these emails are not sent again", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("bare-500"), { people });
    await engine.strike();
    expect(await countMessagesByStatus()).toEqual({ unknown: atOnce });
    expect((await readCircuit())?.openUntil).toBe(testStartAt + minute);
    await replaceAccountCredentials(buildSendgridCredentials("accept"));
    await engine.strikeFor(25);
    expect(await countMessagesByStatus()).toEqual({ sent: people - atOnce, unknown: atOnce });
    expect(await engine.emails()).toBe(people);
  });

  test("rests while its service is down, and later gets every email", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("status-503"), { people });
    await engine.strike();
    expect(await countMessagesByStatus()).toEqual({ retrying: atOnce });
    expect(await attempts()).toEqual(Array(atOnce).fill(0));
    expect((await readCircuit())?.openUntil).toBe(testStartAt + minute);
    await engine.strikeFor(10);
    await replaceAccountCredentials(buildSendgridCredentials("accept"));
    await engine.strikeFor(40);
    expect(await countMessagesByStatus()).toEqual({ sent: people });
    expect(await attempts()).toEqual(Array(people).fill(1));
  });

  test("does not rest because of a rate limit, a bad recipient or a bad message", async () => {
    for (const behaviour of ["limited-seconds", "bad-recipient", "bad-content"]) {
      const engine = await openServiceEngine(buildSendgridCredentials(behaviour), { people: 8 });
      await engine.strike();
      expect(await readCircuit()).toEqual({ failures: 0, openUntil: 0 });
      expect(await engine.emails()).toBe(8);
    }
  });

  test("gets one trial, even if several ask for it at the same moment", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("forbidden"), { people });
    await engine.strike();
    const at = testStartAt + minute;
    const asked = await Promise.all(
      [1, 2, 3].map(() => takeTrialCalls(engine.ctx.db, [worldIds.account], at, at + minute)),
    );
    expect(asked.map((got) => got.size).sort()).toEqual([0, 0, 1]);
  });
});

describe("an account that an admin has paused", () => {
  test("gets no email and costs no attempt, and gets every email once it is resumed", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("accept"), { people: 3 });
    await bindings.DB.prepare("UPDATE provider_accounts SET is_paused = 1").run();
    await engine.strikeFor(3);
    expect(await countMessagesByStatus()).toEqual({});
    expect(await engine.whyNotYet(0)).toEqual({ reason: "providerUnavailable", until: null });
    await bindings.DB.prepare("UPDATE provider_accounts SET is_paused = 0").run();
    await engine.strikeFor(2);
    expect(await engine.emails()).toBe(3);
    expect(await attempts()).toEqual([1, 1, 1]);
  });

  test("while its emails are queued gets none of them", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("accept"), { people: 3 });
    await engine.tick();
    await bindings.DB.prepare("UPDATE provider_accounts SET is_paused = 1, pause_reason = 'blocked'").run();
    await engine.deliverAll(engine.queue.take());
    expect(await engine.emails()).toBe(0);
    expect(await countMessagesByStatus()).toEqual({});
  });
});

describe("a second account", () => {
  const verified = ["cedarmain.example"];

  test("takes over after a definite refusal, if it may send for the From domain", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("forbidden"), { people: 1 });
    await addLaterAccount(22, buildMailgunCredentials("accept"), verified);
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 1, accountId: 22 }]);
    expect(await engine.emails("mailgun")).toBe(1);
  });

  test.each([
    ["not known to be allowed to", null],
    ["known not to be allowed to", ["other.example"]],
  ])("that is %s send for the From domain gets no email", async (_what, domains) => {
    const engine = await openServiceEngine(buildSendgridCredentials("forbidden"), { people: 8 });
    await addLaterAccount(22, buildMailgunCredentials("accept"), domains);
    await engine.strikeFor(3);
    expect(await engine.emails("mailgun")).toBe(0);
  });

  test("gets no email with an unknown outcome, but takes over from an account that rests", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("bare-500"), { people });
    await addLaterAccount(22, buildMailgunCredentials("accept"), verified);
    await engine.strike();
    expect(await engine.emails("sendgrid")).toBe(atOnce);
    expect(await engine.emails("mailgun")).toBe(people - atOnce);
    expect(await countMessagesByStatus()).toEqual({ sent: people - atOnce, unknown: atOnce });
  });

  test("that is verified for one address sends only from that address", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("forbidden"), { people: 1 });
    await addLaterAccount(22, buildMailgunCredentials("accept"), ["ann@cedarmain.example"]);
    await engine.strike();
    expect(await engine.emails("mailgun")).toBe(1);
  });

  test("replaces a blocked account only if verified, and always one that an admin paused", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("accept"), { people: 1 });
    await addLaterAccount(22, buildMailgunCredentials("accept"), null);
    const pause = (reason: string | null) =>
      bindings.DB.prepare("UPDATE provider_accounts SET is_paused = 1, pause_reason = ? WHERE id = ?")
        .bind(reason, worldIds.account)
        .run();
    await pause("blocked");
    await engine.strikeFor(2);
    expect(await engine.emails("mailgun")).toBe(0);
    await pause(null);
    await engine.strikeFor(2);
    expect(await engine.emails("mailgun")).toBe(1);
  });

  test("is asked for its domains once the first account fails, and not again within a day", async () => {
    const engine = await openServiceEngine(buildSendgridCredentials("forbidden"), { people: 1 });
    await bindings.DB.prepare("UPDATE senders SET from_email = 'ann@agency.example'").run();
    await addLaterAccount(22, buildMailgunCredentials("accept"), null);
    await engine.strike();
    expect(await engine.emails("mailgun")).toBe(0);
    await engine.strikeFor(3);
    expect(await engine.emails("mailgun")).toBe(1);
    const row = await bindings.DB.prepare(
      "SELECT verified_domains AS domains, domains_checked_at AS at FROM provider_accounts WHERE id = 22",
    ).first<{ domains: string; at: number }>();
    expect(JSON.parse(row?.domains ?? "null")).toEqual(["mg.agency.example", "agency.example"]);
    expect(row?.at).toBe(testStartAt);
  });
});
