import { beforeEach, expect, inject, test } from "vitest";
import { eventKinds } from "../../shared/vocabulary.ts";
import { createContext } from "../../worker/context.ts";
import { isEventByPersonSql } from "../../worker/db/engagement.ts";
import type { NormalizedEvent } from "../../worker/domain/receive/event.ts";
import { encodeUtf8 } from "../../worker/providers/bytes.ts";
import { eventsPerJob, ingestEvents } from "../../worker/receive/ingest.ts";
import mailgunSamples from "../providers/samples/mailgun.json";
import sendgridSamples from "../providers/samples/sendgrid.json";
import { day } from "../support/time.ts";
import { type Api, createApi, createTenant } from "../support/worker/api.ts";
import { createRandom, type Random } from "../support/worker/chaos/random.ts";
import { mutateJson, mutateText } from "../support/worker/mutate.ts";
import { openWebhookAccounts, type SignedPost, type WebhookPoster } from "../support/worker/webhook-posts.ts";
import { bindings, createWorld, emptyDatabase, readFigureSums, worldIds } from "../support/worker/world.ts";

/*
 * Tests webhook posts with broken content and valid signatures. The product's code verifies and
 * reads each post. All posts with many events, and one in ten other posts, also go through the API
 * and the queue into D1. `FUZZ_SEED=… FUZZ_CASES=…` repeats a run, or makes a bigger run.
 */

const { seed, cases } = inject("fuzz");
const now = Date.UTC(2026, 0, 1, 20);
const perPost = 100;
const oneInTen = 10;
const people = 200;
/** The reference of the message in the samples. */
const sampleReference = "41-2";
const stepNumber = 2;

let api: Api;
let posts: WebhookPoster;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(2);
  const recipients = Array.from({ length: people }, (_, index) => ({ email: `owner${index}@example.com` }));
  await createWorld({ now: now - 30 * day, recipients });
  await bindings.DB.prepare(
    `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, attempts, attempt_id)
     SELECT id, ?, tenant_id, campaign_id, 'sent', 1, 1 FROM campaign_recipients`,
  )
    .bind(stepNumber)
    .run();
  api = createApi();
  api.advance(now - api.now());
  posts = await openWebhookAccounts(api);
});

const sendgridElements = sendgridSamples.flatMap(({ payload }) => payload as unknown[]);

/** Returns the payload, changed so that it is about the message of a random recipient. */
function aboutSomebody<Payload>(random: Random, payload: Payload): Payload {
  const reference = `${worldIds.firstRecipient + random.between(0, people - 1)}-${stepNumber}`;
  return JSON.parse(JSON.stringify(payload).replaceAll(sampleReference, reference)) as Payload;
}

/** Returns either a broken event for a post with many events, or a broken post with one event. */
async function broken(number: number): Promise<{ element: unknown } | SignedPost> {
  const random = createRandom(seed, `webhook ${number}`);
  const element = aboutSomebody(random, random.pick(sendgridElements));
  const { contentType, payload } = aboutSomebody(random, random.pick(mailgunSamples));
  const kind = random.between(0, 9);
  if (kind < 5) return { element: mutateJson(random, element) };
  if (kind === 5) return posts.make.sendgrid(mutateText(random, JSON.stringify([element])));
  if (contentType !== "application/json") {
    const mutated = mutateJson(random, payload) as Record<string, unknown>;
    const fields = Object.entries(mutated).map(([name, value]) => [name, String(value)]);
    return posts.make.mailgunForm(Object.fromEntries(fields) as Record<string, string>);
  }
  const made = await posts.make.mailgun(
    mutateJson(random, (payload as { "event-data": unknown })["event-data"]),
  );
  return kind === 6 ? { ...made, body: mutateText(random, made.body) } : made;
}

/** Makes the posts of all cases: posts with a hundred events each, and posts with one event. */
async function brokenPosts(): Promise<{ many: SignedPost[]; alone: SignedPost[] }> {
  const elements: unknown[] = [];
  const alone: SignedPost[] = [];
  for (let number = 0; number < cases; number += 1) {
    const made = await broken(number);
    if ("element" in made) elements.push(made.element);
    else alone.push(made);
  }
  const many: SignedPost[] = [];
  for (let first = 0; first < elements.length; first += perPost) {
    many.push(await posts.make.sendgrid(JSON.stringify(elements.slice(first, first + perPost))));
  }
  return { many, alone };
}

function isInBounds({ kind, occurredAt, dedupeKey, recipientId, data }: NormalizedEvent): boolean {
  const { diagnostic = "", url = "", userAgent = "", status = "" } = data;
  return (
    eventKinds.includes(kind) &&
    Number.isFinite(occurredAt) &&
    occurredAt > 0 &&
    dedupeKey.length > 0 &&
    dedupeKey.length <= 200 &&
    (recipientId === null || Number.isSafeInteger(recipientId)) &&
    diagnostic.length <= 500 &&
    url.length <= 2000 &&
    userAgent.length <= 500 &&
    status.length <= 20
  );
}

test(`${cases} broken webhooks are read without an error, in bounded size (FUZZ_SEED=${seed})`, {
  timeout: 120_000,
}, async () => {
  const { providers } = createContext(bindings, { now: api.now });
  const { many, alone } = await brokenPosts();
  let [verified, read] = [0, 0];
  for (const [index, { account, body, headers }] of [...many, ...alone].entries()) {
    const url = new URL(`https://mail.test/webhooks/email-status/${account.id}`);
    const request = { headers: new Headers(headers), body: encodeUtf8(body), url };
    if ((await providers[account.provider].verify(request, account, now)).ok) verified += 1;
    const { events } = await providers[account.provider].normalize(request, now);
    read += events.length;
    const isFine = events.every(isInBounds);
    if (!isFine) expect.fail(`seed ${seed}, post ${index}: ${body.slice(0, 500)}`);
  }
  expect(verified).toBeGreaterThan((many.length + alone.length) * 0.7);
  expect(read).toBeGreaterThan(cases / 2);
});

/** Ingests the queued jobs, joined to jobs of the greatest allowed size. */
async function drain(): Promise<number> {
  const ctx = createContext(bindings, { now: api.now });
  let taken = 0;
  for (const [source, jobs] of Map.groupBy(api.queue.take(), (job) => job.source)) {
    const events = jobs.flatMap((job) => job.events);
    taken += events.length;
    for (let first = 0; first < events.length; first += eventsPerJob) {
      const some = events.slice(first, first + eventsPerJob);
      await ingestEvents(ctx, {
        kind: "events",
        tenantId: worldIds.tenant,
        source,
        receivedAt: api.now(),
        events: some,
      });
    }
  }
  return taken;
}

const rows = async <Row>(sql: string) => (await bindings.DB.prepare(sql).all<Row>()).results;

test(`broken webhooks cause no 5xx and store nothing wrong (FUZZ_SEED=${seed})`, {
  timeout: 120_000,
}, async () => {
  const tenants = await rows("SELECT * FROM tenants");
  const { many, alone } = await brokenPosts();
  for (const post of [...many, ...alone.filter((_, index) => index % oneInTen === 0)]) {
    const { status, text } = await posts.deliver(post);
    expect([200, 403, 406], `${text} for ${post.body.slice(0, 300)}`).toContain(status);
  }
  await drain();
  const [{ n } = { n: 0 }] = await rows<{ n: number }>("SELECT count(*) AS n FROM events");
  expect(n).toBeGreaterThan(cases / 4);

  const strangers = await rows(
    `SELECT * FROM events e WHERE tenant_id <> ${worldIds.tenant} OR ((recipient_id, step_number) <> (0, 0)
      AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.recipient_id = e.recipient_id AND m.step_number = e.step_number))`,
  );
  expect(strangers).toEqual([]);
  const outOfBounds = await rows(
    `SELECT * FROM events WHERE kind NOT IN (${eventKinds.map((kind) => `'${kind}'`).join()})
      OR occurred_at <= 0 OR occurred_at > received_at OR length(dedupe_key) > 200 OR NOT json_valid(data)
      OR length(data->>'diagnostic') > 500 OR length(data->>'url') > 2000 OR length(data->>'userAgent') > 500
      OR length(data->>'status') > 20 OR length(data) > 12000`,
  );
  expect(outOfBounds).toEqual([]);
  const suppressedForNothing = await rows(
    `SELECT * FROM suppressions s WHERE NOT EXISTS (SELECT 1 FROM campaign_recipients r JOIN events e ON e.recipient_id = r.id
      WHERE r.tenant_id = s.tenant_id AND r.email = s.email AND e.kind IN ('bounced', 'complained', 'unsubscribed', 'rejected'))`,
  );
  expect(suppressedForNothing).toEqual([]);
  expect(await rows("SELECT * FROM tenants")).toEqual(tenants);

  const { sent: _, ...counted } = await readFigureSums();
  const distinct = await rows<{ name: string; value: number }>(
    `SELECT CASE e.is_machine WHEN 0 THEN e.kind WHEN 1 THEN 'machine' || upper(substr(e.kind, 1, 1)) || substr(e.kind, 2) END AS name,
      count(DISTINCT e.recipient_id || ' ' || e.step_number) AS value
    FROM events e WHERE e.recipient_id > 0
      AND e.kind IN ('delivered', 'opened', 'clicked', 'replied', 'bounced', 'complained', 'unsubscribed')
      AND (e.is_machine = 1 OR ${isEventByPersonSql("e")})
    GROUP BY 1 ORDER BY 1`,
  );
  expect(counted).toEqual(Object.fromEntries(distinct.map(({ name, value }) => [name, value])));
});
