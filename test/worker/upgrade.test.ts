import { applyD1Migrations } from "cloudflare:test";
import { beforeAll, describe, expect, test } from "vitest";
import { deleteCampaign } from "../../worker/db/campaigns.ts";
import { addRecipients, fillingOf, listRecipients } from "../../worker/db/recipients.ts";
import { openDatabase } from "../../worker/db/scope.ts";
import { bindings } from "../support/worker/world.ts";

const { DB, TEST_MIGRATIONS: migrations } = bindings;
const scope = { db: openDatabase(DB), tenantId: 1 };
const at = Date.UTC(2025, 9, 6, 14);
/** As `Ctx.newId()` made them before campaigns had ranges: campaign 2's recipients lie between those of campaign 1. */
const ids = {
  first: [240_000_000_000_000, 240_000_000_000_001, 240_000_090_000_000],
  second: [240_000_000_004_096],
};
const filled = ["campaign_recipients", "messages", "events", "step_stats", "campaign_steps"];

type Row = Record<string, unknown>;
const rowsOf = async (table: string) =>
  (await DB.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all<Row>()).results;

async function emptyOut(): Promise<void> {
  const { results } = await DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'",
  ).all<{ name: string }>();
  await DB.batch([
    DB.prepare("PRAGMA defer_foreign_keys = ON"),
    ...results.map(({ name }) => DB.prepare(`DROP TABLE ${name}`)),
  ]);
}

/** Tenant 1 with three campaigns: 1 and 2 with recipients, 3 a draft without. */
async function fill(): Promise<void> {
  const campaign = (id: number, status: string) =>
    `INSERT INTO campaigns (id, tenant_id, name, type, status, sender_id, created_by, created_at, updated_at)
     VALUES (${id}, 1, 'Campaign ${id}', 'followUp', '${status}', 1, 'agent', ${at}, ${at})`;
  const recipient = (id: number, campaignId: number, turn: number, email: string | null) =>
    `INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, turn, property_id, email, name, next_step, due_at, data, created_at)
     VALUES (${id}, 1, ${campaignId}, 1, ${turn}, 'p-1', ${email === null ? "NULL" : `'${email}'`}, 'Jane', 2, ${at}, '{}', ${at})`;
  const everybody = [...ids.first, ...ids.second];
  await DB.batch(
    [
      `INSERT INTO tenants (id, name, postal_address, created_at) VALUES (1, 'Cedar Realty', '1 Cedar St', ${at})`,
      `INSERT INTO senders (id, tenant_id, from_name, from_email, time_zone, interval_ms, created_at)
       VALUES (1, 1, 'Ann', 'ann@cedar.example', 'America/New_York', 1000, ${at})`,
      `INSERT INTO email_templates (id, tenant_id, name, created_at, updated_at) VALUES (1, 1, 'One', ${at}, ${at})`,
      ...[campaign(1, "active"), campaign(2, "active"), campaign(3, "draft")],
      ...[1, 2, 3].map(
        (id) =>
          `INSERT INTO campaign_steps (campaign_id, step_number, tenant_id, template_id, template_version) VALUES (${id}, 1, 1, 1, 1)`,
      ),
      ...ids.first.map((id, turn) => recipient(id, 1, turn, turn === 1 ? null : `owner${turn}@example.com`)),
      ...ids.second.map((id, turn) => recipient(id, 2, turn, "owner0@example.com")),
      ...everybody.flatMap((id) => [
        `INSERT INTO messages (recipient_id, step_number, tenant_id, campaign_id, status, subject, attempts, sent_at)
         SELECT id, 1, 1, campaign_id, 'sent', 'Hello', 1, ${at} FROM campaign_recipients WHERE id = ${id}`,
        `INSERT INTO events (recipient_id, step_number, kind, dedupe_key, tenant_id, occurred_at, received_at, batch_id)
         VALUES (${id}, 1, 'delivered', 'd', 1, ${at}, ${at}, 1)`,
      ]),
      `INSERT INTO step_stats (campaign_id, step_number, name, tenant_id, value) VALUES (1, 1, 'sent', 1, 3)`,
    ].map((sql) => DB.prepare(sql)),
  );
}

const newcomer = (email: string) => ({
  email,
  name: "New",
  contactKey: null,
  timeZone: null,
  timeZoneSource: null,
  propertyId: "p-1",
  plannedAt: at,
  data: { recipient: {}, property: {} },
});

let before: ReadonlyMap<string, Row[]>;

beforeAll(async () => {
  await emptyOut();
  await applyD1Migrations(DB, migrations.slice(0, 1));
  await fill();
  before = new Map(await Promise.all(filled.map(async (table) => [table, await rowsOf(table)] as const)));
  const beforeRanges = migrations.findIndex(({ name }) => name.includes("recipient_ranges"));
  await applyD1Migrations(DB, migrations.slice(0, beforeRanges));
  await DB.prepare(
    `INSERT INTO tasks (recipient_id, step_number, tenant_id, campaign_id, kind, opened_at, expires_at)
     VALUES (?1, 2, 1, 1, 'call', ?2, ?2)`,
  )
    .bind(ids.first[0], at)
    .run();
  await applyD1Migrations(DB, migrations);
});

describe("an upgrade", () => {
  test.each(filled)("keeps every row of %s, its ids and its lane", async (table) => {
    const after = await rowsOf(table);
    expect(before.get(table)?.length).toBeGreaterThan(0);
    expect(after).toMatchObject(before.get(table) ?? []);
  });

  test("keeps tasks, and what points at a recipient still goes with them", async () => {
    expect(await rowsOf("tasks")).toHaveLength(1);
    expect((await DB.prepare("PRAGMA foreign_key_check").all()).results).toEqual([]);
  });

  test("finds the recipients each campaign had, in pages", async () => {
    const page = async (campaignId: number, after: number | null, limit: number) =>
      (await listRecipients(scope, { campaignId, properties: null, status: null, after, limit })).map(
        ({ id }) => id,
      );
    expect(await page(1, null, 2)).toEqual(ids.first.slice(0, 2));
    expect(await page(1, ids.first[1] ?? 0, 2)).toEqual(ids.first.slice(2));
    expect(await page(2, null, 10)).toEqual(ids.second);
  });

  test("lets people join campaigns from before, between others' and none of them twice", async () => {
    for (const campaignId of [1, 2, 3]) {
      const joining = [
        newcomer("owner0@example.com"),
        newcomer("new@example.com"),
        newcomer("newer@example.com"),
      ];
      const { added } = await addRecipients(scope, campaignId, joining, at);
      expect(added).toBe(campaignId === 3 ? 3 : 2);
    }
    const joined = (await rowsOf("campaign_recipients")).filter(({ name }) => name === "New");
    expect(joined.map(({ id, campaign_id: campaignId, turn }) => [id, campaignId, turn])).toEqual([
      [240_000_000_004_097, 2, 1],
      [240_000_000_004_098, 2, 2],
      [240_000_090_000_001, 1, 3],
      [240_000_090_000_002, 1, 4],
      [2 ** 52 + 2 * 16_384, 3, 0],
      [2 ** 52 + 2 * 16_384 + 1, 3, 1],
      [2 ** 52 + 2 * 16_384 + 2, 3, 2],
    ]);
    expect(await fillingOf(scope, 3)).toEqual({ recipients: 3, idsLeft: 16_381 });
  });

  test("deletes a campaign from before with all that hangs on it, and nothing else", async () => {
    await deleteCampaign(
      scope,
      { id: 1, status: "active" },
      { id: 9, actor: "agent", action: "campaign.deleted", subject: "campaigns/1", at },
    );
    for (const table of ["messages", "events"]) {
      expect((await rowsOf(table)).map((row) => row.recipient_id)).toEqual(ids.second);
    }
    expect(await rowsOf("tasks")).toEqual([]);
    expect((await rowsOf("campaign_recipients")).every((row) => row.campaign_id !== 1)).toBe(true);
  });
});
