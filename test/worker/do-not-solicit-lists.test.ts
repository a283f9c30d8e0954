import { beforeEach, describe, expect, test } from "vitest";
import { day } from "../support/time.ts";
import {
  buildCampaignBody,
  buildLaunchBody,
  createTemplate,
  createTenant,
  listRecipientIds,
  readRow,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

let app: App;
let templateId: number;

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
});

const as = async (role: string) => ({ token: await signToken({ role, at: app.api.now() }) });
const today = () => new Date(app.api.now()).toISOString().slice(0, 10);
const send = async (csv: string, query: Record<string, string> = {}, role = "teamLead") => {
  const all = { name: "Brooklyn zone", state: "NY", asOf: today(), ...query };
  return app.api.call("POST", `/api/do-not-solicit-lists?${new URLSearchParams(all)}`, {
    ...(await as(role)),
    raw: csv,
    headers: { "content-type": "text/csv" },
  });
};
const property = { streetAddress: "123 East 5th Street", city: "Brooklyn", state: "NY", zip: "11215" };
const owner = (change: object = {}) => ({
  email: "jane@example.com",
  firstName: "Jane",
  property,
  ...change,
});
const launch = (change: object = {}) =>
  app.api.post(
    "/api/campaigns",
    buildLaunchBody(templateId, {
      recipients: [owner()],
      recallSeconds: 0,
      maxLatenessHours: 24 * 60,
      ...change,
    }),
  );
const zone = "Street Address;City;ZIP\r\n123 E 5 St;Brooklyn;11215\r\n";

describe("the import of a do-not-solicit list", () => {
  test("keeps the list with its date, and replaces the earlier list of the same name", async () => {
    const { status, json } = await send(zone);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      name: "Brooklyn zone",
      asOf: today(),
      lines: 1,
      isOld: false,
      importedBy: "agent-1",
    });
    await send("zip\n10451\n10452\n");
    const listed = await app.api.get("/api/do-not-solicit-lists");
    expect(listed.json.items).toMatchObject([{ name: "Brooklyn zone", lines: 2 }]);
    const { results } = await bindings.DB.prepare(
      "SELECT key FROM do_not_solicit_entries ORDER BY key",
    ).all();
    expect(results).toEqual([{ key: "NY|10451" }, { key: "NY|10452" }]);
    expect(await listAuditedActions()).toContain("doNotSolicitList.imported");
  });

  test("is refused as a whole if a line is faulty, and the faults name the lines", async () => {
    await send(zone);
    const faulty =
      "address,city,state,zip\n1 Main St,Brooklyn,NY,11215\n2 Main St,Newark,NJ,07102\n3 Main St,,NY,\n,,,\n4 Main St,Brooklyn,NY,1121\n5 Main St,Brooklyn,NY,11215,extra\n";
    const { status, json } = await send(faulty);
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toEqual(["line 3", "line 4", "line 6", "line 7"]);
    expect((await app.api.get("/api/do-not-solicit-lists")).json.items).toMatchObject([{ lines: 1 }]);
    expect((await send('address,zip\n"1 Main St,11215\n2 Main St,11215\n')).json.error.fields).toHaveProperty(
      "line 2",
    );
    expect((await send("name,phone\nJane,1\n")).json.error.fields).toHaveProperty("line 1");
    expect((await send("address,zip\n")).status).toBe(400);
  });

  test("needs a team lead, a real date, a real state and CSV", async () => {
    expect((await send(zone, {}, "agent")).status).toBe(403);
    expect((await send(zone, { asOf: "2031-01-01" })).json.error.fields).toHaveProperty("asOf");
    expect((await send(zone, { state: "ZZ" })).json.error.fields).toHaveProperty("state");
    const json = await app.api.post("/api/do-not-solicit-lists", {}, await as("teamLead"));
    expect(json.status).toBe(400);
  });

  test("can be deleted by a team lead", async () => {
    const { json } = await send(zone);
    const remove = async (role: string) =>
      app.api.delete(`/api/do-not-solicit-lists/${json.id}`, await as(role));
    expect((await remove("agent")).status).toBe(403);
    expect((await remove("teamLead")).status).toBe(204);
    expect((await remove("teamLead")).status).toBe(404);
    expect((await launch()).status).toBe(201);
  });

  test("does not affect another office", async () => {
    await createTenant(2);
    await send(zone);
    await bindings.DB.prepare("UPDATE do_not_solicit_lists SET tenant_id = 2").run();
    await bindings.DB.prepare("UPDATE do_not_solicit_entries SET tenant_id = 2").run();
    expect((await launch()).status).toBe(201);
  });
});

describe("a home on a do-not-solicit list", () => {
  beforeEach(async () => {
    await send(zone);
  });

  test("is not written to: the launch is refused with the list's name and date", async () => {
    const { status, json } = await launch();
    expect(status).toBe(409);
    expect(json.error.message).toContain("“Brooklyn zone” dated ");
    expect(json.error.reason).toEqual({ code: "onDoNotSolicitList", list: "Brooklyn zone", asOf: today() });
    expect(json.error.fields).toHaveProperty("recipients.0.property");
    const other = owner({ property: { ...property, streetAddress: "124 East 5th Street" } });
    const { id } = (await launch({ recipients: [other] })).json;
    const joined = await app.api.post(`/api/campaigns/${id}/recipients`, {
      recipients: [owner({ email: "b@example.com" })],
    });
    expect(joined.status).toBe(409);
  });

  test("keeps a draft from being launched", async () => {
    const body = buildCampaignBody(templateId, { recipients: [owner()] });
    const { id } = (await app.api.post("/api/campaigns", body)).json;
    expect((await app.api.patch(`/api/campaigns/${id}/status`, { status: "active" })).status).toBe(409);
  });

  test("may be written to if the person has consented or is a buyer", async () => {
    const consent = {
      by: "agent-1",
      at: new Date(app.api.now() - day).toISOString(),
      words: "Yes, write to me",
      to: "Brokerage 1",
    };
    const consented = await launch({ recipients: [owner({ consent })] });
    expect([consented.status, consented.text]).toEqual([201, consented.text]);
    expect(
      (await launch({ type: "buyerNurture", recipients: [owner({ email: "c@example.com" })] })).status,
    ).toBe(201);
  });
});

describe("a do-not-solicit list that is imported after the launch", () => {
  test("stops the next email", async () => {
    const { id } = (await launch()).json;
    await send(zone);
    await app.run();
    expect(await listCapturedEmails()).toEqual([]);
    const [recipientId = 0] = await listRecipientIds(id);
    expect(await readRow("campaign_recipients", recipientId)).toMatchObject({
      status: "stopped",
      stop_reason: "doNotSolicit",
    });
  });

  test("stops queued emails right before the call", async () => {
    await launch();
    await app.tick();
    await send(zone);
    await app.deliver();
    expect(await listCapturedEmails()).toEqual([]);
  });
});

describe("a do-not-solicit list that is over a month old", () => {
  test("must be imported again before a launch to homes in its area", async () => {
    const asOf = new Date(app.api.now() - 40 * day).toISOString().slice(0, 10);
    await send("zip\n10451\n", { asOf });
    const { status, json } = await launch();
    expect(status).toBe(409);
    expect(json.error.message).toContain("“Brooklyn zone” is 40 days old");
    const [list] = (await app.api.get("/api/do-not-solicit-lists")).json.items;
    expect(json.error.fields).toEqual({ [`doNotSolicitLists.${list.id}`]: json.error.message });
    const elsewhere = owner({
      email: "else@example.com",
      property: { ...property, state: "PA", zip: "15213", city: "Pittsburgh" },
    });
    expect((await launch({ recipients: [elsewhere] })).status).toBe(201);
    await send("zip\n10451\n");
    expect((await launch()).status).toBe(201);
  });

  test("for one city affects only that city", async () => {
    const asOf = new Date(app.api.now() - 40 * day).toISOString().slice(0, 10);
    await send("address\n1 Main St\n", { name: "Philadelphia", state: "PA", city: "Philadelphia", asOf });
    const home = (city: string, zip: string) =>
      owner({ property: { streetAddress: "9 Elm St", city, state: "PA", zip } });
    expect((await launch({ recipients: [home("Pittsburgh", "15213")] })).status).toBe(201);
    const refused = await launch({ recipients: [home("Philadelphia", "19103")] });
    expect(refused.json.error.message).toContain("Philadelphia, PA");
  });
});
