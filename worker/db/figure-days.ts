import type { DailyFigures } from "../domain/send/daily-figures.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { createScope, type Database, type Scope } from "./scope.ts";

/*
 * A day is closed once the day is over in every time zone. The figures of a closed day are counted
 * and stored ("rolled up") once. An event that arrives late for such a day marks the day as
 * changed, and the day is rolled up again. Triggers set the mark (migration
 * `daily-figures-change`), so that no statement can forget the mark.
 */

/** A day of a tenant that has to be rolled up. */
export type DayToRollUp = { tenantId: number; day: string };

/** SQL condition: campaign `c` may have sent emails between the two instants. */
export const wasCampaignUnderWaySql = (
  c: string,
  startAt: string,
  endAt: string,
) => `${c}.launched_at < ${endAt}
  AND (${c}.status IN ('active', 'paused') OR ${c}.updated_at >= ${startAt})`;

/** The most rows of figures that one statement inserts. */
const rowsPerInsert = 1000;

/**
 * Returns the days to roll up: closed days of the given list on which a campaign was under way, and
 * rolled-up days that have changed. Reads one row per tenant and day, and finds the changed days by
 * an index.
 */
export async function listDaysToRollUp(
  db: Database,
  closed: readonly { day: string; startAt: number; endAt: number }[],
  limit: number,
): Promise<DayToRollUp[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT tenant_id AS tenantId, day FROM figure_days WHERE state <> 'rolled'
       UNION ALL
       SELECT t.id, j.value->>'day' FROM json_each(?1) j CROSS JOIN tenants t
       WHERE NOT EXISTS (SELECT 1 FROM figure_days f WHERE f.tenant_id = t.id AND f.day = j.value->>'day')
         AND EXISTS (SELECT 1 FROM campaigns c WHERE c.tenant_id = t.id
           AND ${wasCampaignUnderWaySql("c", "j.value->>'startAt'", "j.value->>'endAt'")})
       LIMIT ?2`,
    )
    .bind(JSON.stringify(closed), limit)
    .all<DayToRollUp>();
  return results;
}

/**
 * Records that a day is being rolled up under `token`, before the day's figures are counted. An
 * event that arrives after this record marks the day as changed. Writes one row.
 */
export async function beginRollUp({ db, tenantId }: Scope, day: string, token: number): Promise<void> {
  await db.$client
    .prepare(
      `INSERT INTO figure_days (tenant_id, day, state, token) VALUES (?1, ?2, 'rolling', ?3)
       ON CONFLICT (tenant_id, day) DO UPDATE SET state = 'rolling', token = excluded.token`,
    )
    .bind(tenantId, day, token)
    .run();
}

/**
 * Stores a day's figures in place of the day's earlier figures. If the day has changed meanwhile,
 * the figures are stored, and the day is rolled up again later.
 * @returns false, with nothing written, if another roll-up of the day has begun
 */
export async function storeRolledUpDay(
  { db, tenantId }: Scope,
  day: string,
  token: number,
  figures: readonly DailyFigures[],
): Promise<boolean> {
  const inserts = Array.from({ length: Math.ceil(figures.length / rowsPerInsert) }, (_, part) =>
    db.$client
      .prepare(
        `INSERT INTO daily_figures (tenant_id, day, hour, step_number, variant, sender_id, agent_id, sequence_id, source, counts)
         SELECT ?2, value->>'day', value->>'hour', value->>'stepNumber', value->>'variant', value->>'senderId',
           value->>'agentId', value->>'sequenceId', value->>'source', value->'counts' FROM json_each(?1)`,
      )
      .bind(JSON.stringify(figures.slice(part * rowsPerInsert, (part + 1) * rowsPerInsert)), tenantId),
  );
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "other",
        "EXISTS (SELECT 1 FROM figure_days WHERE tenant_id = ? AND day = ? AND token = ?)",
        tenantId,
        day,
        token,
      ),
      db.$client.prepare("DELETE FROM daily_figures WHERE tenant_id = ? AND day = ?").bind(tenantId, day),
      ...inserts,
      db.$client
        .prepare(
          "UPDATE figure_days SET state = 'rolled' WHERE tenant_id = ? AND day = ? AND state = 'rolling'",
        )
        .bind(tenantId, day),
    ]),
  );
  return refusal === null;
}

/** Returns the scope of the tenant whose day is rolled up. */
export const createDayTenantScope = (db: Database, { tenantId }: DayToRollUp): Scope =>
  createScope(db, tenantId);
