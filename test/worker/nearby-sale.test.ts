import { beforeEach, describe, expect, test } from "vitest";
import { buildLaunchBody, buildTemplateBody, listRecipientIds } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const sale = { address: "131 Main St", role: "buyersSide", closedOn: "2025-08-03" };
const launch = (change: Record<string, unknown>) =>
  app.api.post("/api/campaigns", buildLaunchBody(1, { steps: undefined, presetId: "justSold", ...change }));

const joe = { email: "joe@example.com", firstName: "Joe", propertyId: "p-1" };

describe("a launch of the preset about a nearby sale", () => {
  test("is refused without the sale, and before its closing", async () => {
    const without = await launch({});
    expect([without.status, Object.keys(without.json.error.fields)]).toEqual([400, ["nearbySale"]]);
    const early = await launch({ nearbySale: { ...sale, closedOn: "2031-01-01" } });
    expect([early.status, Object.keys(early.json.error.fields)]).toEqual([400, ["nearbySale.closedOn"]]);
    const draft = await launch({ status: "draft" });
    expect(draft.status).toBe(400);
  });

  test("states the office's part in the sale, and the letter's record keeps the sentence", async () => {
    const { status, json } = await launch({ nearbySale: sale });
    expect(status, JSON.stringify(json)).toBe(201);
    await app.pass(3);
    expect(app.calls[0]?.text).toMatch(
      /I (?:just )?helped the buyers of 131 Main St\. The sale closed on August 3, 2025\./,
    );
    const row = await bindings.DB.prepare("SELECT record FROM messages").first<{ record: string }>();
    expect(JSON.parse(row?.record ?? "").values["property.nearbySaleNews"]).toContain("131 Main St");
    const entry = await bindings.DB.prepare(
      "SELECT data FROM audit_log WHERE action = 'campaign.launched'",
    ).first<{ data: string }>();
    expect(JSON.parse(entry?.data ?? "").nearbySale).toEqual(sale);
  });

  test("does not use a sentence from the host's record", async () => {
    const owner = {
      email: "joe@example.com",
      propertyId: "p-1",
      property: { nearbySaleNews: "I sold every home in town." },
    };
    await launch({ nearbySale: sale, recipients: [owner] });
    await app.pass(3);
    expect(app.calls[0]?.text).toContain("131 Main St");
    expect(app.calls[0]?.text).not.toContain("every home");
  });
});

describe("a sequence of the office's own that tells of a sale", () => {
  const letter = { subject: "News: {{property.nearbySaleNews}}", bodyHtml: "<p>Hi.</p>" };
  const saveSequence = async () => {
    const full = { preheader: "", bodyText: "", ...letter };
    const steps = [{ id: 1, kind: "email", startsThread: true, letter: full }];
    const { status, json } = await app.api.post("/api/sequences", { name: "Sold", scope: "mine", steps });
    expect([status, json.error]).toEqual([201, undefined]);
    return { steps: undefined, presetId: undefined, sequenceId: String(json.id) };
  };
  const saveTemplate = async () => {
    const { json } = await app.api.post("/api/templates", buildTemplateBody(letter));
    return { steps: [{ templateId: json.id }], presetId: undefined };
  };

  test.each([
    ["saved sequence", saveSequence],
    ["template in the steps of a request", saveTemplate],
  ])("needs the sale in the launch of a %s", async (_, prepare) => {
    const named = await prepare();
    const without = await launch(named);
    expect([without.status, Object.keys(without.json.error.fields)]).toEqual([400, ["nearbySale"]]);
    expect((await launch({ ...named, nearbySale: sale })).status).toBe(201);
  });

  test("needs the sale in a personal wording", async () => {
    const body = {
      presetId: "sellerOutreach",
      recipients: [{ ...joe, wordings: [{ stepNumber: 1, ...letter }] }],
    };
    const without = await launch(body);
    expect([without.status, Object.keys(without.json.error.fields)]).toEqual([400, ["nearbySale"]]);
  });

  test("tells people who join later of the same sale, and no correction changes it", async () => {
    const { json } = await launch({ nearbySale: sale, recallSeconds: 0 });
    const path = `/api/campaigns/${json.id}/recipients`;
    expect((await app.api.post(path, { recipients: [joe] })).json.added).toBe(1);
    const id = (await listRecipientIds(json.id)).at(-1) ?? 0;
    const detail = (await app.api.get(`/api/recipients/${id}`)).json;
    expect(detail.missingValues).toEqual([]);
    const lie = await app.api.patch(`/api/recipients/${id}`, { property: { nearbySaleNews: "I sold it." } });
    expect([lie.status, Object.keys(lie.json.error.fields)]).toEqual([400, ["property.nearbySaleNews"]]);
  });
});
