import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import {
  buildCampaignBody,
  buildLaunchBody,
  createTemplate,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { listCapturedEmails } from "../support/worker/world.ts";

let app: App;
let templateId: number;

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
});

const heir = (change: object = {}) => ({
  email: "heir@example.com",
  fullName: "Harriet Heir",
  source: "probate",
  sourceDate: "2020-01-02",
  templateData: { role: "Executor" },
  ...change,
});
const pass = async (ms: number) => {
  app.advance(ms);
  await app.run();
};
const as = async (role: string, sub = `${role}-1`) => ({
  token: await signToken({ role, at: app.api.now(), claims: { sub } }),
});
const launch = async (role = "agent", change: object = {}) =>
  app.api.post(
    "/api/campaigns",
    buildLaunchBody(templateId, {
      recipients: [heir()],
      recallSeconds: 0,
      maxLatenessHours: 24 * 30,
      ...change,
    }),
    await as(role),
  );
const setStatus = async (id: number, role: string, more: object = {}) =>
  app.api.patch(
    `/api/campaigns/${id}/status`,
    { status: "active", recallSeconds: 0, ...more },
    await as(role),
  );

describe("a launch to people of a probate filing", () => {
  test("waits for a team lead's approval, and no email is planned or sent", async () => {
    const { status, json } = await launch();
    expect(status).toBe(201);
    expect(json).toMatchObject({
      status: "waitingForApproval",
      launchedAt: null,
      nextSendAt: null,
      approval: { verdict: "waiting", sources: ["probate"], askedBy: "agent-1", decidedBy: null },
    });
    await pass(day);
    expect(await listCapturedEmails()).toEqual([]);
    const listed = await app.api.get("/api/campaigns?status=waitingForApproval");
    expect(listed.json.items).toMatchObject([{ id: json.id, approval: { verdict: "waiting" } }]);
    expect(await listAuditedActions()).toContain("campaign.approvalAsked");
  });

  test("starts when a team lead launches it, and the approval is recorded", async () => {
    const { id } = (await launch()).json;
    expect((await setStatus(id, "agent")).json).toMatchObject({ status: "waitingForApproval" });
    expect((await setStatus(id, "teamLead")).json).toMatchObject({
      status: "active",
      approval: { verdict: "approved", askedBy: "agent-1", decidedBy: "teamLead-1" },
    });
    await pass(day);
    expect(await listCapturedEmails()).toHaveLength(1);
    expect(await listAuditedActions()).toContain("campaign.launched");
  });

  test("is a draft again if a team lead declines it, with the reason", async () => {
    const { id } = (await launch()).json;
    const decline = async (role: string, body: object) =>
      app.api.post(`/api/campaigns/${id}/decline`, body, await as(role));
    expect((await decline("agent", { note: "No" })).status).toBe(403);
    expect((await decline("teamLead", {})).json.error.fields).toHaveProperty("note");
    expect((await decline("teamLead", { note: "Too soon after the funeral" })).json).toMatchObject({
      status: "draft",
      approval: { verdict: "declined", note: "Too soon after the funeral", decidedBy: "teamLead-1" },
    });
    expect((await decline("teamLead", { note: "Again" })).status).toBe(409);
    // The agent changes the draft and asks again.
    expect((await app.api.patch(`/api/campaigns/${id}`, { name: "Later" })).status).toBe(200);
    expect((await setStatus(id, "agent")).json).toMatchObject({
      status: "waitingForApproval",
      approval: { verdict: "waiting", note: null },
    });
    expect(await listAuditedActions()).toContain("campaign.declined");
  });

  test("can't be changed while it waits, and can be recalled", async () => {
    const { id } = (await launch()).json;
    expect((await app.api.patch(`/api/campaigns/${id}`, { steps: [{ templateId }] })).status).toBe(409);
    const more = await app.api.post(`/api/campaigns/${id}/recipients`, {
      recipients: [heir({ email: "b@example.com" })],
    });
    expect(more.status).toBe(409);
    const recalled = await app.api.post(`/api/campaigns/${id}/recall`, {});
    expect(recalled.json).toMatchObject({ status: "draft", approval: null });
  });

  test("by a team lead starts at once, and is recorded as approved by the team lead", async () => {
    expect((await launch("teamLead")).json).toMatchObject({
      status: "active",
      approval: { verdict: "approved", decidedBy: "teamLead-1", sources: ["probate"] },
    });
  });

  test("sends nothing to an heir until somebody says that the heir represents the estate", async () => {
    const templateData = { role: "Heir" };
    const plan = await app.api.post("/api/campaigns/plan", {
      presetId: "sellerOutreach",
      recipients: [
        { source: "probate", templateData },
        { source: "probate", templateData: { role: "Executor" } },
      ],
    });
    const waits = plan.json.items.map((one: { needsRepresentative: boolean }) => one.needsRepresentative);
    expect(waits).toEqual([true, false]);
    const launched = await launch("teamLead", { recipients: [heir({ templateData })] });
    await app.run();
    expect(app.calls).toEqual([]);
    const [id] = await listRecipientIds(launched.json.id);
    expect((await app.api.get(`/api/recipients/${id}`)).json.whyNotYet.reason).toBe("needsRepresentative");
    const said = { templateData: { isPersonalRepresentative: true } };
    expect((await app.api.patch(`/api/recipients/${id}`, said)).status).toBe(200);
    await pass(minute);
    expect(app.calls).toHaveLength(1);
  });

  test("is checked for everything else again when it is approved", async () => {
    const { id } = (await launch()).json;
    await app.api.post("/api/properties/p-1/status", { standardStatus: "Active" });
    expect((await setStatus(id, "teamLead")).status).toBe(409);
    expect(await readRow("campaigns", id)).toMatchObject({ status: "waitingForApproval" });
  });

  test("from a draft also waits, even if the person was added to the draft later", async () => {
    const draft = await app.api.post("/api/campaigns", buildCampaignBody(templateId));
    const { id } = draft.json;
    await app.api.post(`/api/campaigns/${id}/recipients`, { recipients: [heir()] });
    expect((await setStatus(id, "agent")).json).toMatchObject({
      status: "waitingForApproval",
      approval: { sources: ["probate"] },
    });
    expect((await setStatus(id, "teamLead")).json.status).toBe("active");
  });
});

describe("a source that the office marks", () => {
  const mark = async (sourceRules: object) =>
    app.api.patch("/api/tenant", { sourceRules }, await as("admin"));

  test("needs an approval from then on", async () => {
    const bought = [heir({ source: "list" })];
    expect((await launch("agent", { recipients: bought })).json.status).toBe("active");
    expect((await mark({ list: { needsApproval: true } })).status).toBe(200);
    const others = [heir({ source: "list", email: "other@example.com" })];
    expect((await launch("agent", { recipients: others })).json.status).toBe("waitingForApproval");
  });

  test("is marked only by an admin, and a filing always needs an approval", async () => {
    const answer = await mark({ probate: { needsApproval: false } });
    expect(answer.json.error.fields).toHaveProperty("sourceRules.probate.needsApproval");
    expect((await app.api.patch("/api/tenant", { sourceRules: {} }, await as("teamLead"))).status).toBe(403);
  });

  test("has the wait and the number of emails that the office sets", async () => {
    await mark({ list: { waitDays: 2, mostEmails: 1 } });
    const today = new Date(app.api.now()).toISOString().slice(0, 10);
    const { id } = (await launch("agent", { recipients: [heir({ source: "list", sourceDate: today })] }))
      .json;
    await pass(day);
    expect(await listCapturedEmails()).toEqual([]);
    await pass(2 * day);
    expect(await listCapturedEmails()).toHaveLength(1);
    await pass(10 * day);
    await pass(10 * day);
    expect(await listCapturedEmails()).toHaveLength(1);
    expect((await app.api.get(`/api/campaigns/${id}`)).json.status).toBe("completed");
  });
});

describe("people who join a running campaign", () => {
  const join = async (id: number, role: string, email: string) =>
    app.api.post(`/api/campaigns/${id}/recipients`, { recipients: [heir({ email })] }, await as(role));

  test("need an approval of their source once per campaign", async () => {
    const ordinary = (await launch("agent", { recipients: [heir({ source: "host" })] })).json;
    const refused = await join(ordinary.id, "agent", "b@example.com");
    expect(refused.status).toBe(409);
    expect(refused.json.error.message).toContain("probate filings");
    expect(refused.json.error.fields).toHaveProperty("recipients.0.source");
    expect(await listRecipientIds(ordinary.id)).toHaveLength(1);
    expect((await join(ordinary.id, "teamLead", "c@example.com")).json.added).toBe(1);
    expect((await join(ordinary.id, "agent", "d@example.com")).json.added).toBe(1);
    expect(await listAuditedActions()).toContain("campaign.approved");
  });
});

describe("the wait after a filing", () => {
  const filed = (daysAgo: number) => new Date(app.api.now() - daysAgo * day).toISOString().slice(0, 10);

  test("delays the first email to the same time at a launch and at the launch of a draft", async () => {
    const recipients = (name: string) => [
      heir({ email: `${name}@example.com`, sourceDate: filed(50) }),
      heir({ email: `${name}-2@example.com`, sourceDate: filed(70) }),
    ];
    const expected = Date.parse(filed(50)) + 60 * day;
    const { id } = (await launch("teamLead", { recipients: recipients("a") })).json;
    const body = buildCampaignBody(templateId, { recipients: recipients("b") });
    const draft = (await app.api.post("/api/campaigns", body)).json;
    await setStatus(draft.id, "teamLead");
    for (const campaignId of [id, draft.id]) {
      const [first = 0, second = 0] = await listRecipientIds(campaignId);
      const row = await readRow("campaign_recipients", first);
      expect(row).toMatchObject({ scheduled_at: expected, due_at: expected });
      expect((await readRow("campaign_recipients", second)).scheduled_at).toBeLessThan(app.api.now() + day);
    }
  });
});
