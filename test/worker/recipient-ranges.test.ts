import { beforeEach, describe, expect, test } from "vitest";
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
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi();
});

const rangeOf = async (id: number) => {
  const row = await readRow("campaigns", id);
  return { first: Number(row.first_recipient_id), last: Number(row.last_recipient_id) };
};
const add = (id: number, from: number, count: number) =>
  api.post(`/api/campaigns/${id}/recipients`, {
    recipients: buildOwners(from + count).slice(from),
  });

describe("a campaign's range of recipient ids", () => {
  test("never overlaps another's, even of campaigns created at once or after a deletion", async () => {
    const templateId = await createTemplate(api);
    const answers = await Promise.all(
      ["One", "Two", "Three"].map((name) =>
        api.post("/api/campaigns", buildCampaignBody(templateId, { name })),
      ),
    );
    const made = answers.map(({ json }) => json);
    const before = await Promise.all(made.map(({ id }) => rangeOf(id)));
    await api.delete(`/api/campaigns/${made[2].id}`);
    const after = await rangeOf((await createLaunchedCampaign(api, { name: "Four" })).id);
    const all = [...before, after].toSorted((a, b) => a.first - b.first);
    for (const [index, range] of all.entries()) {
      expect(range.last - range.first).toBe(16_383);
      expect(range.first).toBeGreaterThan(all[index - 1]?.last ?? 2 ** 52 - 1);
      expect(Number.isSafeInteger(range.last)).toBe(true);
    }
    expect(all.at(-1)).toEqual(after);
  });

  test("is filled from its first id in the order in which recipients are added", async () => {
    const { id } = await createLaunchedCampaign(api, { recipients: buildOwners(2) });
    await Promise.all([add(id, 2, 20), add(id, 2, 20), add(id, 22, 20)]);
    const { first } = await rangeOf(id);
    const ids = await listRecipientIds(id);
    expect(ids).toHaveLength(42);
    expect(ids[0]).toBe(first);
    const { results } = await bindings.DB.prepare(
      "SELECT turn FROM campaign_recipients WHERE campaign_id = ?1 ORDER BY id",
    )
      .bind(id)
      .all<{ turn: number }>();
    expect(results.map(({ turn }) => turn)).toEqual(ids.map((_, index) => index));
  });

  test("that is full refuses more recipients with a message", async () => {
    const { id } = await createLaunchedCampaign(api, { recipients: buildOwners(2) });
    await bindings.DB.prepare("UPDATE campaigns SET last_recipient_id = first_recipient_id + 3").run();
    const refused = await add(id, 2, 3);
    expect([refused.status, refused.json.error.code]).toEqual([409, "conflict"]);
    expect(refused.json.error.message).toMatch(/full/);
    expect((await add(id, 2, 2)).json).toMatchObject({ added: 2 });
    expect(await listRecipientIds(id)).toHaveLength(4);
  });
});
