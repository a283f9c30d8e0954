import { beforeEach, expect, test } from "vitest";
import type { OfferedVariables } from "../../shared/template.ts";
import { type Api, createApi, createTenant } from "../support/worker/api.ts";
import { emptyDatabase } from "../support/worker/world.ts";

let api: Api;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi();
});

async function listValues(body: unknown): Promise<Record<string, string | null>> {
  const { json } = await api.post("/api/templates/variables", body);
  return Object.fromEntries((json as OfferedVariables).variables.map(({ path, value }) => [path, value]));
}

test("the variables have the values that an email to the owner would print", async () => {
  const values = await listValues({
    recipient: { fullName: "Priya Nair", petName: "Rex" },
    property: { streetAddress: "12 OAK ST", listPrice: 485000, photos: ["https://x.test/1.jpg"] },
  });
  expect(values).toMatchObject({
    "recipient.firstName": "Priya",
    "recipient.salutation": "Priya",
    "recipient.petName": "Rex",
    "property.streetAddress": "12 Oak St",
    "property.city": null,
  });
  const preview = await api.post("/api/templates/preview", {
    content: { subject: "{{property.listPrice}}", bodyHtml: "<p>a</p>" },
    recipient: {},
    property: { listPrice: 485000 },
  });
  expect(values["property.listPrice"]).toBe(preview.json.subject);
});

test("without an owner, only the agent's and the office's variables have values", async () => {
  const values = await listValues({});
  expect(values["recipient.salutation"]).toBeNull();
  expect(values["property.city"]).toBeNull();
  expect(values["sender.fromName"]).toEqual(expect.any(String));
  expect(values["brokerage.name"]).toEqual(expect.any(String));
});

test("a body with an unknown field is refused", async () => {
  expect((await api.post("/api/templates/variables", { recipents: {} })).status).toBe(400);
});
