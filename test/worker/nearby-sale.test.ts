import { beforeEach, describe, expect, test } from "vitest";
import { buildLaunchBody } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const sale = { address: "131 Main St", role: "buyersSide", closedOn: "2025-08-03" };
const launch = (change: Record<string, unknown>) =>
  app.api.post("/api/campaigns", buildLaunchBody(1, { steps: undefined, presetId: "justSold", ...change }));

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
