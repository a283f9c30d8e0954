import { beforeEach, describe, expect, test } from "vitest";
import { analyticsGroupings } from "../../shared/office-analytics.ts";
import { day, minute } from "../support/time.ts";
import {
  buildLaunchBody,
  createTemplate,
  getSenderId,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { recountFiguresByGroup } from "../support/worker/figure-recount.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
let templateId: number;
beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
});

const today = () => new Date(app.api.now()).toISOString().slice(0, 10);
const shiftDay = (iso: string, days: number) =>
  new Date(Date.parse(iso) + days * day).toISOString().slice(0, 10);
const ask = async (query: Record<string, string>) =>
  (await app.api.get(`/api/analytics?${new URLSearchParams(query)}`)).json;
const askPeriod = (by: string, back = 9) => ask({ from: shiftDay(today(), -back), to: today(), by });

/**
 * Launches a campaign to `count` owners, each with a property of their own, and sends the first
 * emails. Returns the recipients' ids.
 */
async function launch(name: string, count: number, overrides: object = {}) {
  const recipients = Array.from({ length: count }, (_, index) => ({
    email: `${name}-${index}@example.com`,
    propertyId: `${name}-${index}`,
  }));
  const body = buildLaunchBody(templateId, { name, recipients, recallSeconds: 0, ...overrides });
  const { json } = await app.api.post("/api/campaigns", body);
  await app.run();
  return await listRecipientIds(json.id);
}

const addEvent = (recipientId = 0, kind = "opened", isMachine = 0) =>
  bindings.DB.prepare(
    `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at, received_at, batch_id)
     VALUES (?1, 1, ?2, ?3, 'a', 1, ?4, ?4, 1)`,
  )
    .bind(recipientId, kind, isMachine, app.api.now())
    .run();

const readDays = async () =>
  (
    await bindings.DB.prepare("SELECT day, state FROM figure_days ORDER BY day").all<{
      day: string;
      state: string;
    }>()
  ).results;

/**
 * Runs ticks, the Worker's regular runs, until the engine has added up the figures of all past
 * days.
 */
async function rollUp() {
  for (let passed = 0; passed < 60; passed += 5) {
    app.api.advance(5 * minute);
    await app.run();
  }
}

async function expectRecount() {
  for (const by of analyticsGroupings) {
    const answer = await askPeriod(by);
    const stats = Object.fromEntries(
      answer.groups.map((group: { key: string; stats: object; outcomes: object }) => [
        group.key,
        { ...group.stats, ...group.outcomes },
      ]),
    );
    const recount = await recountFiguresByGroup(by, shiftDay(today(), -9), today());
    for (const [key, counts] of Object.entries(recount))
      expect({ by, key, ...stats[key] }).toMatchObject({ by, key, ...counts });
    const sums = Object.values(recount).reduce<number>((sum, counts) => sum + (counts.sent ?? 0), 0);
    expect(answer.total.stats.sent).toBe(sums);
  }
}

describe("the figures of an office", () => {
  test("agree with a recount of every row, by each grouping, before and after the roll-up and late events", async () => {
    const first = await launch("ann", 4);
    const second = await launch("bob", 3, { sequenceId: undefined });
    await addEvent(first[0], "delivered");
    await addEvent(first[0]);
    await addEvent(first[1], "opened", 1);
    await addEvent(second[0], "bounced");
    await expectRecount();
    app.api.advance(2 * day);
    await rollUp();
    expect((await readDays()).map(({ state }) => state)).toContain("rolled");
    await expectRecount();
    await addEvent(first[2], "replied");
    expect((await readDays()).map(({ state }) => state)).toContain("changed");
    app.api.advance(minute);
    await expectRecount();
    await rollUp();
    expect((await readDays()).map(({ state }) => state)).not.toContain("changed");
    await expectRecount();
  });

  test("count an outcome for the email that was answered", async () => {
    const [id] = await launch("ann", 1);
    await addEvent(id, "replied");
    await app.api.post(`/api/recipients/${id}/outcome`, { outcome: "interested" });
    app.api.advance(minute);
    const answer = await askPeriod("step");
    expect(answer.groups).toMatchObject([
      { key: "1", stats: { sent: 1, replied: 1 }, outcomes: { interested: 1 } },
    ]);
  });

  test("count a listing as an appointment and as interested, also of a person who has not replied", async () => {
    const [id] = await launch("ann", 1);
    await app.api.post(`/api/recipients/${id}/outcome`, { outcome: "listing" });
    app.api.advance(minute);
    const answer = await askPeriod("step");
    expect(answer.groups).toMatchObject([
      { key: "1", stats: { replied: 0 }, outcomes: { interested: 1, appointment: 1, listing: 1 } },
    ]);
    await expectRecount();
    app.api.advance(2 * day);
    await rollUp();
    await expectRecount();
  });

  test("show every day asked for, and the days on which nothing was sent as zero", async () => {
    await launch("ann", 2);
    const answer = await askPeriod("day", 2);
    expect(answer.groups.map(({ key }: { key: string }) => key)).toEqual([
      shiftDay(today(), -2),
      shiftDay(today(), -1),
      today(),
    ]);
    expect(answer.groups[0]).toMatchObject({ stats: { sent: 0 }, rates: { replyRate: null } });
    expect(answer.groups[2].stats.sent).toBe(2);
  });

  test("name senders, agents and sequences", async () => {
    await launch("ann", 1);
    expect((await askPeriod("sender")).groups).toMatchObject([
      { key: String(getSenderId(1)), name: expect.stringContaining("@") },
    ]);
    expect((await askPeriod("agent")).groups).toHaveLength(1);
  });

  test("count an email for the hour of its sender's clock, also when the clock goes back", async () => {
    await launch("ann", 1);
    const { groups } = await askPeriod("hour");
    const row = await bindings.DB.prepare(
      "SELECT m.sent_at AS at, n.time_zone AS zone FROM messages m JOIN campaign_recipients r ON r.id = m.recipient_id JOIN senders n ON n.id = r.sender_id",
    ).first<{ at: number; zone: string }>();
    const clock = new Intl.DateTimeFormat("en-US", {
      hour: "numeric",
      hourCycle: "h23",
      timeZone: row?.zone,
    });
    expect(groups).toMatchObject([{ key: String(Number(clock.format(row?.at))), stats: { sent: 1 } }]);
  });

  test("are narrowed to an agent, a sender or a sequence", async () => {
    await launch("ann", 2);
    expect((await ask({ from: today(), to: today(), by: "day", senderId: "1" })).total.stats.sent).toBe(0);
    expect(
      (await ask({ from: today(), to: today(), by: "day", senderId: String(getSenderId(1)) })).total.stats
        .sent,
    ).toBe(2);
    expect((await ask({ from: today(), to: today(), by: "day", agentId: "nobody" })).total.stats.sent).toBe(
      0,
    );
  });

  test("offer the agents and sequences of these days as filters, whatever the filters are", async () => {
    await launch("ann", 1, { steps: undefined, presetId: "fsbo" });
    const filtered = await ask({ from: today(), to: today(), by: "day", agentId: "nobody" });
    expect(filtered.total.stats.sent).toBe(0);
    expect(filtered.choices).toEqual({
      agents: [{ id: "agent-1", name: null }],
      sequences: [{ id: "fsbo", name: expect.stringMatching(/owner/i) }],
    });
  });

  test("are kept for a minute", async () => {
    const [id] = await launch("ann", 1);
    const first = await askPeriod("day", 0);
    await addEvent(id, "delivered");
    expect(await askPeriod("day", 0)).toEqual(first);
    app.api.advance(minute);
    expect((await askPeriod("day", 0)).total.stats.delivered).toBe(1);
  });

  test("are refused with wrong days, an unknown grouping or an unknown parameter", async () => {
    const asking = (query: string) => app.api.get(`/api/analytics?${query}`);
    expect((await asking("from=2025-10-02&to=2025-10-01")).json.error.fields).toHaveProperty("to");
    expect((await asking("from=2023-10-02&to=2025-10-01")).json.error.fields).toHaveProperty("from");
    expect((await asking("from=2025-10-01&to=2025-10-01&by=color")).json.error.fields).toHaveProperty("by");
    expect((await asking("from=2025-10-01&to=2025-10-01&x=1")).status).toBe(400);
    expect((await asking("from=2025-13-01&to=2025-10-01")).status).toBe(400);
  });

  test("are not shown to a token of one property", async () => {
    const query = `/api/analytics?from=${today()}&to=${today()}`;
    const token = await signToken({ prop: ["p-1"], at: app.api.now() });
    expect((await app.api.get(query, { token })).status).toBe(403);
  });
});

describe("counting closed days again", () => {
  const rebuild = async () =>
    (
      await app.api.post(
        "/api/analytics/rebuild",
        { from: shiftDay(today(), -9), to: today() },
        { token: await signToken({ role: "admin", at: app.api.now() }) },
      )
    ).json;

  test("finds no difference after late events and changes of senders", async () => {
    const ids = await launch("ann", 3);
    app.api.advance(2 * day);
    await rollUp();
    await addEvent(ids[0], "delivered");
    await rollUp();
    expect(await rebuild()).toMatchObject({ drift: 0 });
  });

  test("counts what was stored wrongly, and stores it right", async () => {
    await launch("ann", 3);
    app.api.advance(2 * day);
    await rollUp();
    await bindings.DB.prepare(`UPDATE daily_figures SET counts = json_set(counts, '$.sent', 99)`).run();
    expect((await rebuild()).drift).toBeGreaterThan(0);
    expect(await rebuild()).toMatchObject({ drift: 0 });
    await expectRecount();
  });

  test("needs the role admin", async () => {
    const { status } = await app.api.post("/api/analytics/rebuild", { from: today(), to: today() });
    expect(status).toBe(403);
  });
});

test("an event that arrives while a day is rolled up leaves the day to be rolled up again", async () => {
  const [id] = await launch("ann", 1);
  app.api.advance(2 * day);
  await bindings.DB.prepare(
    "INSERT INTO figure_days (tenant_id, day, state, token) VALUES (1, ?1, 'rolling', 7)",
  )
    .bind(shiftDay(today(), -2))
    .run();
  await addEvent(id, "delivered");
  expect(await readDays()).toEqual([{ day: shiftDay(today(), -2), state: "changed" }]);
});
