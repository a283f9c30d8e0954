import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { day, minute } from "../support/time.ts";
import { runTickAt } from "../support/worker/story.ts";
import {
  bindings,
  createWorld,
  emptyDatabase,
  listCapturedEmails,
  type WorldStep,
} from "../support/worker/world.ts";

const launch = Date.UTC(2025, 9, 6, 14);

beforeEach(async () => {
  await emptyDatabase();
  vi.useFakeTimers({ toFake: ["Date"], now: launch });
});

afterEach(() => {
  vi.useRealTimers();
});

/**
 * Sends these steps to one recipient, one step per day. Returns the emails as a mail program reads
 * them.
 */
async function emailsOf(steps: readonly WorldStep[]) {
  const daily = steps.map((step, index) => ({ delayDays: index === 0 ? 0 : 1, ...step }));
  await createWorld({ now: launch, steps: daily });
  for (let days = 0; days < steps.length; days += 1) await runTickAt(launch + days * (day + minute));
  return await Promise.all((await listCapturedEmails()).map(({ raw }) => PostalMime.parse(raw)));
}

describe("a follow-up", () => {
  test("replies to all emails before it, under the subject of the first", async () => {
    const [first, second, third] = await emailsOf([
      { subject: "Your home at {{property.streetAddress}}" },
      { subject: "Never shown" },
      { subject: "Nor this, nor {{recipient.neverGiven}}" },
    ]);
    expect(first?.subject).toBe("Your home at 123 Main St");
    expect([first?.inReplyTo, first?.references]).toEqual([undefined, undefined]);
    expect(second?.subject).toBe("Your home at 123 Main St");
    expect([second?.inReplyTo, second?.references]).toEqual([first?.messageId, first?.messageId]);
    expect(third?.subject).toBe("Your home at 123 Main St");
    expect(third?.inReplyTo).toBe(second?.messageId);
    expect(third?.references).toBe(`${first?.messageId} ${second?.messageId}`);
    const { results } = await bindings.DB.prepare("SELECT subject FROM messages ORDER BY step_number").all();
    expect(results.map(({ subject }) => subject)).toEqual([first?.subject, second?.subject, third?.subject]);
  });

  test("that starts a thread has its own subject, and later emails reply only to it", async () => {
    const [, second, third] = await emailsOf([
      { subject: "First" },
      { subject: "Second", startsThread: true },
      {},
    ]);
    expect([second?.subject, second?.inReplyTo, second?.references]).toEqual([
      "Second",
      undefined,
      undefined,
    ]);
    expect([third?.subject, third?.references]).toEqual(["Second", second?.messageId]);
  });

  test("whose earlier emails were all skipped is the first of its thread", async () => {
    const [only] = await emailsOf([
      { subject: "For a price that fell", conditions: { priceChanged: true } },
      { subject: "The first to go" },
    ]);
    expect([only?.subject, only?.inReplyTo]).toEqual(["The first to go", undefined]);
  });
});

test("a follow-up has a Re: once the person has written", async () => {
  await createWorld({ now: launch, steps: [{ subject: "Your home" }, { delayDays: 1 }, { delayDays: 1 }] });
  await runTickAt(launch);
  await runTickAt(launch + day + minute);
  await bindings.DB.prepare(
    `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at, received_at, batch_id)
     VALUES (1001, 2, 'replied', 0, 'r', 1, ?1, ?1, 1)`,
  )
    .bind(launch + day)
    .run();
  await runTickAt(launch + 2 * (day + minute));
  expect((await listCapturedEmails()).map(({ subject }) => subject)).toEqual([
    "Your home",
    "Your home",
    "Re: Your home",
  ]);
});

test("the preheader is filled in for its recipient", async () => {
  const [email] = await emailsOf([{ preheader: "A word about {{property.streetAddress}}" }]);
  expect(email?.html).toContain(">A word about 123 Main St&#847;");
});
