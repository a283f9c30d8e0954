import Papa from "papaparse";
import { beforeEach, describe, expect, test } from "vitest";
import { buildOwners, createLaunchedCampaign, createTenant, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const read = async (id: number, query = "", token?: string) =>
  app.api.get(`/api/campaigns/${id}/export.csv${query}`, token === undefined ? {} : { token });

const parse = (text: string) =>
  Papa.parse<Record<string, string>>(text.trim(), { header: true, newline: "\r\n" }).data;

describe("the export of a campaign", () => {
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

  test("can be narrowed to a status, and an unknown status is refused by name", async () => {
    const recipients = [...buildOwners(1), { email: null, fullName: "Two Owner" }];
    const { id } = await createLaunchedCampaign(app.api, { recipients });
    expect(parse((await read(id, "?status=waitingForEmail")).text)).toHaveLength(1);
    const refused = await read(id, "?status=gone");
    expect(refused.status).toBe(400);
    expect(refused.json.error.fields).toHaveProperty("status");
  });

  test("is missing for another property and another tenant", async () => {
    await createTenant(2);
    const { id } = await createLaunchedCampaign(app.api);
    const at = app.api.now();
    expect((await read(id, "", await signToken({ prop: ["p-2"], at }))).status).toBe(404);
    expect((await read(id, "", await signToken({ tenantId: 2, at }))).status).toBe(404);
  });
});
