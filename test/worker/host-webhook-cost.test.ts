import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHostWebhook } from "../../worker/db/host-webhooks.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { sealHostSecret } from "../../worker/send/host-secrets.ts";
import { minute } from "../support/time.ts";
import { createClock, testStartAt } from "../support/worker/clock.ts";
import { openEngine } from "../support/worker/engine.ts";
import { bindings, buildNumberedRecipients, emptyDatabase, worldIds } from "../support/worker/world.ts";

const people = 20;
const eventsPerPerson = 4;
const dnsAnswer = { Answer: [{ type: 1, data: "198.41.128.7" }] };

beforeEach(emptyDatabase);
afterEach(() => {
  vi.restoreAllMocks();
});

/** Gives three other offices a webhook each. */
async function addOtherOffices(): Promise<void> {
  for (const id of [2, 3, 4]) {
    await bindings.DB.batch([
      bindings.DB.prepare(
        "INSERT INTO tenants (id, name, postal_address, created_at) VALUES (?, 'Other', '1 Elm St', 0)",
      ).bind(id),
      bindings.DB.prepare(
        `INSERT INTO host_webhooks (tenant_id, id, url, description, sealed_secret, delivered_to, created_at)
         VALUES (?1, ?1, 'https://other.example/', '', '', 0, 0)`,
      ).bind(id),
    ]);
  }
}

/** Opens an engine with due recipients, whose office has some webhooks. */
async function openOffice(webhooks: number) {
  const clock = createClock();
  const world = { steps: [{}, { delayDays: 3 }], recipients: buildNumberedRecipients(people) };
  const engine = await openEngine({ world, clock, meter: true });
  const posts = { count: 0 };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    if (String(input).startsWith("https://cloudflare-dns.com/")) return Response.json(dnsAnswer);
    posts.count += 1;
    return new Response(null, { status: 204 });
  });
  const scope = createScope(openDatabase(bindings.DB), worldIds.tenant);
  for (let id = 1; id <= webhooks; id += 1) {
    const sealedSecret = await sealHostSecret(engine.ctx, id, "whsec_bm90IGEgc2VjcmV0IGF0IGFsbA==");
    const url = `https://hooks-${id}.crm.example/`;
    const row = { id, url, description: "", eventTypes: null, sealedSecret, createdAt: testStartAt };
    await createHostWebhook(scope, row, { id, actor: "a", action: "b", subject: "c", at: testStartAt });
  }
  return { engine, posts };
}

/**
 * Returns the rows of the lives of `people` emails, sent, delivered, opened and clicked, with the
 * deliveries to webhooks in the same ticks.
 */
async function measureLives(webhooks: number) {
  const { engine, posts } = await openOffice(webhooks);
  await addOtherOffices();
  const before = { ...engine.cost };
  await engine.run();
  const ids = Array.from({ length: people }, (_, index) => worldIds.firstRecipient + index);
  for (const kind of ["delivered", "opened", "clicked"] as const) {
    engine.advance(minute);
    await engine.hear(ids.map((recipientId) => ({ kind, recipientId })));
    await engine.tick();
  }
  const written = engine.cost.rowsWritten - before.rowsWritten;
  return { written, read: engine.cost.rowsRead - before.rowsRead, posts: posts.count };
}

/** Returns the rows that one event and the next tick write. */
async function measureOneEvent(webhooks: number): Promise<number> {
  await emptyDatabase();
  const { engine } = await openOffice(webhooks);
  await engine.run();
  engine.advance(minute);
  await engine.tick();
  const before = engine.cost.rowsWritten;
  await engine.hear({ kind: "delivered", recipientId: worldIds.firstRecipient });
  engine.advance(minute);
  await engine.tick();
  return engine.cost.rowsWritten - before;
}

test("an office without webhooks pays no row for them, written or read", async () => {
  const none = await measureLives(0);
  expect(none.posts).toBe(0);
  await emptyDatabase();
  const { results } = await bindings.DB.prepare(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'host_event_of_%'",
  ).all<{ name: string; sql: string }>();
  expect(results.length).toBe(10);
  await bindings.DB.batch(results.map(({ name }) => bindings.DB.prepare(`DROP TRIGGER ${name}`)));
  const bare = await measureLives(0);
  await bindings.DB.batch(results.map(({ sql }) => bindings.DB.prepare(sql)));
  expect(none.written).toBe(bare.written);
  expect(none.read).toBe(bare.read);
});

test.each([1, 2, 5])("an event writes at most 2 rows for each of %i webhooks", async (webhooks) => {
  const none = await measureLives(0);
  await emptyDatabase();
  const some = await measureLives(webhooks);
  expect(some.posts).toBe(people * eventsPerPerson * webhooks);
  const each = (some.written - none.written) / some.posts;
  expect(each).toBeLessThanOrEqual(2);
});

test("an event that comes alone writes 2 rows: itself, and the webhook's place", async () => {
  expect(await measureOneEvent(1)).toBe((await measureOneEvent(0)) + 2);
});
