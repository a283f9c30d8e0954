import { beforeEach, describe, expect, test } from "vitest";
import { day, hour, minute } from "../support/time.ts";
import { buildOwners, createLaunchedCampaign, listRecipientIds } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp({ intervalMs: 60_000 });
});

const launch = (overrides: Record<string, unknown> = {}) =>
  createLaunchedCampaign(app.api, { recallSeconds: 0, ...overrides });
const nextOf = async (id: number) => (await app.api.get(`/api/campaigns/${id}`)).json.nextEmail;

describe("a campaign's next email", () => {
  test("is in the campaign's summary, even for a recipient beyond the first hundred", async () => {
    const recipients = [...buildOwners(150), { email: "last@example.com", fullName: "Last Person" }];
    const campaign = await launch({ recipients });
    const ids = await listRecipientIds(campaign.id);
    const last = ids.at(-1);
    await bindings.DB.prepare(
      "UPDATE campaign_recipients SET due_at = due_at + ?1, scheduled_at = due_at WHERE id <> ?2",
    )
      .bind(day, last)
      .run();
    await bindings.DB.prepare("UPDATE campaign_recipients SET due_at = ?1, scheduled_at = ?1 WHERE id = ?2")
      .bind(app.api.now() + hour, last)
      .run();
    // The Worker keeps the figures of a campaign of this size for a minute, so the list still has
    // the figures from the launch until then.
    app.api.advance(minute);
    const { items } = (await app.api.get("/api/campaigns")).json;
    expect(items[0].nextEmail).toMatchObject({
      recipientId: last,
      name: "Last Person",
      stepNumber: 1,
      state: "planned",
      timeZone: "America/New_York",
      message: null,
    });
    expect(items[0].nextEmail.at).toBe(items[0].nextSendAt);
  });

  test("that is due shows how many emails are before it, and about when it leaves", async () => {
    await launch({ recipients: buildOwners(20) });
    app.api.advance(1);
    const second = await launch({
      name: "Second",
      propertyId: "p-2",
      recipients: [{ email: "second@example.com" }],
    });
    app.api.advance(1000);
    const next = await nextOf(second.id);
    expect(next).toMatchObject({ state: "queued", message: "20 emails go out before it from this sender." });
    const waitMs = Date.parse(next.at) - app.api.now();
    expect(waitMs).toBeGreaterThan(15 * 60_000);
    expect(waitMs).toBeLessThan(25 * 60_000);
    const [id] = await listRecipientIds(second.id);
    const { whyNotYet } = (await app.api.get(`/api/recipients/${id}`)).json;
    expect(whyNotYet).toMatchObject({ reason: "senderBusy", message: next.message });
    expect(Math.abs(Date.parse(whyNotYet.until) - Date.parse(next.at))).toBeLessThan(1000);
  });

  test("that is due but held is shown with the reason", async () => {
    const campaign = await launch({ recipients: buildOwners(1), maxLatenessHours: 1 });
    await bindings.DB.prepare("UPDATE campaigns SET resumed_at = ?1")
      .bind(app.api.now() + 2 * hour)
      .run();
    app.api.advance(3 * hour);
    expect(await nextOf(campaign.id)).toMatchObject({
      state: "held",
      at: null,
      message: expect.stringMatching(/later than planned/),
    });
  });

  test("that waits for tomorrow's daily limit says so, although no email is before it", async () => {
    await bindings.DB.prepare(
      "UPDATE senders SET daily_cap = 1, cap_day = ?1, slots_today = 1, next_slot_at = ?2",
    )
      .bind(new Date(app.api.now()).toISOString().slice(0, 10), app.api.now())
      .run();
    const campaign = await launch({ recipients: buildOwners(1) });
    app.api.advance(1000);
    const next = await nextOf(campaign.id);
    expect(next).toMatchObject({ state: "held", message: expect.stringMatching(/daily limit|limit/i) });
    expect(Date.parse(next.at)).toBeGreaterThan(app.api.now() + hour);
  });

  test("is not shown while the campaign is paused", async () => {
    const campaign = await launch({ recipients: buildOwners(1) });
    await app.api.patch(`/api/campaigns/${campaign.id}/status`, { status: "paused" });
    expect(await nextOf(campaign.id)).toBeNull();
  });
});
