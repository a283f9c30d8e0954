import { beforeEach, describe, expect, test } from "vitest";
import { minute } from "../support/time.ts";
import { buildOwners, createLaunchedCampaign, listRecipientIds, readRow } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { listCapturedEmails } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const sent = async () => (await listCapturedEmails()).length;
const recall = (id: number) => app.api.post(`/api/campaigns/${id}/recall`);

describe("the recall of a launch", () => {
  test("is possible for ten seconds, in which no email leaves", async () => {
    const campaign = await createLaunchedCampaign(app.api, { recipients: buildOwners(2) });
    expect(Date.parse(campaign.recallUntil) - Date.parse(campaign.launchedAt)).toBe(10_000);
    const [id = 0] = await listRecipientIds(campaign.id);
    const { json } = await app.api.get(`/api/recipients/${id}`);
    expect(json.whyNotYet).toMatchObject({ reason: "recallWindow", until: campaign.recallUntil });
    await app.run();
    expect(await sent()).toBe(0);
    app.api.advance(10_000);
    await app.run();
    expect(await sent()).toBe(2);
  });

  test("stays possible for ten seconds even after Send now", async () => {
    const campaign = await createLaunchedCampaign(app.api);
    await app.api.post(`/api/campaigns/${campaign.id}/send-now`, { recallSeconds: 0 });
    await app.run();
    expect(await sent()).toBe(0);
    app.api.advance(10_000);
    await app.run();
    expect(await sent()).toBe(1);
  });

  test("makes the campaign a draft that sends nothing until it is launched again", async () => {
    const campaign = await createLaunchedCampaign(app.api);
    const answer = await recall(campaign.id);
    expect(answer.json).toMatchObject({ status: "draft", launchedAt: null, recallUntil: null });
    const [id = 0] = await listRecipientIds(campaign.id);
    expect(await readRow("campaign_recipients", id)).toMatchObject({ due_at: null, scheduled_at: null });
    app.api.advance(minute);
    await app.run();
    expect(await sent()).toBe(0);
    expect((await recall(campaign.id)).status).toBe(200);
    const launched = { status: "active", recallSeconds: 0 };
    await app.api.patch(`/api/campaigns/${campaign.id}/status`, launched);
    await app.run();
    expect(await sent()).toBe(1);
  });

  test("stops the emails that are already queued", async () => {
    const campaign = await createLaunchedCampaign(app.api, { recallSeconds: 0 });
    await app.tick();
    expect((await recall(campaign.id)).status).toBe(200);
    await app.deliver();
    expect(await sent()).toBe(0);
  });

  test("is refused once an email has left", async () => {
    const campaign = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients: buildOwners(2) });
    await app.run();
    const answer = await recall(campaign.id);
    expect([answer.status, answer.json.error.code]).toEqual([409, "conflict"]);
    expect((await readRow("campaigns", campaign.id)).status).toBe("active");
  });

  test("can be allowed for 0 to 600 seconds", async () => {
    const refused = await createLaunchedCampaign(app.api, { recallSeconds: 601 }).catch(String);
    expect(refused).toContain("recallSeconds");
    expect((await createLaunchedCampaign(app.api, { recallSeconds: 0 })).recallUntil).toBeNull();
  });
});
