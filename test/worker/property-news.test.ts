import { beforeEach, describe, expect, test } from "vitest";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { updateRecipientsAtProperty } from "../../worker/send/property-news.ts";
import { day } from "../support/time.ts";
import {
  buildLaunchBody,
  buildTemplateBody,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests that new facts about a property take effect as soon as the host reports them. The facts
 * change lists, the search and the check against do-not-solicit lists, and release held emails.
 */
let app: App;
let campaignId: number;
let ids: number[];

beforeEach(async () => {
  app = await openApp();
});

const jane = {
  email: "jane@example.com",
  contactKey: "c-1",
  fullName: "Jane Doe",
  property: { streetAddress: "123 Main St", city: "Albany", stateOrProvince: "NY", postalCode: "12207" },
};
const ann = { ...jane, email: "ann@example.com", contactKey: "c-2", fullName: "Ann Roe" };

async function launch(bodyHtml: string, recipients: readonly object[] = [jane, ann]): Promise<void> {
  const { json } = await app.api.post("/api/templates", buildTemplateBody({ bodyHtml }));
  const body = buildLaunchBody(json.id, { recipients, recallSeconds: 0 });
  campaignId = (await app.api.post("/api/campaigns", body)).json.id;
  ids = await listRecipientIds(campaignId);
  await app.run();
}
const report = (facts: object) =>
  app.api.post("/api/properties/p-1/status", { standardStatus: "Expired", ...facts });
const renamed = { contacts: [{ contactKey: "c-1", name: { fullName: "Jane Smith" } }] };
const moved = { address: { streetAddress: "9 Oak Ave", city: "Troy", postalCode: "12180" } };
const listNames = async () => {
  const { json } = await app.api.get(`/api/campaigns/${campaignId}/recipients`);
  return json.items.map(({ name }: { name: string }) => name).toSorted();
};
const search = async (words: string) =>
  (await app.api.get(`/api/search?q=${encodeURIComponent(words)}`)).text;

describe("a new name or address", () => {
  test("is in the lists and is found by the search, and the earlier one is not", async () => {
    await launch("<p>Hi</p>");
    await report({ ...renamed, ...moved });
    expect(await listNames()).toEqual(["Ann Roe", "Jane Smith"]);
    expect(await search("Smith")).toContain("Jane Smith");
    expect(await search("Oak")).toContain("9 Oak Ave");
    expect(await search("Doe")).not.toContain("Jane");
  });

  test("is in no list if an agent has corrected the name by hand", async () => {
    await launch("<p>Hi</p>");
    await app.api.patch(`/api/recipients/${ids[0]}`, { name: "Janet Right" });
    await report(renamed);
    expect(await listNames()).toEqual(["Ann Roe", "Janet Right"]);
  });

  test.each([
    ["a report", () => report(moved)],
    ["an agent's correction", () => app.api.patch(`/api/recipients/${ids[0]}`, { property: moved.address })],
  ])("that %s brings is checked against the do-not-solicit lists", async (_, change) => {
    const asOf = new Date(app.clock.at).toISOString().slice(0, 10);
    const imported = await app.api.call("POST", `/api/do-not-solicit-lists?name=Zone&state=NY&asOf=${asOf}`, {
      token: await signToken({ role: "teamLead", at: app.clock.at }),
      raw: "address,zip\n9 Oak Ave,12180\n",
      headers: { "content-type": "text/csv" },
    });
    expect(imported.status).toBe(201);
    await launch("<p>Hi</p>", [jane]);
    expect(app.calls).toHaveLength(1);
    expect((await change()).status).toBe(200);
    app.advance(4 * day);
    await report({});
    await app.run();
    expect(app.calls).toHaveLength(1);
    expect(await readRow("campaign_recipients", ids[0] ?? 0)).toMatchObject({ stop_reason: "doNotSolicit" });
  });

  test("costs nothing in another report, and one row with its search words per person it concerns", async () => {
    await launch("<p>Hi</p>");
    const { d1, cost } = meterDatabase(bindings.DB);
    const scope = createScope(openDatabase(d1), 1);
    await report(renamed);
    await bindings.DB.prepare("UPDATE campaign_recipients SET name = 'Jane Doe' WHERE id = ?")
      .bind(ids[0])
      .run();
    await updateRecipientsAtProperty(scope, "p-1", app.clock.at);
    expect(cost.rowsWritten).toBeLessThanOrEqual(4);
    const before = cost.rowsWritten;
    await updateRecipientsAtProperty(scope, "p-1", app.clock.at);
    expect(cost.rowsWritten).toBe(before);
  });
});

describe("a recipient who waits for a missing value", () => {
  test("goes on when the host reports the value, without an agent", async () => {
    await launch("<p>{{property.listPrice}}</p>");
    expect(app.calls).toHaveLength(0);
    app.advance(10 * day);
    await report({ listPrice: 449_000 });
    await app.run();
    expect(app.calls.map(({ to }) => to.email).toSorted()).toEqual([ann.email, jane.email]);
    expect(app.calls[0]?.text).toContain("$449,000");
  });

  test("waits on if the report lacks another value", async () => {
    await launch("<p>{{property.listPrice}} {{recipient.hobby}}</p>", [jane]);
    await report({ listPrice: 449_000 });
    expect(await readRow("campaign_recipients", ids[0] ?? 0)).toMatchObject({ status: "paused" });
    await app.run();
    expect(app.calls).toHaveLength(0);
  });

  test("goes on when the campaign is resumed, if it was paused", async () => {
    await launch("<p>{{property.listPrice}}</p>", [jane]);
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "paused" });
    await report({ listPrice: 449_000 });
    await app.run();
    expect(app.calls).toHaveLength(0);
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "active", recallSeconds: 0 });
    await app.run();
    expect(app.calls).toHaveLength(1);
  });
});
