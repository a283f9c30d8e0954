import { beforeEach, describe, expect, test } from "vitest";
import type { RecipientCheck, RecipientsCheck } from "../../shared/recipient-check.ts";
import { findCampaign } from "../../worker/db/campaigns.ts";
import { loadAdditionFacts } from "../../worker/db/recipient-checks.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import {
  buildCampaignBody,
  buildLaunchBody,
  createLaunchedCampaign,
  createTemplate,
  dumpTables,
  signToken,
  suppressAddress,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
let id: number;

beforeEach(async () => {
  app = await openApp();
});

const home = (propertyId: string, more: object = {}) => ({ propertyId, property: more });
/** Launches a campaign that is about many properties. */
async function launch(recipients: object[] = [{ email: "first@example.com", propertyId: "p-0" }]) {
  const template = await createTemplate(app.api);
  const body = buildLaunchBody(template, { recallSeconds: 0, propertyId: null, recipients });
  const { json, text } = await app.api.post("/api/campaigns", body);
  if (json.id === undefined) throw new Error(text);
  id = json.id;
}
const check = async (recipients: object[], more: object = {}, options = {}) =>
  app.api.post(`/api/campaigns/${id}/recipients/check`, { recipients, ...more }, options);
const verdicts = async (recipients: object[], more: object = {}) => {
  const { json, text } = await check(recipients, more);
  if (json.items === undefined) throw new Error(text);
  return (json as RecipientsCheck).items.map(({ verdict }) => verdict);
};
const add = (recipients: object[]) => app.api.post(`/api/campaigns/${id}/recipients`, { recipients });

describe("the check of people before they are added", () => {
  test("says what adding each would do, and the addition does it", async () => {
    await launch();
    await suppressAddress("gone@example.com");
    const people = [
      { email: "new@example.com", ...home("p-1") },
      { email: "NEW@example.com ", ...home("p-1") },
      { email: "first@example.com", ...home("p-0") },
      { email: "gone@example.com", ...home("p-2") },
      { email: "not an address", ...home("p-2") },
      { fullName: "No Address", contactKey: "k-1", ...home("p-3") },
      { fullName: "Same Key", contactKey: "k-1", ...home("p-3") },
      { email: "listed@example.com", ...home("p-4", { standardStatus: "Active" }) },
    ];
    expect(await verdicts(people)).toEqual([
      ...["ready", "repeated", "alreadyThere", "suppressed", "faulty", "waitingForEmail", "repeated"],
      "listed",
    ]);
    const sound = people.filter((_, index) => index !== 4 && index < 6);
    expect((await add(sound)).json).toEqual({
      ...{ added: 1, waitingForEmail: 1, alreadyThere: 2, suppressed: 1 },
    });
    expect(await verdicts(people.slice(0, 6))).toEqual([
      ...["alreadyThere", "repeated", "alreadyThere", "suppressed", "faulty", "alreadyThere"],
    ]);
  });

  test("writes nothing, and reads at most six rows for each person", async () => {
    await launch();
    const people = Array.from({ length: 500 }, (_, index) => ({
      email: `person-${index}@example.com`,
      ...home(`p-${index}`, { standardStatus: index % 2 === 0 ? "Active" : "Expired" }),
    }));
    const before = await dumpTables();
    expect((await check(people)).status).toBe(200);
    expect(await dumpTables()).toBe(before);
    const { d1, cost } = meterDatabase(bindings.DB);
    const rows = people.map(({ email }) => ({ email, contactKey: null }));
    await loadAdditionFacts(createScope(openDatabase(d1), 1), id, rows);
    expect(cost).toMatchObject({ rowsWritten: 0, statements: 1 });
    expect(cost.rowsRead).toBeLessThanOrEqual(6 * 500);
  });

  test("names the fault of each wrong field, and no fault hides the other people", async () => {
    await launch();
    const { json } = await check([
      { email: "a@example.com", firstName: "x".repeat(201), sourceDate: "soon", ...home("p-1") },
      { email: "b@example.com", consent: { kind: "verbal", at: "2999-01-01T00:00:00Z" }, ...home("p-1") },
      { email: "c@example.com", templateData: { notes: "x".repeat(17_000) }, ...home("p-1") },
      { email: "d@example.com", propertyId: "p-1", property: { propertyId: "p-2" } },
      { email: "e@example.com", ...home("p-1") },
    ]);
    const [long, future, , other, fine] = json.items as RecipientCheck[];
    expect(long?.fields).toEqual({
      firstName: "must have at most 200 characters",
      sourceDate: "must be a date such as 2026-12-31",
    });
    expect(future?.verdict).toBe("faulty");
    expect(other?.fields).toEqual({ "property.propertyId": "must be p-1" });
    expect(fine).toEqual({ verdict: "ready" });
  });

  test("finds who was added without an address and has got one since", async () => {
    await launch();
    const person = { fullName: "Ann", contactKey: "k-1", ...home("p-1") };
    await add([person]);
    const { json } = await app.api.get(`/api/campaigns/${id}/recipients?q=Ann`);
    await app.api.patch(`/api/recipients/${json.items[0].id}`, { email: "ann@example.com" });
    expect(await verdicts([person])).toEqual(["alreadyThere"]);
    expect((await add([person])).json).toMatchObject({ added: 0, waitingForEmail: 0, alreadyThere: 1 });
  });

  test("tells who is closed by a refusal, by their newest one", async () => {
    await launch([
      { email: "no@example.com", fullName: "Nora", ...home("p-1") },
      { email: "nor@example.com", fullName: "Norbert", ...home("p-1") },
      { email: "open@example.com", ...home("p-0") },
    ]);
    for (const { id: recipientId } of (await app.api.get(`/api/campaigns/${id}/recipients`)).json.items.slice(
      0,
      2,
    )) {
      app.advance(1000);
      await app.api.post(`/api/recipients/${recipientId}/outcome`, { outcome: "notSelling" });
    }
    const answer = await check([
      { email: "brother@example.com", ...home("p-1") },
      { email: "else@example.com", ...home("p-2") },
    ]);
    expect(answer.json.items).toEqual([
      {
        verdict: "refused",
        reason: expect.objectContaining({ code: "personRefused", name: "Norbert" }),
        message: expect.stringContaining("Norbert"),
      },
      { verdict: "ready" },
    ]);
  });

  test("takes a statement that homes are not listed, where a statement is enough", async () => {
    await launch();
    const people = [
      { email: "a@example.com", ...home("p-1", { standardStatus: "Mystery" }) },
      { email: "b@example.com", ...home("p-2", { standardStatus: "Active" }) },
    ];
    expect(await verdicts(people)).toEqual(["listed", "listed"]);
    expect(await verdicts(people, { listingStatement: "I looked." })).toEqual(["ready", "listed"]);
  });

  test("keeps the statement with a draft, so that the draft's launch needs no other", async () => {
    const template = await createTemplate(app.api);
    const body = buildCampaignBody(template, { propertyId: null });
    id = (await app.api.post("/api/campaigns", body)).json.id;
    const recipients = [{ email: "a@example.com", ...home("p-1", { standardStatus: "Mystery" }) }];
    await app.api.post(`/api/campaigns/${id}/recipients`, { recipients, listingStatement: "I looked." });
    const launched = await app.api.patch(`/api/campaigns/${id}/status`, { status: "active" });
    expect(launched.json).toMatchObject({ status: "active" });
  });

  test("says which sources need a team lead, unless the campaign is a draft", async () => {
    await launch();
    const people = [
      { email: "a@example.com", source: "probate", ...home("p-1") },
      { email: "b@example.com", source: "list", ...home("p-1") },
    ];
    expect(await verdicts(people)).toEqual(["needsLead", "ready"]);
    const lead = { token: await signToken({ role: "teamLead", at: app.api.now() }) };
    expect((await check(people, {}, lead)).json.items[0].verdict).toBe("ready");
    const template = await createTemplate(app.api);
    id = (await app.api.post("/api/campaigns", buildCampaignBody(template, { propertyId: null }))).json.id;
    expect(await verdicts(people)).toEqual(["ready", "ready"]);
  });

  test("says why nobody can join, such as a detail that the office lacks", async () => {
    await launch();
    await bindings.DB.prepare("UPDATE tenants SET postal_address = ''").run();
    const { json } = await check([{ email: "a@example.com", ...home("p-1") }]);
    expect(json.refusal.reason).toEqual({ code: "postalAddressMissing" });
    expect((await add([{ email: "a@example.com", ...home("p-1") }])).status).toBe(409);
  });

  test("takes one record of the property for all, as the addition does", async () => {
    const { id: own } = await createLaunchedCampaign(app.api);
    id = own;
    const property = { standardStatus: "Active", city: "Denver" };
    const people = [{ email: "a@example.com" }, { email: "b@example.com", property: { city: "Boise" } }];
    expect((await check(people, { property })).json.items[0].verdict).toBe("listed");
    expect(await verdicts(people, { property: { city: "Denver" } })).toEqual(["ready", "ready"]);
    await app.api.post(`/api/campaigns/${id}/recipients`, {
      recipients: people,
      property: { city: "Denver" },
    });
    const { results } = await bindings.DB.prepare(
      "SELECT data->>'$.property.city' AS city FROM campaign_recipients WHERE campaign_id = ? ORDER BY id",
    )
      .bind(id)
      .all();
    expect(results.slice(1)).toEqual([{ city: "Denver" }, { city: "Boise" }]);
  });

  test("says how much room is left", async () => {
    await launch();
    expect((await check([{ email: "a@example.com", ...home("p-1") }])).json.room).toBe(9999);
  });

  test("is refused for a campaign that takes nobody, of another property or of another office", async () => {
    const { id: own } = await createLaunchedCampaign(app.api);
    id = own;
    const person = [{ email: "a@example.com" }];
    const at = app.api.now();
    const stranger = await signToken({ prop: ["p-2"], at });
    expect((await check(person, {}, { token: stranger })).status).toBe(404);
    const viewer = await signToken({ role: "viewer", at });
    expect((await check(person, {}, { token: viewer })).status).toBe(403);
    expect((await check([], {})).status).toBe(400);
    expect((await check(Array.from({ length: 501 }, () => ({})))).status).toBe(400);
    await app.api.patch(`/api/campaigns/${id}/status`, { status: "stopped" });
    expect((await check(person)).status).toBe(409);
    expect(await findCampaign(createScope(openDatabase(bindings.DB), 1), id)).toBeDefined();
  });

  test("faults a person at a property that the session may not see", async () => {
    await createLaunchedCampaign(app.api);
    const { id: own } = await createLaunchedCampaign(app.api);
    id = own;
    const token = await signToken({ prop: ["p-1"], at: app.api.now() });
    const { json } = await check([{ email: "a@example.com", propertyId: "p-9" }], {}, { token });
    expect(json.items[0].fields).toEqual({ propertyId: expect.any(String) });
  });
});
