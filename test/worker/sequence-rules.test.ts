import { beforeEach, expect, test } from "vitest";
import { day, hour } from "../support/time.ts";
import { buildLaunchBody } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});

const hours = [{ days: [2, 4], startTime: "10:00", endTime: "12:00" }];
const rules = {
  ...{ sendWindow: hours, skipsHolidays: false, exitStatuses: ["Withdrawn"], endsAfterDays: 20 },
  stopsOnClick: true,
};
const email = (id: number, delayDays = 0) => ({
  ...{ id, kind: "email", delayDays },
  letter: { subject: `Letter ${id}`, bodyHtml: "<p>Hi {{recipient.salutation}}</p>" },
});
const create = async (change: object = {}) =>
  (await app.api.post("/api/sequences", { name: "Roofs", steps: [email(1), email(2, 30)], rules, ...change }))
    .json;
const launch = async (sequenceId: string, change: object = {}) =>
  (
    await app.api.post(
      "/api/campaigns",
      buildLaunchBody(1, {
        ...{ steps: undefined, type: undefined, sendWindow: undefined, sequenceId, recallSeconds: 10 },
        ...change,
      }),
    )
  ).json;
const inDays = (days: number) => new Date(app.api.now() + days * day).toISOString();

test("a sequence keeps its rules, a copy takes them along, and a preset has the default ones", async () => {
  const made = await create();
  expect(made.rules).toEqual(rules);
  const copy = (await app.api.post(`/api/sequences/${made.id}/duplicate`, {})).json;
  expect(copy.rules).toEqual(rules);
  const usual = {
    ...{ exitStatuses: ["Pending", "ActiveUnderContract", "Closed"], endsAfterDays: null },
    stopsOnClick: false,
  };
  const changed = await app.api.patch(
    `/api/sequences/${made.id}`,
    { rules: { exitStatuses: [] } },
    { headers: { "if-match": '"1"' } },
  );
  expect(changed.json.rules).toEqual({ ...usual, exitStatuses: [], skipsHolidays: true });
  expect((await app.api.get("/api/sequences/fsbo")).json.rules).toEqual({ ...usual, skipsHolidays: true });
});

test.each([
  ["rules.endsAfterDays", { endsAfterDays: 0 }],
  ["rules.exitStatuses.0", { exitStatuses: ["Haunted"] }],
  ["rules.sendWindow.0.endTime", { sendWindow: [{ days: [1], startTime: "09:00", endTime: "09:00" }] }],
  ["rules.pause", { pause: true }],
])("a rule is refused with the field %s", async (field, wrong) => {
  const { status, json } = await app.api.post("/api/sequences", { name: "Roofs", rules: wrong });
  expect(status).toBe(400);
  expect(Object.keys(json.error.fields)[0]).toMatch(field.startsWith("rules.pause") ? /^rules/ : field);
});

test("a launch takes the rules over, and the plan knows them", async () => {
  const { id } = await create();
  const planned = (await app.api.post("/api/campaigns/plan", { sequenceId: id, recipients: [{}] })).json;
  const [first, second] = planned.items[0].steps;
  expect([2, 4]).toContain(new Date(first.plannedAt).getUTCDay());
  expect(second.plannedAt).toBeNull();
  const campaign = await launch(id);
  expect(campaign).toMatchObject({
    sendWindow: hours,
    schedule: { skipsHolidays: false, endAt: inDays(20) },
    exitStatuses: ["Withdrawn"],
    stopsOnClick: true,
    endsAfterDays: 20,
  });
});

test("a launch that says something else goes by that", async () => {
  const { id } = await create();
  const schedule = { skipsHolidays: true, endAt: inDays(3) };
  const campaign = await launch(id, { schedule, sendWindow: null, exitStatuses: [], stopsOnClick: false });
  expect(campaign).toMatchObject({ sendWindow: null, schedule, exitStatuses: [], endsAfterDays: null });
  expect(campaign.stopsOnClick).toBe(false);
});

test("the days of a draft count from its launch, and an undone launch has no end", async () => {
  const { id } = await create();
  const draft = await launch(id, { status: "draft" });
  expect(draft).toMatchObject({ schedule: { endAt: null }, endsAfterDays: 20 });
  app.api.advance(5 * day);
  const setStatus = (status: string) =>
    app.api.patch(`/api/campaigns/${draft.id}/status`, { status, recallSeconds: 10 });
  const launched = await setStatus("active");
  expect(launched.json.schedule.endAt).toBe(inDays(20));
  const undone = await app.api.post(`/api/campaigns/${draft.id}/recall`);
  expect(undone.json).toMatchObject({ status: "draft", schedule: { endAt: null }, endsAfterDays: 20 });
  app.api.advance(hour);
  expect((await setStatus("active")).json.schedule.endAt).toBe(inDays(20));
});

test("an end that the agent gives a draft takes the place of the days", async () => {
  const { id } = await create();
  const draft = await launch(id, { status: "draft" });
  const endAt = inDays(4);
  const changed = await app.api.patch(`/api/campaigns/${draft.id}`, { schedule: { endAt } });
  expect(changed.json).toMatchObject({ schedule: { endAt }, endsAfterDays: null });
});

test("when the days are over, whoever still has emails to come is stopped", async () => {
  const { id } = await create({ rules: { ...rules, sendWindow: null } });
  const campaign = await launch(id);
  app.advance(hour);
  await app.run();
  app.advance(21 * day);
  await app.run();
  const { counts } = (await app.api.get(`/api/campaigns/${campaign.id}`)).json;
  expect(counts).toMatchObject({ stopped: 1, active: 0 });
});
