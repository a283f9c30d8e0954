import { beforeEach, describe, expect, inject, test } from "vitest";
import type { BulkActionInput } from "../../shared/bulk-action.ts";
import { day, minute } from "../support/time.ts";
import {
  buildLaunchBody,
  buildOwners,
  createTemplate,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { createRandom } from "../support/worker/chaos/random.ts";
import { bindings } from "../support/worker/world.ts";

type Action = BulkActionInput["action"];

let app: App;
let path: string;
let ids: number[];

beforeEach(async () => {
  app = await openApp();
});

/** Launches a campaign of three emails, on days 0, 3 and 7. */
async function launch(count: number, overrides: Record<string, unknown> = {}): Promise<void> {
  const template = await createTemplate(app.api);
  const recipients = buildOwners(count);
  const { json } = await app.api.post(
    "/api/campaigns",
    buildLaunchBody(template, { recallSeconds: 0, recipients, ...overrides }),
  );
  path = `/api/campaigns/${json.id}`;
  ids = await listRecipientIds(json.id);
}

const act = async (action: Action, more: Partial<BulkActionInput> = {}) =>
  await app.api.post(`${path}/recipients/actions`, { action, selection: { ids }, ...more });
const preview = (action: Action, more: Partial<BulkActionInput> = {}) =>
  act(action, { preview: true, ...more });
const undo = (undoToken: string, options = {}) =>
  app.api.post(`${path}/recipients/actions/undo`, { undoToken }, options);
const readPlaces = async () =>
  (
    await bindings.DB.prepare(
      `SELECT id, status, stop_reason, next_step, scheduled_at, due_at, snoozed_until, sender_id
       FROM campaign_recipients ORDER BY id`,
    ).all<Record<string, unknown>>()
  ).results;
const statuses = async () => (await readPlaces()).map(({ status }) => status);
async function passDays(days: number): Promise<void> {
  for (let part = 0; part < days * 4; part += 1) {
    await app.pass(2);
    app.advance(day / 4 - 2 * minute);
  }
}

const undoable: [string, Action][] = [
  ["pause", { kind: "pause" }],
  ["snooze", { kind: "snooze", days: 5 }],
  ["move", { kind: "move", stepNumber: 3 }],
  ["stop", { kind: "stop" }],
];

describe.each(undoable)("%s for many people", (_, action) => {
  test("changes nobody a second time, and its preview says so", async () => {
    await launch(4);
    expect((await preview(action)).json).toMatchObject({ effects: { changed: 4 }, undoToken: null });
    const before = await readPlaces();
    expect((await act(action)).json).toMatchObject({ effects: { changed: 4, already: 0 } });
    const after = await readPlaces();
    expect(after).not.toEqual(before);
    app.advance(1000);
    expect((await act(action)).json).toMatchObject({ effects: { changed: 0, already: 4 }, undoToken: null });
    expect((await preview(action)).json).toMatchObject({ effects: { already: 4 } });
    expect(await readPlaces()).toEqual(after);
  });

  test("is undone as if nothing had happened, once", async () => {
    await launch(4);
    await app.run();
    const before = await readPlaces();
    const { undoToken } = (await act(action)).json;
    expect((await undo(undoToken)).json).toEqual({ undone: 4 });
    expect(await readPlaces()).toEqual(before);
    expect((await undo(undoToken)).status).toBe(409);
    await passDays(9);
    expect(app.calls).toHaveLength(3 * 4);
    expect(await listAuditedActions()).toContain("campaign.people.undone");
  });

  test("sent again after a lost answer is answered in the same way, and can be undone", async () => {
    await launch(4);
    const lost = { undoToken: "chosenbythetab" };
    expect((await act(action, lost)).json.effects).toMatchObject({ changed: 4 });
    const after = await readPlaces();
    app.advance(1000);
    expect((await act(action, lost)).json).toMatchObject({ effects: { changed: 4, already: 0 }, ...lost });
    expect(await readPlaces()).toEqual(after);
    expect((await undo(lost.undoToken)).json).toEqual({ undone: 4 });
  });

  test("sent twice at once changes each person once", async () => {
    await launch(4);
    const answers = await Promise.all([act(action), act(action)]);
    expect(answers.map(({ json }) => json.effects.changed).toSorted()).toEqual([0, 4]);
  });

  test("can't be undone after a minute, or by another agent", async () => {
    await launch(1);
    const { undoToken } = (await act(action)).json;
    const token = await signToken({ claims: { sub: "agent-2" }, at: app.api.now() });
    expect((await undo(undoToken, { token })).status).toBe(409);
    app.advance(61_000);
    expect((await undo(undoToken)).status).toBe(409);
  });
});

describe("an action on many people", () => {
  test("pauses those who can be paused, and counts the others", async () => {
    await launch(4);
    await app.api.post(`/api/recipients/${ids[0]}/pause`);
    await app.api.post(`/api/recipients/${ids[1]}/stop`);
    await app.api.post(`${path}/recipients`, { recipients: [{ fullName: "No Address" }] });
    const selection = { filter: {} };
    expect((await preview({ kind: "pause" }, { selection })).json.effects).toMatchObject({
      ...{ changed: 2, already: 1, ended: 1, noAddress: 1 },
    });
    await act({ kind: "pause" }, { selection });
    expect(await statuses()).toEqual(["paused", "stopped", "paused", "paused", "waitingForEmail"]);
    await passDays(9);
    expect(app.calls).toEqual([]);
  });

  test("resumes paused and snoozed people, whose emails then go once", async () => {
    await launch(3);
    await act({ kind: "pause" }, { selection: { ids: ids.slice(0, 1) } });
    await act({ kind: "snooze", days: 30 }, { selection: { ids: ids.slice(1, 2) } });
    expect((await act({ kind: "resume" })).json.effects).toMatchObject({ changed: 2, already: 1 });
    await passDays(9);
    expect(app.calls).toHaveLength(9);
  });

  test("with everybody who matches takes bounded pages, and undoes them together", async () => {
    await launch(0, { recipients: buildOwners(400) });
    await app.api.post(`${path}/recipients`, {
      recipients: Array.from({ length: 300 }, (_, index) => ({ email: `more-${index}@example.com` })),
    });
    ids = await listRecipientIds(Number(path.split("/").at(-1)));
    const selection = { filter: { q: "example.com" } };
    expect((await preview({ kind: "pause" }, { selection })).json.effects.changed).toBe(700);
    const one = (await act({ kind: "pause" }, { selection })).json;
    expect(one.effects.changed).toBe(500);
    const two = (
      await act({ kind: "pause" }, { selection, cursor: one.nextCursor, undoToken: one.undoToken })
    ).json;
    expect(two).toMatchObject({ effects: { changed: 200 }, nextCursor: null, undoToken: one.undoToken });
    expect((await undo(one.undoToken)).json).toEqual({ undone: 700 });
    expect(new Set(await statuses())).toEqual(new Set(["active"]));
  });

  test("moves people past steps, which are skipped with the reason and never go", async () => {
    await launch(2);
    await act({ kind: "move", stepNumber: 3 }, { selection: { ids: ids.slice(0, 1) } });
    await passDays(9);
    const to = app.calls.map(({ to: { email } }) => email);
    expect(to.filter((email) => email === "owner-0@example.com")).toHaveLength(1);
    expect(to.filter((email) => email === "owner-1@example.com")).toHaveLength(3);
    const { results } = await bindings.DB.prepare(
      "SELECT step_number AS step, skip_reason AS reason FROM messages WHERE status = 'skipped' ORDER BY 1",
    ).all();
    expect(results).toEqual([1, 2].map((step) => ({ step, reason: "movedPast" })));
  });

  test("moves nobody to a step that the person has had, or that the campaign lacks", async () => {
    await launch(2);
    await app.run();
    expect((await act({ kind: "move", stepNumber: 1 })).json.effects).toMatchObject({
      changed: 0,
      hadStep: 2,
    });
    const refused = await act({ kind: "move", stepNumber: 9 });
    expect(refused.status).toBe(400);
    expect(refused.json.error.fields).toHaveProperty(["action.stepNumber"]);
  });

  test("changes the sender only to one of the office", async () => {
    await launch(1);
    const refused = await act({ kind: "changeSender", senderId: 999_999 });
    expect(refused.json.error.fields).toHaveProperty(["action.senderId"]);
    const own = Number((await readRow("campaign_recipients", ids[0] ?? 0)).sender_id);
    expect((await act({ kind: "changeSender", senderId: own })).json.effects.already).toBe(1);
  });

  test("does not go on for people who replied before the stop was undone", async () => {
    await launch(2);
    await app.run();
    const { undoToken } = (await act({ kind: "stop" })).json;
    await bindings.DB.prepare(
      `INSERT INTO events (recipient_id, step_number, kind, dedupe_key, tenant_id, occurred_at, received_at, batch_id)
       VALUES (?, 1, 'replied', 'key', 1, ?, ?, 1)`,
    )
      .bind(ids[0], app.api.now(), app.api.now())
      .run();
    // Both people own the same home, so the reply of one person stops both.
    expect((await undo(undoToken)).json).toEqual({ undone: 0 });
    expect(await statuses()).toEqual(["stopped", "stopped"]);
  });

  test("completes a campaign when it stops the last person, and the undoing goes on", async () => {
    await launch(1);
    const { undoToken } = (await act({ kind: "stop" })).json;
    expect((await app.api.get(path)).json.status).toBe("completed");
    await undo(undoToken);
    expect((await app.api.get(path)).json.status).toBe("active");
    await passDays(9);
    expect(app.calls).toHaveLength(3);
  });

  test("is refused for a viewer, with too many ids, and in a campaign that has ended", async () => {
    await launch(1);
    const token = await signToken({ role: "viewer", at: app.api.now() });
    const body = { action: { kind: "pause" }, selection: { ids } };
    expect((await app.api.post(`${path}/recipients/actions`, body, { token })).status).toBe(403);
    const many = Array.from({ length: 501 }, (_, index) => index + 1);
    expect((await act({ kind: "pause" }, { selection: { ids: many } })).status).toBe(400);
    await app.api.patch(`${path}/status`, { status: "stopped" });
    expect((await act({ kind: "pause" })).status).toBe(409);
  });

  test("touches nobody of another campaign", async () => {
    await launch(1);
    const [other] = ids;
    await launch(1);
    expect((await act({ kind: "stop" }, { selection: { ids: [other ?? 0] } })).json.effects.changed).toBe(0);
    expect(await statuses()).toEqual(["active", "active"]);
  });
});

test.each(Array.from({ length: inject("isDeep") ? 150 : 2 }, (_, index) => index + 1))(
  "random actions, undoings and ticks send nobody a step twice, and a stop stays (seed %i)",
  async (seed) => {
    const random = createRandom(seed, "bulk");
    await launch(6);
    const stopped = new Set<number>();
    let last: { token: string; kind: string; ids: number[] } | null = null;
    for (let turn = 0; turn < 25; turn += 1) {
      const some = ids.filter(() => random.chance(0.5));
      const action = random.pick<Action>([
        { kind: "pause" },
        { kind: "resume" },
        { kind: "resume" },
        { kind: "snooze", days: random.between(1, 3) },
        { kind: "move", stepNumber: random.between(1, 3) },
        ...(turn > 12 ? [{ kind: "stop" } as const] : []),
      ]);
      if (some.length > 0) {
        const { status, json } = await act(action, { selection: { ids: some } });
        if (status !== 200 && status !== 409) throw new Error(JSON.stringify(json));
        last =
          status === 200 && json.undoToken !== null
            ? { token: json.undoToken, kind: action.kind, ids: some }
            : null;
      }
      if (last !== null && random.chance(0.3)) await undo(last.token);
      await app.pass(random.between(1, 3));
      const rows = await readPlaces();
      for (const { id, status } of rows) if (status === "stopped") stopped.add(Number(id));
      app.advance(random.between(2, 30) * 60 * minute);
      last = null;
    }
    const sentAfterwards = app.calls.length;
    await act({ kind: "resume" });
    await passDays(12);
    const keys = app.calls.map(({ to, messageId }) => `${to.email} ${messageId}`);
    expect(new Set(keys).size).toBe(keys.length);
    const { results } = await bindings.DB.prepare(
      "SELECT recipient_id AS id, count(*) AS n FROM messages WHERE status = 'sent' GROUP BY 1",
    ).all<{ id: number; n: number }>();
    expect(results.reduce((sum, { n }) => sum + n, 0)).toBe(app.calls.length);
    expect(results.every(({ n }) => n <= 3)).toBe(true);
    for (const id of stopped) expect((await readRow("campaign_recipients", id)).status).toBe("stopped");
    const perStep = new Set(app.calls.map(({ to, subject, at }) => `${to.email} ${subject} ${at}`));
    expect(perStep.size).toBe(app.calls.length);
    expect(sentAfterwards).toBeLessThanOrEqual(app.calls.length);
    for (const { status } of await readPlaces()) expect(["completed", "stopped"]).toContain(status);
  },
);
