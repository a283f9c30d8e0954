import { beforeEach, describe, expect, test } from "vitest";
import { minute } from "../support/time.ts";
import { buildOwners, createLaunchedCampaign, listRecipientIds, readRow } from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

/** Launches a campaign of three emails to sixty people, and sends the first email. */
async function sixtySent() {
  // Each person has their own home, because a complaint stops everybody at a property.
  const recipients = buildOwners(60).map((person, index) => ({ ...person, propertyId: `p-${index}` }));
  const campaign = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients });
  await app.run();
  expect(await listCapturedEmails()).toHaveLength(60);
  return { id: campaign.id as number, recipients: await listRecipientIds(campaign.id) };
}

const bounces = (ids: readonly number[]) =>
  app.hear(
    ids.map((recipientId) => ({
      kind: "bounced" as const,
      recipientId,
      data: { bounceClass: "soft" as const },
    })),
  );
const viewOf = async (id: number) => (await app.api.get(`/api/campaigns/${id}`)).json;

describe("the guardrail on bounces and complaints", () => {
  test("pauses a campaign when over 5 % bounced, gives the reason, and is in the audit log", async () => {
    const { id, recipients } = await sixtySent();
    await bounces(recipients.slice(0, 3));
    expect(await viewOf(id)).toMatchObject({ status: "active", pauseReason: null });
    await bounces(recipients.slice(3, 4));
    expect(await viewOf(id)).toMatchObject({ status: "paused", pauseReason: "bounceRate", nextSendAt: null });
    const due = await bindings.DB.prepare(
      "SELECT count(*) AS n FROM campaign_recipients WHERE due_at IS NOT NULL",
    ).first();
    expect(due).toEqual({ n: 0 });
    expect(await listAuditedActions()).toEqual(["campaign.launched", "campaign.paused"]);
    const [entry] = (
      await bindings.DB.prepare("SELECT actor, data FROM audit_log WHERE actor = 'guardrail'").all()
    ).results;
    expect(entry).toMatchObject({ actor: "guardrail" });
    expect(JSON.parse(String(entry?.data))).toMatchObject({ reason: "bounceRate", sent: 60, bounced: 4 });
  });

  test("pauses a campaign on complaints, and a repeated report changes nothing", async () => {
    const { id, recipients } = await sixtySent();
    const news = recipients.slice(0, 2).map((recipientId) => ({ kind: "complained" as const, recipientId }));
    await app.hear(news);
    await app.hear(news);
    expect(await viewOf(id)).toMatchObject({ status: "paused", pauseReason: "complaintRate" });
    expect((await listAuditedActions()).filter((action) => action === "campaign.paused")).toHaveLength(1);
  });

  test("pauses a campaign once a send completes the sample, by earlier bounces", async () => {
    const early = buildOwners(45).map((person, index) => ({ ...person, propertyId: `p-${index}` }));
    const campaign = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients: early });
    await app.run();
    const ids = await listRecipientIds(campaign.id);
    await bounces(ids.slice(0, 5));
    expect(await viewOf(campaign.id)).toMatchObject({ status: "active" });
    const late = buildOwners(60).slice(45);
    await app.api.post(`/api/campaigns/${campaign.id}/recipients`, { recipients: late });
    await app.run();
    expect((await listCapturedEmails()).length).toBeGreaterThanOrEqual(50);
    expect(await viewOf(campaign.id)).toMatchObject({ status: "paused", pauseReason: "bounceRate" });
    expect((await listAuditedActions()).filter((action) => action === "campaign.paused")).toHaveLength(1);
  });

  test("pauses a campaign when a settled unknown outcome completes the sample", async () => {
    const recipients = buildOwners(50).map((person, index) => ({ ...person, propertyId: `p-${index}` }));
    const campaign = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients });
    await app.run();
    const ids = await listRecipientIds(campaign.id);
    const last = ids.at(-1) ?? 0;
    await bindings.DB.batch([
      bindings.DB.prepare(
        "UPDATE messages SET status = 'unknown', sent_at = NULL, attempted_at = ?1 WHERE recipient_id = ?2",
      ).bind(app.api.now(), last),
      bindings.DB.prepare(
        "UPDATE campaign_recipients SET next_step = 1, due_at = ?1, lease = NULL, last_sent_at = NULL WHERE id = ?2",
      ).bind(app.api.now(), last),
    ]);
    await bounces(ids.slice(0, 5));
    expect(await viewOf(campaign.id)).toMatchObject({ status: "active" });
    app.api.advance(60 * minute);
    await app.run();
    expect(await viewOf(campaign.id)).toMatchObject({ status: "paused", pauseReason: "bounceRate" });
  });

  test("explains itself on resume, and does not pause again for the same bounces", async () => {
    const { id, recipients } = await sixtySent();
    await bounces(recipients.slice(0, 4));
    const { json } = await app.api.patch(`/api/campaigns/${id}/status`, { status: "active" });
    expect(json).toMatchObject({ status: "active", pauseReason: null });
    expect(json.resumed.explanation).toContain("More than 5% of its emails bounced.");
    await bounces(recipients.slice(0, 5));
    expect(await viewOf(id)).toMatchObject({ status: "active", pauseReason: null });
    expect(JSON.parse(String((await readRow("campaigns", id)).guard_baseline))).toEqual({
      sent: 60,
      bounced: 4,
      complained: 0,
    });
  });

  test("leaves a campaign stopped that was stopped in the meantime", async () => {
    const { id, recipients } = await sixtySent();
    await app.api.patch(`/api/campaigns/${id}/status`, { status: "stopped" });
    await bounces(recipients.slice(0, 9));
    expect(await viewOf(id)).toMatchObject({ status: "stopped", pauseReason: null });
  });
});
