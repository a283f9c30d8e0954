import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { limits } from "../../shared/limits.ts";
import { day, hour, minute } from "../support/time.ts";
import { buildOwners, createLaunchedCampaign, listRecipientIds } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import {
  addWebhook,
  callAsAdmin,
  hookUrl,
  listStoredSequences,
  openReceiver,
  type Receiver,
} from "../support/worker/host-receiver.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
let receiver: Receiver;
beforeEach(async () => {
  app = await openApp();
  receiver = openReceiver();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const typesOf = () => receiver.accepted.map(({ type }) => type);
const launch = (owners: number) =>
  createLaunchedCampaign(app.api, { recallSeconds: 0, recipients: buildOwners(owners) });
/** Launches a campaign to some owners, sends the first emails, and reports their delivery. */
async function sendAndDeliver(owners: number): Promise<number[]> {
  const { id } = await launch(owners);
  await app.run();
  const ids = await listRecipientIds(id);
  await app.hear(ids.map((recipientId) => ({ kind: "delivered", recipientId })));
  return ids;
}
const passMinutes = async (minutes: number) => {
  for (let count = 0; count < minutes; count += 1) {
    app.clock.advance(minute);
    await app.tick();
  }
};
/** Checks that every stored event arrived, and that its numbers restore the order. */
async function expectEverythingArrived(): Promise<void> {
  const arrived = new Set(receiver.accepted.map(({ sequence }) => sequence));
  expect([...arrived].toSorted((a, b) => a - b)).toEqual(await listStoredSequences());
}

describe("a webhook of the host", () => {
  test("gets every event of an email's life, signed, typed and in order", async () => {
    await addWebhook(app, receiver);
    const [recipientId = 0] = await sendAndDeliver(1);
    app.clock.advance(minute);
    await app.hear({ kind: "clicked", recipientId, data: { url: "https://example.com/report" } });
    await app.hear({ kind: "replied", recipientId, data: { text: "Please call me." } });
    app.clock.advance(minute);
    await app.tick();
    expect(typesOf()).toEqual([
      "campaign.launched",
      "recipient.sent",
      "recipient.delivered",
      "recipient.clicked",
      "recipient.replied",
      "recipient.stopped",
      "campaign.completed",
    ]);
    const replied = receiver.accepted.find(({ type }) => type === "recipient.replied");
    expect(replied?.data).toMatchObject({
      email: "owner-0@example.com",
      text: "Please call me.",
      stepNumber: 1,
    });
    expect(receiver.refusedSignatures).toBe(0);
    await expectEverythingArrived();
  });

  test("gets only the types that it names, and only of its own office", async () => {
    await addWebhook(app, receiver, { eventTypes: ["recipient.delivered"] });
    await sendAndDeliver(2);
    await passMinutes(1);
    expect(typesOf()).toEqual(["recipient.delivered", "recipient.delivered"]);
    expect(await listStoredSequences()).toEqual([1, 2]);
  });

  test("hears of tasks, new addresses, pauses and ends", async () => {
    await addWebhook(app, receiver);
    const { DB } = bindings;
    const { id } = await launch(1);
    const [recipientId = 0] = await listRecipientIds(id);
    await app.api.patch(`/api/campaigns/${id}/status`, { status: "paused" });
    await app.api.patch(`/api/campaigns/${id}/status`, { status: "active" });
    await DB.batch([
      DB.prepare("UPDATE campaign_recipients SET email = 'new@example.com' WHERE id = ?").bind(recipientId),
      DB.prepare(
        `INSERT INTO tasks (recipient_id, step_number, tenant_id, campaign_id, kind, opened_at, expires_at)
         VALUES (?1, 2, 1, ?2, 'call', ?3, ?3)`,
      ).bind(recipientId, id, app.clock.at),
      DB.prepare("UPDATE tasks SET outcome = 'done', result = 'reached', closed_at = opened_at"),
      DB.prepare("UPDATE campaign_recipients SET status = 'completed' WHERE id = ?").bind(recipientId),
    ]);
    await app.api.patch(`/api/campaigns/${id}/status`, { status: "stopped" });
    await passMinutes(1);
    expect(typesOf()).toEqual([
      "campaign.launched",
      "campaign.paused",
      "campaign.resumed",
      "contact.updated",
      "task.opened",
      "task.closed",
      "recipient.completed",
      "campaign.stopped",
    ]);
  });
});

test("a webhook hears of each outcome and of each undo once", async () => {
  await addWebhook(app, receiver, { eventTypes: ["recipient.outcome"] });
  const [recipientId = 0] = await sendAndDeliver(1);
  await app.hear({ kind: "replied", recipientId, data: { text: "Come on Thursday." } });
  const record = (body: object) => app.api.post(`/api/recipients/${recipientId}/outcome`, body);
  await record({ outcome: "notNow" });
  await app.api.post(`/api/recipients/${recipientId}/outcome/undo`, {});
  await record({ outcome: "appointment" });
  await record({ outcome: "appointment" });
  app.clock.advance(minute);
  await app.hear({ kind: "replied", recipientId, dedupeKey: "r-2", data: { text: "Or on Friday." } });
  await passMinutes(1);
  expect(receiver.accepted.map(({ data }) => [data.outcome, data.comesBackAt !== null])).toEqual([
    ["notNow", true],
    [null, false],
    ["appointment", false],
  ]);
  await expectEverythingArrived();
});

test("the numbers of stopped people that the API answers do not count events", async () => {
  await addWebhook(app, receiver);
  const { id } = await launch(6);
  const [first] = await listRecipientIds(id);
  const stop = { action: { kind: "stop" }, selection: { ids: [first] } };
  const stopped = await app.api.post(`/api/campaigns/${id}/recipients/actions`, stop);
  expect(stopped.json).toMatchObject({ effects: { changed: 1 } });
  const emails = ["owner-1@example.com", "owner-2@example.com"];
  const suppressed = await app.api.post("/api/suppressions", { emails });
  expect(suppressed.json).toMatchObject({ stopped: 2 });
  expect((await app.api.post("/api/properties/p-1/stop", {})).json).toEqual({ stopped: 3 });
  await launch(2);
  const status = await app.api.post("/api/properties/p-1/status", { standardStatus: "Pending" });
  expect(status.json).toMatchObject({ stopped: 1 });
});

describe("every event arrives at a receiver", () => {
  test("that was down for an hour", async () => {
    await addWebhook(app, receiver);
    receiver.behave = () => Promise.reject(new TypeError("Network connection lost."));
    await sendAndDeliver(20);
    await passMinutes(60);
    expect(receiver.accepted).toEqual([]);
    expect(receiver.calls).toBeLessThan(60);
    receiver.behave = () => new Response("ok");
    await passMinutes(40);
    await expectEverythingArrived();
    expect(receiver.accepted.length).toBe(41);
  });

  test("that answers 500 now and then", async () => {
    await addWebhook(app, receiver);
    receiver.behave = ({ sequence }) =>
      new Response(null, { status: sequence % 3 === 0 && receiver.calls < 60 ? 500 : 200 });
    await sendAndDeliver(20);
    await passMinutes(90);
    await expectEverythingArrived();
    expect(receiver.accepted.length).toBe(41);
  });

  test("that refuses one event for ever: the others pass, and the event is given up after 3 days", async () => {
    const id = await addWebhook(app, receiver);
    receiver.behave = ({ sequence }) => new Response(null, { status: sequence === 2 ? 422 : 200 });
    await sendAndDeliver(3);
    for (let hours = 0; hours < 80; hours += 1) {
      await passMinutes(1);
      app.clock.advance(hour);
    }
    expect(receiver.accepted.map(({ sequence }) => sequence)).not.toContain(2);
    const { json } = await callAsAdmin(app, "GET", `/api/host-webhooks/${id}/deliveries`);
    const states = json.items.map((one: { sequence: number; state: string }) => [one.sequence, one.state]);
    expect(states).toContainEqual([2, "failed"]);
    expect(states.filter(([, state]: string[]) => state === "delivered").length).toBe(states.length - 1);
    receiver.behave = () => new Response("ok");
    const path = `/api/host-webhooks/${id}/deliveries/2/redeliver`;
    expect((await callAsAdmin(app, "POST", path)).status).toBe(204);
    await passMinutes(1);
    await expectEverythingArrived();
  });

  test("that is slow: the call ends at its deadline and is repeated with the same id", async () => {
    await addWebhook(app, receiver);
    const tried: string[] = [];
    receiver.behave = (event) => {
      tried.push(event.id);
      return tried.length > 1 ? new Response("ok") : new Promise(() => undefined);
    };
    await launch(1);
    await passMinutes(1);
    await passMinutes(3);
    expect(tried[1]).toBe(tried[0]);
    await expectEverythingArrived();
  }, 20_000);

  test("if the Worker dies after the call: the event comes twice with one id", async () => {
    const id = await addWebhook(app, receiver);
    await launch(1);
    await passMinutes(1);
    await bindings.DB.prepare("UPDATE host_webhooks SET delivered_to = 0 WHERE id = ?").bind(id).run();
    await passMinutes(1);
    const ids = receiver.accepted.filter(({ sequence }) => sequence === 1).map((event) => event.id);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  test("of another webhook, however slow or broken the first is", async () => {
    await addWebhook(app, receiver);
    const other: string[] = [];
    const spied = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const request = new Request(input, init);
      if (request.url !== "https://other.crm.example/") return await spied(request);
      other.push(request.headers.get("webhook-id") ?? "");
      return new Response("ok");
    });
    receiver.behave = () => new Response(null, { status: 503 });
    await callAsAdmin(app, "POST", "/api/host-webhooks", { url: "https://other.crm.example/" });
    await sendAndDeliver(4);
    await passMinutes(1);
    expect(other.length).toBe(9);
    expect(receiver.accepted).toEqual([]);
  });
});

describe("a receiver that checks signatures", () => {
  test("accepts no forged, changed or old post", async () => {
    await addWebhook(app, receiver);
    await launch(1);
    const posts: Request[] = [];
    const spied = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const request = new Request(input, init);
      if (request.url === hookUrl) posts.push(request.clone());
      return await spied(request);
    });
    await passMinutes(1);
    const [post] = posts;
    if (post === undefined) throw new Error("nothing was posted");
    const body = await post.text();
    const headers = Object.fromEntries(post.headers);
    const check = new Webhook(receiver.secrets[0] ?? "");
    expect(() => check.verify(body, headers)).not.toThrow();
    expect(() => check.verify(body.replace("launched", "stopped"), headers)).toThrow();
    expect(() => check.verify(body, { ...headers, "webhook-id": "evt_other" })).toThrow();
    expect(() => check.verify(body, { ...headers, "webhook-signature": "v1,AAAA" })).toThrow();
    const old = String(Math.floor(Date.now() / 1000) - 3600);
    expect(() => check.verify(body, { ...headers, "webhook-timestamp": old })).toThrow();
  });

  test("can change its secret at any moment of a rotation", async () => {
    const id = await addWebhook(app, receiver);
    const old = receiver.secrets[0] ?? "";
    const { json } = await callAsAdmin(app, "POST", `/api/host-webhooks/${id}/secret`, { keepOldHours: 2 });
    expect(json.secret).toMatch(/^whsec_/);
    receiver.secrets = [old];
    await launch(1);
    await passMinutes(1);
    receiver.secrets = [json.secret];
    await launch(2);
    await passMinutes(1);
    expect(receiver.refusedSignatures).toBe(0);
    await expectEverythingArrived();
    app.clock.advance(2 * hour);
    receiver.secrets = [old];
    await callAsAdmin(app, "POST", `/api/host-webhooks/${id}/test`, {});
    expect(receiver.refusedSignatures).toBe(1);
  });
});

describe("a webhook is disabled", () => {
  test("after three days of failures, with the reason, and goes on when it is enabled", async () => {
    const id = await addWebhook(app, receiver);
    receiver.behave = () => new Response(null, { status: 500 });
    await launch(1);
    for (let at = 0; at < 3 * day + hour; at += 31 * minute) {
      app.clock.advance(30 * minute);
      await passMinutes(1);
    }
    const path = `/api/host-webhooks/${id}`;
    const { json } = await callAsAdmin(app, "GET", path);
    expect(json).toMatchObject({ isEnabled: false, disabledReason: "failing" });
    expect(json.rounds[0]).toMatchObject({ failure: "HTTP 500", taken: 0 });
    const calls = receiver.calls;
    await passMinutes(2);
    expect(receiver.calls).toBe(calls);
    receiver.behave = () => new Response("ok");
    expect((await callAsAdmin(app, "PATCH", path, { isEnabled: true })).json.isEnabled).toBe(true);
    await passMinutes(1);
    await expectEverythingArrived();
  });

  test("at once if the receiver answers 410", async () => {
    const id = await addWebhook(app, receiver);
    receiver.behave = () => new Response(null, { status: 410 });
    await launch(1);
    await passMinutes(1);
    const { json } = await callAsAdmin(app, "GET", `/api/host-webhooks/${id}`);
    expect(json).toMatchObject({ isEnabled: false, disabledReason: "gone" });
  });
});

describe("the URL of a webhook", () => {
  const add = (url: string) => callAsAdmin(app, "POST", "/api/host-webhooks", { url });
  test.each([
    "http://hooks.crm.example/",
    "https://localhost/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://10.0.0.1/",
    "https://crm.internal/",
    "https://crm/",
    "https://user:secret@hooks.crm.example/",
    "https://hooks.crm.example:8443/",
    "ftp://hooks.crm.example/",
    "nonsense",
  ])("can't be %s", async (url) => {
    const { status, json } = await add(url);
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toEqual(["url"]);
  });

  test.each([
    ["10.1.2.3", []],
    ["169.254.169.254", []],
    ["100.64.0.1", []],
    ["198.41.128.7", ["fd00::1"]],
    ["198.41.128.7", ["::ffff:192.168.0.1"]],
  ])("can't lead to a private address, as %s or %s", async (address, v6) => {
    receiver.dns = { A: [address], AAAA: v6 };
    expect((await add(hookUrl)).status).toBe(400);
  });

  test("that leads to a private address later gets no call", async () => {
    const id = await addWebhook(app, receiver);
    await launch(1);
    receiver.dns.A = ["192.168.1.1"];
    await passMinutes(1);
    expect(receiver.calls).toBe(0);
    const { json } = await callAsAdmin(app, "GET", `/api/host-webhooks/${id}`);
    expect(json.rounds[0].failure).toBe("the URL leads to a private address");
  });
});

test("an office has at most five webhooks, and another office sees none of them", async () => {
  for (let count = 0; count < limits.hostWebhooks; count += 1) await addWebhook(app, receiver);
  expect((await callAsAdmin(app, "POST", "/api/host-webhooks", { url: hookUrl })).status).toBe(409);
  const { json } = await callAsAdmin(app, "GET", "/api/host-webhooks");
  expect(json.items.length).toBe(limits.hostWebhooks);
  expect(JSON.stringify(json)).not.toContain("whsec_");
  const path = `/api/host-webhooks/${json.items[0].id}`;
  expect((await callAsAdmin(app, "DELETE", path)).status).toBe(204);
  expect((await callAsAdmin(app, "GET", path)).status).toBe(404);
});

test("events older than 14 days are removed, and the numbers go on", async () => {
  await addWebhook(app, receiver);
  await sendAndDeliver(2);
  await passMinutes(1);
  const last = (await listStoredSequences()).at(-1) ?? 0;
  app.clock.at = Math.ceil((app.clock.at + 15 * day) / hour) * hour;
  await app.tick();
  expect((await listStoredSequences())[0]).toBeGreaterThanOrEqual(last);
  await launch(3);
  expect((await listStoredSequences()).at(-1)).toBeGreaterThan(last);
});
