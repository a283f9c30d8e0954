import { beforeEach, describe, expect, test } from "vitest";
import type { SettlingOutcome } from "../../shared/vocabulary.ts";
import { day, minute } from "../support/time.ts";
import {
  buildCampaignBody,
  createTemplate,
  listRecipientIds,
  signToken,
  suppressAddress,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails, readFigureSums } from "../support/worker/world.ts";

/*
 * Tests the outcomes that an agent can record for a reply. Mary has got the first of two emails
 * about her home p-1, and replies.
 */
const mary = { email: "mary@example.com", fullName: "Mary Ellison", property: { streetAddress: "1 Elm Rd" } };

let app: App;
let campaignId = 0;
let maryId = 0;

beforeEach(async () => {
  app = await openApp();
  const templateId = await createTemplate(app.api);
  const steps = [{ templateId }, { templateId, delayDays: 3 }];
  const launch = { steps, status: "active", recallSeconds: 0, recipients: [mary] };
  const { json, status, text } = await app.api.post("/api/campaigns", buildCampaignBody(templateId, launch));
  expect(status, text).toBe(201);
  campaignId = json.id;
  [maryId = 0] = await listRecipientIds(campaignId);
  await app.run();
});

/** Lets Mary reply to the first email. Replies with different ids are different emails. */
async function reply(text = "Call me on Thursday.", id = "r-1"): Promise<void> {
  await app.hear({ kind: "replied", recipientId: maryId, stepNumber: 1, dedupeKey: id, data: { text } }, 1);
}

const listWaiting = async (query = "") => (await app.api.get(`/api/replies${query}`)).json.items;
const record = (body: Record<string, unknown>) => app.api.post(`/api/recipients/${maryId}/outcome`, body);
const undo = () => app.api.post(`/api/recipients/${maryId}/outcome/undo`, {});
const readRecipient = async () => (await app.api.get(`/api/recipients/${maryId}`)).json;
const countRows = async (table: "suppressions" | "refusals") =>
  (await bindings.DB.prepare(`SELECT count(*) AS count FROM ${table}`).first<{ count: number }>())?.count;
const readListing = () =>
  bindings.DB.prepare("SELECT standard_status AS status FROM properties WHERE property_id = 'p-1'").first<{
    status: string | null;
  }>();

describe("the replies to handle", () => {
  test("list a reply with its person, home and first words, until its outcome is recorded", async () => {
    expect(await listWaiting()).toEqual([]);
    await reply();
    expect(await listWaiting()).toMatchObject([
      {
        recipientId: maryId,
        recipientName: "Mary Ellison",
        email: mary.email,
        campaignId,
        propertyId: "p-1",
        address: "1 Elm Rd",
        firstWords: "Call me on Thursday.",
        isAsked: false,
        canContinue: true,
        isReminder: false,
      },
    ]);
    expect((await record({ outcome: "interested" })).json.reply).toMatchObject({
      isWaiting: false,
      outcome: "interested",
    });
    expect(await listWaiting()).toEqual([]);
  });

  test("list a further reply of a person again", async () => {
    await reply();
    await record({ outcome: "interested" });
    await reply("And what is it worth?", "r-2");
    expect(await listWaiting()).toMatchObject([{ firstWords: "And what is it worth?" }]);
    expect((await readRecipient()).reply).toMatchObject({ isWaiting: true, outcome: null });
  });

  test("do not list a reply again that a service delivers twice", async () => {
    await reply();
    await record({ outcome: "interested" });
    await reply();
    expect(await listWaiting()).toEqual([]);
  });

  test("show an agent only the replies at properties that the agent's token names", async () => {
    await reply();
    const properties = async (propertyIds: string[]) =>
      (await app.api.get("/api/replies", { token: await signToken({ at: app.now(), prop: propertyIds }) }))
        .json.items;
    expect(await properties(["p-2"])).toEqual([]);
    expect(await properties(["p-1"])).toHaveLength(1);
    expect(await listWaiting("?propertyId=p-2")).toEqual([]);
    expect(await listWaiting("?propertyId=p-1")).toHaveLength(1);
  });

  test("are left out while their only answer is marked as automatic, and are back with a person's", async () => {
    await reply();
    const { messages } = await readRecipient();
    const { replyId } = messages[0].events.at(-1);
    const mark = (reading: string) =>
      app.api.post(`/api/recipients/${maryId}/replies/${replyId}`, { reading });
    expect((await mark("absence")).status).toBe(200);
    expect(await listWaiting()).toEqual([]);
    expect((await mark("reply")).status).toBe(200);
    expect(await listWaiting()).toHaveLength(1);
  });

  test("come in pages, the newest first", async () => {
    await reply();
    const [first] = await listWaiting("?limit=1");
    expect(first.recipientId).toBe(maryId);
    const { json } = await app.api.get("/api/replies?limit=1");
    expect(json.nextCursor).toBeNull();
  });

  test("refuse an unknown query parameter", async () => {
    expect((await app.api.get("/api/replies?sort=name")).status).toBe(400);
  });
});

describe("an outcome", () => {
  beforeEach(() => reply());

  test("sends nothing more, whatever the outcome", async () => {
    await record({ outcome: "interested" });
    app.advance(10 * day);
    await app.run();
    expect(await listCapturedEmails()).toHaveLength(1);
  });

  test("recorded twice is recorded once", async () => {
    await record({ outcome: "interested" });
    await record({ outcome: "interested" });
    expect((await listAuditedActions()).filter((action) => action === "recipient.outcome")).toHaveLength(1);
  });

  test("notNow brings the reply back after 90 days, or on the given day", async () => {
    const { json } = await record({ outcome: "notNow" });
    expect(json.reply).toMatchObject({ isWaiting: false, outcome: "notNow" });
    expect(Date.parse(json.reply.comesBackAt) - app.now()).toBeGreaterThan(89 * day);
    expect(await listWaiting()).toEqual([]);
    app.advance(90 * day);
    expect(await listWaiting()).toMatchObject([{ isReminder: true }]);
  });

  test("notNow refuses a day in the past and one too far away, naming the field", async () => {
    for (const until of ["2020-01-01", "2099-01-01"]) {
      const { status, json } = await record({ outcome: "notNow", until });
      expect([status, Object.keys(json.error.fields)]).toEqual([400, ["until"]]);
    }
    expect(await listWaiting()).toHaveLength(1);
  });

  test("notNow can let the sequence go on from the day", async () => {
    const until = new Date(app.now() + 30 * day).toISOString().slice(0, 10);
    const { json, status } = await record({ outcome: "notNow", until, plan: "continue" });
    expect([status, json.status]).toEqual([200, "active"]);
    app.advance(29 * day);
    await app.run();
    expect(await listCapturedEmails()).toHaveLength(1);
    app.advance(3 * day);
    await app.run();
    expect(await listCapturedEmails()).toHaveLength(2);
  });

  test("other than notNow refuses a day", async () => {
    const { status, json } = await record({ outcome: "interested", until: "2030-01-01" });
    expect([status, Object.keys(json.error.fields)]).toEqual([400, ["until"]]);
  });

  test("alreadyListed closes the home to every campaign that asks for a listing", async () => {
    await record({ outcome: "alreadyListed" });
    expect(await readListing()).toMatchObject({ status: "Active" });
  });

  test("noMore suppresses the address, and wrongPerson only closes the address at this home", async () => {
    await record({ outcome: "wrongPerson" });
    expect([await countRows("suppressions"), await countRows("refusals")]).toEqual([0, 1]);
    await record({ outcome: "noMore" });
    expect([await countRows("suppressions"), await countRows("refusals")]).toEqual([1, 1]);
  });

  test("is for agents: a viewer is refused", async () => {
    const { status } = await app.api.post(
      `/api/recipients/${maryId}/outcome`,
      { outcome: "interested" },
      { token: await signToken({ at: app.now(), role: "viewer" }) },
    );
    expect(status).toBe(403);
  });
});

describe("a stage on the way to a sale", () => {
  test("ends the sequence of a person who has not replied, and the undo lets it go on", async () => {
    expect((await record({ outcome: "appointment" })).json).toMatchObject({ status: "stopped" });
    expect((await undo()).status).toBe(200);
    expect(await readRecipient()).toMatchObject({ status: "active", stopReason: null });
    app.advance(4 * day);
    await app.run();
    expect(await listCapturedEmails()).toHaveLength(2);
  });

  test("ends a sequence that went on after a not now, and the undo lets it go on again", async () => {
    await reply();
    await record({ outcome: "notNow", plan: "continue" });
    app.advance(minute);
    await record({ outcome: "listing" });
    expect(await readRecipient()).toMatchObject({ status: "stopped", reply: { outcome: "listing" } });
    await undo();
    expect(await readRecipient()).toMatchObject({ status: "active", reply: { outcome: "notNow" } });
  });

  test("that follows an earlier stage leaves the sequence ended when it is undone", async () => {
    await record({ outcome: "interested" });
    await record({ outcome: "listing" });
    await undo();
    expect(await readRecipient()).toMatchObject({ status: "stopped", reply: { outcome: "interested" } });
  });
});

const bodies: Record<SettlingOutcome, Record<string, unknown>> = {
  interested: {},
  appointment: {},
  listing: {},
  notNow: { plan: "continue" },
  wrongPerson: {},
  alreadyListed: {},
  noMore: {},
  notSelling: {},
};

/** Returns all data that an outcome can change, without the audit log. */
async function readState() {
  const { status, stopReason, refusal, reply: standing } = await readRecipient();
  const { results: readings } = await bindings.DB.prepare(
    "SELECT kind FROM reply_readings ORDER BY recipient_id",
  ).all();
  const figures = await readFigureSums();
  const suppressions = await countRows("suppressions");
  const listing = (await readListing())?.status ?? null;
  return { status, stopReason, refusal, standing, readings, figures, suppressions, listing };
}

describe("undoing an outcome", () => {
  for (const [outcome, body] of Object.entries(bodies)) {
    for (const words of ["Call me on Thursday.", "I think I'd rather not get these."]) {
      test(`of ${outcome} brings everything back, after “${words}”`, async () => {
        const isDoubtful = words.startsWith("I think");
        const data = isDoubtful ? { text: words, mayWantOut: true as const } : { text: words };
        await app.hear({ kind: "replied", recipientId: maryId, stepNumber: 1, dedupeKey: "r-1", data }, 1);
        const before = await readState();
        expect((await record({ outcome, ...body })).status).toBe(200);
        expect(await readState()).not.toEqual(before);
        app.advance(minute / 12);
        expect((await undo()).status).toBe(200);
        expect(await readState()).toEqual(before);
        expect((await undo()).status).toBe(200);
      });
    }
  }

  test("is done once if it is asked for twice, also if it restores an earlier outcome", async () => {
    await reply();
    await record({ outcome: "interested" });
    app.advance(minute);
    await record({ outcome: "noMore" });
    expect((await undo()).status).toBe(200);
    const restored = await readState();
    expect((await undo()).status).toBe(200);
    expect(await readState()).toEqual(restored);
  });

  test("is refused after ten seconds, and the outcome stays", async () => {
    await reply();
    await record({ outcome: "noMore" });
    app.advance(minute);
    expect((await undo()).status).toBe(409);
    expect(await countRows("suppressions")).toBe(1);
  });

  test("is refused once the person has replied again", async () => {
    await reply();
    await record({ outcome: "interested" });
    await reply("One more thing.", "r-2");
    await undo();
    expect(await listWaiting()).toHaveLength(1);
  });

  test("keeps an opt-out that was there before the outcome", async () => {
    await reply();
    await suppressAddress(mary.email);
    await record({ outcome: "noMore" });
    await undo();
    expect(await countRows("suppressions")).toBe(1);
  });
});
