import { beforeEach, describe, expect, test } from "vitest";
import { limits } from "../../shared/limits.ts";
import { day } from "../support/time.ts";
import { type Api, createApi, createTenant, getSenderId, signToken } from "../support/worker/api.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi();
});

const as = async (sub: string, role: string, more: object = {}) => ({
  token: await signToken({ role, at: api.now(), claims: { sub }, ...more }),
});
const lead = () => as("lead", "teamLead");
const agent = () => as("ann", "agent");
const saveRule = async (more: object = {}, status = "Expired", by = lead()) =>
  await api.put(
    `/api/start-rules/${status}`,
    { sequenceId: "sellerOutreach", senderId: getSenderId(1), mode: "propose", dailyLimit: 10, ...more },
    await by,
  );
const expire = (propertyId: string, more: object = {}) => ({
  propertyId,
  standardStatus: "Expired",
  address: { streetAddress: `${propertyId} Elm St`, city: "Denver", stateOrProvince: "CO" },
  contacts: [
    {
      contactKey: `c-${propertyId}`,
      email: `${propertyId}@owner.example`,
      name: { fullName: "Olive Owner" },
    },
  ],
  ...more,
});
const report = async (...properties: object[]) =>
  await api.post("/api/properties", { properties }, await as("crm", "admin"));
const listProposals = async () => (await api.get("/api/start-proposals", await agent())).json.items;
const readCampaigns = async () =>
  (
    await bindings.DB.prepare(
      "SELECT property_id AS propertyId, status, created_by AS createdBy FROM campaigns ORDER BY id",
    ).all()
  ).results;

describe("a rule that proposes", () => {
  test("proposes one campaign for each property that gets its status, and an agent starts it", async () => {
    expect((await saveRule()).status).toBe(200);
    await report(expire("p-1"), { propertyId: "p-2", standardStatus: "Active" });
    const [proposal, ...others] = await listProposals();
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({
      propertyId: "p-1",
      address: "p-1 Elm St",
      status: "Expired",
      people: 1,
    });
    expect(await readCampaigns()).toEqual([]);
    const { json } = await api.post(`/api/start-proposals/${proposal.id}/launch`, {}, await agent());
    expect(json.campaignId).toBeGreaterThan(0);
    expect(await readCampaigns()).toEqual([{ propertyId: "p-1", status: "active", createdBy: "ann" }]);
    expect(await listProposals()).toEqual([]);
  });

  test("proposes nothing twice for one change of the status, and again for a later change", async () => {
    await saveRule();
    await report(expire("p-1"));
    await report(expire("p-1"));
    expect(await listProposals()).toHaveLength(1);
    const path = `/api/start-proposals/${(await listProposals())[0].id}`;
    expect((await api.post(`${path}/dismiss`, {}, await agent())).status).toBe(204);
    await report(expire("p-1"));
    expect(await listProposals()).toEqual([]);
    api.advance(day);
    await report({ propertyId: "p-1", standardStatus: "Active" });
    api.advance(day);
    await report(expire("p-1"));
    expect(await listProposals()).toHaveLength(1);
  });

  test("takes its proposal back when the status changes again", async () => {
    await saveRule();
    await report(expire("p-1"));
    const [proposal] = await listProposals();
    await report({ propertyId: "p-1", standardStatus: "Active" });
    expect(await listProposals()).toEqual([]);
    const { status } = await api.post(`/api/start-proposals/${proposal.id}/launch`, {}, await agent());
    expect(status).toBe(409);
    expect(await readCampaigns()).toEqual([]);
  });

  test("is started once by a double click and by two windows", async () => {
    await saveRule();
    await report(expire("p-1"));
    const [{ id }] = await listProposals();
    const answers = await Promise.all(
      [agent(), agent(), lead()].map(async (by) =>
        api.post(`/api/start-proposals/${id}/launch`, {}, await by),
      ),
    );
    expect(new Set(answers.map(({ json }) => json.campaignId)).size).toBe(1);
    expect(await readCampaigns()).toHaveLength(1);
  });

  test("can be dismissed, and the dismissal undone", async () => {
    await saveRule();
    await report(expire("p-1"));
    const [{ id }] = await listProposals();
    await api.post(`/api/start-proposals/${id}/dismiss`, {}, await agent());
    expect((await api.post(`/api/start-proposals/${id}/dismiss`, {}, await agent())).status).toBe(204);
    expect(await listProposals()).toEqual([]);
    await api.post(`/api/start-proposals/${id}/restore`, {}, await agent());
    expect(await listProposals()).toHaveLength(1);
  });

  test("hears only the host's server, not the page that an agent looks at", async () => {
    await saveRule();
    const { propertyId: _, ...status } = expire("p-1");
    await api.post("/api/properties/p-1/status", { ...status, source: "tab" }, await agent());
    expect(await listProposals()).toEqual([]);
    await api.post("/api/properties/p-2/status", status, await as("crm", "admin"));
    expect(await listProposals()).toHaveLength(1);
  });

  test("writes to the contacts that the host named before, if the report names none", async () => {
    await saveRule();
    await report({ ...expire("p-1"), standardStatus: "Active" });
    await report({ propertyId: "p-1", standardStatus: "Expired" });
    expect(await listProposals()).toMatchObject([{ people: 1 }]);
    await report({ propertyId: "p-2", standardStatus: "Expired" });
    const [nobody] = await listProposals();
    expect(nobody.people).toBe(0);
    const { json } = await api.post(`/api/start-proposals/${nobody.id}/launch`, {}, await agent());
    expect(json.error.message).toContain("No contact");
  });
});

describe("a rule that launches", () => {
  test("launches as the agent who saved it, and no more in a day than its limit", async () => {
    await saveRule({ mode: "launch", dailyLimit: 2 });
    await report(expire("p-1"), expire("p-2"), expire("p-3"));
    expect(await readCampaigns()).toEqual([
      { propertyId: "p-1", status: "active", createdBy: "lead" },
      { propertyId: "p-2", status: "active", createdBy: "lead" },
    ]);
    expect(await listProposals()).toMatchObject([{ propertyId: "p-3", refusal: null }]);
    await report(expire("p-4"));
    expect(await readCampaigns()).toHaveLength(2);
    api.advance(day);
    // The listing guard wants a status of the last 24 hours, which the host's daily report gives.
    await report(expire("p-3"), expire("p-4"));
    expect(await readCampaigns()).toHaveLength(4);
    expect(await listProposals()).toEqual([]);
  });

  test("keeps its limit when two reports come at the same time", async () => {
    await saveRule({ mode: "launch", dailyLimit: 1 });
    await Promise.all([report(expire("p-1")), report(expire("p-2")), report(expire("p-3"))]);
    expect(await readCampaigns()).toHaveLength(1);
    expect(await listProposals()).toHaveLength(2);
  });

  test("leaves people from a sensitive source to a team lead", async () => {
    await saveRule({ mode: "launch" });
    const [contact] = expire("p-1").contacts;
    await report(
      expire("p-1", { contacts: [{ ...contact, source: "preForeclosure", sourceDate: "2020-01-02" }] }),
    );
    expect(await readCampaigns()).toMatchObject([{ status: "waitingForApproval" }]);
  });

  test("passes every check of a launch, and says why an agent has to act", async () => {
    await saveRule({ mode: "launch" });
    await bindings.DB.prepare("UPDATE tenants SET postal_address = ''").run();
    expect((await report(expire("p-1"))).status).toBe(200);
    expect(await readCampaigns()).toEqual([]);
    const [proposal] = await listProposals();
    expect(proposal.refusal).not.toBeNull();
    await report(expire("p-2"));
    expect((await listProposals()).map((one: { propertyId: string }) => one.propertyId)).toEqual([
      "p-2",
      "p-1",
    ]);
  });
});

describe("the rules of an office", () => {
  test("are saved and deleted by a team lead, with an entry in the audit log", async () => {
    expect((await saveRule({}, "Expired", agent())).status).toBe(403);
    expect((await saveRule({ senderId: 99 })).status).toBe(400);
    expect((await saveRule({ sequenceId: "12345" })).json.error.fields).toHaveProperty("sequenceId");
    expect((await saveRule({ dailyLimit: limits.startsPerDay + 1 })).status).toBe(400);
    expect((await saveRule({}, "Sold")).status).toBe(404);
    await saveRule();
    await saveRule({ mode: "launch" }, "Expired");
    const { json } = await api.get("/api/start-rules", await agent());
    expect(json.items).toMatchObject([
      { status: "Expired", mode: "launch", sequenceName: "Seller outreach", savedBy: { id: "lead" } },
    ]);
    await saveRule();
    await report(expire("p-1"));
    await api.delete("/api/start-rules/Expired", await lead());
    expect(await listProposals()).toEqual([]);
    const { results } = await bindings.DB.prepare(
      "SELECT action FROM audit_log WHERE action LIKE 'startRule%' ORDER BY id",
    ).all();
    expect(results.map(({ action }) => action)).toEqual([
      ...["startRule.saved", "startRule.saved", "startRule.saved", "startRule.deleted"],
    ]);
  });

  test("show and start only what the session may see", async () => {
    await saveRule();
    await report(expire("p-1"), expire("p-2"));
    const [{ id }] = await listProposals();
    const narrow = await as("eve", "agent", { prop: ["p-1"] });
    const seen = (await api.get("/api/start-proposals", narrow)).json.items;
    expect(seen).toMatchObject([{ propertyId: "p-1" }]);
    expect((await api.post(`/api/start-proposals/${id}/launch`, {}, narrow)).status).toBe(404);
    await createTenant(2);
    const other = { token: await signToken({ tenantId: 2, role: "admin", at: api.now() }) };
    expect((await api.get("/api/start-proposals", other)).json.items).toEqual([]);
    expect((await api.post(`/api/start-proposals/${id}/launch`, {}, other)).status).toBe(404);
  });

  test("list fifty proposals with two rows each, and write two rows and an index for each", async () => {
    await saveRule();
    const count = limits.propertiesPerRequest;
    const measure = async (by: (metered: Api) => Promise<unknown>) => {
      const { d1, cost } = meterDatabase(bindings.DB, { metersRaw: true });
      await by(createApi({ env: { DB: d1 } }));
      return cost;
    };
    const properties = Array.from({ length: count }, (_, index) => expire(`p-${index}`));
    const told = await measure(async (metered) =>
      metered.post("/api/properties", { properties }, await as("crm", "admin")),
    );
    expect(told.rowsWritten / count).toBeLessThanOrEqual(5.2);
    const listed = await measure(async (metered) => {
      const { json } = await metered.get("/api/start-proposals", await agent());
      expect(json.items).toHaveLength(limits.listedProposals);
      expect(json.hasMore).toBe(true);
    });
    expect(listed.rowsRead).toBeLessThanOrEqual(2 * (limits.listedProposals + 1) + 20);
    expect(listed.rowsWritten).toBe(0);
  });
});
