import { beforeEach, describe, expect, test } from "vitest";
import {
  buildCampaignBody,
  createTemplate,
  createTenant,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

type TokenParts = { prop?: unknown };

/*
 * Ann launches a campaign, and Mary replies. Sam is a colleague of Ann whose tokens the Worker has
 * seen.
 */
let app: App;
let maryId = 0;

const as = async (agentId: string, more: TokenParts = {}) => ({
  token: await signToken({ at: app.api.now(), claims: { sub: agentId }, ...more }),
});

beforeEach(async () => {
  app = await openApp();
  const templateId = await createTemplate(app.api);
  const mary = { email: "mary@example.com", fullName: "Mary Ellison" };
  const body = buildCampaignBody(templateId, { status: "active", recallSeconds: 0, recipients: [mary] });
  const { json, status, text } = await app.api.post("/api/campaigns", body, await as("ann"));
  expect(status, text).toBe(201);
  [maryId = 0] = await listRecipientIds(json.id);
  await app.run();
  await reply("r-1");
  for (const id of ["ann", "sam", "kim"]) await recordAgent(1, id);
  await createTenant(2);
  await recordAgent(2, "eve");
});

/**
 * Stores an agent whom a token of the office has named; the Worker itself stores one once a day.
 */
async function recordAgent(tenantId: number, id: string): Promise<void> {
  await bindings.DB.prepare("INSERT INTO agents (tenant_id, agent_id, name, seen_at) VALUES (?, ?, ?, ?)")
    .bind(tenantId, id, `${id} Reed`, app.api.now())
    .run();
}

async function reply(id: string): Promise<void> {
  const data = { text: "Call me on Thursday." };
  await app.hear({ kind: "replied", recipientId: maryId, stepNumber: 1, dedupeKey: id, data }, 1);
}
const assign = async (assignedTo: string | null, assignedFrom: string | null, agentId = "ann") =>
  app.api.patch(`/api/recipients/${maryId}/reply`, { assignedTo, assignedFrom }, await as(agentId));
const list = async (agentId: string, reach = "mine", more: TokenParts = {}) =>
  (await app.api.get(`/api/replies?reach=${reach}`, await as(agentId, more))).json;
const countAudited = async () =>
  (await listAuditedActions()).filter((action) => action === "recipient.replyAssigned").length;

describe("a reply", () => {
  test("belongs at first to the agent who launched the campaign", async () => {
    const { items, counts } = await list("ann");
    expect(items).toMatchObject([{ recipientId: maryId, assignedTo: { id: "ann", name: "ann Reed" } }]);
    expect(counts).toEqual({ mine: 1, office: 1 });
    expect(await list("sam")).toMatchObject({ items: [], counts: { mine: 0, office: 1 } });
    expect((await list("sam", "office")).items).toHaveLength(1);
  });

  test("is in the colleague's list once assigned, and back in the agent's after the undo", async () => {
    const { json, status } = await assign("sam", "ann");
    expect(status).toBe(200);
    expect(json.reply.assignedTo).toEqual({ id: "sam", name: "sam Reed" });
    expect(await list("sam")).toMatchObject({ items: [{ recipientId: maryId }], counts: { mine: 1 } });
    expect((await list("ann")).items).toEqual([]);
    expect((await assign("ann", "sam")).status).toBe(200);
    expect((await list("ann")).items).toHaveLength(1);
    expect(await countAudited()).toBe(2);
  });

  test("assigned twice to the same colleague is assigned and recorded once", async () => {
    const answers = await Promise.all([assign("sam", "ann"), assign("sam", "ann")]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await countAudited()).toBe(1);
  });

  test("assigned in a second window meanwhile keeps that assignment", async () => {
    await assign("kim", "ann");
    expect(await assign("sam", "ann")).toMatchObject({ status: 409 });
    // An undo of an older assignment does not take the reply from the colleague who has it now.
    expect(await assign("ann", "sam")).toMatchObject({ status: 409 });
    expect((await list("kim")).items).toHaveLength(1);
  });

  test("can't be assigned to somebody whom the office does not have", async () => {
    const { status, json } = await assign("nobody", "ann");
    expect(status).toBe(400);
    expect(json.error.fields).toEqual({ assignedTo: "is not an agent of your office" });
    expect((await assign("eve", "ann")).status).toBe(400);
  });

  test("stays with the colleague when the person writes again", async () => {
    await assign("sam", "ann");
    await app.api.post(`/api/recipients/${maryId}/outcome`, { outcome: "interested" }, await as("sam"));
    expect((await list("sam")).counts).toEqual({ mine: 0, office: 0 });
    await reply("r-2");
    expect((await list("sam")).counts).toEqual({ mine: 1, office: 1 });
  });

  test("at a property outside the colleague's token is not listed, and has no counts", async () => {
    await assign("sam", "ann");
    expect(await list("sam", "mine", { prop: ["p-2"] })).toMatchObject({ items: [], counts: null });
    expect((await list("sam", "mine", { prop: ["p-1"] })).items).toHaveLength(1);
    expect((await list("ann", "mine", { prop: ["p-1"] })).items).toEqual([]);
  });
});

test("the list of agents names the colleagues whom the office's tokens have named, and marks the caller", async () => {
  const { json } = await app.api.get("/api/agents", await as("sam"));
  const free = { pausedAt: null, pausedBy: null, mayPause: false };
  expect(json.items).toEqual([
    { id: "ann", name: "ann Reed", team: null, isMe: false, ...free },
    { id: "kim", name: "kim Reed", team: null, isMe: false, ...free },
    { id: "sam", name: "sam Reed", team: null, isMe: true, ...free, mayPause: true },
  ]);
  expect((await app.api.get("/api/agents?sort=name", await as("sam"))).status).toBe(400);
});
