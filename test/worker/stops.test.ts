import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import {
  buildOwners,
  createLaunchedCampaign,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { listCapturedEmails } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const sent = async () => (await listCapturedEmails()).length;
const soon = { recallSeconds: 0 };
const statusOf = (standardStatus: string) => ({ standardStatus });

describe("a property's status", () => {
  const tell = (body: unknown, property = "p-1") => app.api.post(`/api/properties/${property}/status`, body);

  test("that ends a sequence stops every recipient at that property, and nobody else", async () => {
    const one = await createLaunchedCampaign(app.api, { ...soon, recipients: buildOwners(2) });
    const other = await createLaunchedCampaign(app.api, {
      ...soon,
      propertyId: "p-2",
      recipients: buildOwners(1),
    });
    const answer = await tell(statusOf("Active Under Contract"));
    expect(answer.json).toMatchObject({
      propertyId: "p-1",
      standardStatus: "ActiveUnderContract",
      stopped: 2,
    });
    for (const id of await listRecipientIds(one.id)) {
      expect(await readRow("campaign_recipients", id)).toMatchObject({
        stop_reason: "listedElsewhere",
        due_at: null,
      });
    }
    expect((await readRow("campaigns", one.id)).status).toBe("completed");
    expect((await readRow("campaigns", other.id)).status).toBe("active");
    await app.run();
    expect(await sent()).toBe(1);
    expect((await tell(statusOf("Active Under Contract"))).json.stopped).toBe(0);
  });

  test("stops nobody in a campaign that does not end at that status", async () => {
    await createLaunchedCampaign(app.api, { ...soon, type: "buyerNurture", exitStatuses: ["Closed"] });
    expect((await tell(statusOf("Pending"))).json.stopped).toBe(0);
    await app.run();
    expect(await sent()).toBe(1);
  });

  test("stops an email that is already queued", async () => {
    const campaign = await createLaunchedCampaign(app.api, soon);
    await app.tick();
    await tell(statusOf("Closed"));
    await app.deliver();
    expect(await sent()).toBe(0);
    const [id = 0] = await listRecipientIds(campaign.id);
    expect((await app.api.get(`/api/recipients/${id}`)).json.stopReason).toBe("recentlySold");
  });

  test("that was reported before the launch is checked before the email is sent", async () => {
    await tell(statusOf("Pending"));
    const campaign = await createLaunchedCampaign(app.api, { ...soon, type: "buyerNurture" });
    await app.run();
    expect(await sent()).toBe(0);
    const [id = 0] = await listRecipientIds(campaign.id);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ stop_reason: "propertyStatusChanged" });
  });

  test("is stored with the previous price, and an invalid status is refused", async () => {
    await tell({ listPrice: 450_000 });
    await tell({ listPrice: 425_000, ...statusOf("Active") });
    const { json } = await tell(statusOf("Active"));
    expect(json).toMatchObject({ listPrice: 425_000, previousListPrice: 450_000, standardStatus: "Active" });
    expect((await tell({ standardStatus: 5 })).json.error.fields).toHaveProperty("standardStatus");
    expect((await tell(statusOf("Sold!"))).json).toMatchObject({
      standardStatus: null,
      unmappedStatus: "Sold!",
    });
    expect((await tell({})).status).toBe(400);
    const token = await signToken({ prop: ["p-1"] });
    const foreign = await app.api.post("/api/properties/p-9/status", statusOf("Closed"), { token });
    expect(foreign.status).toBe(404);
  });
});

describe("the panic stop of a whole tenant", () => {
  const press = async (action: "stop" | "resume", role = "teamLead") =>
    app.api.post(`/api/outreach/${action}`, undefined, {
      token: await signToken({ role, at: app.api.now() }),
    });

  test("holds queued and due emails, which are sent once it is lifted", async () => {
    const campaign = await createLaunchedCampaign(app.api, { ...soon, recipients: buildOwners(2) });
    await app.tick();
    expect((await press("stop")).json.stoppedAt).not.toBeNull();
    await app.deliver();
    app.api.advance(minute);
    await app.run();
    expect(await sent()).toBe(0);
    const [id = 0] = await listRecipientIds(campaign.id);
    expect((await app.api.get(`/api/recipients/${id}`)).json.whyNotYet).toMatchObject({
      reason: "tenantStopped",
      until: null,
    });
    expect((await press("resume")).json).toEqual({ stoppedAt: null });
    await app.run();
    expect(await sent()).toBe(2);
    expect(await listAuditedActions()).toEqual(["campaign.launched", "outreach.stopped", "outreach.resumed"]);
  });

  test("can be used by team leads and admins", async () => {
    expect((await press("stop", "agent")).status).toBe(403);
    expect((await press("resume", "agent")).status).toBe(403);
    expect((await press("stop", "admin")).status).toBe(200);
  });

  test("leaves the tenant's recipients unclaimed", async () => {
    await createLaunchedCampaign(app.api, { ...soon, recipients: buildOwners(5) });
    await press("stop");
    expect(await app.tick()).toEqual({ claimed: 0, enqueued: 0 });
  });
});

describe("a snooze of a recipient", () => {
  async function snoozed(days: number) {
    const campaign = await createLaunchedCampaign(app.api, soon);
    const [id = 0] = await listRecipientIds(campaign.id);
    const answer = await app.api.post(`/api/recipients/${id}/snooze`, { days });
    return { id, campaign, answer };
  }

  test("delays the next email by the given days, and shows until when", async () => {
    // The seventh day is Columbus Day, on which no emails are sent.
    const { answer } = await snoozed(8);
    const until = new Date(app.api.now() + 8 * day).toISOString();
    expect(answer.json).toMatchObject({ snoozedUntil: until, nextSendAt: until });
    expect(answer.json.whyNotYet).toMatchObject({ reason: "snoozed", until });
    await app.run();
    expect(await sent()).toBe(0);
    app.api.advance(8 * day);
    await app.run();
    expect(await sent()).toBe(1);
  });

  test("ends on the working day on which the email is really sent", async () => {
    // The seventh day is Columbus Day.
    const { answer } = await snoozed(7);
    const { snoozedUntil, nextSendAt } = answer.json;
    expect(nextSendAt).toBe(snoozedUntil);
    const [on, after] = [app.api.now() + 7 * day, app.api.now() + 8 * day];
    expect(Date.parse(snoozedUntil)).toBeGreaterThan(on);
    expect(Date.parse(snoozedUntil)).toBeLessThanOrEqual(after);
    app.api.advance(Date.parse(snoozedUntil) - app.api.now());
    await app.run();
    expect(await sent()).toBe(1);
  });

  test("holds an email that is already queued", async () => {
    const campaign = await createLaunchedCampaign(app.api, soon);
    const [id = 0] = await listRecipientIds(campaign.id);
    await app.tick();
    await app.api.post(`/api/recipients/${id}/snooze`, { days: 3 });
    await app.deliver();
    expect(await sent()).toBe(0);
  });

  test("is ended by a resume, and the email is planned as before", async () => {
    const { id } = await snoozed(30);
    const { json } = await app.api.post(`/api/recipients/${id}/resume`);
    expect(json.snoozedUntil).toBeNull();
    await app.run();
    expect(await sent()).toBe(1);
    await app.api.post(`/api/recipients/${id}/snooze`, { days: 30 });
    const again = await app.api.post(`/api/recipients/${id}/resume`);
    const lastSentAt = Date.parse(again.json.lastSentAt);
    expect(Date.parse(again.json.nextSendAt)).toBe(lastSentAt + 3 * day);
  });

  test("never makes an email earlier, lasts 1 to 180 days, and needs an active recipient", async () => {
    const { id } = await snoozed(2);
    await app.api.post(`/api/recipients/${id}/resume`);
    await app.run();
    const { json } = await app.api.post(`/api/recipients/${id}/snooze`, { days: 1 });
    expect(Date.parse(json.nextSendAt)).toBe(Date.parse(json.lastSentAt) + 3 * day);
    for (const days of [0, 181, 1.5]) {
      expect((await app.api.post(`/api/recipients/${id}/snooze`, { days })).status).toBe(400);
    }
    await app.api.post(`/api/recipients/${id}/stop`);
    expect((await app.api.post(`/api/recipients/${id}/snooze`, { days: 3 })).status).toBe(409);
  });
});
