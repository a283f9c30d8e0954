import { beforeEach, expect, inject, test } from "vitest";
import { eventKinds } from "../../shared/vocabulary.ts";
import { createContext } from "../../worker/context.ts";
import { isPersons } from "../../worker/db/engagement.ts";
import { ingest } from "../../worker/engine/ingest.ts";
import mailgunSamples from "../providers/samples/mailgun.json";
import sendgridSamples from "../providers/samples/sendgrid.json";
import { type Answer, type Api, createApi, createTenant, day } from "../support/worker/api.ts";
import { createRandom, type Random } from "../support/worker/chaos/random.ts";
import { mutateJson, mutateText } from "../support/worker/mutate.ts";
import { createWebhookPosts, type WebhookPosts, webhookAccounts } from "../support/worker/webhook-posts.ts";
import { bindings, createWorld, emptyDatabase, ids } from "../support/worker/world.ts";

/*
 * Thousands of broken posts under good signatures: no 5xx, nothing hangs, and nothing wrong is stored. `FUZZ_SEED=…
 * FUZZ_CASES=…` runs one again, or a bigger one.
 */

const { seed, cases } = inject("fuzz");
const now = Date.UTC(2026, 0, 1, 20);
const perBatch = 100;
/** The one message all samples name. What names it may be lost; a change would name another, as good as this one. */
const named = { recipientId: 41, stepNumber: 2 };
const kept = ["dk_message", "smtp-id", "Message-Id", "message-id"];

let api: Api;
let posts: WebhookPosts;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(2);
  await createWorld({
    now: now - 30 * day,
    recipients: [{ email: "ada.owner@example.com" }, { email: "bo@example.com" }],
  });
  await bindings.DB.prepare("UPDATE campaign_recipients SET id = ?1 WHERE id = ?2")
    .bind(named.recipientId, ids.firstRecipient)
    .run();
  api = createApi();
  api.advance(now - api.now());
  posts = await createWebhookPosts(api);
});

const sendgridElements = sendgridSamples.flatMap(({ payload }) => payload as unknown[]);

/** One post; how many broken inputs are in it. */
async function postSome(random: Random): Promise<{ answer: Answer; inputs: number }> {
  const sample = random.pick(mailgunSamples);
  const isForm = sample.contentType !== "application/json";
  switch (random.between(0, 9)) {
    case 0:
    case 1: {
      const elements = Array.from({ length: perBatch }, () =>
        mutateJson(random, random.pick(sendgridElements), kept),
      );
      return { answer: await posts.sendgrid(JSON.stringify(elements)), inputs: perBatch };
    }
    case 2:
    case 3: {
      // Numbers that name messages are out of reach of a broken byte: nobody else's differ in so few digits.
      const whole = JSON.stringify([random.pick(sendgridElements)]).replaceAll("41-2", "");
      return { answer: await posts.sendgrid(mutateText(random, whole)), inputs: 1 };
    }
    case 4: {
      const body = mutateText(random, JSON.stringify(sample.payload));
      const path = `/webhooks/email-status/${webhookAccounts.mailgun}`;
      return { answer: await posts.post(path, body, { "content-type": sample.contentType }), inputs: 1 };
    }
    default: {
      if (!isForm) {
        const data = (sample.payload as { "event-data": unknown })["event-data"];
        return { answer: await posts.mailgun(mutateJson(random, data, kept)), inputs: 1 };
      }
      const mutated = mutateJson(random, sample.payload, kept) as Record<string, unknown>;
      const fields = Object.entries(mutated).map(([name, value]) => [name, String(value)]);
      return {
        answer: await posts.mailgunForm(Object.fromEntries(fields) as Record<string, string>),
        inputs: 1,
      };
    }
  }
}

async function drain(): Promise<number> {
  const ctx = createContext(bindings, { now: api.now });
  const jobs = api.queue.take();
  const events = jobs.flatMap((job) => job.events.map((event) => ({ event, source: job.source })));
  for (let first = 0; first < events.length; first += perBatch) {
    const some = events.slice(first, first + perBatch).map(({ event }) => event);
    await ingest(ctx, {
      kind: "events",
      tenantId: ids.tenant,
      source: "fuzz",
      receivedAt: api.now(),
      events: some,
    });
  }
  return events.length;
}

const rows = async <Row>(sql: string) => (await bindings.DB.prepare(sql).all<Row>()).results;

test(`${cases} broken inputs make no 5xx and store nothing wrong (FUZZ_SEED=${seed})`, {
  timeout: 300_000,
}, async () => {
  const random = createRandom(seed, "webhooks");
  const others = await rows("SELECT * FROM tenants UNION ALL SELECT * FROM tenants WHERE 0");
  let taken = 0;
  for (let inputs = 0; inputs < cases; ) {
    const post = await postSome(random);
    inputs += post.inputs;
    expect([200, 403, 406], `after ${inputs} inputs: ${post.answer.text}`).toContain(post.answer.status);
    if (inputs % 500 < post.inputs) taken += await drain();
  }
  taken += await drain();
  expect(taken).toBeGreaterThan(cases / 10);

  const strangers = await rows(
    `SELECT * FROM events WHERE tenant_id <> ${ids.tenant}
      OR (recipient_id, step_number) NOT IN (VALUES (0, 0), (${named.recipientId}, ${named.stepNumber}))`,
  );
  expect(strangers).toEqual([]);
  const outOfBounds = await rows(
    `SELECT * FROM events WHERE kind NOT IN (${eventKinds.map((kind) => `'${kind}'`).join()})
      OR occurred_at <= 0 OR occurred_at > received_at OR length(dedupe_key) > 200 OR NOT json_valid(data)
      OR length(data->>'diagnostic') > 500 OR length(data->>'url') > 2000 OR length(data->>'userAgent') > 500
      OR length(data->>'status') > 20 OR length(data) > 12000`,
  );
  expect(outOfBounds).toEqual([]);
  expect(await rows("SELECT DISTINCT tenant_id, email FROM suppressions")).toEqual([
    { tenant_id: ids.tenant, email: "ada.owner@example.com" },
  ]);
  expect(await rows("SELECT * FROM tenants UNION ALL SELECT * FROM tenants WHERE 0")).toEqual(others);

  const counted = await rows<{ name: string; value: number }>(
    "SELECT name, value FROM step_stats WHERE value <> 0 ORDER BY name",
  );
  const distinct = await rows<{ name: string; value: number }>(
    `SELECT CASE e.is_machine WHEN 0 THEN e.kind WHEN 1 THEN 'machine' || upper(substr(e.kind, 1, 1)) || substr(e.kind, 2) END AS name,
      count(DISTINCT e.recipient_id || ' ' || e.step_number) AS value
    FROM events e WHERE e.recipient_id > 0
      AND e.kind IN ('delivered', 'opened', 'clicked', 'replied', 'bounced', 'complained', 'unsubscribed')
      AND (e.is_machine = 1 OR ${isPersons("e")})
    GROUP BY 1 ORDER BY 1`,
  );
  expect(counted).toEqual(distinct);
});
