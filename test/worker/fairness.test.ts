import { beforeEach, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { tick } from "../../worker/engine/sequencer.ts";
import type { SendJob } from "../../worker/env.ts";
import { collectingQueue } from "../support/worker/queue.ts";
import { bindings, createWorld, emptyDatabase, ids } from "../support/worker/world.ts";

const start = Date.UTC(2025, 9, 6, 14);
const small = { tenants: 50, recipientsEach: 10, firstId: 10_000_000 };
const crowd = 100_000;

beforeEach(emptyDatabase);

/** Tenant 1 of the world gets the crowd; fifty more like it, numbered from 101, have ten recipients each. */
async function createTenants(): Promise<void> {
  await createWorld({ now: start, recipients: [] });
  const { DB } = bindings;
  const others = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)";
  const copies = [
    `INSERT INTO tenants (id, name, time_zone, postal_address, created_at)
      ${others} SELECT 100 + i, name || i, time_zone, postal_address, created_at FROM n, tenants t WHERE t.id = 1`,
    `INSERT INTO senders (id, tenant_id, from_name, from_email, time_zone, interval_ms, created_at)
      ${others} SELECT 100 + i, 100 + i, from_name, from_email, time_zone, interval_ms, created_at
      FROM n, senders s WHERE s.tenant_id = 1`,
    `INSERT INTO campaigns (id, tenant_id, name, type, status, sender_id, created_by, created_at, updated_at)
      ${others} SELECT 100 + i, 100 + i, name, type, status, 100 + i, created_by, created_at, updated_at
      FROM n, campaigns c WHERE c.tenant_id = 1`,
    `INSERT INTO campaign_steps (campaign_id, step_number, tenant_id, template_id, template_version)
      ${others} SELECT 100 + i, step_number, 100 + i, template_id, template_version
      FROM n, campaign_steps s WHERE s.tenant_id = 1`,
  ];
  await DB.batch(copies.map((sql) => DB.prepare(sql).bind(small.tenants)));
  const recipients = `INSERT INTO campaign_recipients
    (id, tenant_id, campaign_id, sender_id, email, status, due_at, scheduled_at, data, created_at)`;
  const state = "'active', ?2, ?2, '{\"recipient\":{},\"property\":{}}', ?2";
  await DB.prepare(
    `${recipients} ${others} SELECT ?3 + i, ?4, ?5, ?6, 'owner' || i || '@example.com', ${state} FROM n`,
  )
    // Due for longest of all: whoever goes by the order of the due times serves them first.
    .bind(crowd, start - 3_600_000, ids.firstRecipient, ids.tenant, ids.campaign, ids.sender)
    .run();
  await DB.prepare(
    `${recipients} ${others} SELECT ?3 + i, t, t, t, 'owner' || i || '@example.com', ${state}
    FROM (SELECT i, 101 + (i - 1) % ?4 AS t FROM n)`,
  )
    .bind(small.tenants * small.recipientsEach, start, small.firstId, small.tenants)
    .run();
}

test("a tenant with 100,000 due does not delay fifty tenants with ten due each by more than two ticks", async () => {
  await createTenants();
  const queue = collectingQueue<SendJob>();
  let at = start;
  const ctx = createContext({ ...bindings, SEND_QUEUE: queue.queue }, { now: () => at, random: () => 0.5 });
  await tick(ctx);
  at += 60_000;
  await tick(ctx);
  const queued = queue.take().flatMap(({ entries }) => entries.map(({ recipientId }) => recipientId));
  expect(queued.filter((id) => id > small.firstId)).toHaveLength(small.tenants * small.recipientsEach);
  expect(queued.filter((id) => id <= small.firstId).length).toBeGreaterThan(small.recipientsEach);
}, 120_000);
