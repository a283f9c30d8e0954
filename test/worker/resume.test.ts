import { beforeEach, describe, expect, test } from "vitest";
import { maxTickGapMs } from "../../worker/db/ticks.ts";
import { day, hour, minute } from "../support/time.ts";
import {
  buildOwners,
  buildTemplateBody,
  createLaunchedCampaign,
  listRecipientIds,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

const interval = 5000;
let app: App;

beforeEach(async () => {
  app = await openApp({ intervalMs: interval });
});

const sent = async () => (await listCapturedEmails()).length;
const soon = { recallSeconds: 0 };
const set = (id: number, body: Record<string, unknown>) => app.api.patch(`/api/campaigns/${id}/status`, body);
const reasonOf = async (id: number) => (await app.api.get(`/api/recipients/${id}`)).json.whyNotYet?.reason;

/** Launches a campaign, pauses it before the first email, and lets `ms` pass. */
async function pausedFor(ms: number, count = 3) {
  const campaign = await createLaunchedCampaign(app.api, { ...soon, recipients: buildOwners(count) });
  await set(campaign.id, { status: "paused" });
  app.api.advance(ms);
  return campaign;
}

describe("the resume of a paused campaign", () => {
  test("is explained beforehand, and reports afterwards what it did", async () => {
    const campaign = await pausedFor(day);
    const figures = { sent: 0, remaining: 3, overdue: 3, needsConfirmation: 0 };
    expect((await app.api.get(`/api/campaigns/${campaign.id}`)).json.backlog).toEqual(figures);
    const { json } = await set(campaign.id, { status: "active" });
    expect(json.resumed).toMatchObject(figures);
    expect(json.resumed.explanation).toContain("one by one at the sender's pace");
  });

  test("sends overdue emails one by one at the sender's pace", async () => {
    const campaign = await pausedFor(day, 5);
    await set(campaign.id, { status: "active" });
    await app.tick();
    const slots = app.queue.take().flatMap((job) => job.entries.map(({ slotAt }) => slotAt));
    expect(slots.toSorted().map((at) => at - app.api.now())).toEqual(
      [0, 1, 2, 3, 4].map((n) => n * interval),
    );
  });

  test("sends nobody an email twice, and keeps later emails planned", async () => {
    const campaign = await createLaunchedCampaign(app.api, soon);
    await app.run();
    await set(campaign.id, { status: "paused" });
    app.api.advance(day);
    const { json } = await set(campaign.id, { status: "active" });
    expect(json.resumed).toMatchObject({ sent: 1, remaining: 1, overdue: 0 });
    await app.run();
    expect(await sent()).toBe(1);
    app.api.advance(2 * day);
    await app.run();
    expect(await sent()).toBe(2);
  });
});

test("an email that left while the campaign was being paused does not count as remaining", async () => {
  const campaign = await createLaunchedCampaign(app.api, soon);
  await app.tick();
  await app.deliver();
  // Changes the row to the state after a pause during the provider call: the recipient is no longer
  // claimed for sending.
  await bindings.DB.prepare("UPDATE campaign_recipients SET next_step = 1, scheduled_at = ?")
    .bind(app.api.now())
    .run();
  await set(campaign.id, { status: "paused" });
  app.api.advance(4 * day);
  const { json } = await set(campaign.id, { status: "active" });
  expect(json.resumed).toMatchObject({ sent: 1, remaining: 1, overdue: 0, needsConfirmation: 0 });
});

describe("an email that is later than its campaign allows", () => {
  test("is held after a long pause until an agent confirms it", async () => {
    const campaign = await pausedFor(4 * day, 1);
    const { json } = await set(campaign.id, { status: "active" });
    expect(json.resumed).toMatchObject({ overdue: 1, needsConfirmation: 1 });
    await app.run();
    expect(await sent()).toBe(0);
    const [id = 0] = await listRecipientIds(campaign.id);
    expect(await reasonOf(id)).toBe("tooLate");
    const confirmed = await app.api.post(`/api/campaigns/${campaign.id}/confirm-late`);
    expect(confirmed.json.backlog.needsConfirmation).toBe(0);
    await app.run();
    expect(await sent()).toBe(1);
  });

  test("can be confirmed together with the resume", async () => {
    const campaign = await pausedFor(4 * day, 1);
    const { json } = await set(campaign.id, { status: "active", confirmLate: true });
    expect(json.resumed).toMatchObject({ overdue: 1, needsConfirmation: 0 });
    await app.run();
    expect(await sent()).toBe(1);
  });

  test("is one that is later than maxLatenessHours", async () => {
    const campaign = await createLaunchedCampaign(app.api, { ...soon, maxLatenessHours: 2 });
    await set(campaign.id, { status: "paused" });
    app.api.advance(3 * hour);
    expect((await set(campaign.id, { status: "active" })).json.resumed.needsConfirmation).toBe(1);
  });

  test("is not sent from a database that is restored after a month", async () => {
    const campaign = await createLaunchedCampaign(app.api, soon);
    await bindings.DB.prepare("INSERT INTO ticks (id, ticked_at, claimed) VALUES (1, ?, 0)")
      .bind(app.api.now())
      .run();
    app.api.advance(30 * day);
    await app.run();
    expect(await sent()).toBe(0);
    const [id = 0] = await listRecipientIds(campaign.id);
    expect(await reasonOf(id)).toBe("tooLate");
  });

  test("does not include one delayed by an hour without ticks", async () => {
    await createLaunchedCampaign(app.api, soon);
    await bindings.DB.prepare("INSERT INTO ticks (id, ticked_at, claimed) VALUES (1, ?, 0)")
      .bind(app.api.now())
      .run();
    app.api.advance(maxTickGapMs + 1);
    await app.run();
    expect(await sent()).toBe(1);
  });

  test("does not include one that a slow sender delayed before a short pause", async () => {
    await bindings.DB.prepare("UPDATE senders SET daily_cap = 1").run();
    const { json: template } = await app.api.post("/api/templates", buildTemplateBody());
    const steps = [{ templateId: template.id }];
    const campaign = await createLaunchedCampaign(app.api, { ...soon, steps, recipients: buildOwners(7) });
    const passDays = async (days: number) => {
      for (let turn = 0; turn < days * 48; turn += 1) {
        await app.run();
        app.api.advance(maxTickGapMs / 2);
      }
    };
    await passDays(4);
    await set(campaign.id, { status: "paused" });
    const paused = await app.api.get(`/api/campaigns/${campaign.id}`);
    expect(paused.json.backlog).toMatchObject({ remaining: 2, overdue: 2, needsConfirmation: 0 });
    app.api.advance(minute);
    expect((await set(campaign.id, { status: "active" })).json.resumed.needsConfirmation).toBe(0);
    await passDays(3);
    expect(await sent()).toBe(7);
  });

  test("stays held after a second, short pause", async () => {
    const campaign = await pausedFor(4 * day, 1);
    await set(campaign.id, { status: "active" });
    await set(campaign.id, { status: "paused" });
    app.api.advance(minute);
    expect((await set(campaign.id, { status: "active" })).json.resumed.needsConfirmation).toBe(1);
    await app.run();
    expect(await sent()).toBe(0);
  });

  test("does not include the last of a slow sender's long queue", async () => {
    await bindings.DB.prepare("UPDATE senders SET daily_cap = 1").run();
    const { json: template } = await app.api.post("/api/templates", buildTemplateBody());
    const steps = [{ templateId: template.id }];
    const campaign = await createLaunchedCampaign(app.api, { ...soon, steps, recipients: buildOwners(7) });
    for (let turn = 0; turn < 7 * 48; turn += 1) {
      await app.run();
      app.api.advance(maxTickGapMs / 2);
    }
    expect(await sent()).toBe(7);
    expect((await app.api.get(`/api/campaigns/${campaign.id}`)).json.status).toBe("completed");
  });
});
