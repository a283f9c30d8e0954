import { beforeEach, describe, expect, test } from "vitest";
import {
  type Api,
  buildCampaignBody,
  buildOwners,
  createApi,
  createLaunchedCampaign,
  createTemplate,
  createTenant,
  getSenderId,
  signToken,
} from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
let admin: { token: string };

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
  admin = { token: await signToken({ role: "admin" }) };
});

const senderBody = (change: Record<string, unknown> = {}) => ({
  fromName: "Bea Broker",
  fromEmail: "Bea@brokerage-1.example",
  licenseType: "Licensed Salesperson",
  licenseNumber: "10401234568",
  ...change,
});
const add = async (name: string): Promise<number> =>
  (await api.post("/api/senders", senderBody({ fromEmail: `${name}@brokerage-1.example` }), admin)).json.id;

describe("a sender", () => {
  test("is added by an admin with its pace, which is returned as it was given", async () => {
    const ramp = { start: 10, step: 5, ceiling: 50, startedOn: "2025-10-05" };
    const pace = { ratePerSecond: 3, minGapSeconds: 540, dailyCap: 40, ramp, domainDailyCap: 20 };
    const added = await api.post("/api/senders", senderBody({ ...pace, phone: "555" }), admin);
    expect(added.status).toBe(201);
    expect(added.json).toMatchObject({
      ...pace,
      fromEmail: "bea@brokerage-1.example",
      timeZone: "America/New_York",
      phone: "555",
      isPaused: false,
      slotsToday: 0,
      effectiveDailyCap: 15,
    });
    const { json } = await api.get("/api/senders");
    expect(json.items[1]).toMatchObject({ ...pace, id: added.json.id });
  });

  test.each(["viewer", "agent", "teamLead"])("is neither added nor changed by a %s", async (role) => {
    const token = await signToken({ role });
    expect((await api.post("/api/senders", senderBody(), { token })).status).toBe(403);
    const patched = await api.patch(`/api/senders/${getSenderId(1)}`, { isPaused: true }, { token });
    expect(patched.status).toBe(403);
  });

  test("of another tenant can't be seen or changed", async () => {
    const { status } = await api.patch(`/api/senders/${getSenderId(2)}`, { isPaused: true }, admin);
    expect(status).toBe(404);
    expect((await api.patch("/api/senders/x", { isPaused: true }, admin)).status).toBe(404);
  });

  test("keeps its licenses from other states, one of each state and at most nine", async () => {
    const id = await add("bea");
    const change = (otherLicenses: unknown, more: object = {}) =>
      api.patch(`/api/senders/${id}`, { otherLicenses, ...more }, admin);
    const utah = { licenseState: "UT", licenseNumber: "S.1", licenseType: null, licensedName: null };
    const saved = await change([{ licenseState: "ut", licenseNumber: " S.1 " }], { licenseState: "CO" });
    expect([saved.status, saved.json.otherLicenses]).toEqual([200, [utah]]);
    const repeated = { "otherLicenses.1.licenseState": "must be a state that no other license is from" };
    for (const licenseState of ["CO", "UT"]) {
      const { status, json } = await change([utah, { licenseState }]);
      expect([status, json.error.fields]).toEqual([400, repeated]);
    }
    const moved = await api.patch(`/api/senders/${id}`, { licenseState: "UT" }, admin);
    expect([moved.status, Object.keys(moved.json.error.fields)]).toEqual([
      400,
      ["otherLicenses.0.licenseState"],
    ]);
    const ten = ["AL", "AK", "AZ", "AR", "CA", "CT", "DE", "FL", "GA", "HI"].map((licenseState) => ({
      licenseState,
    }));
    expect((await change(ten)).status).toBe(400);
    expect((await change(ten.slice(1))).json.otherLicenses).toHaveLength(9);
    expect((await change([{ licenseNumber: "1" }])).status).toBe(400);
    expect((await change([])).json.otherLicenses).toEqual([]);
  });

  test("must have an address that no other sender of its tenant has", async () => {
    const taken = senderBody({ fromEmail: "ANN@brokerage-1.example" });
    const refused = await api.post("/api/senders", taken, admin);
    expect(refused.status).toBe(409);
    expect(refused.json.error.fields).toEqual({ fromEmail: "is already one of your senders" });
    const id = await add("bea");
    const patched = await api.patch(`/api/senders/${id}`, { fromEmail: "ann@brokerage-1.example" }, admin);
    expect(patched.status).toBe(409);
    const same = await api.patch(`/api/senders/${id}`, { fromEmail: "bea@brokerage-1.example" }, admin);
    expect(same.status).toBe(200);
  });

  test("is refused if its pace is impossible, and the faults name the fields", async () => {
    const ramp = { start: 10, step: 5, ceiling: 9, startedOn: "2025-02-30" };
    const wrong = { ratePerSecond: 0, minGapSeconds: 86_401, dailyCap: 0, domainDailyCap: 1.5, ramp };
    const { status, json } = await api.post("/api/senders", senderBody(wrong), admin);
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toEqual(
      expect.arrayContaining([
        "ratePerSecond",
        "minGapSeconds",
        "dailyCap",
        "domainDailyCap",
        "ramp.startedOn",
      ]),
    );
    expect((await api.patch(`/api/senders/${getSenderId(1)}`, {}, admin)).status).toBe(400);
  });

  test("changes only in the given fields, and the audit log records each change without addresses", async () => {
    const id = await add("bea");
    await api.patch(`/api/senders/${id}`, { minGapSeconds: 60, dailyCap: 9 }, admin);
    const { json } = await api.patch(`/api/senders/${id}`, { isPaused: true, dailyCap: null }, admin);
    expect(json).toMatchObject({ isPaused: true, dailyCap: null, minGapSeconds: 60, ratePerSecond: 0.2 });
    const { results } = await bindings.DB.prepare(
      "SELECT action, data FROM audit_log WHERE subject = ?1 ORDER BY id",
    )
      .bind(`senders/${id}`)
      .all<{ action: string; data: string }>();
    expect(results.map(({ action }) => action)).toEqual([
      "sender.created",
      "sender.changed",
      "sender.changed",
    ]);
    expect(JSON.parse(results[2]?.data ?? "")).toEqual({ fields: ["dailyCap", "isPaused"] });
    expect(JSON.stringify(results)).not.toContain("@");
  });

  test("whose cap is raised continues today, and shows its next slot", async () => {
    const tomorrow = Date.UTC(2025, 9, 7, 4);
    await bindings.DB.prepare(
      "UPDATE senders SET daily_cap = 5, slots_today = 5, cap_day = '2025-10-06', next_slot_at = ?1 WHERE id = ?2",
    )
      .bind(tomorrow, getSenderId(1))
      .run();
    const shown = async () => (await api.get("/api/senders")).json.items[0];
    expect(await shown()).toMatchObject({
      slotsToday: 5,
      effectiveDailyCap: 5,
      nextSlotAt: new Date(tomorrow).toISOString(),
    });
    const { json } = await api.patch(`/api/senders/${getSenderId(1)}`, { dailyCap: 6 }, admin);
    expect(json).toMatchObject({ slotsToday: 5, effectiveDailyCap: 6 });
    expect(Date.parse(json.nextSlotAt)).toBeLessThan(testStartAt + 120_000);
  });
});

describe("the senders of one campaign", () => {
  const shares = async (campaignId: number) => {
    const { results } = await bindings.DB.prepare(
      "SELECT turn, sender_id AS senderId FROM campaign_recipients WHERE campaign_id = ?1 ORDER BY turn",
    )
      .bind(campaignId)
      .all<{ turn: number; senderId: number }>();
    return results;
  };

  test("divide its recipients evenly in the order they were added, also those who join later", async () => {
    const [ann, bea, cal] = [getSenderId(1), await add("bea"), await add("cal")];
    const campaign = await createLaunchedCampaign(api, {
      otherSenderIds: [bea, cal],
      recipients: buildOwners(4),
    });
    expect(campaign.otherSenderIds).toEqual([bea, cal]);
    // The campaign already has four people, so only the three new people are divided among the
    // senders.
    const joined = await api.post(`/api/campaigns/${campaign.id}/recipients`, { recipients: buildOwners(7) });
    expect(joined.json).toMatchObject({ added: 3, alreadyThere: 4 });
    expect(await shares(campaign.id)).toEqual(
      [ann, bea, cal, ann, bea, cal, ann].map((senderId, turn) => ({ turn, senderId })),
    );
  });

  test("divide a draft's recipients anew when they change, and can't change after the launch", async () => {
    const [ann, bea] = [getSenderId(1), await add("bea")];
    const templateId = await createTemplate(api);
    const { json: draft } = await api.post(
      "/api/campaigns",
      buildCampaignBody(templateId, { recipients: buildOwners(3) }),
    );
    await api.patch(`/api/campaigns/${draft.id}`, { otherSenderIds: [bea] });
    expect((await shares(draft.id)).map(({ senderId }) => senderId)).toEqual([ann, bea, ann]);
    await api.patch(`/api/campaigns/${draft.id}`, { senderId: bea, otherSenderIds: [] });
    expect((await shares(draft.id)).map(({ senderId }) => senderId)).toEqual([bea, bea, bea]);
    await api.patch(`/api/campaigns/${draft.id}/status`, { status: "active" });
    const late = await api.patch(`/api/campaigns/${draft.id}`, { otherSenderIds: [ann] });
    expect(late.status).toBe(409);
  });

  test("must all be the tenant's, and each be named once", async () => {
    const body = buildCampaignBody(await createTemplate(api), {
      otherSenderIds: [getSenderId(2), getSenderId(1)],
    });
    const { status, json } = await api.post("/api/campaigns", body);
    expect(status).toBe(400);
    expect(json.error.fields).toEqual({
      "otherSenderIds.0": "is not one of your senders",
      "otherSenderIds.1": "must differ from senderId",
    });
    const bea = await add("bea");
    const twice = await api.post("/api/campaigns", { ...body, otherSenderIds: [bea, bea] });
    expect(twice.json.error.fields).toEqual({ otherSenderIds: "must not name a sender twice" });
    const many = Array.from({ length: 21 }, (_, index) => index + 1);
    expect((await api.post("/api/campaigns", { ...body, otherSenderIds: many })).status).toBe(400);
  });
});
