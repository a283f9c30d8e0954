import { beforeEach, describe, expect, test } from "vitest";
import { hour, minute } from "../support/time.ts";
import {
  type Api,
  buildCampaignBody,
  buildOwners,
  createApi,
  createLaunchedCampaign,
  createTemplate,
  createTenant,
  listRecipientIds,
  readRow,
} from "../support/worker/api.ts";
import { openEngine } from "../support/worker/engine.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

/** Monday, October 6, 2025, at 10:00 in New York, which is the tenant's zone. */
const monday10 = Date.UTC(2025, 9, 6, 14);
const noon = [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "12:00", endTime: "13:00" }];

let api: Api;
beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi({ random: () => 0.5 });
});

async function rowsOf(campaignId: number) {
  const ids = await listRecipientIds(campaignId);
  return Promise.all(ids.map((id) => readRow("campaign_recipients", id)));
}

describe("a recipient's time zone", () => {
  const [person] = buildOwners(1);
  const mailing = { ...person, templateData: { homeStateOrProvince: "CO", homePostalCode: "80203" } };

  test("comes from the mailing address if none is given, and the email leaves at that zone's hour", async () => {
    const campaign = await createLaunchedCampaign(api, { recipients: [mailing], sendWindow: noon });
    const [id = 0] = await listRecipientIds(campaign.id);
    const { json } = await api.get(`/api/recipients/${id}`);
    expect(json).toMatchObject({ timeZone: "America/Denver", timeZoneSource: "mailingAddress" });
    expect(json.nextSendAt).toBe("2025-10-06T18:00:00.000Z");
  });

  test("is the property's if there is no mailing address, so that no email arrives at night", async () => {
    const office = [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }];
    const property = { city: "Honolulu", stateOrProvince: "HI", postalCode: "96815" };
    const owner = { ...person, property };
    const schedule = { timeZone: "America/New_York" };
    const campaign = await createLaunchedCampaign(api, { recipients: [owner], sendWindow: office, schedule });
    const [id = 0] = await listRecipientIds(campaign.id);
    const { json } = await api.get(`/api/recipients/${id}`);
    expect(json).toMatchObject({ timeZone: "Pacific/Honolulu", timeZoneSource: "property" });
    expect(json.nextSendAt).toBe("2025-10-06T19:00:00.000Z");
    const abroad = { ...owner, templateData: { mailingAddress: "Calle Mayor 1, Madrid" } };
    const [row] = await rowsOf(
      (await createLaunchedCampaign(api, { recipients: [abroad], sendWindow: office, schedule })).id,
    );
    expect(row).toMatchObject({ time_zone: null, time_zone_source: null });
  });

  test("is the given zone, even if the mailing address is in another zone", async () => {
    const given = { ...mailing, timeZone: "America/Chicago" };
    const campaign = await createLaunchedCampaign(api, { recipients: [given], sendWindow: noon });
    const [id = 0] = await listRecipientIds(campaign.id);
    const { json } = await api.get(`/api/recipients/${id}`);
    expect(json).toMatchObject({ timeZone: "America/Chicago", timeZoneSource: "given" });
    expect(json.nextSendAt).toBe("2025-10-06T17:00:00.000Z");
  });

  test("is the campaign's or the tenant's if the address is unclear, and is never guessed", async () => {
    const unsure = { ...person, templateData: { mailingAddress: "Calle Mayor 1, Madrid" } };
    const inCampaign = {
      recipients: [unsure],
      sendWindow: noon,
      schedule: { timeZone: "America/Los_Angeles" },
    };
    const ofCampaign = await createLaunchedCampaign(api, inCampaign);
    const ofTenant = await createLaunchedCampaign(api, { recipients: [unsure], sendWindow: noon });
    const [first, second] = [await rowsOf(ofCampaign.id), await rowsOf(ofTenant.id)].flat();
    expect(first).toMatchObject({ time_zone: null, time_zone_source: null, due_at: monday10 + 5 * hour });
    expect(second).toMatchObject({ time_zone: null, time_zone_source: null, due_at: monday10 + 2 * hour });
  });

  test("is found in the same way for a recipient who joins later", async () => {
    const campaign = await createLaunchedCampaign(api, { sendWindow: noon });
    const added = { ...mailing, email: "later@example.com" };
    await api.post(`/api/campaigns/${campaign.id}/recipients`, { recipients: [added] });
    const rows = await rowsOf(campaign.id);
    expect(rows.at(-1)).toMatchObject({ time_zone: "America/Denver", due_at: monday10 + 4 * hour });
  });
});

describe("a campaign's schedule", () => {
  const schedule = {
    startAt: "2025-10-07T13:00:00.000Z",
    endAt: "2025-12-01T13:00:00.000Z",
    timeZone: "America/Denver",
    jitterMinutes: 30,
    skipsHolidays: true,
  };

  test("is returned to the editor as it was given, and can be saved again unchanged", async () => {
    const sendWindow = [
      { days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "12:00" },
      { days: [5], startTime: "19:00", endTime: "01:00" },
    ];
    const [step] = buildCampaignBody(await createTemplate(api)).steps;
    const steps = [{ ...step, delayBusinessDays: 2 }];
    const body = buildCampaignBody(step?.templateId ?? 0, { sendWindow, schedule, steps });
    const { json: draft } = await api.post("/api/campaigns", body);
    expect(draft).toMatchObject({ sendWindow, schedule, steps: [{ delayBusinessDays: 2 }] });
    const patch = { sendWindow: draft.sendWindow, schedule: draft.schedule };
    const { json: saved } = await api.patch(`/api/campaigns/${draft.id}`, patch);
    expect(saved).toMatchObject({ sendWindow, schedule });
  });

  test.each([
    [{}, "2025-10-14T13:00:00.000Z"],
    [{ skipsHolidays: false }, "2025-10-13T13:00:00.000Z"],
  ])("skips holidays unless it says otherwise (%j)", async (more, plannedAt) => {
    const sendWindow = [{ days: [1, 2, 3, 4, 5], startTime: "09:00", endTime: "17:00" }];
    const startAt = "2025-10-13T12:00:00.000Z";
    const campaign = await createLaunchedCampaign(api, { sendWindow, schedule: { startAt, ...more } });
    const [id = 0] = await listRecipientIds(campaign.id);
    expect((await api.get(`/api/recipients/${id}`)).json.nextSendAt).toBe(plannedAt);
  });

  test("must end after its start and after the launch", async () => {
    const templateId = await createTemplate(api);
    const post = (endAt: string) =>
      api.post(
        "/api/campaigns",
        buildCampaignBody(templateId, {
          recipients: buildOwners(1),
          status: "active",
          schedule: { ...schedule, endAt },
        }),
      );
    for (const endAt of [schedule.startAt, "2025-10-01T00:00:00Z"]) {
      const { status, json } = await post(endAt);
      expect([status, Object.keys(json.error.fields)]).toEqual([400, ["schedule.endAt"]]);
    }
    const { json: draft } = await api.post(
      "/api/campaigns",
      buildCampaignBody(templateId, {
        recipients: buildOwners(1),
        schedule: { endAt: "2025-10-06T15:00:00Z" },
      }),
    );
    api.advance(2 * hour);
    const late = await api.patch(`/api/campaigns/${draft.id}/status`, { status: "active" });
    expect([late.status, late.json.error.fields]).toEqual([409, { "schedule.endAt": "has passed" }]);
  });

  test("draws the jitter once for each recipient and stores it, in both ways of launching", async () => {
    const jittery = { recipients: buildOwners(20), schedule: { jitterMinutes: 60 } };
    const { json: draft } = await api.post(
      "/api/campaigns",
      buildCampaignBody(await createTemplate(api), jittery),
    );
    await api.patch(`/api/campaigns/${draft.id}/status`, { status: "active" });
    const launchedLater = await rowsOf(draft.id);
    const waits = launchedLater.map((row) => Number(row.due_at) - monday10);
    expect(launchedLater.every((row) => row.due_at === row.scheduled_at)).toBe(true);
    expect(new Set(waits).size).toBe(20);
    expect(Math.max(...waits)).toBeGreaterThan(45 * minute);
    expect(Math.max(...waits)).toBeLessThan(61 * minute);
    expect(Math.min(...waits)).toBeLessThan(15 * minute);
    const atOnce = await createLaunchedCampaign(api, jittery);
    for (const row of await rowsOf(atOnce.id))
      expect(Number(row.due_at) - monday10).toBeCloseTo(30 * minute, -2);
  });

  test("plans no time for a step after its end", async () => {
    const endAt = "2025-10-06T15:00:00.000Z";
    const campaign = await createLaunchedCampaign(api, {
      recipients: buildOwners(1),
      sendWindow: noon,
      schedule: { endAt },
    });
    const [id = 0] = await listRecipientIds(campaign.id);
    const { json } = await api.get(`/api/recipients/${id}`);
    expect(json.nextSendAt).toBeNull();
    expect(json.whyNotYet).toMatchObject({ reason: "campaignEndsFirst", until: endAt });
  });

  test("stops all unfinished recipients at its end, and then the campaign is completed", async () => {
    const endAt = "2025-10-06T15:00:00.000Z";
    const campaign = await createLaunchedCampaign(api, {
      recipients: buildOwners(2),
      sendWindow: noon,
      schedule: { endAt },
    });
    const engine = await openEngine();
    engine.clock.at = Date.parse(endAt) - minute;
    expect(await engine.tick()).toMatchObject({ claimed: 0 });
    engine.advance(minute);
    expect(await engine.tick()).toMatchObject({ claimed: 2, enqueued: 0 });
    for (const row of await rowsOf(campaign.id)) {
      expect(row).toMatchObject({ status: "stopped", stop_reason: "campaignEnded", due_at: null });
    }
    expect(await readRow("campaigns", campaign.id)).toMatchObject({ status: "completed" });
  });

  test("skips the tenant's own holidays", async () => {
    await bindings.DB.prepare(`UPDATE tenants SET holidays = '["2025-10-06"]' WHERE id = 1`).run();
    const campaign = await createLaunchedCampaign(api, {
      recipients: buildOwners(1),
      sendWindow: noon,
      schedule: { skipsHolidays: true },
    });
    const [row] = await rowsOf(campaign.id);
    expect(row?.due_at).toBe(monday10 + 26 * hour);
  });
});
