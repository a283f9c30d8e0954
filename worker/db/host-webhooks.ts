import { and, asc, eq } from "drizzle-orm";
import { limits } from "../../shared/limits.ts";
import type { HostEventType } from "../../shared/vocabulary.ts";
import type { DeliveryRound, WebhookHealthChange } from "../domain/send/host-delivery.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch, isEmptyChange } from "./batch-guard.ts";
import { hostWebhooks } from "./schema/host-webhooks.ts";
import type { Database, Scope } from "./scope.ts";

export type HostWebhookRow = typeof hostWebhooks.$inferSelect;

export async function listHostWebhooks({ db, tenantId }: Scope): Promise<HostWebhookRow[]> {
  return await db
    .select()
    .from(hostWebhooks)
    .where(eq(hostWebhooks.tenantId, tenantId))
    .orderBy(asc(hostWebhooks.id))
    .limit(limits.hostWebhooks);
}

export async function findHostWebhook(
  { db, tenantId }: Scope,
  id: number,
): Promise<HostWebhookRow | undefined> {
  return await db.select().from(hostWebhooks).where(isWebhook(tenantId, id)).get();
}

const isWebhook = (tenantId: number, id: number) =>
  and(eq(hostWebhooks.tenantId, tenantId), eq(hostWebhooks.id, id));

/**
 * Creates a webhook, which gets the events that take place from now on.
 * @returns false if the tenant already has the highest allowed number of webhooks
 */
export async function createHostWebhook(
  scope: Scope,
  row: Pick<HostWebhookRow, "id" | "url" | "description" | "eventTypes" | "sealedSecret" | "createdAt">,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "full",
        "(SELECT count(*) FROM host_webhooks WHERE tenant_id = ?) < ?",
        tenantId,
        limits.hostWebhooks,
      ),
      db.$client
        .prepare(
          `INSERT INTO host_webhooks (tenant_id, id, url, description, event_types, sealed_secret, created_at, delivered_to)
           SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce((SELECT max(sequence) FROM host_events WHERE tenant_id = ?1), 0)`,
        )
        .bind(
          tenantId,
          row.id,
          row.url,
          row.description,
          row.eventTypes === null ? null : JSON.stringify(row.eventTypes),
          row.sealedSecret,
          row.createdAt,
        ),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

export type HostWebhookChange = Partial<Omit<HostWebhookRow, "id" | "tenantId" | "createdAt">>;

export async function updateHostWebhook(
  scope: Scope,
  id: number,
  change: HostWebhookChange,
  audit: AuditEntry,
): Promise<void> {
  if (isEmptyChange(change)) return;
  const { db, tenantId } = scope;
  const update = db.update(hostWebhooks).set(change).where(isWebhook(tenantId, id)).toSQL();
  await db.$client.batch([
    db.$client.prepare(update.sql).bind(...update.params),
    buildAuditEntryInsert(scope, audit),
  ]);
}

/** Deletes a webhook with its retries. The events stay for the tenant's other webhooks. */
export async function deleteHostWebhook(scope: Scope, id: number, audit: AuditEntry): Promise<void> {
  const { db, tenantId } = scope;
  const of = (table: string, column: string) =>
    db.$client.prepare(`DELETE FROM ${table} WHERE tenant_id = ?1 AND ${column} = ?2`).bind(tenantId, id);
  await db.$client.batch([
    of("host_event_retries", "webhook_id"),
    of("host_webhooks", "id"),
    buildAuditEntryInsert(scope, audit),
  ]);
}

/** The columns of a webhook that a round of deliveries needs. */
export type DueHostWebhook = Omit<
  HostWebhookRow,
  "description" | "nextAttemptAt" | "disabledAt" | "disabledReason" | "createdAt"
>;

/**
 * Returns the enabled webhooks that have an event to deliver or to retry now, the longest waiting
 * first. The statement spans tenants by design, as the tick does.
 */
export async function listDueHostWebhooks(
  db: Database,
  now: number,
  limit: number,
): Promise<DueHostWebhook[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT w.tenant_id AS tenantId, w.id, w.url, w.event_types AS eventTypes, w.sealed_secret AS sealedSecret,
         w.sealed_old_secret AS sealedOldSecret, w.old_secret_until AS oldSecretUntil, w.delivered_to AS deliveredTo,
         w.failures, w.failing_since AS failingSince, w.rounds
       FROM host_webhooks w
       WHERE w.disabled_at IS NULL AND w.next_attempt_at <= ?1
         AND (EXISTS (SELECT 1 FROM host_events e WHERE e.tenant_id = w.tenant_id AND e.sequence > w.delivered_to)
           OR EXISTS (SELECT 1 FROM host_event_retries r WHERE r.tenant_id = w.tenant_id AND r.webhook_id = w.id
             AND r.next_attempt_at <= ?1))
       ORDER BY w.next_attempt_at, w.tenant_id, w.id LIMIT ?2`,
    )
    .bind(now, limit)
    .all<Omit<DueHostWebhook, "eventTypes" | "rounds"> & { eventTypes: string | null; rounds: string }>();
  return results.map((row) => ({
    ...row,
    eventTypes: row.eventTypes === null ? null : (JSON.parse(row.eventTypes) as HostEventType[]),
    rounds: JSON.parse(row.rounds) as DeliveryRound[],
  }));
}

/**
 * A retry of one event: `nextAttemptAt` null gives the event up, and `isDone` removes the retry.
 */
export type EventRetry = {
  sequence: number;
  attempts: number;
  failingSince: number;
  nextAttemptAt: number | null;
  failure: string | null;
  isDone: boolean;
};

/**
 * Stores the end of a round of deliveries in one batch. Writes one row, and one more for each event
 * that is retried on its own. A round that lost its webhook to another round changes nothing.
 */
export async function concludeHostRound(
  db: Database,
  { tenantId, id, deliveredTo }: Pick<HostWebhookRow, "tenantId" | "id" | "deliveredTo">,
  change: WebhookHealthChange & { deliveredTo: number },
  retries: readonly EventRetry[],
  now: number,
): Promise<void> {
  const update = db.$client
    .prepare(
      `UPDATE host_webhooks SET delivered_to = ?4, failures = ?5, failing_since = ?6, next_attempt_at = ?7, rounds = ?8,
         disabled_reason = ?9, disabled_at = iif(?9 IS NULL, NULL, ?10)
       WHERE tenant_id = ?1 AND id = ?2 AND delivered_to = ?3 AND disabled_at IS NULL`,
    )
    .bind(
      tenantId,
      id,
      deliveredTo,
      change.deliveredTo,
      change.failures,
      change.failingSince,
      change.nextAttemptAt,
      JSON.stringify(change.rounds),
      change.disabledReason,
      now,
    );
  await db.$client.batch([
    ...(retries.length === 0 ? [] : buildRetryWrites(db, { tenantId, id }, retries)),
    update,
  ]);
}

function buildRetryWrites(
  { $client }: Database,
  { tenantId, id }: Pick<HostWebhookRow, "tenantId" | "id">,
  retries: readonly EventRetry[],
): D1PreparedStatement[] {
  const [done, left] = [retries.filter(({ isDone }) => isDone), retries.filter(({ isDone }) => !isDone)];
  return [
    $client
      .prepare(
        `DELETE FROM host_event_retries WHERE tenant_id = ?1 AND webhook_id = ?2
           AND sequence IN (SELECT value FROM json_each(?3))`,
      )
      .bind(tenantId, id, JSON.stringify(done.map(({ sequence }) => sequence))),
    $client
      .prepare(
        `INSERT INTO host_event_retries (tenant_id, webhook_id, sequence, attempts, failing_since, next_attempt_at, failure)
         SELECT ?1, ?2, j.value->>'sequence', j.value->>'attempts', j.value->>'failingSince', j.value->>'nextAttemptAt',
           j.value->>'failure' FROM json_each(?3) j WHERE 1
         ON CONFLICT DO UPDATE SET attempts = excluded.attempts, next_attempt_at = excluded.next_attempt_at,
           failure = excluded.failure`,
      )
      .bind(tenantId, id, JSON.stringify(left)),
  ];
}
