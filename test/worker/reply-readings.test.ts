import { beforeEach, describe, expect, test } from "vitest";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import { day, minute } from "../support/time.ts";
import {
  type ApiAnswer,
  buildCampaignBody,
  createTemplate,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails, readRecipientState, readStepStats } from "../support/worker/world.ts";

/*
 * Tests how an agent tells Doorknock the meaning of an answer. Mary and Tom own one home, and each
 * is in a campaign of their own with a follow-up after three days. Mary's mailbox sends an answer,
 * and an agent tells Doorknock the kind of this answer.
 */
const mary = { email: "mary@example.com", fullName: "Mary Ellison" };
const tom = { email: "tom@example.com", fullName: "Tom Ellison" };

let app: App;
let templateId = 0;
let maryId = 0;
let tomId = 0;
let campaignId = 0;
let replyTo = "";

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
  [maryId, campaignId] = await launch("First", mary);
  await app.run();
  const [email] = await listCapturedEmails();
  replyTo =
    /^Reply-To: .*?([^\s<]+@reply\.test)/im.exec(email?.raw.replace(/\r\n[ \t]+/g, " ") ?? "")?.[1] ?? "";
  [tomId] = await launch("Second", tom);
  app.api.advance(minute);
});

async function launch(name: string, owner: object): Promise<[recipientId: number, campaignId: number]> {
  const steps = [{ templateId }, { templateId, delayDays: 3 }];
  const schedule = { skipsHolidays: false };
  const body = { name, steps, schedule, status: "active", recallSeconds: 0, recipients: [owner] };
  const { json, status, text } = await app.api.post(
    "/api/campaigns",
    buildCampaignBody(templateId, { ...body, ignoresCollisions: true }),
  );
  expect(status, text).toBe(201);
  const [id = 0] = await listRecipientIds(json.id);
  return [id, json.id];
}

type Mail = { words: string; subject?: string; isAutomatic?: boolean; id?: string };

async function answer({ words, subject = "Re: Your home", isAutomatic = false, id = "answer-1" }: Mail) {
  const lines = [
    `From: ${mary.email}`,
    `To: ${replyTo}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}@example.com>`,
    ...(isAutomatic ? ["Auto-Submitted: auto-replied"] : []),
    "",
    words,
  ];
  const raw = new TextEncoder().encode(lines.join("\r\n"));
  const result = await receiveEmail(app.ctx, { from: mary.email, to: replyTo, raw });
  app.api.advance(minute);
  return result;
}

const show = async (id: number) => (await app.api.get(`/api/recipients/${id}`)).json;

async function findAnswer(id = maryId) {
  const { messages } = await show(id);
  return messages
    .flatMap(({ events }: { events: { replyId: string | null }[] }) => events)
    .findLast(({ replyId }: { replyId: string | null }) => replyId !== null);
}

async function read(reading: string, more: Record<string, unknown> = {}): Promise<ApiAnswer> {
  const { replyId } = await findAnswer();
  return await app.api.post(`/api/recipients/${maryId}/replies/${replyId}`, { reading, ...more });
}

const countReadings = async () =>
  (await listAuditedActions()).filter((action) => action === "recipient.reply").length;

const doubtful = { words: "I think I'd rather not get these." };
const absent = (id = "answer-1") => ({ words: `I am away and will be back on ${returnDay().words}.`, id });

/** Returns the day `weeks` weeks from now: in words, and as the API writes the day. */
function returnDay(weeks = 3): { words: string; iso: string } {
  const at = new Date(app.api.now() + weeks * 7 * day);
  const words = new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" }).format(
    at,
  );
  return { words, iso: at.toISOString().slice(0, 10) };
}

describe("a reply that may be an opt-out", () => {
  beforeEach(async () => {
    await answer(doubtful);
  });

  test("is shown as a question at the recipient, in the list and at the campaign", async () => {
    expect(await show(maryId)).toMatchObject({ hasOpenQuestion: true, outcome: "replied" });
    expect(await findAnswer()).toMatchObject({ kind: "replied", mayWantOut: true });
    const { json: list } = await app.api.get(`/api/campaigns/${campaignId}/recipients`);
    expect(list.items).toMatchObject([{ hasOpenQuestion: true }]);
    const { json: campaigns } = await app.api.get("/api/campaigns");
    expect(campaigns.items).toMatchObject([{ openQuestions: 0 }, { id: campaignId, openQuestions: 1 }]);
  });

  test("stays a reply if the agent says so, and the question is not asked again", async () => {
    const { json, status } = await read("reply");
    expect(status).toBe(200);
    expect(json).toMatchObject({ hasOpenQuestion: false, outcome: "replied", status: "stopped" });
    expect((await read("reply")).status).toBe(200);
    expect(await countReadings()).toBe(1);
    expect(await answer(doubtful)).toEqual({ kind: "duplicate" });
    expect(await show(maryId)).toMatchObject({ hasOpenQuestion: false });
    expect((await app.api.get(`/api/campaigns/${campaignId}`)).json.openQuestions).toBe(0);
  });

  test("is an opt-out if the agent says so, and counts as one", async () => {
    const { replyId } = await findAnswer();
    const { json } = await app.api.post(`/api/recipients/${maryId}/outcome`, { outcome: "noMore" });
    expect(json).toMatchObject({ hasOpenQuestion: false, outcome: "unsubscribed" });
    expect(await readStepStats(1)).toEqual({ sent: 1, unsubscribed: 1 });
    const { json: suppressed } = await app.api.get("/api/suppressions");
    expect(suppressed.items).toMatchObject([{ email: mary.email, reason: "unsubscribed" }]);
    const path = `/api/recipients/${maryId}/replies/${replyId}`;
    expect((await app.api.post(path, { reading: "absence" })).status).toBe(409);
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped" });
  });

  test("is settled by an opt-out that comes in another way", async () => {
    await answer({ words: "Unsubscribe", id: "answer-2" });
    expect(await show(maryId)).toMatchObject({ hasOpenQuestion: false, outcome: "unsubscribed" });
    expect((await app.api.get(`/api/campaigns/${campaignId}`)).json.openQuestions).toBe(0);
  });
});

describe("a reply that an agent marks as automatic", () => {
  test("stops nobody: the recipient and the co-owner continue after the absence", async () => {
    await answer(absent());
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped", stopReason: "replied" });
    expect(await readRecipientState(tomId)).toMatchObject({ stopReason: "propertyStopped" });
    const { json, status, text } = await read("absence");
    expect(status, text).toBe(200);
    const { iso } = returnDay();
    expect(json).toMatchObject({ status: "active", stopReason: null, outcome: "sent", awayUntil: iso });
    expect(json.nextSendAt > iso).toBe(true);
    expect(await readRecipientState(tomId)).toMatchObject({ status: "active", stopReason: null });
    expect((await app.api.get(`/api/campaigns/${campaignId}`)).json).toMatchObject({ status: "active" });
    expect(await readStepStats(1)).toEqual({ sent: 1 });
    const history = await app.api.post("/api/properties/p-1/contact-history", {
      contacts: [{ email: mary.email }],
    });
    expect(history.json.contacts[0]).toMatchObject({ answered: null });
  });

  test("is marked once, however often the agent clicks", async () => {
    await answer(absent());
    const answers = await Promise.all([read("absence"), read("absence")]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await countReadings()).toBe(1);
    expect(await readStepStats(1)).toEqual({ sent: 1 });
  });

  test("is not taken for a reply when it is delivered again", async () => {
    await answer(absent());
    await read("absence");
    expect(await answer(absent())).toEqual({ kind: "duplicate" });
    expect(await readRecipientState(maryId)).toMatchObject({ status: "active" });
    expect(await readStepStats(1)).toEqual({ sent: 1 });
  });

  test("has the return day that the agent sets, and a later setting replaces it", async () => {
    await answer({ words: "Out for a while." });
    const [first, second] = [returnDay(5).iso, returnDay(2).iso];
    expect((await read("absence", { awayUntil: first })).json).toMatchObject({ awayUntil: first });
    const { json } = await read("absence", { awayUntil: second });
    expect(json).toMatchObject({ awayUntil: second });
    expect(json.nextSendAt > second && json.nextSendAt < first).toBe(true);
    expect((await read("absence", { awayUntil: null })).json).toMatchObject({
      awayUntil: null,
      snoozedUntil: null,
    });
  });

  test("can be marked as a reply and as an absence again, with the same day", async () => {
    await answer(absent());
    const before = (await read("absence")).json;
    expect((await read("reply")).json).toMatchObject({
      status: "stopped",
      outcome: "replied",
      awayUntil: null,
    });
    expect(await readRecipientState(tomId)).toMatchObject({ status: "stopped" });
    const after = (await read("absence")).json;
    expect(after).toMatchObject({
      status: "active",
      awayUntil: before.awayUntil,
      nextSendAt: before.nextSendAt,
    });
  });

  test("does not keep a later real reply from counting", async () => {
    await answer(absent());
    await read("absence");
    await answer({ words: "Yes, call me.", id: "answer-2" });
    expect(await readStepStats(1)).toMatchObject({ replied: 1 });
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped", stopReason: "replied" });
  });
});

describe("an absence note that an agent marks as a reply", () => {
  test("stops the recipient and the co-owner as a reply does", async () => {
    await answer({ ...absent(), isAutomatic: true });
    expect(await show(maryId)).toMatchObject({ awayUntil: returnDay().iso, outcome: "sent" });
    expect((await read("reply")).json).toMatchObject({
      status: "stopped",
      stopReason: "replied",
      outcome: "replied",
    });
    expect(await readRecipientState(tomId)).toMatchObject({ stopReason: "propertyStopped" });
    expect(await readStepStats(1)).toMatchObject({ replied: 1 });
    const history = await app.api.post("/api/properties/p-1/contact-history", {
      contacts: [{ email: mary.email }],
    });
    expect(history.json.contacts[0].answered).not.toBeNull();
    await answer({ words: "And call me.", id: "answer-2" });
    expect(await readStepStats(1)).toMatchObject({ replied: 1 });
  });
});

describe("an automatic reply does not restart a recipient who was also stopped by", () => {
  beforeEach(async () => {
    await answer(absent());
  });

  test("an agent's stop of the property", async () => {
    await app.api.post("/api/properties/p-1/stop", {});
    await read("absence");
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped" });
    expect(await readRecipientState(tomId)).toMatchObject({ status: "stopped" });
  });

  test("another reply of the same person", async () => {
    await answer({ words: "Yes, call me.", id: "answer-0" });
    const events = (await show(maryId)).messages[0].events;
    const { replyId } = events.find(({ text }: { text: string | null }) => text?.startsWith("I am away"));
    await app.api.post(`/api/recipients/${maryId}/replies/${replyId}`, { reading: "absence" });
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped" });
    expect(await readRecipientState(tomId)).toMatchObject({ status: "stopped" });
  });

  test("the co-owner's opt-out", async () => {
    await app.api.post(`/api/recipients/${tomId}/outcome`, { outcome: "noMore" });
    await read("absence");
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped" });
    expect(await readRecipientState(tomId)).toMatchObject({ status: "stopped" });
  });

  test('the outcome "wrong person"', async () => {
    await app.api.post(`/api/recipients/${maryId}/outcome`, { outcome: "wrongPerson" });
    await read("absence");
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped" });
  });

  test("the end of the campaign", async () => {
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "archived" });
    await read("absence");
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped" });
    expect(await readRecipientState(tomId)).toMatchObject({ status: "active" });
  });

  test("an agent's pause", async () => {
    await read("absence");
    await app.api.post(`/api/recipients/${tomId}/pause`, {});
    await read("reply");
    await read("absence");
    expect(await readRecipientState(tomId)).toMatchObject({ status: "paused", dueAt: null });
  });
});

describe("a request to mark a reply", () => {
  beforeEach(async () => {
    await answer(absent());
  });

  test.each([
    ["no reading", {}],
    ["an unknown reading", { reading: "optOut" }],
    ["a return day for a reply", { reading: "reply", awayUntil: "2025-12-14" }],
    ["a return day in the past", { reading: "absence", awayUntil: "2020-01-01" }],
    ["a return day too far ahead", { reading: "absence", awayUntil: "2999-01-01" }],
    ["a return day that does not exist", { reading: "absence", awayUntil: "2025-02-30" }],
  ])("is refused with %s", async (_, body) => {
    const { replyId } = await findAnswer();
    const { status } = await app.api.post(`/api/recipients/${maryId}/replies/${replyId}`, body);
    expect(status).toBe(400);
    expect(await readRecipientState(maryId)).toMatchObject({ status: "stopped" });
  });

  test("needs an agent and a reply of this recipient", async () => {
    const { replyId } = await findAnswer();
    const body = { reading: "absence" };
    const path = `/api/recipients/${maryId}/replies/${replyId}`;
    const viewer = await signToken({ role: "viewer", at: app.api.now() });
    expect((await app.api.post(path, body, { token: viewer })).status).toBe(403);
    const elsewhere = await signToken({ prop: ["p-2"], at: app.api.now() });
    expect((await app.api.post(path, body, { token: elsewhere })).status).toBe(404);
    expect((await app.api.post(`/api/recipients/${tomId}/replies/${replyId}`, body)).status).toBe(404);
    expect((await app.api.post(`/api/recipients/${maryId}/replies/1-nothing`, body)).status).toBe(404);
    expect(await bindings.DB.prepare("SELECT count(*) AS n FROM reply_readings").first("n")).toBe(0);
  });
});
