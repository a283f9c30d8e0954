import { beforeEach, describe, expect, test } from "vitest";
import type { recipientActions } from "../../shared/recipient.ts";
import { day, minute } from "../support/time.ts";
import {
  type Api,
  buildOwners,
  createApi,
  createLaunchedCampaign,
  createTenant,
  listRecipientIds,
  readRow,
  signToken,
  suppressAddress,
} from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { openEngine } from "../support/worker/engine.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
});

describe("recipients", () => {
  test("keep the source of their address and its date", async () => {
    const campaign = await createLaunchedCampaign(api);
    const path = `/api/campaigns/${campaign.id}/recipients`;
    const recipients = [{ email: "seller@example.com", source: "pastListing", sourceDate: "2026-08-03" }];
    expect((await api.post(path, { recipients })).json).toMatchObject({ added: 1 });
    const { json } = await api.get(path);
    expect(json.items.map(({ source, sourceDate }: Record<string, unknown>) => [source, sourceDate])).toEqual(
      [
        ["host", null],
        ["pastListing", "2026-08-03"],
      ],
    );
    const wrong = await api.post(path, {
      recipients: [{ email: "a@example.com", source: "psychic", sourceDate: "2026-02-30" }],
    });
    expect(wrong.status).toBe(400);
    expect(Object.keys(wrong.json.error.fields)).toEqual(["recipients.0.source", "recipients.0.sourceDate"]);
  });

  test("are added once, wait without an address, and are left out after an opt-out", async () => {
    const campaign = await createLaunchedCampaign(api);
    await suppressAddress("gone@example.com");
    const offer = {
      recipients: [
        {
          email: " New.Owner@Example.com ",
          firstName: "Nora",
          lastName: "Owner",
          templateData: { hobby: "chess" },
        },
        { email: "new.owner@example.com" },
        { email: "JANE.DOE@example.com" },
        { email: "Gone@example.com" },
        { fullName: "No Address", contactKey: "c-9" },
      ],
    };
    const path = `/api/campaigns/${campaign.id}/recipients`;
    expect((await api.post(path, offer)).json).toEqual({
      added: 1,
      waitingForEmail: 1,
      alreadyThere: 2,
      suppressed: 1,
    });
    expect((await api.post(path, offer)).json).toEqual({
      added: 0,
      waitingForEmail: 0,
      alreadyThere: 4,
      suppressed: 1,
    });
    const { json } = await api.get(path);
    expect(json.items).toHaveLength(3);
    const [, added, waiting] = json.items;
    expect(added).toMatchObject({
      campaignId: campaign.id,
      campaignName: "Seller Outreach Q4 2025",
      email: "new.owner@example.com",
      name: "Nora Owner",
      propertyId: "p-1",
      status: "active",
      outcome: "pending",
      nextStepNumber: 1,
    });
    expect(added.nextSendAt).not.toBeNull();
    expect(waiting).toMatchObject({
      email: null,
      status: "waitingForEmail",
      nextSendAt: null,
      contactKey: "c-9",
    });
    const row = await readRow("campaign_recipients", added.id);
    expect(JSON.parse(String(row.data))).toEqual({
      recipient: { hobby: "chess", firstName: "Nora", lastName: "Owner" },
      property: { propertyId: "p-1" },
    });
    expect((await api.get(`${path}?status=waitingForEmail`)).json.items).toHaveLength(1);
  });

  test("keep the consent that was recorded with them", async () => {
    const campaign = await createLaunchedCampaign(api);
    const path = `/api/campaigns/${campaign.id}/recipients`;
    const consent = {
      by: "Nora Owner",
      at: "2025-01-30T17:00:00Z",
      words: "Yes, please email me about selling my home",
      to: "Brokerage 1",
    };
    const offer = (change: object) => ({
      recipients: [{ email: "nora@example.com", consent: { ...consent, ...change } }],
    });
    const late = await api.post(path, offer({ at: "2030-01-01T00:00:00Z" }));
    expect(late.json.error.fields).toEqual({ "recipients.0.consent.at": "must not be in the future" });
    const wordless = await api.post(path, offer({ words: " " }));
    expect(Object.keys(wordless.json.error.fields)).toEqual(["recipients.0.consent.words"]);
    expect((await api.post(path, offer({}))).json.added).toBe(1);
    const { items } = (await api.get(path)).json;
    expect(items.map((one: { consent: unknown }) => one.consent)).toEqual([null, consent]);
  });

  test("can join a paused campaign without becoming due, and can't join one that has ended", async () => {
    const campaign = await createLaunchedCampaign(api, { recallSeconds: 0 });
    const join = (email: string) =>
      api.post(`/api/campaigns/${campaign.id}/recipients`, { recipients: [{ email }] });
    await api.patch(`/api/campaigns/${campaign.id}/status`, { status: "paused" });
    expect((await join("late@example.com")).json.added).toBe(1);
    const [, late = 0] = await listRecipientIds(campaign.id);
    expect(await readRow("campaign_recipients", late)).toMatchObject({
      due_at: null,
      scheduled_at: api.now(),
    });
    await api.patch(`/api/campaigns/${campaign.id}/status`, { status: "stopped" });
    const answer = await join("later@example.com");
    expect([answer.status, answer.json.error.code]).toEqual([409, "conflict"]);
  });

  test("are paged in the order in which they were added, and limited to the agent's properties", async () => {
    const recipients = buildOwners(5);
    const campaign = await createLaunchedCampaign(api, { recipients });
    // Today the API refuses recipients of another property, but an older version may have stored
    // such recipients.
    const elsewhere = bindings.DB.prepare("UPDATE campaign_recipients SET property_id = 'p-2' WHERE id = ?");
    for (const id of (await listRecipientIds(campaign.id)).slice(3)) await elsewhere.bind(id).run();
    const path = `/api/campaigns/${campaign.id}/recipients`;
    const first = (await api.get(`${path}?limit=3`)).json;
    const second = (await api.get(`${path}?limit=3&cursor=${first.nextCursor}`)).json;
    expect([...first.items, ...second.items].map((item: { email: string }) => item.email)).toEqual(
      recipients.map((person) => person.email),
    );
    expect(second.nextCursor).toBeNull();
    const token = await signToken({ prop: ["p-1"] });
    expect((await api.get(path, { token })).json.items).toHaveLength(3);
  });

  test("can be paused, resumed and stopped one by one, and a repeated request changes nothing", async () => {
    const campaign = await createLaunchedCampaign(api, { recipients: buildOwners(2) });
    const [id = 0] = await listRecipientIds(campaign.id);
    const act = (action: (typeof recipientActions)[number] | "send-now") =>
      api.post(`/api/recipients/${id}/${action}`);
    for (const _ of [1, 2]) {
      const paused = await act("pause");
      expect(paused.json).toMatchObject({ id, status: "paused", nextSendAt: null });
      expect(paused.json.whyNotYet).toMatchObject({ reason: "recipientPaused", until: null });
    }
    expect((await act("send-now")).status).toBe(409);
    api.advance(minute);
    expect((await act("resume")).json).toMatchObject({
      status: "active",
      nextSendAt: new Date(api.now()).toISOString(),
    });
    const { nextSendAt, sendNowRecallUntil } = (await act("send-now")).json;
    expect(nextSendAt).toBe(sendNowRecallUntil);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ send_now: 1 });
    expect((await act("stop")).json).toMatchObject({
      status: "stopped",
      stopReason: "manual",
      whyNotYet: null,
    });
    expect((await act("stop")).status).toBe(200);
    expect((await act("resume")).status).toBe(409);
    expect((await readRow("campaigns", campaign.id)).status).toBe("active");
  });

  test("complete their campaign when the last of them is stopped", async () => {
    const campaign = await createLaunchedCampaign(api);
    const [id = 0] = await listRecipientIds(campaign.id);
    await api.post(`/api/recipients/${id}/stop`);
    expect((await readRow("campaigns", campaign.id)).status).toBe("completed");
  });

  test("show the emails, their events, and why the next email is held", async () => {
    const campaign = await createLaunchedCampaign(api);
    const [id = 0] = await listRecipientIds(campaign.id);
    await bindings.DB.batch([
      bindings.DB.prepare(
        `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, subject, attempts, sent_at)
         VALUES (?1, 1, 1, ?2, 'sent', 'Your home', 1, ?3)`,
      ).bind(id, campaign.id, testStartAt),
      bindings.DB.prepare(
        "UPDATE campaign_recipients SET next_step = 2, last_sent_at = ?2, due_at = ?3, scheduled_at = ?3 WHERE id = ?1",
      ).bind(id, testStartAt, testStartAt + 3 * day),
    ]);
    const engine = await openEngine();
    const about = { recipientId: id, occurredAt: testStartAt + minute, dedupeKey: "1" };
    await engine.hear([
      { kind: "delivered", ...about },
      { kind: "opened", isMachine: true, ...about },
    ]);
    const { json } = await api.get(`/api/recipients/${id}`);
    expect(json).toMatchObject({
      outcome: "delivered",
      nextStepNumber: 2,
      lastSentAt: new Date(testStartAt).toISOString(),
    });
    expect(json.messages).toHaveLength(1);
    expect(json.messages[0]).toMatchObject({ stepNumber: 1, status: "sent", subject: "Your home" });
    expect(json.messages[0].events.map((one: { kind: string }) => one.kind).sort()).toEqual([
      "delivered",
      "opened",
    ]);
    expect(json.whyNotYet).toEqual({
      reason: "notDue",
      message: "The next email is scheduled for later.",
      otherCampaign: null,
      until: new Date(testStartAt + 3 * day).toISOString(),
    });
    const analytics = (await api.get(`/api/campaigns/${campaign.id}/analytics`)).json;
    expect(analytics.total.stats).toMatchObject({ delivered: 1, opened: 0, machineOpened: 1 });
    expect(analytics.total.rates.openRate).toBe(0);
    expect(analytics.steps).toHaveLength(3);
  });

  test("of one property can all be stopped together", async () => {
    const one = await createLaunchedCampaign(api, { recipients: buildOwners(2) });
    const other = await createLaunchedCampaign(api, { propertyId: "p-2", recipients: buildOwners(1) });
    const answer = await api.post("/api/properties/p-1/stop");
    expect(answer.json).toEqual({ stopped: 2 });
    for (const id of await listRecipientIds(one.id)) {
      expect(await readRow("campaign_recipients", id)).toMatchObject({
        stop_reason: "propertyStopped",
        due_at: null,
      });
    }
    expect((await readRow("campaigns", one.id)).status).toBe("completed");
    expect((await readRow("campaigns", other.id)).status).toBe("active");
    expect((await api.post("/api/properties/p-1/stop")).json).toEqual({ stopped: 0 });
  });
});
