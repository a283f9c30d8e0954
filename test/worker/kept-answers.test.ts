import { beforeEach, describe, expect, test } from "vitest";
import { loadCampaignFigures } from "../../worker/db/campaign-figures.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { minute } from "../support/time.ts";
import { buildOwners, createApi, createLaunchedCampaign, listRecipientIds } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});

async function launch(count: number) {
  const recipients = buildOwners(count).map((person, index) => ({ ...person, propertyId: `p-${index}` }));
  const { id } = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients });
  await app.run();
  return { id, recipients: await listRecipientIds(id) };
}

const look = async (id: number) => (await app.api.get(`/api/campaigns/${id}`)).json;
const lookAtFigures = async (id: number) => (await app.api.get(`/api/campaigns/${id}/analytics`)).json;

const openEmail = (recipientId = 0) =>
  bindings.DB.prepare(
    `INSERT INTO events (recipient_id, step_number, kind, dedupe_key, tenant_id, occurred_at, received_at, batch_id)
     VALUES (?1, 1, 'opened', 'a', 1, ?2, ?2, 1)`,
  )
    .bind(recipientId, app.api.now())
    .run();

describe("the figures of a campaign of ten or more people", () => {
  test("are kept for a minute, with the time at which they were counted", async () => {
    const { id, recipients } = await launch(12);
    app.api.advance(minute);
    const first = await look(id);
    expect(first).toMatchObject({ countedAt: new Date(app.api.now()).toISOString(), stats: { opened: 0 } });
    await openEmail(recipients[0]);
    app.api.advance(minute - 1000);
    expect(await look(id)).toMatchObject({ countedAt: first.countedAt, stats: { opened: 0 } });
    expect(await lookAtFigures(id)).toMatchObject({ countedAt: first.countedAt });
    app.api.advance(1000);
    const later = await look(id);
    expect(later.stats).toMatchObject({ opened: 1 });
    expect(later.countedAt > first.countedAt).toBe(true);
    expect((await lookAtFigures(id)).total.stats).toMatchObject({ opened: 1 });
  });

  test("show what the agent has just done", async () => {
    const { id, recipients } = await launch(12);
    expect((await look(id)).counts).toMatchObject({ recipients: 12, stopped: 0 });
    await app.api.post(`/api/recipients/${recipients[3]}/stop`);
    expect((await look(id)).counts).toMatchObject({ stopped: 1 });
    const paused = await app.api.patch(`/api/campaigns/${id}/status`, { status: "paused" });
    expect(paused.json).toMatchObject({ status: "paused", counts: { stopped: 1 } });
    const stopped = await app.api.patch(`/api/campaigns/${id}/status`, { status: "stopped" });
    expect(stopped.json).toMatchObject({ status: "stopped", counts: { stopped: 12, active: 0 } });
    expect(await look(id)).toMatchObject({ status: "stopped", counts: { stopped: 12 }, nextEmail: null });
  });

  test("are read with at most 60 rows while they are kept", async () => {
    const { id } = await launch(60);
    app.api.advance(minute);
    const meter = meterDatabase(bindings.DB);
    const scope = createScope(openDatabase(meter.d1), 1);
    const counted = await loadCampaignFigures(scope, [{ id, status: "active" }], app.api.now());
    const before = { ...meter.cost };
    expect(before.rowsRead).toBeGreaterThan(120);
    expect(await loadCampaignFigures(scope, [{ id, status: "active" }], app.api.now() + minute - 1)).toEqual(
      counted,
    );
    expect(meter.cost.rowsRead - before.rowsRead).toBeLessThanOrEqual(60);
    expect(meter.cost.rowsWritten - before.rowsWritten).toBe(0);
  });

  test("cost one written row for each answer that is kept", async () => {
    const { id } = await launch(12);
    const meter = meterDatabase(bindings.DB);
    app.api.advance(minute);
    const scope = createScope(openDatabase(meter.d1), 1);
    await loadCampaignFigures(scope, [{ id, status: "active" }], app.api.now());
    expect(meter.cost.rowsWritten).toBe(1);
  });
});

test("the figures of a campaign of a few people are never kept", async () => {
  const { id, recipients } = await launch(3);
  expect(await look(id)).toMatchObject({ countedAt: null, stats: { opened: 0 } });
  await openEmail(recipients[0]);
  expect((await look(id)).stats).toMatchObject({ opened: 1 });
  const { results } = await bindings.DB.prepare("SELECT key FROM kept_answers").all();
  expect(results).toEqual([]);
});

describe("a page of several small campaigns", () => {
  const page = async () => (await app.api.get("/api/campaigns?status=active&limit=25")).json.items;
  const launchMany = async (count: number, people = 1) => {
    const launched: { id: number; recipients: number[] }[] = [];
    for (let index = 0; index < count; index += 1) launched.push(await launch(people));
    app.api.advance(minute);
    return launched;
  };

  test("is loaded again with at most 60 rows besides the campaigns that it shows", async () => {
    await launchMany(25);
    const { d1, cost } = meterDatabase(bindings.DB, { metersRaw: true });
    const api = createApi({ clock: app.clock, env: { DB: d1 } });
    const path = "/api/campaigns?status=active&limit=25";
    const first = await api.get(path);
    const before = { ...cost };
    const second = await api.get(path);
    expect(second.json.items).toHaveLength(25);
    expect(second.text).toBe(first.text);
    expect(cost.rowsRead - before.rowsRead).toBeLessThanOrEqual(60 + 25);
    expect(cost.rowsWritten - before.rowsWritten).toBe(0);
  });

  test("is kept for at most a minute, with the time at which it was counted", async () => {
    const [{ recipients } = { recipients: [] }] = await launchMany(2);
    const [, first] = await page();
    expect(first).toMatchObject({ countedAt: new Date(app.api.now()).toISOString(), stats: { opened: 0 } });
    await openEmail(recipients[0]);
    app.api.advance(minute - 1000);
    expect((await page())[1]).toEqual(first);
    app.api.advance(1000);
    expect((await page())[1].stats).toMatchObject({ opened: 1 });
  });

  test("shows at once an email that leaves, a reply, and what an agent does", async () => {
    const [one, other] = await launchMany(2, 2);
    const [, before] = await page();
    const wait = Date.parse(before.nextSendAt) - app.api.now();
    app.api.advance(wait - 1000);
    expect((await page())[1].stats).toMatchObject({ sent: 2 });
    app.api.advance(2000);
    await app.run();
    expect((await page())[1].stats).toMatchObject({ sent: 4 });
    const [recipientId = 0] = one?.recipients ?? [];
    await app.hear({ kind: "replied", recipientId, stepNumber: 1, data: { text: "Call me." } }, 1);
    expect((await page())[1].stats).toMatchObject({ replied: 1 });
    await app.api.post(`/api/recipients/${other?.recipients[1]}/pause`, {});
    expect((await page())[0].counts).toMatchObject({ paused: 1 });
  });
});

test("answers that nobody has asked for again for an hour are removed", async () => {
  const { id } = await launch(12);
  await look(id);
  const countKept = async () =>
    (await bindings.DB.prepare("SELECT count(*) AS n FROM kept_answers").first<{ n: number }>())?.n;
  expect(await countKept()).toBeGreaterThan(0);
  for (let passed = 0; passed < 121; passed += 20) {
    app.api.advance(20 * minute);
    await app.run();
  }
  expect(await countKept()).toBe(0);
});
