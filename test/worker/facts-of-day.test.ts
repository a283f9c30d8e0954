import { beforeEach, expect, test } from "vitest";
import { day } from "../support/time.ts";
import { buildLaunchBody, buildTemplateBody, exampleOwner, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const bodyHtml = "<p>{{property.standardStatus}} at {{property.listPrice}}</p>";
const tell = (facts: object) =>
  app.api.post("/api/properties/p-1/status", { standardStatus: "Expired", ...facts });

async function launchAt(property: object): Promise<void> {
  const { json } = await app.api.post("/api/templates", buildTemplateBody({ bodyHtml }));
  const recipients = [{ ...exampleOwner, property: { ...exampleOwner.property, ...property } }];
  const body = buildLaunchBody(json.id, { recipients, recallSeconds: 0 });
  expect((await app.api.post("/api/campaigns", body)).status).toBe(201);
  await app.run();
}
const findCampaignId = async () => (await app.api.get("/api/campaigns")).json.items[0].id;
const lastText = () => app.calls.at(-1)?.text.split("\n")[0];

test("a follow-up contains the price that the host reported after the launch", async () => {
  await launchAt({ listPrice: 485_000, standardStatus: "Expired" });
  expect(lastText()).toBe("Expired at $485,000");
  expect((await tell({ listPrice: 449_000 })).status).toBe(200);
  app.advance(3 * day);
  await app.run();
  expect(app.calls).toHaveLength(2);
  expect(lastText()).toBe("Expired at $449,000");
});

test("a follow-up contains the status that the host reported after the launch", async () => {
  await launchAt({ listPrice: 485_000, standardStatus: "Expired" });
  expect((await tell({ standardStatus: "Canceled" })).status).toBe(200);
  app.advance(3 * day);
  await app.run();
  expect(lastText()).toBe("Canceled at $485,000");
});

test("a dollar sign before a price is printed once, in the subject and in both parts", async () => {
  const price = "{{property.listPrice}}";
  const wording = {
    subject: `Listed at $${price}`,
    bodyHtml: `<p>At $${price} or $${"{{default property.offer 50000}}"}, $5 more.</p>`,
    bodyText: `At $${price}, or about $${"{{property.about}}"}`,
  };
  const { json } = await app.api.post("/api/templates", buildTemplateBody(wording));
  const property = { ...exampleOwner.property, listPrice: 485_000, about: "485 thousand" };
  const recipients = [{ ...exampleOwner, property }];
  await app.api.post("/api/campaigns", buildLaunchBody(json.id, { recipients, recallSeconds: 0 }));
  await app.run();
  const [call] = app.calls;
  expect(call?.subject).toBe("Listed at $485,000");
  expect(call?.html).toContain("At $485,000 or $50000, $5 more");
  expect(lastText()).toBe("At $485,000, or about $485 thousand");
});

test("values stored before the launch do not replace the launch's own values", async () => {
  await tell({ listPrice: 500_000 });
  await launchAt({ listPrice: 485_000, standardStatus: "Expired" });
  expect(lastText()).toBe("Expired at $485,000");
});

test("an email that states an older price than the office allows waits until the host reports one", async () => {
  const admin = { token: await signToken({ role: "admin" }) };
  const limit = { maxFactAgeDays: { "property.listPrice": 2 } };
  expect((await app.api.patch("/api/tenant", limit, admin)).status).toBe(200);
  await launchAt({ listPrice: 485_000, standardStatus: "Expired" });
  expect(lastText()).toBe("Expired at $485,000");
  app.advance(3 * day);
  await app.run();
  expect(app.calls).toHaveLength(1);
  const [recipient] = (await app.api.get(`/api/campaigns/${await findCampaignId()}/recipients`)).json.items;
  const read = async () => (await app.api.get(`/api/recipients/${recipient.id}`)).json;
  const { whyNotYet, status, missingValues } = await read();
  expect([whyNotYet.reason, whyNotYet.until, status, missingValues]).toEqual([
    ...["factTooOld", null, "active", []],
  ]);
  // A report without a price says nothing about the price.
  await tell({});
  await app.run();
  expect(app.calls).toHaveLength(1);
  await tell({ listPrice: 485_000 });
  await app.run();
  expect(app.calls).toHaveLength(2);
  expect(lastText()).toBe("Expired at $485,000");
  // The same price, reported again days later, is a new fact.
  app.advance(5 * day);
  await tell({ listPrice: 485_000 });
  await app.run();
  expect(app.calls).toHaveLength(3);
});

test("an email that states no price does not wait for one", async () => {
  const admin = { token: await signToken({ role: "admin" }) };
  await app.api.patch("/api/tenant", { maxFactAgeDays: { "property.listPrice": 2 } }, admin);
  const words = { bodyHtml: "<p>Hi {{recipient.salutation}}</p>" };
  const { json } = await app.api.post("/api/templates", buildTemplateBody(words));
  const recipients = [{ ...exampleOwner, property: { ...exampleOwner.property, listPrice: 485_000 } }];
  await app.api.post("/api/campaigns", buildLaunchBody(json.id, { recipients, recallSeconds: 0 }));
  await app.run();
  app.advance(3 * day);
  await app.run();
  expect(app.calls).toHaveLength(2);
});

test("a recipient's missing values do not include a value that the host reported after the launch", async () => {
  await launchAt({ standardStatus: "Expired" });
  expect(app.calls).toHaveLength(0);
  const { json } = await app.api.get("/api/campaigns");
  const list = await app.api.get(`/api/campaigns/${json.items[0].id}/recipients`);
  const path = `/api/recipients/${list.json.items[0].id}`;
  expect((await app.api.get(path)).json.missingValues).toHaveLength(1);
  await tell({ listPrice: 449_000 });
  expect((await app.api.get(path)).json.missingValues).toEqual([]);
});
