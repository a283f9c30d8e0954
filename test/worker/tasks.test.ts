import { beforeEach, describe, expect, test } from "vitest";
import { claimDueTaskRecipients } from "../../worker/db/claims.ts";
import { day, hour, minute } from "../support/time.ts";
import {
  buildOwners,
  createLaunchedCampaign,
  createTemplate,
  listRecipientIds,
  readRow,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails, readStepStats } from "../support/worker/world.ts";

const call = { kind: "call", instructions: "Ask what they think the home is worth", waitDays: 3 };

let app: App;
let templateId = 0;

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
});

/**
 * Returns the steps of a sequence: an email, a call two days later, and an email one day after the
 * call.
 */
const steps = () => [
  { templateId },
  { kind: "task", task: call, delayDays: 2 },
  { templateId, delayDays: 1, conditions: {} },
];

/**
 * Launches the sequence and sends the first email. The call is due in two days. Returns the ids of
 * the campaign and the recipients; `id` is the first recipient's id.
 */
async function begun(overrides: Record<string, unknown> = {}) {
  const campaign = await createLaunchedCampaign(app.api, { recallSeconds: 0, steps: steps(), ...overrides });
  await app.run();
  const ids = await listRecipientIds(campaign.id);
  return { campaignId: campaign.id as number, id: ids[0] ?? 0, ids };
}

/** Calls `begun`, and lets time pass until the call is an open task. */
async function asked(overrides: Record<string, unknown> = {}) {
  const made = await begun(overrides);
  app.api.advance(2 * day);
  await app.run();
  return { ...made, openedAt: app.api.now(), taskId: `${made.id}-2` };
}

const taskRows = async () =>
  (
    await bindings.DB.prepare(
      `SELECT recipient_id AS recipientId, step_number AS stepNumber, outcome, opened_at AS openedAt,
        expires_at AS expiresAt, closed_at AS closedAt, closed_by AS closedBy, note FROM tasks ORDER BY 1, 2`,
    ).all()
  ).results;
const sentSteps = async () => (await listCapturedEmails()).map(({ stepNumber }) => stepNumber);
const detail = async (id: number) => (await app.api.get(`/api/recipients/${id}`)).json;
const openTasks = async () => (await app.api.get("/api/tasks")).json.items;
const done = (taskId: string, body: unknown = {}) => app.api.post(`/api/tasks/${taskId}/done`, body);
const act = (id: number, action: string, body: unknown = {}) =>
  app.api.post(`/api/recipients/${id}/${action}`, body);

describe("a task that is due", () => {
  test("is opened once, however many ticks run, and no email is sent while it is open", async () => {
    const { id } = await asked();
    const [opened] = await taskRows();
    await Promise.all([app.run(), app.run()]);
    app.api.advance(day);
    await app.run();
    expect(await taskRows()).toEqual([opened]);
    expect(opened).toMatchObject({ recipientId: id, stepNumber: 2, outcome: null });
    expect(await sentSteps()).toEqual([1]);
  });

  test("is shown with its instructions, and with the reason and end of the wait", async () => {
    const { id, campaignId, taskId } = await asked();
    const [task] = await openTasks();
    expect(task).toMatchObject({
      id: taskId,
      recipientId: id,
      campaignId,
      recipientName: "Jane Doe",
      propertyId: "p-1",
      kind: "call",
      instructions: call.instructions,
      isPaused: false,
      outcome: null,
    });
    expect(Date.parse(task.expiresAt) - Date.parse(task.openedAt)).toBe(3 * day);
    const recipient = await detail(id);
    expect(recipient).toMatchObject({ nextStepNumber: 2, nextStepKind: "task", nextSendAt: null });
    expect(recipient.taskExpiresAt).toBe(task.expiresAt);
    expect(recipient.whyNotYet).toMatchObject({ reason: "waitingForTask", until: task.expiresAt });
    expect(recipient.tasks).toEqual([task]);
  });

  test("is opened even if its sender is paused or has no slot", async () => {
    await begun();
    await bindings.DB.prepare("UPDATE senders SET is_paused = 1, next_slot_at = ?")
      .bind(app.api.now() + 9 * day)
      .run();
    app.api.advance(2 * day);
    await app.run();
    expect(await taskRows()).toHaveLength(1);
    const { slots_today } = (await bindings.DB.prepare("SELECT slots_today FROM senders").first()) as {
      slots_today: number;
    };
    expect(slots_today).toBe(1);
  });

  test("is opened outside the send window", async () => {
    const { id } = await begun();
    await bindings.DB.prepare("UPDATE campaigns SET send_window = ?")
      .bind(JSON.stringify([{ days: [7], startTime: "01:00", endTime: "02:00" }]))
      .run();
    app.api.advance(2 * day);
    await app.run();
    expect((await taskRows()).map(({ recipientId }) => recipientId)).toEqual([id]);
  });

  test("may be the first and the last step", async () => {
    const { id, campaignId } = await begun({
      steps: [{ kind: "task", task: call }, { templateId }, { kind: "task", task: call }],
    });
    expect(await taskRows()).toHaveLength(1);
    expect((await done(`${id}-1`)).status).toBe(200);
    await app.run();
    expect(await sentSteps()).toEqual([2]);
    await app.run();
    expect((await done(`${id}-3`)).status).toBe(200);
    expect((await detail(id)).status).toBe("completed");
    expect((await readRow("campaigns", campaignId)).status).toBe("completed");
  });

  test("is not opened if its conditions do not hold, and the sequence continues", async () => {
    const { id } = await asked({
      steps: [
        { templateId },
        { kind: "task", task: call, delayDays: 2, conditions: { previousOpened: true } },
        { templateId, delayDays: 1 },
      ],
    });
    expect(await taskRows()).toEqual([]);
    expect(await readStepStats(2)).toEqual({ skipped: 1 });
    const { messages } = await detail(id);
    expect(messages[1]).toMatchObject({ stepNumber: 2, stepKind: "task", skipReason: "notOpened" });
    app.api.advance(day);
    await app.run();
    expect(await sentSteps()).toEqual([1, 3]);
  });

  test("is skipped by a later step's condition, which refers to the email before the task", async () => {
    const { id } = await asked({
      steps: [
        { templateId },
        { kind: "task", task: call, delayDays: 2 },
        { templateId, conditions: { previousOpened: true } },
      ],
    });
    await app.hear([{ kind: "opened", recipientId: id }]);
    app.api.advance(hour);
    await done(`${id}-2`);
    await app.run();
    expect(await sentSteps()).toEqual([1, 3]);
  });

  test("is held by a panic stop, and opened when the stop is lifted", async () => {
    await begun();
    await bindings.DB.prepare("UPDATE tenants SET stopped_at = ?").bind(app.api.now()).run();
    app.api.advance(2 * day);
    await app.run();
    expect(await taskRows()).toEqual([]);
    await bindings.DB.prepare("UPDATE tenants SET stopped_at = NULL").run();
    await app.run();
    expect(await taskRows()).toHaveLength(1);
  });
});

describe("a task that is done", () => {
  test("lets the sequence continue, with the next delay counted from then", async () => {
    const { id, taskId } = await asked();
    app.api.advance(5 * hour);
    const answer = await done(taskId, { note: "Would sell in spring" });
    expect(answer.json).toMatchObject({ outcome: "done", note: "Would sell in spring" });
    expect(Date.parse((await detail(id)).nextSendAt)).toBe(Date.parse(answer.json.closedAt) + day);
    expect(await openTasks()).toEqual([]);
    expect(await listAuditedActions()).toContain("task.done");
    app.api.advance(day - hour);
    await app.run();
    expect(await sentSteps()).toEqual([1]);
    app.api.advance(hour);
    await app.run();
    expect(await sentSteps()).toEqual([1, 3]);
  });

  test("twice is done once, and its recipient moves one step on", async () => {
    const { id, taskId } = await asked();
    const [one, other] = await Promise.all([done(taskId), done(taskId)]);
    const again = await done(taskId, { note: "a second thought" });
    expect([one.status, other.status, again.status]).toEqual([200, 200, 200]);
    expect(again.json).toMatchObject({ outcome: "done", note: null });
    expect(await readRow("campaign_recipients", id)).toMatchObject({ next_step: 3 });
    expect((await listAuditedActions()).filter((action) => action === "task.done")).toHaveLength(1);
  });

  test("can't be skipped afterwards, and a skipped task can't be done", async () => {
    const { taskId } = await asked();
    expect((await app.api.post(`/api/tasks/${taskId}/skip`, {})).json.outcome).toBe("skipped");
    const answer = await done(taskId);
    expect(answer.status).toBe(409);
    expect(answer.json.error.message).toBe("This task was already skipped.");
    expect((await taskRows())[0]).toMatchObject({ outcome: "skipped", closedBy: "agent-1" });
  });

  test("at the moment of its expiry is either done or expired, and moves the recipient one step on", async () => {
    const { id, taskId } = await asked();
    app.api.advance(3 * day + minute);
    const [, answer] = await Promise.all([app.tick(), done(taskId)]);
    const [task] = await taskRows();
    expect(task?.outcome).toBe(answer.status === 200 ? "done" : "expired");
    expect(await readRow("campaign_recipients", id)).toMatchObject({ next_step: 3, lease: null });
  });

  test("between a claim and its decision ends the claim", async () => {
    const { id, taskId } = await asked();
    app.api.advance(3 * day + minute);
    const now = app.api.now();
    expect(await claimDueTaskRecipients(app.ctx.db, { lease: 77, count: 10 }, now, now + hour)).toEqual([id]);
    await done(taskId);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ next_step: 3, lease: null });
    expect((await taskRows())[0]?.outcome).toBe("done");
  });
});

describe("a task that is not done", () => {
  test("expires, and the sequence continues with the next delay counted from then", async () => {
    const { id, openedAt, taskId } = await asked();
    app.api.advance(3 * day);
    await app.run();
    const [task] = await taskRows();
    expect(task).toMatchObject({ outcome: "expired", closedAt: task?.expiresAt, closedBy: null });
    expect(Number(task?.expiresAt)).toBeLessThanOrEqual(openedAt + 3 * day);
    expect(Date.parse((await detail(id)).nextSendAt)).toBe(Number(task?.expiresAt) + day);
    const late = await done(taskId);
    expect([late.status, late.json.error.code]).toEqual([409, "conflict"]);
    app.api.advance(day);
    await app.run();
    expect(await sentSteps()).toEqual([1, 3]);
  });

  test("stays open while its campaign is paused, and can be done or expire after the resume", async () => {
    const { id, campaignId, taskId } = await asked({ recipients: buildOwners(2) });
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "paused" });
    expect((await openTasks()).map((task: { isPaused: boolean }) => task.isPaused)).toEqual([true, true]);
    app.api.advance(2 * day);
    // An agent marks the task as done during the pause. The recipient reaches the next step, but
    // nothing is due during the pause.
    await done(taskId);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ next_step: 3, due_at: null });
    app.api.advance(day + hour);
    await app.run();
    expect((await taskRows()).map(({ outcome }) => outcome)).toEqual(["done", null]);
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "active" });
    await app.run();
    expect((await taskRows()).map(({ outcome }) => outcome)).toEqual(["done", "expired"]);
    expect(await sentSteps()).toEqual([1, 1, 3]);
    app.api.advance(day);
    await app.run();
    expect(await sentSteps()).toEqual([1, 1, 3, 3]);
  });

  test("is not closed by itself after a long pause that makes it too late", async () => {
    const { id, campaignId, taskId } = await asked();
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "paused" });
    app.api.advance(10 * day);
    const resumed = await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "active" });
    expect(resumed.json.resumed).toMatchObject({ needsConfirmation: 1 });
    await app.run();
    expect((await detail(id)).whyNotYet).toMatchObject({ reason: "tooLate" });
    expect((await taskRows())[0]?.outcome).toBeNull();
    await done(taskId);
    expect((await detail(id)).whyNotYet).toMatchObject({ reason: "notDue" });
  });
});

describe("a task is closed when its recipient is stopped by", () => {
  const stops: [string, (id: number, campaignId: number) => Promise<unknown>][] = [
    ["a reply", (recipientId) => app.hear([{ kind: "replied", recipientId }])],
    ["an opt-out", (recipientId) => app.hear([{ kind: "unsubscribed", recipientId }])],
    ["a sale", () => app.api.post("/api/properties/p-1/status", { standardStatus: "Closed" })],
    ["the property's stop", () => app.api.post("/api/properties/p-1/stop")],
    ["an agent", (id) => act(id, "stop")],
    ["the campaign's stop", (_, id) => app.api.patch(`/api/campaigns/${id}/status`, { status: "stopped" })],
  ];
  test.each(stops)("%s", async (_, stop) => {
    const { id, campaignId, taskId } = await asked();
    await stop(id, campaignId);
    expect((await detail(id)).status).toBe("stopped");
    expect(await taskRows()).toMatchObject([{ outcome: "stopped", closedBy: null }]);
    expect(await openTasks()).toEqual([]);
    expect((await done(taskId)).status).toBe(409);
    app.api.advance(9 * day);
    await app.run();
    expect(await sentSteps()).toEqual([1]);
  });

  test("a suppression that is found when the task expires", async () => {
    const { id } = await asked();
    await bindings.DB.prepare(
      "INSERT INTO suppressions (tenant_id, email, reason, source, created_at) VALUES (1, 'jane.doe@example.com', 'manual', 'test', 1)",
    ).run();
    app.api.advance(3 * day);
    await app.run();
    expect(await detail(id)).toMatchObject({ status: "stopped", stopReason: "suppressed" });
    expect(await taskRows()).toMatchObject([{ outcome: "stopped" }]);
  });

  test("the campaign's end, which is also the latest expiry of the task", async () => {
    const endAt = app.api.now() + 4 * day;
    const { id } = await asked({ schedule: { endAt: new Date(endAt).toISOString() } });
    expect((await taskRows())[0]?.expiresAt).toBe(endAt);
    app.api.advance(2 * day + minute);
    await app.run();
    expect(await detail(id)).toMatchObject({ status: "stopped", stopReason: "campaignEnded" });
    expect(await taskRows()).toMatchObject([{ outcome: "stopped" }]);
  });
});

describe("for a recipient with an open task", () => {
  test("Send now skips the task and sends the next email at once", async () => {
    const { id } = await asked();
    app.api.advance(hour);
    await act(id, "send-now", { recallSeconds: 0 });
    expect(await taskRows()).toMatchObject([{ outcome: "skipped", closedBy: "agent-1" }]);
    await app.run();
    await app.run();
    expect(await sentSteps()).toEqual([1, 3]);
  });

  test("Send now opens a task that is not due yet", async () => {
    const { id } = await begun();
    app.api.advance(hour);
    await act(id, "send-now", { recallSeconds: 0 });
    await app.run();
    expect(await taskRows()).toMatchObject([{ outcome: null }]);
    // The first click has opened the task. The second click of a double click must not skip the
    // task.
    await act(id, "send-now", { recallSeconds: 0 });
    expect(await taskRows()).toMatchObject([{ outcome: null }]);
    await app.run();
    expect(await sentSteps()).toEqual([1]);
  });

  test("Send now of the whole campaign changes nothing", async () => {
    const { campaignId, id } = await asked();
    const before = await readRow("campaign_recipients", id);
    await app.api.post(`/api/campaigns/${campaignId}/send-now`);
    expect(await readRow("campaign_recipients", id)).toEqual(before);
  });

  test("a snooze delays the next step, whether the task is done or not", async () => {
    const { id, taskId } = await asked();
    const snoozed = await act(id, "snooze", { days: 10 });
    await done(taskId);
    expect((await detail(id)).nextSendAt).toBe(snoozed.json.snoozedUntil);
  });

  test("ending a snooze keeps the task's expiry", async () => {
    const { id } = await asked();
    const [task] = await taskRows();
    await act(id, "snooze", { days: 10 });
    await act(id, "resume");
    expect(await readRow("campaign_recipients", id)).toMatchObject({ due_at: task?.expiresAt });
  });

  test("ending a snooze after the task plans the next step from the task, not the earlier email", async () => {
    const { id, taskId } = await asked();
    await done(taskId);
    const planned = (await detail(id)).nextSendAt;
    await act(id, "snooze", { days: 10 });
    await act(id, "resume");
    expect(Math.abs(Date.parse((await detail(id)).nextSendAt) - Date.parse(planned))).toBeLessThan(minute);
  });

  test("a pause and a resume keep the task open with its expiry", async () => {
    const { id } = await asked();
    const [task] = await taskRows();
    await act(id, "pause");
    expect(await openTasks()).toMatchObject([{ isPaused: true }]);
    await act(id, "resume");
    expect(await taskRows()).toEqual([task]);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ due_at: task?.expiresAt });
  });

  test("a recall deletes the open task, and is refused once the task is closed", async () => {
    const first = { steps: [{ kind: "task", task: call }, { templateId }], recallSeconds: 0 };
    const { id, campaignId } = await begun(first);
    expect((await app.api.post(`/api/campaigns/${campaignId}/recall`, {})).status).toBe(200);
    expect(await taskRows()).toEqual([]);
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "active", recallSeconds: 0 });
    await app.run();
    await done(`${id}-1`);
    const refused = await app.api.post(`/api/campaigns/${campaignId}/recall`, {});
    expect(refused.json.error.message).toMatch(/^One of its tasks has already been closed/);
  });
});

describe("the campaign's figures", () => {
  test("count tasks apart from emails", async () => {
    const { campaignId, ids } = await asked({ recipients: buildOwners(4) });
    await done(`${ids[0]}-2`);
    await app.api.post(`/api/tasks/${ids[1]}-2/skip`, {});
    await act(ids[2] ?? 0, "stop");
    const { total, steps: byStep } = (await app.api.get(`/api/campaigns/${campaignId}/analytics`)).json;
    expect(byStep[1]).toEqual({
      kind: "task",
      stepNumber: 2,
      position: 2,
      opened: 4,
      done: 1,
      skipped: 1,
      expired: 0,
      stopped: 1,
    });
    expect(total.stats).toMatchObject({ sent: 4, skipped: 0 });
    expect((await app.api.get(`/api/campaigns/${campaignId}`)).json).toMatchObject({
      stepCount: 3,
      emailCount: 2,
    });
  });
});

describe("a call task", () => {
  const jane = {
    ...buildOwners(1)[0],
    templateData: { mobilePhone: "(303) 555-0147", doNotCall: "Yes" },
  };

  test("comes with the phone number, the last email and the last reply", async () => {
    await asked({ recipients: [jane] });
    const [listed] = await openTasks();
    expect(listed).toMatchObject({
      phone: "(303) 555-0147",
      isDoNotCall: true,
      lastEmail: { subject: expect.stringContaining("Your home") },
      lastReply: null,
      result: null,
      postponedUntil: null,
    });
  });

  test("keeps its result", async () => {
    const { id, taskId } = await asked();
    const answer = await done(taskId, { result: "voicemail", note: "Try again at noon" });
    expect(answer.json).toMatchObject({ outcome: "done", result: "voicemail", note: "Try again at noon" });
    expect((await detail(id)).tasks[0]).toMatchObject({ result: "voicemail" });
    app.api.advance(day);
    await app.run();
    expect(await sentSteps()).toEqual([1, 3]);
  });

  test('with the result "not now" delays the next email by 90 days', async () => {
    const { id, taskId } = await asked();
    await done(taskId, { result: "notNow" });
    app.api.advance(89 * day);
    await app.run();
    expect(await sentSteps()).toEqual([1]);
    const until = Date.parse((await detail(id)).snoozedUntil);
    app.api.advance(until - app.api.now() + minute);
    await app.run();
    expect(await sentSteps()).toEqual([1, 3]);
  });

  test("that is skipped has no result", async () => {
    const { taskId } = await asked();
    const answer = await app.api.post(`/api/tasks/${taskId}/skip`, { result: "reached" });
    expect(answer.status).toBe(400);
    expect(answer.json.error.fields).toHaveProperty("result");
    expect(await openTasks()).toHaveLength(1);
  });
});

describe("a task that is postponed", () => {
  const postpone = (taskId: string, days: unknown) => app.api.post(`/api/tasks/${taskId}/postpone`, { days });

  test("is not listed until its day, and the sequence waits for it", async () => {
    const { id, taskId, openedAt } = await asked();
    const answer = await postpone(taskId, 7);
    expect(answer.status).toBe(200);
    expect(Date.parse(answer.json.postponedUntil)).toBeGreaterThanOrEqual(openedAt + 7 * day);
    expect(await openTasks()).toEqual([]);
    expect((await detail(id)).tasks).toHaveLength(1);
    // A task that is not postponed expires after three days.
    app.api.advance(6 * day);
    await app.run();
    expect((await taskRows())[0]).toMatchObject({ outcome: null });
    app.api.advance(day);
    expect(await openTasks()).toHaveLength(1);
    app.api.advance(2 * day);
    await app.run();
    expect((await taskRows())[0]).toMatchObject({ outcome: "expired" });
    expect(await listAuditedActions()).toContain("task.postponed");
  });

  test("does not expire earlier than before", async () => {
    const { taskId } = await asked();
    const [before] = await taskRows();
    await postpone(taskId, 1);
    expect((await taskRows())[0]).toMatchObject({ expiresAt: before?.expiresAt });
  });

  test("can be done in the meantime, and a closed task can't be postponed", async () => {
    const { taskId } = await asked();
    await postpone(taskId, 3);
    expect((await done(taskId)).status).toBe(200);
    const late = await postpone(taskId, 3);
    expect(late.status).toBe(409);
    expect(late.json.error.message).toBe("This task is already done.");
  });

  test.each([0, 91, 1.5, "7", null])("is refused with %s days", async (days) => {
    const { taskId } = await asked();
    const answer = await postpone(taskId, days);
    expect(answer.status).toBe(400);
    expect(answer.json.error.fields).toHaveProperty("days");
    expect((await taskRows())[0]).toMatchObject({ expiresAt: expect.any(Number) });
    expect(await openTasks()).toHaveLength(1);
  });

  test("does not make a paused recipient due", async () => {
    const { id, taskId } = await asked();
    await act(id, "pause");
    await postpone(taskId, 7);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ due_at: null });
  });
});
