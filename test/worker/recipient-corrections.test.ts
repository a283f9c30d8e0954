import { beforeEach, describe, expect, test } from "vitest";
import { day, hour, minute } from "../support/time.ts";
import {
  createLaunchedCampaign,
  listRecipientIds,
  signToken,
  suppressAddress,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const soon = { recallSeconds: 0 };
const mornings = {
  sendWindow: [{ days: [1, 2, 3, 4, 5, 6, 7], startTime: "09:00", endTime: "17:00" }],
  schedule: { timeZone: "America/New_York" },
};
const waiting = { fullName: "Ann Waits", contactKey: "c-1" };
const jane = { email: "jane.doe@example.com", fullName: "Jane Doe" };

async function launched(overrides: Record<string, unknown> = {}) {
  const campaign = await createLaunchedCampaign(app.api, { ...soon, ...overrides });
  return { campaign, ids: await listRecipientIds(campaign.id) };
}
const correct = (id: number | undefined, patch: Record<string, unknown>, options = {}) =>
  app.api.patch(`/api/recipients/${id}`, patch, options);
const read = async (id: number | undefined) => (await app.api.get(`/api/recipients/${id}`)).json;
const sentTo = async () => (await listCapturedEmails()).map(({ toEmail }) => toEmail);

describe("a recipient who waits for an address", () => {
  test("can be given an address, and then joins the sequence and gets its emails", async () => {
    const { ids } = await launched({ recipients: [jane, waiting] });
    await app.run();
    expect(await sentTo()).toEqual(["jane.doe@example.com"]);
    const { status, json } = await correct(ids[1], { email: " Ann.Waits@Example.com " });
    expect(status).toBe(200);
    expect(json).toMatchObject({ email: "ann.waits@example.com", status: "active", nextStepNumber: 1 });
    expect(json.nextSendAt).not.toBeNull();
    await app.run();
    expect(await sentTo()).toEqual(["jane.doe@example.com", "ann.waits@example.com"]);
    expect(await listAuditedActions()).toContain("recipient.corrected");
  });

  test("in a draft gets the first email after the launch", async () => {
    const { campaign, ids } = await launched({ status: "draft", recipients: [waiting] });
    await correct(ids[0], { email: "ann@example.com" });
    expect(await read(ids[0])).toMatchObject({ status: "active", nextSendAt: null });
    await app.api.patch(`/api/campaigns/${campaign.id}/status`, { status: "active", ...soon });
    await app.run();
    expect(await sentTo()).toEqual(["ann@example.com"]);
  });

  test("in a paused campaign gets the email when the campaign is resumed", async () => {
    const { campaign, ids } = await launched({ recipients: [jane, waiting] });
    await app.api.patch(`/api/campaigns/${campaign.id}/status`, { status: "paused" });
    await correct(ids[1], { email: "ann@example.com" });
    await app.run();
    expect(await sentTo()).toEqual([]);
    await app.api.patch(`/api/campaigns/${campaign.id}/status`, { status: "active" });
    await app.run();
    expect((await sentTo()).toSorted()).toEqual(["ann@example.com", "jane.doe@example.com"]);
  });
});

describe("a correction of a recipient's address", () => {
  test("is possible until an email has been sent to it", async () => {
    const { ids } = await launched();
    expect((await correct(ids[0], { email: "jane@example.com" })).json.email).toBe("jane@example.com");
    await app.run();
    expect(await sentTo()).toEqual(["jane@example.com"]);
    const refused = await correct(ids[0], { email: "other@example.com" });
    expect(refused.status).toBe(409);
    expect(refused.json.error.fields.email).toContain("already been emailed");
    expect((await read(ids[0])).email).toBe("jane@example.com");
  });

  test("is refused while an email is on its way", async () => {
    const { ids } = await launched();
    await app.tick();
    expect((await correct(ids[0], { email: "other@example.com" })).status).toBe(409);
    await app.deliver();
    expect(await sentTo()).toEqual(["jane.doe@example.com"]);
  });

  test("is refused if the campaign has the new address already, or if it is suppressed", async () => {
    const { ids } = await launched({ recipients: [jane, waiting] });
    await suppressAddress("gone@example.com");
    const duplicate = await correct(ids[1], { email: "JANE.DOE@example.com" });
    expect([duplicate.status, duplicate.json.error.fields]).toEqual([
      409,
      { email: "is already a recipient of this campaign" },
    ]);
    const suppressed = await correct(ids[1], { email: "gone@example.com" });
    expect([suppressed.status, Object.keys(suppressed.json.error.fields)]).toEqual([409, ["email"]]);
    expect(await read(ids[1])).toMatchObject({ status: "waitingForEmail", email: null });
  });

  test.each([
    [{ email: "not an address" }, "email"],
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ email: null }, "email"],
    [{ timeZone: null, nickname: "Jane" }, "nickname"],
    [{}, "body"],
  ])("is refused with the fields %j, and nothing changes", async (patch, field) => {
    const { ids } = await launched();
    const before = await read(ids[0]);
    const { status, json } = await correct(ids[0], patch);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, [field]]);
    expect(await read(ids[0])).toEqual(before);
  });

  test("is refused for a viewer, another property's recipient, and a stopped recipient", async () => {
    const { ids } = await launched();
    const viewer = { token: await signToken({ role: "viewer", at: app.api.now() }) };
    expect((await correct(ids[0], { timeZone: null }, viewer)).status).toBe(403);
    const elsewhere = { token: await signToken({ prop: ["p-9"], at: app.api.now() }) };
    expect((await correct(ids[0], { timeZone: null }, elsewhere)).status).toBe(404);
    await app.api.post(`/api/recipients/${ids[0]}/stop`);
    expect((await correct(ids[0], { timeZone: "America/Denver" })).status).toBe(409);
  });
});

describe("a correction of a recipient's time zone", () => {
  test("is shown as given, and moves planned emails to the same hour in the new zone", async () => {
    const { ids } = await launched({ ...mornings });
    await app.run();
    app.api.advance(hour);
    const before = await read(ids[0]);
    const { json } = await correct(ids[0], { timeZone: "America/Los_Angeles" });
    expect(json).toMatchObject({ timeZone: "America/Los_Angeles", timeZoneSource: "given" });
    expect(Date.parse(json.nextSendAt) - Date.parse(before.nextSendAt)).toBe(3 * hour);
  });

  test("holds a due email until the morning if it is night in the new zone", async () => {
    const { ids } = await launched({ ...mornings });
    // 10:00 in New York is 04:00 in Honolulu.
    const { json } = await correct(ids[0], { timeZone: "Pacific/Honolulu" });
    await app.run();
    expect(await sentTo()).toEqual([]);
    expect((await read(ids[0])).nextSendAt).toBe("2025-10-06T19:00:00.000Z");
    app.api.advance(Date.UTC(2025, 9, 6, 19, 1) - app.api.now());
    await app.run();
    expect(await sentTo()).toEqual([json.email]);
  });

  test("to null restores the mailing address's time zone, or the campaign's", async () => {
    const address = { mailingAddress: { state: "CO", postalCode: "80203" } };
    const { ids } = await launched({
      ...mornings,
      recipients: [{ ...jane, templateData: address }, { email: "bob@example.com" }],
    });
    for (const id of ids) await correct(id, { timeZone: "Pacific/Honolulu" });
    await correct(ids[0], { timeZone: null });
    await correct(ids[1], { timeZone: null });
    const states = [await read(ids[0]), await read(ids[1])];
    expect(states.map(({ timeZone, timeZoneSource }) => [timeZone, timeZoneSource])).toEqual([
      ["America/Denver", "mailingAddress"],
      [null, null],
    ]);
  });

  test("also comes with a corrected address, unless somebody gave the zone itself", async () => {
    const property = { streetAddress: "9 Elm Ave", stateOrProvince: "NY", postalCode: "12180" };
    const people = [
      { ...jane, property },
      { email: "bob@example.com", property, timeZone: "America/New_York" },
    ];
    const { ids } = await launched({ ...mornings, recipients: people });
    await app.run();
    app.api.advance(hour);
    const before = await read(ids[0]);
    expect([before.timeZone, before.timeZoneSource]).toEqual(["America/New_York", "property"]);
    const moved = { property: { stateOrProvince: "CA", postalCode: "94110" } };
    const { json } = await correct(ids[0], moved);
    expect(json).toMatchObject({ timeZone: "America/Los_Angeles", timeZoneSource: "property" });
    expect(Date.parse(json.nextSendAt) - Date.parse(before.nextSendAt)).toBe(3 * hour);
    const mailing = { templateData: { mailingState: "CO", mailingPostalCode: "80203" } };
    expect((await correct(ids[0], mailing)).json).toMatchObject({
      timeZone: "America/Denver",
      timeZoneSource: "mailingAddress",
    });
    for (const patch of [moved, mailing]) {
      expect((await correct(ids[1], patch)).json).toMatchObject({
        timeZone: "America/New_York",
        timeZoneSource: "given",
      });
    }
  });

  test("does not shorten a snooze", async () => {
    const { ids } = await launched({ recipients: [{ ...jane, timeZone: "Pacific/Honolulu" }] });
    await app.api.post(`/api/recipients/${ids[0]}/snooze`, { days: 3 });
    const { snoozedUntil } = await read(ids[0]);
    const { json } = await correct(ids[0], { timeZone: "Europe/Berlin" });
    expect(Date.parse(json.nextSendAt)).toBeGreaterThanOrEqual(Date.parse(snoozedUntil));
  });
});

describe("Send now, clicked twice,", () => {
  const sendNow = (id: number | undefined, body: Record<string, unknown> = {}) =>
    app.api.post(`/api/recipients/${id}/send-now`, { recallSeconds: 0, ...body });

  test("sends one email, even if the first email left in between", async () => {
    const { ids } = await launched();
    await sendNow(ids[0]);
    await app.run();
    app.api.advance(5000);
    expect((await sendNow(ids[0])).status).toBe(200);
    await app.run();
    expect(await sentTo()).toHaveLength(1);
    app.api.advance(2 * minute);
    await sendNow(ids[0]);
    await app.run();
    expect(await sentTo()).toHaveLength(2);
  });

  test("sends only the intended step", async () => {
    const { ids } = await launched();
    await app.run();
    app.api.advance(day);
    expect((await sendNow(ids[0], { stepNumber: 1 })).status).toBe(200);
    await app.run();
    expect(await sentTo()).toHaveLength(1);
    const ahead = await sendNow(ids[0], { stepNumber: 3 });
    expect([ahead.status, Object.keys(ahead.json.error.fields)]).toEqual([400, ["stepNumber"]]);
    await sendNow(ids[0], { stepNumber: 2 });
    await sendNow(ids[0], { stepNumber: 2 });
    await app.run();
    expect(await sentTo()).toHaveLength(2);
  });

  test("for a whole campaign sends one email to each recipient", async () => {
    const { campaign } = await launched({ recipients: [jane, { email: "bob@example.com" }] });
    for (let click = 0; click < 3; click += 1) {
      await app.api.post(`/api/campaigns/${campaign.id}/send-now`, { recallSeconds: 0 });
      await app.run();
      app.api.advance(2000);
    }
    expect((await sentTo()).toSorted()).toEqual(["bob@example.com", "jane.doe@example.com"]);
  });
});

describe("when a campaign ends,", () => {
  const endsAt = (ms: number) => new Date(testStartAt + ms).toISOString();

  test("paused and waiting recipients are stopped, and the campaign is completed", async () => {
    const { campaign, ids } = await launched({
      recipients: [jane, waiting, { email: "bob@example.com" }],
      schedule: { endAt: endsAt(day) },
    });
    await app.api.post(`/api/recipients/${ids[2]}/pause`);
    await app.run();
    app.api.advance(day + 2 * hour);
    await app.run();
    await app.run();
    const ended = await Promise.all(ids.map(read));
    expect(ended.map(({ status, stopReason }) => [status, stopReason])).toEqual(
      ids.map(() => ["stopped", "campaignEnded"]),
    );
    expect((await app.api.get(`/api/campaigns/${campaign.id}`)).json.status).toBe("completed");
    expect(await sentTo()).toEqual(["jane.doe@example.com"]);
  });

  test("recipients of a paused sender are stopped", async () => {
    const { campaign } = await launched({ schedule: { endAt: endsAt(day) } });
    await bindings.DB.prepare("UPDATE senders SET is_paused = 1").run();
    app.api.advance(day + 2 * hour);
    await app.run();
    expect((await app.api.get(`/api/campaigns/${campaign.id}`)).json.status).toBe("completed");
  });

  test("recipients of other campaigns are unchanged", async () => {
    const { ids } = await launched({ recipients: [waiting, jane], schedule: { endAt: endsAt(3 * day) } });
    app.api.advance(2 * day);
    await app.run();
    expect((await read(ids[0])).status).toBe("waitingForEmail");
  });
});

test("emails that a sender's long pause delayed are held until an agent confirms them", async () => {
  const { campaign, ids } = await launched();
  const admin = async () => ({ token: await signToken({ role: "admin", at: app.api.now() }) });
  const [sender] = (await app.api.get("/api/senders")).json.items;
  await app.api.patch(`/api/senders/${sender.id}`, { isPaused: true }, await admin());
  for (let passed = 0; passed < 4 * 48; passed += 1) {
    app.api.advance(30 * minute);
    await app.tick();
  }
  await app.api.patch(`/api/senders/${sender.id}`, { isPaused: false }, await admin());
  await app.run();
  expect(await sentTo()).toEqual([]);
  expect((await read(ids[0])).whyNotYet.reason).toBe("tooLate");
  await app.api.post(`/api/campaigns/${campaign.id}/confirm-late`);
  await app.run();
  expect(await sentTo()).toHaveLength(1);
});
