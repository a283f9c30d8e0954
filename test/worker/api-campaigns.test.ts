import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import {
  type Api,
  buildCampaignBody,
  buildOwners,
  buildTemplateBody,
  createApi,
  createLaunchedCampaign,
  createTemplate,
  createTenant,
  exampleOwner,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { bindings, claimRecipients, emptyDatabase } from "../support/worker/world.ts";

let api: Api;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
});

describe("a campaign", () => {
  test("is a draft until it is launched, and no recipient is due before", async () => {
    const draft = await api.post(
      "/api/campaigns",
      buildCampaignBody(await createTemplate(api), { recipients: [exampleOwner] }),
    );
    expect(draft.status).toBe(201);
    expect(draft.json).toMatchObject({ status: "draft", launchedAt: null, nextSendAt: null, stepCount: 3 });
    const [id = 0] = await listRecipientIds(draft.json.id);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ due_at: null, scheduled_at: null });

    const active = await api.patch(`/api/campaigns/${draft.json.id}/status`, { status: "active" });
    expect(active.status).toBe(200);
    expect(active.json).toMatchObject({
      status: "active",
      recallUntil: active.json.nextSendAt,
      resumed: null,
    });
    const due = Date.parse(active.json.launchedAt) + 10_000;
    expect(await readRow("campaign_recipients", id)).toMatchObject({ due_at: due, scheduled_at: due });
  });

  test("keeps the template versions that it was created with", async () => {
    const templateId = await createTemplate(api);
    const { json: campaign } = await api.post("/api/campaigns", buildCampaignBody(templateId));
    await api.patch(`/api/templates/${templateId}`, { subject: "Another subject", version: 1 });
    const { json } = await api.get(`/api/campaigns/${campaign.id}`);
    expect(json.steps.map((step: { templateVersion: number }) => step.templateVersion)).toEqual([1, 1, 1]);
    expect(json.steps[0]).toEqual({
      kind: "email",
      stepNumber: 1,
      position: 1,
      templateId,
      templateVersion: 1,
      templateName: "First letter",
      subject: buildTemplateBody().subject,
      delayDays: 0,
      delayHours: 0,
      delayBusinessDays: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      winnerAfter: null,
      winner: null,
      variants: [],
      elseEmail: null,
      weekdays: null,
    });
  });

  test("is listed newest first, page by page, by property and status", async () => {
    const templateId = await createTemplate(api);
    const made: number[] = [];
    for (const propertyId of ["p-1", "p-2", "p-1", null, "p-1"]) {
      made.unshift((await api.post("/api/campaigns", buildCampaignBody(templateId, { propertyId }))).json.id);
    }
    const seen: number[] = [];
    let cursor = "";
    do {
      const { json } = await api.get(`/api/campaigns?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
      expect(json.items.length).toBeLessThanOrEqual(2);
      seen.push(...json.items.map((item: { id: number }) => item.id));
      cursor = json.nextCursor ?? "";
    } while (cursor !== "");
    expect(seen).toEqual(made);
    expect((await api.get("/api/campaigns?propertyId=p-1")).json.items).toHaveLength(3);
    expect((await api.get("/api/campaigns?status=active")).json.items).toHaveLength(0);
    const token = await signToken({ prop: ["p-1", "p-2"] });
    expect((await api.get("/api/campaigns", { token })).json.items).toHaveLength(4);
  });

  test("can be changed completely as a draft, and its recipients get the new sender", async () => {
    const templateId = await createTemplate(api);
    const { json: draft } = await api.post(
      "/api/campaigns",
      buildCampaignBody(templateId, { recipients: [exampleOwner] }),
    );
    await bindings.DB.prepare(
      `INSERT INTO senders (id, tenant_id, from_name, from_email, license_type, license_number, time_zone, interval_ms, created_at)
       VALUES (77, 1, 'Bea', 'bea@brokerage-1.example', 'Broker', '10', 'America/Denver', 1000, 0)`,
    ).run();
    const changed = await api.patch(`/api/campaigns/${draft.id}`, {
      name: "New name",
      senderId: 77,
      replyTo: "Bea@Brokerage-1.example",
      sendWindow: [{ days: [1, 2], startTime: "09:00", endTime: "17:00" }],
      schedule: { startAt: "2025-11-01T09:00:00-04:00", timeZone: "America/Denver" },
      steps: [{ templateId, delayDays: 2 }],
      tags: ["autumn"],
    });
    expect(changed.json).toMatchObject({
      name: "New name",
      senderId: 77,
      replyTo: "bea@brokerage-1.example",
      sendWindow: [{ days: [1, 2], startTime: "09:00", endTime: "17:00" }],
      schedule: {
        startAt: "2025-11-01T13:00:00.000Z",
        endAt: null,
        timeZone: "America/Denver",
        jitterMinutes: 0,
        skipsHolidays: true,
      },
      stepCount: 1,
      tags: ["autumn"],
    });
    const [id = 0] = await listRecipientIds(draft.id);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ sender_id: 77 });
    expect((await api.patch(`/api/campaigns/${draft.id}`, { sendWindow: null })).json.sendWindow).toBeNull();
  });

  test("that has started can change its name and tags", async () => {
    const campaign = await createLaunchedCampaign(api);
    const changed = await api.patch(`/api/campaigns/${campaign.id}`, { name: "Renamed", tags: ["x"] });
    expect(changed.json).toMatchObject({ name: "Renamed", tags: ["x"], status: "active" });
  });

  test("that is paused has no due recipient, and continues from the same point when resumed", async () => {
    const campaign = await createLaunchedCampaign(api, {
      recipients: buildOwners(2),
      schedule: { startAt: new Date(testStartAt + day).toISOString() },
    });
    const [first = 0, second = 0] = await listRecipientIds(campaign.id);
    await claimRecipients(first);
    await bindings.DB.prepare("UPDATE campaign_recipients SET scheduled_at = ?1 WHERE id = ?2")
      .bind(testStartAt, first)
      .run();
    const setStatus = (status: string) => api.patch(`/api/campaigns/${campaign.id}/status`, { status });
    expect((await setStatus("paused")).json).toMatchObject({ status: "paused", nextSendAt: null });
    expect(await readRow("campaign_recipients", first)).toMatchObject({
      due_at: null,
      lease: null,
      scheduled_at: testStartAt,
    });
    api.advance(minute);
    expect((await setStatus("active")).json.status).toBe("active");
    expect(await readRow("campaign_recipients", first)).toMatchObject({ due_at: api.now() });
    expect(await readRow("campaign_recipients", second)).toMatchObject({ due_at: testStartAt + day });
  });

  test("that is stopped stops all its recipients for good, even queued ones", async () => {
    const campaign = await createLaunchedCampaign(api, {
      recipients: [...buildOwners(2), { fullName: "No Address" }],
    });
    await claimRecipients();
    const stopped = await api.patch(`/api/campaigns/${campaign.id}/status`, { status: "stopped" });
    expect(stopped.json).toMatchObject({
      status: "stopped",
      nextSendAt: null,
      counts: { recipients: 3, stopped: 3 },
    });
    for (const id of await listRecipientIds(campaign.id)) {
      expect(await readRow("campaign_recipients", id)).toMatchObject({
        status: "stopped",
        stop_reason: "campaignStopped",
        due_at: null,
        lease: null,
      });
    }
    expect((await api.patch(`/api/campaigns/${campaign.id}/status`, { status: "stopped" })).status).toBe(200);
    expect((await api.patch(`/api/campaigns/${campaign.id}/status`, { status: "active" })).status).toBe(409);
  });

  test("can be deleted as a draft or once archived, with all its data", async () => {
    const campaign = await createLaunchedCampaign(api);
    expect((await api.delete(`/api/campaigns/${campaign.id}`)).status).toBe(409);
    await api.patch(`/api/campaigns/${campaign.id}/status`, { status: "stopped" });
    await api.patch(`/api/campaigns/${campaign.id}/status`, { status: "archived" });
    const deleted = await api.delete(`/api/campaigns/${campaign.id}`);
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    expect((await api.get(`/api/campaigns/${campaign.id}`)).status).toBe(404);
    expect(await listRecipientIds(campaign.id)).toEqual([]);
  });

  test("can be sent now without its delay, which leaves queued emails unchanged", async () => {
    const sendWindow = [{ days: [7], startTime: "03:00", endTime: "04:00" }];
    const campaign = await createLaunchedCampaign(api, { recipients: buildOwners(2), sendWindow });
    const [first = 0, second = 0] = await listRecipientIds(campaign.id);
    await claimRecipients(second);
    const before = await readRow("campaign_recipients", second);
    const answer = await api.post(`/api/campaigns/${campaign.id}/send-now`);
    const dueAt = api.now() + 10_000;
    expect([answer.status, answer.json.nextSendAt]).toEqual([200, new Date(dueAt).toISOString()]);
    const due = { due_at: dueAt, send_now: 1 };
    expect(await readRow("campaign_recipients", first)).toMatchObject(due);
    expect(await readRow("campaign_recipients", second)).toEqual(before);
    await api.patch(`/api/campaigns/${campaign.id}/status`, { status: "paused" });
    expect((await api.post(`/api/campaigns/${campaign.id}/send-now`)).status).toBe(409);
  });

  test("can't be launched without recipients", async () => {
    const { json } = await api.post("/api/campaigns", buildCampaignBody(await createTemplate(api)));
    const answer = await api.patch(`/api/campaigns/${json.id}/status`, { status: "active" });
    expect([answer.status, answer.json.error.code]).toEqual([409, "conflict"]);
    expect(await readRow("campaigns", json.id)).toMatchObject({ status: "draft", launched_at: null });
  });

  test("plans step 1 in each recipient's own time zone", async () => {
    const sendWindow = [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "12:00", endTime: "13:00" }];
    const zones = ["America/New_York", "America/Denver", "Europe/Berlin", undefined];
    const recipients = buildOwners(4).map((person, index) => ({ ...person, timeZone: zones[index] }));
    const draft = { sendWindow, recipients, schedule: { timeZone: "America/Chicago" } };
    const atOnce = await createLaunchedCampaign(api, draft);
    const { json: later } = await api.post(
      "/api/campaigns",
      buildCampaignBody(await createTemplate(api), { ...draft, propertyId: "p-2" }),
    );
    await api.patch(`/api/campaigns/${later.id}/status`, { status: "active" });
    for (const { id } of [atOnce, later]) {
      const rows = await Promise.all(
        (await listRecipientIds(id)).map((one) => readRow("campaign_recipients", one)),
      );
      expect(rows.map((row) => new Date(row.due_at as number).toISOString())).toEqual([
        "2025-10-06T16:00:00.000Z",
        "2025-10-06T18:00:00.000Z",
        "2025-10-07T10:00:00.000Z",
        "2025-10-06T17:00:00.000Z",
      ]);
    }
  });
});
