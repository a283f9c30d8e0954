import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { ingestEvents } from "../../worker/receive/ingest.ts";
import {
  type Api,
  type ApiAnswer,
  createApi,
  createLaunchedCampaign,
  createTenant,
  dumpTables,
  getAccountId,
  listRecipientIds,
  readRow,
} from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import {
  insertMessage,
  openWebhookAccounts,
  type WebhookPoster,
  webhookAccountIds,
} from "../support/worker/webhook-posts.ts";
import { computeHmac } from "../support/worker/webhook-signing.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

/*
 * Tests that the Worker verifies the raw bytes of services' webhook posts, stores each post
 * completely, and loses no post if the queue is down.
 */

let api: Api;
let recipientId = 0;
let posts: WebhookPoster;
const accounts = { outbox: getAccountId(1), ...webhookAccountIds };
const seconds = Math.floor(testStartAt / 1000);

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
  posts = await openWebhookAccounts(api);
  [recipientId = 0] = await listRecipientIds((await createLaunchedCampaign(api)).id);
  await insertMessage(recipientId, 1);
});

const post = (path: string, raw: string, headers: Record<string, string> = {}): Promise<ApiAnswer> =>
  api.call("POST", path, { token: null, raw, headers: { "content-type": "application/json", ...headers } });

const signed = (kind: string, id: string, extra: Record<string, unknown> = {}) => ({
  kind,
  recipientId,
  stepNumber: 1,
  occurredAt: testStartAt,
  id,
  ...extra,
});

async function postOutbox(events: unknown[], secret = "an outbox secret for tests"): Promise<ApiAnswer> {
  const body = JSON.stringify({ events });
  const signature = `t=${seconds},v1=${await computeHmac(secret, `${seconds}.${body}`)}`;
  return post(`/webhooks/email-status/${accounts.outbox}`, body, { "x-doorknock-signature": signature });
}

function postMailgun(event: string, options: { token?: string; key?: string } = {}): Promise<ApiAnswer> {
  const data = {
    id: `id-${event}`,
    event,
    timestamp: seconds,
    recipient: "jane.doe@example.com",
    "user-variables": { dk_message: `${recipientId}-1` },
  };
  return posts.mailgun(data, { token: "t".repeat(50), ...options });
}

/** Ingests the events of the queued jobs. Returns the number of jobs. */
async function drain(): Promise<number> {
  const jobs = api.queue.take();
  const ctx = createContext(bindings, { now: () => testStartAt });
  for (const job of jobs) await ingestEvents(ctx, job);
  return jobs.length;
}

const kinds = async () => {
  const { results } = await bindings.DB.prepare(
    "SELECT kind FROM events WHERE recipient_id = ? ORDER BY kind",
  )
    .bind(recipientId)
    .all<{ kind: string }>();
  return results.map((row) => row.kind);
};

describe("a genuine webhook", () => {
  test("is answered with 200 once its events are stored", async () => {
    const answer = await postOutbox([
      signed("accepted", "1"),
      signed("delivered", "2"),
      { kind: "nonsense" },
    ]);
    expect([answer.status, answer.json]).toEqual([200, { accepted: 2, broken: 1 }]);
    expect(api.queue.take()).toEqual([]);
    expect(await kinds()).toEqual(["accepted", "delivered"]);
  });

  test("from SendGrid is accepted", async () => {
    const event = {
      event: "delivered",
      email: "jane.doe@example.com",
      timestamp: seconds,
      sg_event_id: "e-1",
      dk_message: `${recipientId}-1`,
    };
    expect((await posts.sendgrid(JSON.stringify([event]))).status).toBe(200);
    await drain();
    expect(await kinds()).toEqual(["delivered"]);
  });

  test("from Mailgun is accepted, and a repeated one is counted once", async () => {
    expect((await postMailgun("delivered")).status).toBe(200);
    expect((await postMailgun("delivered")).status).toBe(200);
    await drain();
    expect(await kinds()).toEqual(["delivered"]);
  });

  test("with many events is split into jobs that fit into the queue, if D1 refuses them", async () => {
    api.refuseWrites(true);
    const many = Array.from({ length: 250 }, (_, index) => signed("delivered", String(index)));
    await postOutbox(many);
    expect(api.queue.take().map((job) => job.events.length)).toEqual([100, 100, 50]);
    const long = Array.from({ length: 100 }, (_, index) =>
      signed("clicked", String(index), { url: `https://example.com/${"x".repeat(1900)}` }),
    );
    await postOutbox(long);
    const jobs = api.queue.take();
    expect(jobs.flatMap((job) => job.events)).toHaveLength(100);
    for (const job of jobs) expect(JSON.stringify(job).length).toBeLessThan(120_000);
  });

  test("is applied in the request, without the queue", async () => {
    api.breakQueue(true);
    const answer = await postOutbox([signed("bounced", "1", { bounceClass: "hard" })]);
    expect(answer.status).toBe(200);
    expect(await kinds()).toEqual(["bounced"]);
    expect(await readRow("campaign_recipients", recipientId)).toMatchObject({
      status: "stopped",
      due_at: null,
    });
  });

  test("changes only messages of its own tenant", async () => {
    const body = JSON.stringify({ events: [signed("unsubscribed", "1")] });
    const signature = `t=${seconds},v1=${await computeHmac("an outbox secret for tests", `${seconds}.${body}`)}`;
    const path = `/webhooks/email-status/${getAccountId(2)}`;
    expect((await post(path, body, { "x-doorknock-signature": signature })).status).toBe(200);
    await drain();
    expect(await kinds()).toEqual([]);
    expect(await readRow("campaign_recipients", recipientId)).toMatchObject({ status: "active" });
  });
});

describe("a webhook is refused if it is", () => {
  const unsubscribe = () => JSON.stringify({ events: [signed("unsubscribed", "1")] });
  const cases: [name: string, status: number, request: () => Promise<ApiAnswer>][] = [
    ["unsigned", 403, () => post(`/webhooks/email-status/${accounts.outbox}`, unsubscribe())],
    ["signed with another secret", 403, () => postOutbox([signed("unsubscribed", "1")], "some other secret")],
    ["SendGrid's, unsigned", 403, () => post(`/webhooks/email-status/${accounts.sendgrid}`, "[]")],
    [
      "SendGrid's, with another body",
      403,
      () => posts.sendgrid('[{"event":"unsubscribe"}]', { signedBody: "[]" }),
    ],
    ["Mailgun's, with another key", 406, () => postMailgun("unsubscribed", { key: "another" })],
    ["Mailgun's, without a body", 406, () => post(`/webhooks/email-status/${accounts.mailgun}`, "")],
    ["not JSON", 403, () => post(`/webhooks/email-status/${accounts.outbox}`, "{")],
    ["an unsigned inbound post", 403, () => post(`/webhooks/inbound/${accounts.outbox}`, "x")],
    [
      "an inbound post without SendGrid's key",
      403,
      () => post(`/webhooks/inbound/${accounts.sendgrid}?key=x`, "x"),
    ],
    ["an unsigned inbound post of Mailgun's", 406, () => post(`/webhooks/inbound/${accounts.mailgun}`, "x")],
  ];
  test.each(cases)("%s (status %i)", async (_name, status, request) => {
    const before = await dumpTables();
    const answer = await request();
    expect(answer.status).toBe(status);
    expect(api.queue.take()).toEqual([]);
    expect(await dumpTables()).toBe(before);
  });

  test("signed for another body", async () => {
    expect((await postMailgun("delivered", { token: "seen" })).status).toBe(200);
    api.queue.take();
    const before = await dumpTables();
    expect((await postMailgun("unsubscribed", { token: "seen" })).status).toBe(406);
    expect(api.queue.take()).toEqual([]);
    expect(await dumpTables()).toBe(before);
  });

  test("larger than 5 MB", async () => {
    const answer = await post(`/webhooks/email-status/${accounts.outbox}`, "x".repeat(5_000_001));
    expect(answer.status).toBe(413);
  });
});
