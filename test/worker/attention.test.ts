import { beforeEach, describe, expect, test } from "vitest";
import { listCampaignsNeedingAttention } from "../../worker/db/attention.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { day, hour } from "../support/time.ts";
import {
  buildLaunchBody,
  buildTemplateBody,
  createTemplate,
  createTenant,
  exampleOwner,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests the list of campaigns that need an agent because of missing values, bounced addresses or
 * guardrails (limits that pause a campaign).
 */

let app: App;
const bob = { email: "bob@example.com", fullName: "Bob Roe" };

beforeEach(async () => {
  app = await openApp();
});

async function launch(templateId: number, overrides: Record<string, unknown> = {}): Promise<number> {
  const body = buildLaunchBody(templateId, {
    recallSeconds: 0,
    recipients: [exampleOwner, bob],
    ...overrides,
  });
  const { json, status, text } = await app.api.post("/api/campaigns", body);
  expect(status, text).toBe(201);
  return json.id;
}
const list = async (options = {}) => (await app.api.get("/api/attention", options)).json;
const bounce = async (id: number | undefined) =>
  await bindings.DB.prepare(
    "UPDATE campaign_recipients SET status = 'stopped', stop_reason = 'bounced' WHERE id = ?",
  )
    .bind(id)
    .run();

test("nothing needs an agent while campaigns run, and somebody paused by hand is nobody in need", async () => {
  const [first] = await listRecipientIds(await launch(await createTemplate(app.api)));
  await app.api.post(`/api/recipients/${first}/pause`, {});
  expect(await list()).toEqual({ items: [], hasMore: false });
});

test("a person whose email lacks a value is named, until the value is filled in", async () => {
  const saved = await app.api.post(
    "/api/templates",
    buildTemplateBody({ bodyHtml: "<p>{{property.roof}}</p>" }),
  );
  const people = [{ ...exampleOwner, property: { ...exampleOwner.property, roof: "tile" } }, bob];
  const id = await launch(saved.json.id, { recipients: people });
  app.advance(hour);
  await app.run();
  const [, held] = await listRecipientIds(id);
  expect((await list()).items).toEqual([
    {
      campaignId: id,
      campaignName: "Seller Outreach Q4 2025",
      propertyId: "p-1",
      pauseReason: null,
      heldPeople: 1,
      faultyPeople: 0,
      bouncedPeople: 0,
      firstPerson: { recipientId: held, name: "Bob Roe", email: "bob@example.com" },
    },
  ]);
  await app.api.patch(`/api/recipients/${held}`, { property: { roof: "slate" } });
  expect((await list()).items).toEqual([]);
});

describe("a campaign with bounced addresses", () => {
  test("is listed with their number, newest first, and not once it has ended", async () => {
    const templateId = await createTemplate(app.api);
    const first = await launch(templateId);
    const second = await launch(templateId, {
      propertyId: "p-2",
      recipients: [{ ...bob, email: "b2@example.com" }],
    });
    for (const id of [...(await listRecipientIds(first)), ...(await listRecipientIds(second))])
      await bounce(id);
    expect((await list()).items).toMatchObject([
      { campaignId: second, bouncedPeople: 1 },
      { campaignId: first, bouncedPeople: 2 },
    ]);
    await app.api.patch(`/api/campaigns/${second}/status`, { status: "stopped" });
    expect((await list()).items).toMatchObject([{ campaignId: first }]);
  });

  test("is listed for thirty days after it completed, because nobody was left to write to", async () => {
    const id = await launch(await createTemplate(app.api), { recipients: [bob] });
    const [only] = await listRecipientIds(id);
    await bounce(only);
    await bindings.DB.prepare("UPDATE campaigns SET status = 'completed', updated_at = ?2 WHERE id = ?1")
      .bind(id, app.api.now())
      .run();
    expect((await list()).items).toMatchObject([{ campaignId: id, firstPerson: { name: "Bob Roe" } }]);
    app.advance(31 * day);
    expect((await list()).items).toEqual([]);
  });

  test("is seen by nobody who may not see its property, and by no other office", async () => {
    await createTenant(2);
    const [id] = await listRecipientIds(await launch(await createTemplate(app.api)));
    await bounce(id);
    const at = app.api.now();
    expect((await list({ token: await signToken({ at, prop: ["p-1"] }) })).items).toHaveLength(1);
    expect((await list({ token: await signToken({ at, prop: ["p-9"] }) })).items).toEqual([]);
    expect((await list({ token: await signToken({ at, tenantId: 2 }) })).items).toEqual([]);
  });
});

test("a campaign that a guardrail paused is listed until it is resumed", async () => {
  const id = await launch(await createTemplate(app.api));
  await bindings.DB.prepare(
    "UPDATE campaigns SET status = 'paused', pause_reason = 'bounceRate' WHERE id = ?",
  )
    .bind(id)
    .run();
  expect((await list()).items).toMatchObject([
    { campaignId: id, pauseReason: "bounceRate", firstPerson: null },
  ]);
  await app.api.patch(`/api/campaigns/${id}/status`, { status: "active" });
  expect((await list()).items).toEqual([]);
});

test("the list reads a bounded number of rows, however many people have bounced", async () => {
  const id = await launch(await createTemplate(app.api));
  const read = async () => {
    const { d1, cost } = meterDatabase(bindings.DB);
    const { hasMore } = await listCampaignsNeedingAttention(createScope(openDatabase(d1), 1), null, 0);
    return { rows: cost.rowsRead, hasMore };
  };
  const fill = async (from: number, count: number) =>
    await bindings.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 + ?2 - 1)
      INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, status, stop_reason, data, created_at)
      SELECT 900000000 + i, 1, ?3, 101, 'stopped', 'bounced', '{}', 0 FROM n`,
    )
      .bind(from, count, id)
      .run();
  await fill(0, 100);
  const few = await read();
  await fill(100, 5_000);
  expect(await read()).toEqual(few);
  expect(few.hasMore).toBe(true);
  expect(few.rows).toBeLessThanOrEqual(400);
});
