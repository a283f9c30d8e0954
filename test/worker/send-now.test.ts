import { beforeEach, describe, expect, test } from "vitest";
import { day, hour, minute } from "../support/time.ts";
import {
  buildCampaignBody,
  createLaunchedCampaign,
  createTemplate,
  listRecipientIds,
  readRow,
  signToken,
  suppressAddress,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { listCapturedEmails } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const jane = { email: "jane.doe@example.com", fullName: "Jane Doe" };
const bob = { email: "bob@example.com", fullName: "Bob Ross", timeZone: "Pacific/Honolulu" };
const office = [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "09:00", endTime: "17:00" }];

async function launched(overrides: Record<string, unknown> = {}) {
  const campaign = await createLaunchedCampaign(app.api, {
    recallSeconds: 0,
    recipients: [jane],
    ...overrides,
  });
  return { campaignId: campaign.id, ids: await listRecipientIds(campaign.id) };
}
const recipientPath = (id: number | undefined) => `/api/recipients/${id}`;
const sendNow = (path: string, body: Record<string, unknown> = {}) => app.api.post(`${path}/send-now`, body);
const recall = (path: string) => app.api.post(`${path}/send-now/recall`);
const readPlan = async (id: number | undefined) => {
  const row = await readRow("campaign_recipients", id ?? 0);
  const { due_at, scheduled_at, snoozed_until, send_now } = row;
  return { due_at, scheduled_at, snoozed_until, send_now };
};
const sentSteps = async () => (await listCapturedEmails()).map(({ stepNumber }) => stepNumber);

/**
 * Starts a campaign whose second email is only for people who have opened the first email. Nobody
 * opens the first email.
 */
async function startedWithCondition(otherwise: "skip" | "stop" = "skip") {
  const templateId = await createTemplate(app.api);
  const steps = [
    { templateId },
    { templateId, delayDays: 3, conditions: { previousOpened: true, otherwise } },
    { templateId, delayDays: 3 },
  ];
  const started = await launched({ steps });
  await app.run();
  app.api.advance(hour);
  return started;
}

describe("Send now", () => {
  test("sends the step even if its condition does not hold", async () => {
    const { ids } = await startedWithCondition();
    await sendNow(recipientPath(ids[0]));
    app.api.advance(11_000);
    await app.run();
    expect(await sentSteps()).toEqual([1, 2]);
  });

  test("does not stop a recipient whose condition would stop them", async () => {
    const { ids } = await startedWithCondition("stop");
    await sendNow(recipientPath(ids[0]));
    app.api.advance(11_000);
    await app.run();
    expect(await sentSteps()).toEqual([1, 2]);
    expect((await app.api.get(recipientPath(ids[0]))).json.status).toBe("active");
  });

  test("waits for the send window, unless the agent overrides it", async () => {
    const { ids } = await launched({ sendWindow: office, recipients: [bob] });
    const path = recipientPath(ids[0]);
    await sendNow(path, { recallSeconds: 0 });
    await app.run();
    expect(await sentSteps()).toEqual([]);
    expect((await app.api.get(path)).json.whyNotYet).toMatchObject({ reason: "outsideWindow" });
    await sendNow(path, { recallSeconds: 0, ignoresHours: true });
    await app.run();
    expect(await sentSteps()).toEqual([1]);
  });

  test("never overrides a suppression", async () => {
    const { ids } = await launched({ sendWindow: office, recipients: [bob] });
    await suppressAddress(bob.email);
    await sendNow(recipientPath(ids[0]), { recallSeconds: 0, ignoresHours: true });
    await app.run();
    expect(await sentSteps()).toEqual([]);
    expect((await app.api.get(recipientPath(ids[0]))).json.stopReason).toBe("suppressed");
  });

  test("is canceled by a pause and by a snooze", async () => {
    const { ids } = await startedWithCondition();
    const path = recipientPath(ids[0]);
    for (const [action, body] of [["pause"], ["snooze", { days: 3 }]] as const) {
      await sendNow(path, { ignoresHours: true });
      await app.api.post(`${path}/${action}`, body);
      if (action === "pause") await app.api.post(`${path}/resume`);
      app.api.advance(minute);
      await app.run();
      expect([action, await sentSteps()]).toEqual([action, [1]]);
    }
  });
});

describe("the undo of Send now", () => {
  test("restores the plan within ten seconds, and nothing is sent", async () => {
    const { ids } = await startedWithCondition();
    const path = recipientPath(ids[0]);
    const before = await readPlan(ids[0]);
    const asked = await sendNow(path, { ignoresHours: true });
    expect(asked.json.sendNowRecallUntil).toBe(new Date(app.api.now() + 10_000).toISOString());
    expect(asked.json.whyNotYet).toMatchObject({ reason: "sendingSoon" });
    await app.run();
    app.api.advance(9_000);
    const undone = await recall(path);
    expect([undone.status, undone.json.sendNowRecallUntil]).toEqual([200, null]);
    expect(await readPlan(ids[0])).toEqual(before);
    app.api.advance(minute);
    await app.run();
    expect(await sentSteps()).toEqual([1]);
    expect(await listAuditedActions()).toContain("recipient.sendNowRecalled");
  });

  test("restores a snooze", async () => {
    const { ids } = await startedWithCondition();
    const path = recipientPath(ids[0]);
    await app.api.post(`${path}/snooze`, { days: 30 });
    const before = await readPlan(ids[0]);
    expect((await sendNow(path)).json.snoozedUntil).toBeNull();
    await recall(path);
    expect(await readPlan(ids[0])).toEqual(before);
    expect((await app.api.get(path)).json.whyNotYet).toMatchObject({ reason: "snoozed" });
  });

  test("reopens the task that Send now skipped", async () => {
    const templateId = await createTemplate(app.api);
    const call = {
      kind: "task",
      task: { kind: "call", instructions: "Call them.", waitDays: 3 },
      delayDays: 1,
    };
    const { ids } = await launched({ steps: [{ templateId }, call, { templateId, delayDays: 1 }] });
    await app.run();
    app.api.advance(2 * day);
    await app.run();
    app.api.advance(hour);
    const path = recipientPath(ids[0]);
    const before = await readPlan(ids[0]);
    await sendNow(path);
    expect((await app.api.get(path)).json.tasks).toMatchObject([{ outcome: "skipped" }]);
    const { json } = await recall(path);
    expect(json.tasks).toMatchObject([{ outcome: null, closedAt: null }]);
    expect(await readPlan(ids[0])).toEqual(before);
  });

  test("is refused once the email is due, and changes nothing", async () => {
    const { ids } = await startedWithCondition();
    await sendNow(recipientPath(ids[0]));
    app.api.advance(11_000);
    const late = await recall(recipientPath(ids[0]));
    expect([late.status, late.json.error.code]).toEqual([409, "conflict"]);
    await app.run();
    expect(await sentSteps()).toEqual([1, 2]);
  });

  test("for a campaign restores the plan of every recipient", async () => {
    const { campaignId, ids } = await launched({ recipients: [jane, bob] });
    await app.run();
    app.api.advance(hour);
    const before = await Promise.all(ids.map(readPlan));
    const path = `/api/campaigns/${campaignId}`;
    await sendNow(path);
    app.api.advance(5_000);
    expect((await recall(path)).status).toBe(200);
    expect(await Promise.all(ids.map(readPlan))).toEqual(before);
    expect((await recall(path)).status).toBe(409);
  });

  test("is not possible for longer after a second click on Send now", async () => {
    const { ids } = await startedWithCondition();
    const first = await sendNow(recipientPath(ids[0]));
    app.api.advance(5_000);
    const second = await sendNow(recipientPath(ids[0]));
    expect(second.json.sendNowRecallUntil).toBe(first.json.sendNowRecallUntil);
  });
});

describe("the confirmation before Send now", () => {
  test("shows the person, the subject, the time zone and what is overridden", async () => {
    const { ids } = await startedWithCondition();
    const { json } = await app.api.get(`${recipientPath(ids[0])}/send-now`);
    expect(json).toMatchObject({
      name: "Jane Doe",
      stepNumber: 2,
      stepKind: "email",
      subject: expect.stringMatching(/\w/),
      timeZone: "America/New_York",
      hoursOpenAt: null,
      hasConditions: true,
      hold: null,
    });
  });

  test("shows when the window opens, and for how many of a campaign's recipients it is closed", async () => {
    const { campaignId } = await launched({
      sendWindow: office,
      recipients: [jane, bob, { email: "eve@example.com" }],
      schedule: { timeZone: "America/New_York" },
    });
    const { json } = await app.api.get(`/api/campaigns/${campaignId}/send-now`);
    expect([json.recipients, json.outsideHours, json.items.length]).toEqual([3, 1, 3]);
    const his = json.items.find(({ name }: { name: string }) => name === "Bob Ross");
    expect(Date.parse(his.hoursOpenAt)).toBeGreaterThan(app.api.now());
  });

  test("shows why the email would still not be sent", async () => {
    const { ids } = await launched();
    await suppressAddress(jane.email);
    const { json } = await app.api.get(`${recipientPath(ids[0])}/send-now`);
    expect(json.hold).toMatchObject({ reason: "suppressed" });
  });

  test("can be read by a viewer, who can't use Send now", async () => {
    const { ids } = await launched();
    const token = await signToken({ role: "viewer", at: app.api.now() });
    const path = `${recipientPath(ids[0])}/send-now`;
    expect((await app.api.get(path, { token })).status).toBe(200);
    expect((await app.api.post(path, {}, { token })).status).toBe(403);
    expect((await app.api.post(`${path}/recall`, {}, { token })).status).toBe(403);
  });

  test("is refused for a campaign that is not active", async () => {
    const body = buildCampaignBody(await createTemplate(app.api));
    const { json } = await app.api.post("/api/campaigns", body);
    expect((await sendNow(`/api/campaigns/${json.id}`)).status).toBe(409);
  });
});
