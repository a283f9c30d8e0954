import { beforeEach, describe, expect, test } from "vitest";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { searchPeople } from "../../worker/db/search.ts";
import {
  buildCampaignBody,
  createApi,
  createTemplate,
  createTenant,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

/* Tests searches of the whole office, through the API's route and with real D1. */

const api = createApi();
let templateId = 0;
let campaignId = 0;

const jane = {
  email: "j.doe-smith@example.com",
  fullName: "Jane María Doe-Smith",
  property: { streetAddress: "1420 Cedar Ridge Dr" },
};
const henk = { email: "henk@elsewhere.example", fullName: "Henk van Ömmen" };

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  templateId = await createTemplate(api);
  campaignId = await create({ name: "Fall letters", propertyId: "p-1", recipients: [jane, henk] });
});

async function create(overrides: Record<string, unknown>): Promise<number> {
  const { json, status, text } = await api.post(
    "/api/campaigns",
    buildCampaignBody(templateId, { status: "draft", ...overrides }),
  );
  expect(status, text).toBe(201);
  return json.id;
}

const find = async (q: string, options = {}) =>
  (await api.get(`/api/search?q=${encodeURIComponent(q)}`, options)).json;
const findNames = async (q: string, options = {}): Promise<string[]> =>
  (await find(q, options)).people.map(({ name }: { name: string }) => name);

describe("a search finds a person", () => {
  test.each([
    ["by the first name", "jan"],
    ["by the last name", "smith"],
    ["by a name between, without its accent", "maria"],
    ["by words in another order", "doe jane"],
    ["by a part of the email", "doe-smith@exam"],
    ["by the number and street of the property", "1420 cedar"],
    ["by a name and a street", "jane ridge"],
    ["in upper case", "JANE"],
    ["with signs between the words", '  "Doe", (Jane)* '],
  ])("%s", async (_, q) => {
    expect(await findNames(q)).toEqual(["Jane María Doe-Smith"]);
  });

  test("by a letter that the name has with an accent, and the other way round", async () => {
    expect(await findNames("ommen")).toEqual([henk.fullName]);
    expect(await findNames("ömmen")).toEqual([henk.fullName]);
  });

  test("but not by the inside of a word, by one letter or by words that are not there", async () => {
    expect(await findNames("edar")).toEqual([]);
    expect(await findNames("j")).toEqual([]);
    expect(await findNames("jane mary")).toEqual([]);
  });

  test("once, by the newest campaign, with the number of campaigns", async () => {
    await create({ name: "Spring letters", propertyId: "p-1", recipients: [jane] });
    expect((await find("jane")).people).toMatchObject([
      { name: jane.fullName, campaignName: "Spring letters", campaigns: 2, address: "1420 Cedar Ridge Dr" },
    ]);
  });
});

test("a search finds a property by its address, with the people it knows there", async () => {
  const { properties } = await find("cedar ridge");
  expect(properties).toEqual([{ propertyId: "p-1", address: "1420 Cedar Ridge Dr", people: 1 }]);
});

test("a search finds a campaign by its name, and a new name replaces the old one", async () => {
  expect((await find("fall")).campaigns).toMatchObject([{ id: campaignId, name: "Fall letters" }]);
  await api.patch(`/api/campaigns/${campaignId}`, { name: "Winter letters" });
  expect((await find("fall")).campaigns).toEqual([]);
  expect((await find("winter")).campaigns).toMatchObject([{ id: campaignId }]);
});

test("a corrected name and address are found, and the earlier ones are not", async () => {
  const [id = 0] = await listRecipientIds(campaignId);
  await api.patch(`/api/recipients/${id}`, { name: "Joan Roe", email: "joan@example.org" });
  expect(await findNames("jane")).toEqual([]);
  expect(await findNames("joan")).toEqual(["Joan Roe"]);
  expect(await findNames("smith")).toEqual([]);
});

test("a deleted campaign and its people are not found", async () => {
  await api.delete(`/api/campaigns/${campaignId}`);
  expect(await find("jane")).toEqual({ people: [], properties: [], campaigns: [], hasMore: false });
  expect(await find("fall")).toMatchObject({ campaigns: [] });
});

test("a search finds nothing of another office", async () => {
  const token = await signToken({ tenantId: 2 });
  const answer = await find("jane", { token });
  expect(answer).toEqual({ people: [], properties: [], campaigns: [], hasMore: false });
  expect(await findNames("t1")).toEqual([]);
  expect((await find("fall", { token })).campaigns).toEqual([]);
});

test("an agent who may see one property finds only its people and campaigns", async () => {
  const other = { ...jane, email: "jane2@example.com", fullName: "Jane Elsewhere" };
  await create({ name: "Fall, second", propertyId: "p-2", recipients: [other] });
  const token = await signToken({ prop: ["p-2"] });
  const answer = await find("jane", { token });
  expect(answer.people.map(({ name }: { name: string }) => name)).toEqual(["Jane Elsewhere"]);
  expect((await find("fall", { token })).campaigns).toMatchObject([{ name: "Fall, second" }]);
});

test.each([
  '"',
  "*",
  "AND OR NOT",
  'a" OR "b',
  "who : jane",
  "{who} : x",
  "jane NEAR(doe, 2)",
  "%_'--",
  "((",
])("a search for %j is no error and has no effect", async (q) => {
  const { status } = await api.get(`/api/search?q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
});

test("a search without text, with too much text or with another parameter is refused by its name", async () => {
  for (const query of ["", `?q=${"a".repeat(101)}`, "?q=jane&limit=5"]) {
    const { status, json } = await api.get(`/api/search${query}`);
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toEqual([query.includes("limit") ? "limit" : "q"]);
  }
});

test("a list has at most eight entries, and the answer says that there are more", async () => {
  const many = Array.from({ length: 12 }, (_, index) => ({
    email: `many${index}@example.com`,
    fullName: `Many Person ${index}`,
  }));
  await create({ name: "Many", propertyId: "p-3", recipients: many });
  const answer = await find("many");
  expect(answer.people).toHaveLength(8);
  expect(answer.hasMore).toBe(true);
});

describe("the cost of the search", () => {
  test("is one row written for an added person, and a bounded number read at any size", async () => {
    const fill = async (from: number, count: number) =>
      await bindings.DB.prepare(
        `WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 + ?2 - 1)
        INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, email, name, data, created_at)
        SELECT 900000000 + i, 1, ?3, 101, 'fill' || i || '@example.net', 'Jane Filler' || i, '{}', 0 FROM n`,
      )
        .bind(from, count, campaignId)
        .run();
    const { meta } = await fill(0, 100);
    // D1 counts four rows for each recipient: the recipient, the unique email, the property, and
    // the words for the search.
    expect(meta.rows_written).toBeLessThanOrEqual(100 * 4);
    const read = async () => {
      const { d1, cost } = meterDatabase(bindings.DB);
      const scope = createScope(openDatabase(d1), 1);
      await searchPeople(scope, { words: ["jane"], properties: null, limit: 8 });
      return cost.rowsRead;
    };
    const few = await read();
    await fill(100, 10_000);
    expect(await read()).toBe(few);
    expect(few).toBeLessThanOrEqual(200);
  });
});
