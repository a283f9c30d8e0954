import { beforeEach, expect, test } from "vitest";
import { limits } from "../../shared/limits.ts";
import {
  type Api,
  buildOwners,
  createApi,
  createLaunchedCampaign,
  createTenant,
  signToken,
} from "../support/worker/api.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi();
});

const report = async (properties: unknown[], token: object = {}, by: Api = api) =>
  by.post(
    "/api/properties",
    { properties },
    {
      token: await signToken({ role: "admin", at: by.now(), ...token }),
    },
  );
const readProperties = async () =>
  (
    await bindings.DB.prepare(
      `SELECT property_id AS id, standard_status AS status, list_price AS price, owners,
         owners_changed_at IS NOT NULL AS isSold, facts->>'$.address.values.city' AS city
       FROM properties ORDER BY property_id`,
    ).all()
  ).results;

test("status, price, owners and address of many properties are stored, and known ones are unchanged", async () => {
  const properties = [
    { propertyId: "p-1", standardStatus: "Active", listPrice: 500_000, owners: ["Jane  Doe"] },
    { propertyId: "p-2", standardStatus: "Closed", address: { streetAddress: "2 Elm St", city: "Troy" } },
    { propertyId: "p-3", contacts: [{ contactKey: "c-3", name: { firstName: "Ann" } }] },
  ];
  const first = await report(properties);
  expect(first.status).toBe(200);
  expect(first.json).toEqual({
    items: ["p-1", "p-2", "p-3"].map((propertyId) => ({ propertyId, result: "stored" })),
    stopped: 0,
  });
  expect(await readProperties()).toEqual([
    { id: "p-1", status: "Active", price: 500_000, owners: '["jane doe"]', isSold: 0, city: null },
    { id: "p-2", status: "Closed", price: null, owners: null, isSold: 0, city: "Troy" },
    { id: "p-3", status: null, price: null, owners: null, isSold: 0, city: null },
  ]);
  const again = await report(properties.slice(0, 1));
  expect(again.json.items).toEqual([{ propertyId: "p-1", result: "unchanged" }]);
});

test("a faulty report is refused with its reason, and the others are stored whole", async () => {
  const { json } = await report([
    { propertyId: "p-1", standardStatus: "Active" },
    { propertyId: "p-2", listPrice: -1 },
    { propertyId: "p-3" },
    { standardStatus: "Active" },
    { propertyId: "p-1", standardStatus: "Closed" },
    { propertyId: "p-4", standardStatus: "Active", nonsense: true },
    "nonsense",
  ]);
  expect(json.items.map((item: { result: string }) => item.result)).toEqual([
    "stored",
    ...Array.from({ length: 6 }, () => "refused"),
  ]);
  expect(json.items.map((item: { fields?: object }) => Object.keys(item.fields ?? {}))).toEqual([
    [],
    ["listPrice"],
    ["standardStatus"],
    ["propertyId"],
    ["propertyId"],
    ["nonsense"],
    ["body"],
  ]);
  expect((await readProperties()).map(({ id, status }) => [id, status])).toEqual([["p-1", "Active"]]);
});

test("only a team lead's or admin's token may report, and only properties of the token", async () => {
  expect((await report([{ propertyId: "p-1", listPrice: 1 }], { role: "agent" })).status).toBe(403);
  const { json } = await report(
    [
      { propertyId: "p-1", listPrice: 1 },
      { propertyId: "p-2", listPrice: 1 },
    ],
    { prop: ["p-1"] },
  );
  expect(json.items.map((item: { result: string }) => item.result)).toEqual(["stored", "refused"]);
  expect((await report(Array.from({ length: limits.propertiesPerRequest + 1 }, () => ({})))).status).toBe(
    400,
  );
  expect((await report([])).status).toBe(400);
});

test("a status that ends sequences stops the people at all the properties, and new owners are noticed", async () => {
  const people = buildOwners(4).map((owner, index) => ({ ...owner, propertyId: `p-${index}` }));
  await createLaunchedCampaign(api, { recipients: people });
  await report([{ propertyId: "p-0", owners: ["Jane Doe"] }]);
  const { json } = await report([
    { propertyId: "p-0", owners: ["John Roe"] },
    { propertyId: "p-1", standardStatus: "Pending" },
    { propertyId: "p-2", standardStatus: "Pending" },
  ]);
  expect(json.stopped).toBe(2);
  expect((await readProperties()).map(({ id, isSold }) => [id, isSold])).toEqual([
    ["p-0", 1],
    ["p-1", 0],
    ["p-2", 0],
  ]);
});

test("a hundred properties cost no more statements than ten", async () => {
  const measure = async (count: number) => {
    const { d1, cost } = meterDatabase(bindings.DB, { metersRaw: true });
    const metered = createApi({ env: { DB: d1 } });
    const properties = Array.from({ length: count }, (_, index) => ({
      propertyId: `p-${count}-${index}`,
      standardStatus: "Active",
      listPrice: 400_000,
      owners: ["Jane Doe"],
    }));
    expect((await report(properties, {}, metered)).status).toBe(200);
    return cost;
  };
  const ten = await measure(10);
  const hundred = await measure(100);
  // After the batch, the recipients of each changed property are looked up.
  expect(hundred.statements - 100).toBe(ten.statements - 10);
  expect(hundred.rowsWritten / 100).toBeLessThanOrEqual(2.1);
});
