import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { getLinkSigner } from "../../worker/links.ts";
import { ingestEvents } from "../../worker/receive/ingest.ts";
import { jobsAtOnce } from "../../worker/receive/record-events.ts";
import { day, minute } from "../support/time.ts";
import {
  type Api,
  createApi,
  createLaunchedCampaign,
  createTenant,
  dumpTables,
  listRecipientIds,
} from "../support/worker/api.ts";
import { listAuditedActions } from "../support/worker/app.ts";
import {
  insertMessage,
  openWebhookAccounts,
  type WebhookPoster,
  webhookAccountIds,
} from "../support/worker/webhook-posts.ts";
import { bindings, emptyDatabase, readFigureSums } from "../support/worker/world.ts";

/*
 * Tests the status codes with which the Worker answers services' webhook posts. From the status
 * code, a service decides whether to repeat the post. Mailgun repeats its post after any status
 * except 200 and 406.
 */

let api: Api;
let posts: WebhookPoster;
let recipientId = 0;
let isDatabaseDown = false;
/** The real database, which fails while `isDatabaseDown` is set. */
const database = new Proxy(bindings.DB, {
  get(target, name) {
    if (isDatabaseDown) throw new Error("D1_ERROR: D1 DB is overloaded. Requests queued for too long.");
    const value: unknown = Reflect.get(target, name);
    return typeof value === "function" ? (value.bind(target) as unknown) : value;
  },
});

beforeEach(async () => {
  isDatabaseDown = false;
  await emptyDatabase();
  await createTenant(1);
  api = createApi({ env: { DB: database } });
  posts = await openWebhookAccounts(api);
  [recipientId = 0] = await listRecipientIds((await createLaunchedCampaign(api)).id);
  await insertMessage(recipientId, 1);
});

const seconds = () => Math.floor(api.now() / 1000);
const delivered = (change: object = {}) => ({
  event: "delivered",
  email: "jane.doe@example.com",
  timestamp: seconds() - 10,
  sg_message_id: "Hx2PqLmTRa6vYw0KzN8b4g.recvd-1-1.0",
  dk_message: `${recipientId}-1`,
  ...change,
});
const mailgunEvent = (change: object = {}) => ({
  id: "Ase7i2zsRYeDXztHGENqRA",
  event: "delivered",
  timestamp: seconds() - 10,
  recipient: "jane.doe@example.com",
  "user-variables": { dk_message: `${recipientId}-1` },
  ...change,
});
async function drain(): Promise<void> {
  const ctx = createContext(bindings, { now: api.now });
  for (const job of api.queue.take()) await ingestEvents(ctx, job);
}
const count = async (sql: string) => (await bindings.DB.prepare(sql).first<{ n: number }>())?.n;
const figures = async () => {
  const { sent: _, skipped: __, ...rest } = await readFigureSums();
  return rest;
};

describe("duplicate and late events:", () => {
  test("an event that arrives three times with other ids, or without one, counts once", async () => {
    for (const id of ["a", "b", undefined])
      await posts.sendgrid(JSON.stringify([delivered({ sg_event_id: id })]));
    await drain();
    expect(await count("SELECT count(*) AS n FROM events")).toBe(1);
    expect(await figures()).toEqual({ delivered: 1 });
  });

  test("two clicks of one person are two events, and count as one person", async () => {
    const click = (timestamp: number) => delivered({ event: "click", url: "https://a.example", timestamp });
    const at = seconds() - 7200;
    await posts.sendgrid(JSON.stringify([click(at), click(at + 3600)]));
    await posts.sendgrid(JSON.stringify([click(at + 3600), click(at)]));
    await drain();
    expect(await count("SELECT count(*) AS n FROM events")).toBe(2);
    expect(await figures()).toEqual({ clicked: 1 });
  });

  test("a delivery that is reported a day after the open changes no outcome", async () => {
    const at = seconds();
    await posts.sendgrid(JSON.stringify([delivered({ event: "open", timestamp: at - 60 })]));
    await drain();
    api.advance(day);
    await posts.sendgrid(JSON.stringify([delivered({ timestamp: at - 120 })]));
    await drain();
    expect(await figures()).toEqual({ delivered: 1, opened: 1 });
    expect((await api.get(`/api/recipients/${recipientId}`)).json).toMatchObject({ outcome: "opened" });
  });
});

describe("an event for an email of ours", () => {
  const complaint = (stepNumber: number) =>
    posts.sendgrid(
      JSON.stringify([delivered({ event: "spamreport", dk_message: `${recipientId}-${stepNumber}` })]),
    );
  const events = async () =>
    (
      await bindings.DB.prepare(
        "SELECT recipient_id AS recipientId, step_number AS step, kind FROM events",
      ).all()
    ).results;
  const state = async () => ({
    ...(await bindings.DB.prepare("SELECT status FROM campaign_recipients WHERE id = ?")
      .bind(recipientId)
      .first()),
    suppressed: await count("SELECT count(*) AS n FROM suppressions"),
    counted: await figures(),
  });
  const untouched = { status: "active", suppressed: 0, counted: {} };

  test.each(["never begun", "skipped"])(
    "that was %s is stored without a recipient, and affects nobody",
    async (how) => {
      if (how === "skipped") await insertMessage(recipientId, 2, "skipped");
      expect((await complaint(2)).status).toBe(200);
      await drain();
      expect(await events()).toEqual([{ recipientId: 0, step: 0, kind: "complained" }]);
      expect(await state()).toEqual(untouched);
    },
  );

  test("that is just being sent counts, because a webhook may arrive before our own commit", async () => {
    await insertMessage(recipientId, 2, "sending");
    await complaint(2);
    await drain();
    expect(await events()).toEqual([{ recipientId, step: 2, kind: "complained" }]);
    expect(await state()).toEqual({ status: "stopped", suppressed: 1, counted: { complained: 1 } });
  });

  test("that a restored database lacks counts by our Message-ID, for its own step only", async () => {
    const ctx = createContext(bindings, { now: api.now });
    const reference = { tenantId: 1, recipientId, stepNumber: 3 };
    const id = await (await getLinkSigner(ctx)).signMessageId(reference, "cairn.example.com");
    for (const stepNumber of [2, 3]) {
      const named = {
        dk_message: `${recipientId}-${stepNumber}`,
        "smtp-id": id,
        timestamp: seconds() - stepNumber,
      };
      await posts.sendgrid(JSON.stringify([delivered(named)]));
    }
    await drain();
    expect(await events()).toEqual([
      { recipientId: 0, step: 0, kind: "delivered" },
      { recipientId, step: 3, kind: "delivered" },
    ]);
  });
});

describe("a Mailgun signature, which does not cover the body,", () => {
  test("is accepted once per body: the same body is a retry, another body is a forgery", async () => {
    expect((await posts.mailgun(mailgunEvent(), { token: "seen" })).status).toBe(200);
    expect((await posts.mailgun(mailgunEvent(), { token: "seen" })).status).toBe(200);
    api.queue.take();
    const before = await dumpTables();
    expect((await posts.mailgun(mailgunEvent({ event: "complained" }), { token: "seen" })).status).toBe(406);
    expect(api.queue.take()).toEqual([]);
    expect(await dumpTables()).toBe(before);
  });

  test("is remembered in its own table, which is cleared of old signatures", async () => {
    for (const token of ["a", "b", "c"]) await posts.mailgun(mailgunEvent(), { token });
    expect(await count("SELECT count(*) AS n FROM webhook_posts")).toBe(3);
    api.advance(day + 12 * 60 * minute);
    await posts.mailgun(mailgunEvent(), { token: "d" });
    expect(await count("SELECT count(*) AS n FROM webhook_posts")).toBe(1);
  });

  test("is also required for Mailgun's inbound posts", async () => {
    const post = async (text: string, timestamp = "") => {
      const form = new URLSearchParams({
        "body-plain": text,
        recipient: "r+x@reply.test",
        sender: "a@b.example",
      });
      for (const [name, value] of Object.entries(await posts.sign({ token: "inbound" })))
        form.set(name, value);
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return posts.post(
        `/webhooks/inbound/${webhookAccountIds.mailgun}`,
        form.toString() + timestamp,
        headers,
      );
    };
    const first = await post("Yes please");
    expect(first.status).not.toBe(403);
    expect((await post("Never write to me again")).status).toBe(406);
  });
});

describe("the age limit of a webhook", () => {
  test.each([
    ["not quite 25 hours old", -25 * 3600 + 5, 200],
    ["older", -25 * 3600 - 60, 406],
    ["5 minutes ahead", 299, 200],
    ["further ahead", 360, 406],
  ])("decides about a post that is %s", async (_name, offset, status) => {
    const at = seconds() + offset;
    expect((await posts.mailgun(mailgunEvent(), { seconds: at })).status).toBe(status);
    const answer = await posts.sendgrid(JSON.stringify([delivered()]), { seconds: at });
    expect(answer.status).toBe(status === 406 ? 403 : 200);
  });
});

describe("a post that can never be accepted is answered so that it is not repeated:", () => {
  test("a body over 5 MB", async () => {
    const huge = "x".repeat(5_000_001);
    const path = (id: number) => `/webhooks/email-status/${id}`;
    expect((await posts.post(path(webhookAccountIds.mailgun), huge, {})).status).toBe(406);
    expect((await posts.post(path(webhookAccountIds.sendgrid), huge, {})).status).toBe(413);
  });

  test.each(["text/plain", "application/octet-stream", "", "multipart/form-data"])(
    "a content type of %j",
    async (contentType) => {
      const status = (await posts.mailgun(mailgunEvent(), { contentType })).status;
      expect(status).toBe(contentType.startsWith("multipart") ? 406 : 200);
    },
  );

  test("an account that does not exist", async () => {
    expect((await posts.post("/webhooks/email-status/999", "{}", {})).status).toBe(406);
  });
});

test("an empty batch is accepted", async () => {
  const answer = await posts.sendgrid("[]");
  expect([answer.status, answer.json]).toEqual([200, { accepted: 0, broken: 0 }]);
});

test("events of a paused account are accepted, because its emails were sent before", async () => {
  await bindings.DB.prepare("UPDATE provider_accounts SET is_paused = 1").run();
  expect((await posts.mailgun(mailgunEvent())).status).toBe(200);
  expect((await posts.sendgrid(JSON.stringify([delivered()]))).status).toBe(200);
});

describe("a failure on our side loses no event:", () => {
  test("events are stored when the post is answered, and the queue carries nothing", async () => {
    api.breakQueue(true);
    expect((await posts.mailgun(mailgunEvent())).status).toBe(200);
    expect(await count("SELECT count(*) AS n FROM events")).toBe(1);
  });

  test("the queue takes events that D1 refuses, and they count once after a repeated post", async () => {
    const body = JSON.stringify([delivered(), delivered({ event: "open", timestamp: seconds() - 2 })]);
    api.refuseWrites(true);
    expect((await posts.sendgrid(body)).status).toBe(200);
    expect(await count("SELECT count(*) AS n FROM events")).toBe(0);
    api.refuseWrites(false);
    expect((await posts.sendgrid(body)).status).toBe(200);
    await drain();
    expect(await count("SELECT count(*) AS n FROM events")).toBe(2);
    expect(await figures()).toEqual({ delivered: 1, opened: 1 });
  });

  test("a post is refused only if D1 and the queue both refuse its events", async () => {
    api.refuseWrites(true);
    api.breakQueue(true);
    expect((await posts.sendgrid(JSON.stringify([delivered()]))).status).toBe(500);
    api.refuseWrites(false);
    expect((await posts.sendgrid(JSON.stringify([delivered()]))).status).toBe(200);
    expect(await count("SELECT count(*) AS n FROM events")).toBe(1);
  });

  test("in a flood, the queue takes the posts beyond those that are being stored", async () => {
    const flood = Array.from({ length: 3 * jobsAtOnce }, (_, index) =>
      JSON.stringify([delivered({ sg_event_id: `e${index}`, timestamp: seconds() - 60 - index })]),
    );
    const answers = await Promise.all(flood.map((body) => posts.sendgrid(body)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const stored = (await count("SELECT count(*) AS n FROM events")) ?? 0;
    expect(stored).toBeGreaterThanOrEqual(jobsAtOnce);
    expect(stored).toBeLessThan(flood.length);
    await drain();
    expect(await count("SELECT count(*) AS n FROM events")).toBe(flood.length);
  });

  test("each service is asked to repeat while the database is down, and then every event is stored", async () => {
    const attempt = () =>
      Promise.all([
        posts.mailgun(mailgunEvent(), { token: "retried" }),
        posts.sendgrid(JSON.stringify([delivered({ event: "deferred" })])),
      ]);
    isDatabaseDown = true;
    expect((await attempt()).map(({ status }) => status)).toEqual([503, 503]);
    isDatabaseDown = false;
    expect((await attempt()).map(({ status }) => status)).toEqual([200, 200]);
    await drain();
    expect(await count("SELECT count(*) AS n FROM events")).toBe(2);
  });

  test("a repeated post with the same signature is accepted if its events were not stored", async () => {
    api.breakQueue(true);
    await bindings.DB.exec("ALTER TABLE events RENAME TO events_away");
    expect((await posts.mailgun(mailgunEvent(), { token: "again" })).status).toBe(500);
    await bindings.DB.exec("ALTER TABLE events_away RENAME TO events");
    expect((await posts.mailgun(mailgunEvent(), { token: "again" })).status).toBe(200);
    expect(await count("SELECT count(*) AS n FROM events")).toBe(1);
  });
});

describe("SendGrid's report that the account is suspended", () => {
  const change = (type: string) =>
    JSON.stringify([{ event: "account_status_change", timestamp: seconds(), type }]);
  const account = () =>
    bindings.DB.prepare(
      "SELECT is_paused AS isPaused, pause_reason AS reason FROM provider_accounts WHERE id = ?",
    )
      .bind(webhookAccountIds.sendgrid)
      .first();

  test("pauses the account, and is in the audit log once", async () => {
    for (const _ of [1, 2]) expect((await posts.sendgrid(change("compliance_suspend"))).status).toBe(200);
    expect(await account()).toEqual({ isPaused: 1, reason: "suspended" });
    expect((await listAuditedActions()).filter((action) => action.startsWith("providerAccount"))).toEqual([
      "providerAccount.paused",
    ]);
    expect(api.queue.take()).toEqual([]);
  });

  test("does not keep other events in the same post from being stored", async () => {
    const elements = [{ event: "account_status_change", type: "compliance_suspend" }, delivered()];
    expect((await posts.sendgrid(JSON.stringify(elements))).json).toEqual({ accepted: 1, broken: 0 });
    await drain();
    expect(await count("SELECT count(*) AS n FROM events")).toBe(1);
  });

  test("is not undone or imitated by another status", async () => {
    await posts.sendgrid(change("compliance_reactivate"));
    expect(await account()).toEqual({ isPaused: 0, reason: null });
  });
});
