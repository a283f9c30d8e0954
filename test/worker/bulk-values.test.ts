import { beforeEach, describe, expect, test } from "vitest";
import type { BulkActionInput } from "../../shared/bulk-action.ts";
import { minute } from "../support/time.ts";
import {
  buildCampaignBody,
  buildLaunchBody,
  buildOwners,
  buildTemplateBody,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests two actions on many people: to fill in a value that their emails lack, and to remove them.
 */

let app: App;
let path: string;
let ids: number[];

beforeEach(async () => {
  app = await openApp();
});

const saveTemplate = async (): Promise<number> =>
  (await app.api.post("/api/templates", buildTemplateBody({ bodyHtml: "<p>Take {{recipient.gift}}.</p>" })))
    .json.id;

/** Creates a campaign whose emails need `recipient.gift`; the first person has a gift already. */
async function create(count: number, isDraft = false): Promise<void> {
  const recipients = buildOwners(count).map((person, index) => ({
    ...person,
    templateData: index === 0 ? { gift: "a tree" } : {},
  }));
  const build = isDraft ? buildCampaignBody : buildLaunchBody;
  const body = build(await saveTemplate(), { recallSeconds: 0, recipients });
  const { json } = await app.api.post("/api/campaigns", body);
  path = `/api/campaigns/${json.id}`;
  ids = await listRecipientIds(json.id);
}

const act = async (action: BulkActionInput["action"], more: Partial<BulkActionInput> = {}) =>
  await app.api.post(`${path}/recipients/actions`, { action, selection: { ids }, ...more });
const undo = async (undoToken: string) =>
  await app.api.post(`${path}/recipients/actions/undo`, { undoToken });
const fill = { kind: "fill", path: "recipient.gift", text: "a plum" } as const;
const remove = { kind: "remove" } as const;
const readPeople = async () => {
  const { results } = await bindings.DB.prepare(
    "SELECT id, status, data->>'$.recipient.gift' AS gift, data->'$.byHand' AS byHand, due_at FROM campaign_recipients ORDER BY id",
  ).all<Record<string, unknown>>();
  return results;
};
const gifts = async () => (await readPeople()).map(({ gift }) => gift);

describe("a value that is filled in for many people", () => {
  test("is named with the number of people who lack it, and goes to nobody who has one", async () => {
    await create(3);
    const missing = await app.api.post(`${path}/recipients/missing-values`, { ids });
    expect(missing.json).toEqual({
      items: [{ path: "recipient.gift", label: "Gift", scope: "many", people: 2, ids: ids.slice(1) }],
    });
    const preview = await act(fill, { preview: true });
    expect(preview.json).toMatchObject({ effects: { changed: 2, hasValue: 1 }, undoToken: null });
    expect(await gifts()).toEqual(["a tree", null, null]);
    expect((await act(fill)).json.effects).toMatchObject({ changed: 2, hasValue: 1 });
    expect(await gifts()).toEqual(["a tree", "a plum", "a plum"]);
    expect((await act(fill)).json).toMatchObject({ effects: { changed: 0, hasValue: 3 }, undoToken: null });
  });

  test("lets those go on whose email was held for it, once", async () => {
    await create(3);
    await app.run();
    expect((await readPeople()).map(({ status }) => status)).toEqual(["active", "paused", "paused"]);
    const listed = (await app.api.get(`${path}/recipients`)).json.items;
    expect(listed.map(({ heldFor }: { heldFor: string | null }) => heldFor)).toEqual([
      null,
      "missingVariables",
      "missingVariables",
    ]);
    await Promise.all([act(fill), act(fill)]);
    expect((await readPeople()).map(({ status }) => status)).toEqual(["active", "active", "active"]);
    await app.run();
    app.advance(minute);
    await app.run();
    expect(app.calls.map(({ text }) => /Take (.*)\./.exec(text ?? "")?.[1])).toEqual([
      "a tree",
      "a plum",
      "a plum",
    ]);
  });

  test("is taken away again by the undo, which leaves everybody as before", async () => {
    await create(3);
    await app.run();
    const before = await readPeople();
    const { undoToken } = (await act(fill)).json;
    expect(await readPeople()).not.toEqual(before);
    expect((await undo(undoToken)).json).toEqual({ undone: 2 });
    expect((await readPeople()).map(({ byHand: _, ...person }) => person)).toEqual(
      before.map(({ byHand: _, ...person }) => person),
    );
    expect((await undo(undoToken)).status).toBe(409);
    await app.run();
    expect(app.calls).toHaveLength(1);
  });

  test("stays if somebody has changed it since", async () => {
    await create(2);
    const { undoToken } = (await act(fill)).json;
    const patched = await app.api.patch(`/api/recipients/${ids[1]}`, { templateData: { gift: "a pear" } });
    expect(patched.status).toBe(200);
    expect((await undo(undoToken)).json).toEqual({ undone: 0 });
    expect(await gifts()).toEqual(["a tree", "a pear"]);
  });

  test.each(["recipient.lastName", "property.streetAddress", "property.listing_status", "sender.phone", "x"])(
    "is refused at %s, which is one person's own or nobody's",
    async (refused) => {
      await create(1);
      const answer = await act({ ...fill, path: refused });
      expect(answer.status).toBe(400);
      expect(answer.json.error.fields).toHaveProperty(["action.path"]);
    },
  );

  test("changes nobody whose data has no room for it", async () => {
    await create(2);
    await bindings.DB.prepare(
      "UPDATE campaign_recipients SET data = json_set(data, '$.recipient.page', ?) WHERE id = ?",
    )
      .bind("x".repeat(15_900), ids[1])
      .run();
    const { effects } = (await act({ ...fill, text: "y".repeat(500) })).json;
    expect(effects).toMatchObject({ changed: 0, noRoom: 1, hasValue: 1, underWay: 0 });
  });
});

describe("people who are removed", () => {
  test("are deleted with their words in the search, except those who have an email or a task", async () => {
    await create(3);
    await app.run();
    // The first person was emailed, and the two others were held before their email.
    await app.api.post(`${path}/recipients`, {
      recipients: [{ email: "late@example.com", fullName: "Late" }],
    });
    ids = await listRecipientIds(Number(path.split("/").at(-1)));
    expect((await act(remove, { preview: true })).json.effects).toMatchObject({ changed: 1, hasHistory: 3 });
    const done = await act(remove);
    expect(done.json).toMatchObject({ effects: { changed: 1, hasHistory: 3 } });
    expect(await listRecipientIds(Number(path.split("/").at(-1)))).toEqual(ids.slice(0, 3));
    expect((await app.api.get("/api/search?q=late")).json.people ?? []).toEqual([]);
    expect((await act(remove)).json.effects).toMatchObject({ changed: 0, hasHistory: 3 });
    expect(await listAuditedActions()).toContain("campaign.people.remove");
  });

  const readRows = async () => {
    const { results } = await bindings.DB.prepare("SELECT * FROM campaign_recipients ORDER BY id").all();
    // An email whose time has come meanwhile is due at once.
    for (const person of results) person.due_at = Number(person.due_at) > 0;
    const wordings = await bindings.DB.prepare("SELECT * FROM personal_wordings").all();
    return { people: results, wordings: wordings.results };
  };
  const countKept = async () =>
    (await bindings.DB.prepare("SELECT count(*) AS count FROM removed_recipients").first<{ count: number }>())
      ?.count;

  test("are back as they were after the undo, with their wordings and words in the search", async () => {
    await create(3);
    await bindings.DB.prepare(
      `INSERT INTO personal_wordings (recipient_id, step_number, tenant_id, version, preheader, body_html, body_text,
         agent_id, changed_at) VALUES (?, 1, 1, 7, '', '<p>Hello</p>', 'Hello', 'agent-1', 5)`,
    )
      .bind(ids[1])
      .run();
    const before = await readRows();
    const { undoToken, effects } = (await act(remove)).json;
    expect([effects.changed, (await readPeople()).length]).toEqual([3, 0]);
    expect((await app.api.get(path)).json.status).toBe("completed");
    expect((await undo(undoToken)).json).toEqual({ undone: 3 });
    expect(await readRows()).toEqual(before);
    expect((await app.api.get(path)).json.status).toBe("active");
    expect((await app.api.get("/api/search?q=owner")).json.people).toHaveLength(3);
    expect((await undo(undoToken)).status).toBe(409);
    expect(await countKept()).toBe(0);
    // The second person lacks a value of the letter, and gets the personal wording without it.
    await app.run();
    expect(app.calls.map(({ to }) => to.email)).toEqual(["owner-0@example.com", "owner-1@example.com"]);
  });

  test("by a request that is sent again are counted the same, and come back once", async () => {
    await create(2);
    const lost = { undoToken: "chosenbythetab" };
    expect((await act(remove, lost)).json).toMatchObject({ effects: { changed: 2 }, ...lost });
    expect((await act(remove, lost)).json).toMatchObject({ effects: { changed: 2 }, ...lost });
    const answers = await Promise.all([undo(lost.undoToken), undo(lost.undoToken)]);
    expect(answers.map(({ json }) => json.undone ?? 0).toSorted()).toEqual([0, 2]);
    expect(await readPeople()).toHaveLength(2);
  });

  test("and added again, or on the do-not-email list since, do not come back with the undo", async () => {
    await create(4);
    const { undoToken } = (await act(remove, { selection: { ids: ids.slice(0, 3) } })).json;
    await app.api.post("/api/suppressions", { emails: ["owner-1@example.com"] });
    await app.api.post(`${path}/recipients`, { recipients: [{ email: "owner-2@example.com" }] });
    expect((await undo(undoToken)).json).toEqual({ undone: 1 });
  });

  test("can't come back after a minute, and their data is deleted then", async () => {
    await create(1);
    const { undoToken } = (await act(remove)).json;
    app.advance(61_000);
    expect((await undo(undoToken)).status).toBe(409);
    app.advance(10 * minute);
    await app.tick();
    expect(await countKept()).toBe(0);
  });

  test("leave a draft, too, and nobody else's campaign", async () => {
    await create(2, true);
    const [first, second] = ids;
    await create(1);
    const other = ids[0];
    path = `/api/campaigns/${(await readRow("campaign_recipients", first ?? 0)).campaign_id}`;
    const selection = { ids: [first ?? 0, other ?? 0] };
    expect((await act(remove, { selection })).json.effects.changed).toBe(1);
    expect((await readPeople()).map(({ id }) => id)).toEqual([second, other]);
  });

  test("complete a campaign in which nobody is left", async () => {
    await create(1);
    await act(remove);
    expect((await app.api.get(path)).json.status).toBe("completed");
  });

  test("stay for a session of another property", async () => {
    await create(1);
    const token = await signToken({ prop: ["p-2"], at: app.api.now() });
    const body = { action: remove, selection: { ids } };
    expect((await app.api.post(`${path}/recipients/actions`, body, { token })).status).toBe(404);
    expect((await app.api.post(`${path}/recipients/missing-values`, { ids }, { token })).status).toBe(404);
    expect(await readPeople()).toHaveLength(1);
  });
});
