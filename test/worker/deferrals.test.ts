import { expect, test } from "vitest";
import { maxDeferredMs } from "../../worker/domain/send/retry.ts";
import {
  circuitOf,
  mailgun,
  messageRows,
  minute,
  openPostOffice,
  type PostOffice,
  sendgrid,
  smtp,
} from "../support/worker/post-office.ts";
import { bindings, recipientState } from "../support/worker/world.ts";

/* A "not now": HTTP 429, SMTP 4yz. It is the service's to say when it ends, but somebody has to notice if it never does. */

/** Strikes whenever the recipient comes due. @returns how long they then wait, of each call; 0 where they are through */
async function waitsOf(office: PostOffice, calls: number): Promise<number[]> {
  const waits: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    await office.strike();
    const { dueAt } = await recipientState(office.recipientIds[0]);
    waits.push(dueAt === null ? 0 : dueAt - office.clock.at);
    office.clock.at = dueAt ?? office.clock.at;
  }
  return waits;
}

test("a greylisted email goes a minute later, once, and costs one attempt", async () => {
  const office = await openPostOffice(smtp("starttls"), {
    local: "greylisted-once",
    steps: [{}, { delayDays: 3 }],
  });
  await office.strike();
  expect(await messageRows()).toMatchObject([{ status: "retrying", attempts: 0, failureReason: "deferred" }]);
  expect(await office.emails()).toBe(0);
  await office.run(3);
  expect(await messageRows()).toMatchObject([{ status: "sent", attempts: 1, failureReason: null }]);
  expect(await office.emails()).toBe(1);
});

test.each([
  ["SendGrid, which says when, but not in a way that can be read,", sendgrid("limited-garbage"), "jane"],
  ["Mailgun, which does not say when,", mailgun("limited-silent"), "jane"],
  ["a mail server", smtp("starttls"), "greylisted"],
] as const)(
  "%s is asked ever more rarely, and after three days no more",
  async (_what, credentials, local) => {
    const office = await openPostOffice(credentials, { local });
    // No chance in it: always the shorter half of the wait.
    expect(await waitsOf(office, 3)).toEqual([0.5, 0.75, 1.125].map((minutes) => minutes * minute));
    await bindings.DB.prepare("UPDATE messages SET deferred_ms = ?")
      .bind(maxDeferredMs - 1)
      .run();
    expect(await waitsOf(office, 2)).toEqual([30 * minute, 0]);
    expect(await messageRows()).toMatchObject([{ status: "failed", failureReason: "deferred" }]);
    const { status, stopReason } = await recipientState(office.recipientIds[0]);
    expect([status, stopReason]).toEqual(["stopped", "sendFailed"]);
    // It can be reached and lets us in: it is not left alone for it.
    expect(await circuitOf()).toEqual({ failures: 0, openUntil: 0 });
  },
);

test("the time a campaign is paused does not count", async () => {
  const office = await openPostOffice(mailgun("limited-silent"));
  await office.strike();
  office.clock.at += 2 * maxDeferredMs;
  await bindings.DB.prepare("UPDATE campaigns SET max_lateness_hours = 10000, resumed_at = ?")
    .bind(office.clock.at)
    .run();
  await office.strike();
  expect(await messageRows()).toMatchObject([{ status: "retrying", failureReason: "deferred" }]);
});
