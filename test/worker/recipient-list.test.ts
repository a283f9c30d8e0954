import Papa from "papaparse";
import { beforeEach, describe, expect, test } from "vitest";
import { listRecipients } from "../../worker/db/recipients.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { buildOwners, createLaunchedCampaign, createTenant, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const read = async (id: number, query = "", token?: string) =>
  app.api.get(`/api/campaigns/${id}/export.csv${query}`, token === undefined ? {} : { token });

const parse = (text: string) =>
  Papa.parse<Record<string, string>>(text.trim(), { header: true, newline: "\r\n" }).data;

describe("the CSV export of a campaign", () => {
  test("has one line for each recipient, with state, outcome and dates", async () => {
    const recipients = [
      { email: "one@example.com", fullName: "One Owner", propertyId: "p-1" },
      { email: null, fullName: "Two Owner", propertyId: "p-1" },
    ];
    const { id } = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients });
    await app.run();
    const answer = await read(id);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="campaign-${id}.csv"`);
    const [one, two] = parse(answer.text);
    expect(one).toMatchObject({ name: "One Owner", status: "active", outcome: "sent", nextStep: "2" });
    expect(Date.parse(one?.lastSentAt ?? "")).toBeGreaterThan(0);
    expect(two).toMatchObject({ email: "", status: "waitingForEmail", lastSentAt: "", stopReason: "" });
  });

  test("has every recipient of a campaign that is longer than a page", async () => {
    const { id } = await createLaunchedCampaign(app.api, { recipients: buildOwners(450) });
    const rows = parse((await read(id)).text);
    expect(new Set(rows.map(({ email }) => email)).size).toBe(450);
  });

  test("has no cell that a spreadsheet runs as a formula", async () => {
    const recipients = [{ email: "one@example.com", fullName: "=HYPERLINK(1)" }];
    const { id } = await createLaunchedCampaign(app.api, { recipients });
    expect((await read(id)).text).toContain("'=HYPERLINK(1)");
  });

  test("can be filtered by status, and an unknown status is refused with its field", async () => {
    const recipients = [...buildOwners(1), { email: null, fullName: "Two Owner" }];
    const { id } = await createLaunchedCampaign(app.api, { recipients });
    expect(parse((await read(id, "?status=waitingForEmail")).text)).toHaveLength(1);
    const refused = await read(id, "?status=gone");
    expect(refused.status).toBe(400);
    expect(refused.json.error.fields).toHaveProperty("status");
  });

  test("is answered with 404 for another property or another tenant", async () => {
    await createTenant(2);
    const { id } = await createLaunchedCampaign(app.api);
    const at = app.api.now();
    expect((await read(id, "", await signToken({ prop: ["p-2"], at }))).status).toBe(404);
    expect((await read(id, "", await signToken({ tenantId: 2, at }))).status).toBe(404);
  });
});

describe("the list of a campaign's recipients", () => {
  const list = async (id: number, query: string) =>
    app.api.get(`/api/campaigns/${id}/recipients?${new URLSearchParams(query)}`);
  const names = async (id: number, query: string): Promise<string[]> =>
    (await list(id, query)).json.items.map(({ name }: { name: string }) => name);
  const launch = async () => {
    const recipients = [
      { email: "maria@oak-house.example", fullName: "María Ortiz" },
      { email: "o_neil@example.com", fullName: "Pat O'Neil" },
      { email: null, fullName: "Pat Percent%" },
    ];
    return (await createLaunchedCampaign(app.api, { recipients })).id as number;
  };

  test("can be searched by a part of the name or the address, in either case", async () => {
    const id = await launch();
    expect(await names(id, "q=PAT")).toEqual(["Pat O'Neil", "Pat Percent%"]);
    expect(await names(id, "q=Oak-House")).toEqual(["María Ortiz"]);
    expect(await names(id, "q=María")).toEqual(["María Ortiz"]);
    expect(await names(id, "q=nobody")).toEqual([]);
  });

  test("treats no character of a search as a wildcard", async () => {
    const id = await launch();
    expect(await names(id, new URLSearchParams({ q: "%" }).toString())).toEqual(["Pat Percent%"]);
    expect(await names(id, "q=_")).toEqual(["Pat O'Neil"]);
  });

  test("reads at most two rows for each recipient that does not match a search", async () => {
    const { id: campaignId } = await createLaunchedCampaign(app.api, { recipients: buildOwners(200) });
    const { d1, cost } = meterDatabase(bindings.DB);
    const scope = createScope(openDatabase(d1), 1);
    const filter = { campaignId, properties: null, status: null, search: "nobody", after: null, limit: 50 };
    expect(await listRecipients(scope, filter)).toEqual([]);
    expect(cost.rowsRead).toBeLessThanOrEqual(2 * 200 + 10);
  });

  test("can be searched within a status, also in the export", async () => {
    const id = await launch();
    expect(await names(id, "q=pat&status=waitingForEmail")).toEqual(["Pat Percent%"]);
    expect(parse((await read(id, "?q=pat&status=active")).text).map(({ name }) => name)).toEqual([
      "Pat O'Neil",
    ]);
  });

  test.each([
    ["q", `q=${"x".repeat(101)}`],
    ["outcome", "outcome=sent"],
  ])("is refused with the field %s", async (field, query) => {
    const answer = await list(await launch(), query);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.json.error.fields ?? {}).join() + answer.json.error.message).toContain(field);
  });
});
