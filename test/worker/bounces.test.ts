import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import type { EventData } from "../../worker/domain/receive/event.ts";
import { ingestEvents } from "../../worker/receive/ingest.ts";
import { hour } from "../support/time.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { buildEvent } from "../support/worker/event.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  readRecipientState,
  worldIds,
} from "../support/worker/world.ts";

/*
 * Tests the consequences of bounces. The cause of a bounce is either the address or our own
 * sending. Only a bounce because of our own sending pauses the account.
 */

const now = testStartAt;
const people = Array.from({ length: 12 }, (_, index) => ({
  email: `owner${index}@example.com`,
  propertyId: `p-${index}`,
}));

beforeEach(async () => {
  await emptyDatabase();
  await createWorld({ now, steps: Array.from({ length: 8 }, () => ({ delayDays: 1 })), recipients: people });
  // Inserts messages as if every step had been sent to every recipient.
  await bindings.DB.prepare(
    `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, sent_at, provider_account_id)
     SELECT r.id, s.step_number, 1, r.campaign_id, 'sent', ?1, ?2 FROM campaign_recipients r, campaign_steps s`,
  )
    .bind(now, worldIds.account)
    .run();
});

type Heard = {
  kind: "bounced" | "complained" | "deferred" | "delivered" | "opened";
  to?: number;
  step?: number;
  at?: number;
  data?: EventData;
};

const soft: EventData = { bounceClass: "soft", status: "4.2.2" };
const refused: EventData = {
  bounceClass: "block",
  status: "5.7.606",
  diagnostic: "Access denied, banned sending IP",
};

async function hear(heard: readonly Heard[], at = now) {
  await ingestEvents(createContext(bindings, { now: () => at }), {
    kind: "events",
    tenantId: worldIds.tenant,
    source: "mailgun",
    receivedAt: at,
    events: heard.map(({ kind, to = 0, step = 1, at: occurredAt = at, data = {} }) =>
      buildEvent({
        kind,
        recipientId: worldIds.firstRecipient + to,
        stepNumber: step,
        occurredAt,
        dedupeKey: `${kind}-${step}-${occurredAt}`,
        data,
      }),
    ),
  });
}

const softs = (count: number, from = 1): Heard[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: "bounced",
    step: from + index,
    at: now + index + from,
    data: soft,
  }));

async function suppressed() {
  const { results } = await bindings.DB.prepare(
    "SELECT email, reason, source, evidence FROM suppressions",
  ).all();
  return results;
}

describe("soft bounces", () => {
  test("suppress the address after five in a row, and record the reason", async () => {
    await hear(softs(4));
    expect(await suppressed()).toEqual([]);
    await hear(softs(1, 5));
    expect(await suppressed()).toEqual([
      {
        email: "owner0@example.com",
        reason: "bounced",
        source: "softBounces",
        evidence: JSON.stringify({ kind: "bounced", softBounces: 5 }),
      },
    ]);
  });

  test("count once per email, however often they are reported", async () => {
    for (let time = 0; time < 6; time += 1)
      await hear(softs(4).map((one) => ({ ...one, at: now + 50 + time })));
    expect(await suppressed()).toEqual([]);
  });

  test.each(["delivered", "opened"] as const)(
    "are counted from zero again after an email was %s",
    async (kind) => {
      await hear([...softs(4), { kind, step: 8, at: now + 10 }]);
      await hear(softs(3, 5).map((one) => ({ ...one, at: (one.at ?? now) + 20 })));
      expect(await suppressed()).toEqual([]);
    },
  );

  test("count even if each follows a delivery report of the same email", async () => {
    const each = softs(5).flatMap((bounce): Heard[] => [
      { kind: "delivered", step: bounce.step ?? 1, at: (bounce.at ?? now) - 1 },
      bounce,
    ]);
    await hear(each);
    expect(await suppressed()).toHaveLength(1);
  });

  test("do not include blocks, which are the sender's fault", async () => {
    const content: EventData = { bounceClass: "block", status: "5.3.4", diagnostic: "message too large" };
    await hear(softs(7).map((one) => ({ ...one, data: content })));
    expect(await suppressed()).toEqual([]);
    expect(await readRecipientState()).toMatchObject({ status: "active" });
  });

  test("to another tenant's recipient with the same address count only for that tenant", async () => {
    await bindings.DB.prepare(
      "UPDATE campaign_recipients SET tenant_id = 2, email = 'owner0@example.com' WHERE id = ?",
    )
      .bind(worldIds.firstRecipient + 1)
      .run();
    await hear([...softs(4), { kind: "bounced", to: 1, step: 5, data: soft }]);
    expect(await suppressed()).toEqual([]);
  });
});

test("the stronger suppression reason stays, whichever event comes first", async () => {
  const complaint = { kind: "complained", data: {} } as const;
  const dead = { kind: "bounced", data: { bounceClass: "hard", status: "5.1.1" } } as const;
  for (const events of [
    [dead, complaint],
    [complaint, dead],
  ]) {
    await bindings.DB.prepare("DELETE FROM suppressions").run();
    await hear([events[0] as Heard]);
    await hear([{ ...(events[1] as Heard), at: now + 1 }]);
    expect((await suppressed()).map(({ reason }) => reason)).toEqual(["complained"]);
  }
});

describe("bounces that are blocks", () => {
  const account = () =>
    bindings.DB.prepare(
      "SELECT is_paused AS isPaused, pause_reason AS reason, paused_at AS at FROM provider_accounts",
    ).first();
  const sentToday = (count: number) =>
    bindings.DB.prepare("UPDATE senders SET slots_today = ?").bind(count).run();
  const block = (to: number, data = refused): Heard => ({ kind: "bounced", to, data });

  test("pause the account after three within an hour, and stop no recipient", async () => {
    await hear([block(0), block(1)]);
    expect(await account()).toEqual({ isPaused: 0, reason: null, at: null });
    await hear([block(2)]);
    expect(await account()).toEqual({ isPaused: 1, reason: "blocked", at: now });
    const audit = await bindings.DB.prepare("SELECT actor, action, data FROM audit_log").all();
    expect(audit.results).toEqual([
      {
        actor: "guardrail",
        action: "providerAccount.paused",
        data: JSON.stringify({ reason: "blocked", blocks: 3, sent: 0 }),
      },
    ]);
    expect(await suppressed()).toEqual([]);
    for (const to of [0, 1, 2])
      expect((await readRecipientState(worldIds.firstRecipient + to)).status).toBe("active");
  });

  test.each([
    { status: "5.7.515", diagnostic: "550 Access denied, sending domain does not meet the required level" },
    { status: "5.7.15", diagnostic: "550 Access denied, sending domain does not meet the required level" },
    { status: "5.7.26", diagnostic: "550 This mail has been blocked because the sender is unauthenticated" },
    { status: "4.7.28", diagnostic: "421 an unusual rate of unsolicited mail from your IP" },
    { diagnostic: "554 relay access denied" },
    { status: "5.1.1", diagnostic: "550 Recipient address rejected: listed at bl.example.org" },
  ])("pause the account if they are about our authentication or reputation (%#)", async (data) => {
    await hear([0, 1, 2].map((to) => block(to, { bounceClass: "block", ...data })));
    expect(await account()).toMatchObject({ isPaused: 1, reason: "blocked" });
    expect(await suppressed()).toEqual([]);
  });

  test("include deferrals about the account, each email once", async () => {
    const unauthenticated = { status: "4.7.27", diagnostic: "421 4.7.27 SPF did not pass for this domain" };
    const delay = (to: number, data: EventData = unauthenticated): Heard => ({ kind: "deferred", to, data });
    await hear([delay(0), delay(1)]);
    await hear([delay(0), block(1)], now + 1);
    await hear([delay(2, { status: "4.7.1", diagnostic: "450 4.7.1 greylisted, try again later" })]);
    await hear([delay(3, { status: "4.2.2", diagnostic: "452 4.2.2 over quota" })]);
    expect((await account())?.isPaused).toBe(0);
    await hear([delay(4)]);
    expect(await account()).toMatchObject({ isPaused: 1, reason: "blocked" });
    expect(await suppressed()).toEqual([]);
  });

  test("that are reported twice are counted once", async () => {
    for (let time = 0; time < 3; time += 1) await hear([block(0), block(1)], now + time);
    expect((await account())?.isPaused).toBe(0);
  });

  test("do not pause the account if they are few among many emails", async () => {
    await sentToday(80);
    await hear([0, 1, 2, 3].map((to) => block(to)));
    expect((await account())?.isPaused).toBe(0);
    await hear([block(4)]);
    expect((await account())?.isPaused).toBe(1);
  });

  test("do not pause the account if they are hours apart", async () => {
    for (const to of [0, 1, 2, 3]) await hear([block(to)], now + to * 2 * hour);
    expect((await account())?.isPaused).toBe(0);
  });

  test.each([
    { bounceClass: "block", status: "5.7.1", diagnostic: "550 5.7.1 Message content rejected, UBE" },
    { bounceClass: "block", status: "5.2.2", diagnostic: "552 5.2.2 mailbox full" },
    { bounceClass: "block", status: "5.3.4", diagnostic: "552 message size exceeds limit" },
    { bounceClass: "soft", status: "4.7.1", diagnostic: "greylisted" },
  ] as EventData[])("about the content or the mailbox do not pause the account (%#)", async (data) => {
    await hear([0, 1, 2, 3, 4].map((to) => block(to, data)));
    expect((await account())?.isPaused).toBe(0);
  });

  test("do not pause a resumed account again until more of them come", async () => {
    await hear([0, 1, 2].map((to) => block(to)));
    await bindings.DB.prepare(
      "UPDATE provider_accounts SET is_paused = 0, pause_reason = NULL, paused_at = NULL",
    ).run();
    await hear([{ kind: "delivered", to: 5 }]);
    expect((await account())?.isPaused).toBe(0);
  });
});
