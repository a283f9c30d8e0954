import { beforeEach, describe, expect, test } from "vitest";
import {
  type Api,
  createApi,
  createLaunchedCampaign,
  getAccountId,
  getSenderId,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { addWebhook, openReceiver } from "../support/worker/host-receiver.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
let api: Api;
beforeEach(async () => {
  app = await openApp();
  api = app.api;
});

const admin = async () => ({ token: await signToken({ role: "admin", at: api.now() }) });

describe("a change that is made twice succeeds twice:", () => {
  test.each([
    [`/api/provider-accounts/${getAccountId(1)}`, { isPaused: true }],
    [`/api/provider-accounts/${getAccountId(1)}`, { isPaused: false }],
    [`/api/provider-accounts/${getAccountId(1)}`, { name: "Main" }],
    [`/api/senders/${getSenderId(1)}`, { isPaused: true }],
    [`/api/senders/${getSenderId(1)}`, { isPaused: false }],
    [`/api/senders/${getSenderId(1)}`, { fromName: "Ann Agent" }],
    ["/api/tenant", { coolOffHours: 12 }],
  ])("PATCH %s %j", async (path, body) => {
    for (let time = 1; time <= 2; time += 1)
      expect((await api.patch(path, body, await admin())).status).toBe(200);
  });

  test.each([true, false])("PATCH of a webhook, isEnabled %s", async (isEnabled) => {
    const id = await addWebhook(app, openReceiver());
    for (let time = 1; time <= 2; time += 1) {
      const { status, json } = await api.patch(`/api/host-webhooks/${id}`, { isEnabled }, await admin());
      expect([status, json.isEnabled]).toEqual([200, isEnabled]);
    }
  });

  test("PATCH of a campaign", async () => {
    const { id } = await createLaunchedCampaign(api, { status: "draft" });
    for (let time = 1; time <= 2; time += 1)
      expect((await api.patch(`/api/campaigns/${id}`, { name: "New name" })).status).toBe(200);
  });
});

test.each([
  ["database is locked: SQLITE_BUSY"],
  ["D1 DB is overloaded. Too many requests queued."],
  ["Network connection lost."],
  ["Internal error in D1 DB storage caused object to be reset."],
])("%s: the answer is 503, and says when to ask again", async (message) => {
  const refusing = new Proxy(bindings.DB, {
    get: (target, name) =>
      name === "prepare"
        ? () => {
            throw new Error(`D1_ERROR: ${message}`);
          }
        : (Reflect.get(target, name) as unknown),
  });
  const broken = createApi({ env: { DB: refusing } });
  const answer = await broken.get("/api/senders");
  expect([answer.status, answer.json.error.code]).toEqual([503, "unavailable"]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
});

test.each([undefined, { "content-length": "0" }])(
  "an email is sent now without a body (headers %j)",
  async (headers) => {
    const { id } = await createLaunchedCampaign(api, { recallSeconds: 0 });
    const [first] = (await api.get(`/api/campaigns/${id}/recipients`)).json.items;
    const raw = headers === undefined ? undefined : "";
    const options = { ...(raw === undefined ? {} : { raw }), ...(headers === undefined ? {} : { headers }) };
    const answer = await api.call("POST", `/api/recipients/${first.id}/send-now`, options);
    expect(answer.status).toBe(200);
  },
);
