import { beforeEach, expect, test } from "vitest";
import { day } from "../support/time.ts";
import { buildLaunchBody, buildTemplateBody, owner } from "../support/worker/api.ts";
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
  const recipients = [{ ...owner, property: { ...owner.property, ...property } }];
  const body = buildLaunchBody(json.id, { recipients, recallSeconds: 0 });
  expect((await app.api.post("/api/campaigns", body)).status).toBe(201);
  await app.run();
}
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

test("values stored before the launch do not replace the launch's own values", async () => {
  await tell({ listPrice: 500_000 });
  await launchAt({ listPrice: 485_000, standardStatus: "Expired" });
  expect(lastText()).toBe("Expired at $485,000");
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
