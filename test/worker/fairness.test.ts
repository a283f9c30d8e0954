import { beforeEach, expect, test } from "vitest";
import type { SendJobEntry } from "../../worker/jobs.ts";
import { hour, minute } from "../support/time.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { openEngine } from "../support/worker/engine.ts";
import { bindings, createWorld, emptyDatabase, worldIds } from "../support/worker/world.ts";

const tenants = 50;
/** The id of the small tenants' first recipient. */
const firstId = 10_000_000;

type Crowds = { crowd: number; recipientsEach: number };

beforeEach(emptyDatabase);

/**
 * Gives `crowd` recipients to tenant 1. Creates fifty more tenants, numbered from 101, with
 * `recipientsEach` recipients each.
 */
async function createTenants({ crowd, recipientsEach }: Crowds): Promise<void> {
  await createWorld({ now: testStartAt, recipients: [] });
  const { DB } = bindings;
  const others = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)";
  const copies = [
    `INSERT INTO tenants (id, name, time_zone, postal_address, license, office_phone, office_city, office_state, created_at)
      ${others} SELECT 100 + i, name || i, time_zone, postal_address, license, office_phone, office_city, office_state,
        created_at FROM n, tenants t WHERE t.id = 1`,
    `INSERT INTO provider_accounts (id, tenant_id, provider, name, sealed_credentials, created_at)
      ${others} SELECT 100 + i, 100 + i, provider, p.name, sealed_credentials, p.created_at
      FROM n, provider_accounts p WHERE p.tenant_id = 1`,
    `INSERT INTO senders (id, tenant_id, from_name, from_email, license_type, license_number, time_zone, interval_ms, created_at)
      ${others} SELECT 100 + i, 100 + i, from_name, from_email, license_type, license_number, time_zone, interval_ms,
        created_at
      FROM n, senders s WHERE s.tenant_id = 1`,
    `INSERT INTO campaigns (id, tenant_id, name, type, status, sender_id, first_recipient_id, last_recipient_id, created_by,
        created_at, updated_at)
      ${others} SELECT 100 + i, 100 + i, name, type, status, 100 + i, ${firstId}, ${firstId} + 99999, created_by,
        created_at, updated_at
      FROM n, campaigns c WHERE c.tenant_id = 1`,
    `INSERT INTO campaign_steps (campaign_id, step_number, tenant_id, template_id, template_version)
      ${others} SELECT 100 + i, step_number, 100 + i, template_id, template_version
      FROM n, campaign_steps s WHERE s.tenant_id = 1`,
  ];
  await DB.batch(copies.map((sql) => DB.prepare(sql).bind(tenants)));
  const recipients = `INSERT INTO campaign_recipients
    (id, tenant_id, campaign_id, sender_id, email, status, due_at, scheduled_at, data, created_at)`;
  const state = "'active', ?2, ?2, '{\"recipient\":{},\"property\":{}}', ?2";
  await DB.prepare(
    `${recipients} ${others} SELECT ?3 + i, ?4, ?5, ?6, 'owner' || i || '@example.com', ${state} FROM n`,
  )
    // The recipients of tenant 1 have been due for the longest time. An engine that looked only at
    // due times would serve all recipients of tenant 1 first.
    .bind(
      crowd,
      testStartAt - hour,
      worldIds.firstRecipient,
      worldIds.tenant,
      worldIds.campaign,
      worldIds.sender,
    )
    .run();
  await DB.prepare(
    `${recipients} ${others} SELECT ?3 + i, t, t, t, 'owner' || i || '@example.com', ${state}
    FROM (SELECT i, 101 + (i - 1) % ?4 AS t FROM n)`,
  )
    .bind(tenants * recipientsEach, testStartAt, firstId, tenants)
    .run();
}

/**
 * Runs the Worker's regular run (a tick) `ticks` times, one per minute. Returns the emails that
 * these ticks have put into the queue.
 */
async function queuedBy(ticks: number): Promise<SendJobEntry[]> {
  const { tick, advance, queue } = await openEngine();
  for (let count = 0; count < ticks; count += 1) {
    await tick();
    advance(minute);
  }
  return queue.take().flatMap(({ entries }) => entries);
}

test("a tenant with 100,000 due emails delays fifty small tenants by at most two ticks", async () => {
  await createTenants({ crowd: 100_000, recipientsEach: 10 });
  const queued = (await queuedBy(2)).map(({ recipientId }) => recipientId);
  expect(queued.filter((id) => id > firstId)).toHaveLength(tenants * 10);
  expect(queued.filter((id) => id <= firstId).length).toBeGreaterThan(10);
}, 120_000);

test("a sender of fifty per second uses its full rate while fifty other senders are busy", async () => {
  await createTenants({ crowd: 9500, recipientsEach: 120 });
  const pace = bindings.DB.prepare("UPDATE senders SET interval_ms = iif(id = ?1, 20, 2000)");
  await pace.bind(worldIds.sender).run();
  const queued = await queuedBy(3);
  const isFast = ({ recipientId }: SendJobEntry) => recipientId <= firstId;
  const inTime = queued.filter(({ slotAt }) => slotAt < testStartAt + 3 * minute);
  expect(inTime.filter(isFast).length).toBeGreaterThanOrEqual(0.98 * 50 * 180);
  expect(inTime.filter((entry) => !isFast(entry)).length).toBeGreaterThanOrEqual(0.98 * tenants * 90);
}, 120_000);
