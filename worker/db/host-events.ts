import type { HostEventType } from "../../shared/vocabulary.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import type { Database, Scope } from "./scope.ts";

/** An event for webhooks, as its trigger stored it. */
export type HostEventRow = {
  sequence: number;
  type: HostEventType;
  occurredAt: number;
  data: Record<string, unknown>;
};
type StoredEvent = Omit<HostEventRow, "data"> & { data: string };
const parseData = <Row extends { data: string }>(row: Row) => ({
  ...row,
  data: JSON.parse(row.data) as Record<string, unknown>,
});

/** Returns the events after a number, in order. */
export async function listHostEventsAfter(
  { db, tenantId }: Scope,
  sequence: number,
  limit: number,
): Promise<HostEventRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT sequence, type, occurred_at AS occurredAt, data FROM host_events
       WHERE tenant_id = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3`,
    )
    .bind(tenantId, sequence, limit)
    .all<StoredEvent>();
  return results.map(parseData);
}

export type RetriedEvent = HostEventRow & { attempts: number; failingSince: number };

/** Returns the events that a webhook gets on their own now. */
export async function listDueRetries(
  { db, tenantId }: Scope,
  webhookId: number,
  now: number,
  limit: number,
): Promise<RetriedEvent[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT e.sequence, e.type, e.occurred_at AS occurredAt, e.data, r.attempts, r.failing_since AS failingSince
       FROM host_event_retries r JOIN host_events e ON e.tenant_id = r.tenant_id AND e.sequence = r.sequence
       WHERE r.tenant_id = ?1 AND r.webhook_id = ?2 AND r.next_attempt_at <= ?3 ORDER BY r.sequence LIMIT ?4`,
    )
    .bind(tenantId, webhookId, now, limit)
    .all<StoredEvent & { attempts: number; failingSince: number }>();
  return results.map(parseData);
}

export type LoggedEvent = HostEventRow & {
  /** The retries of the event; null if the event is not retried on its own. */
  attempts: number | null;
  nextAttemptAt: number | null;
  failure: string | null;
};

/** Returns the stored events with their retries at one webhook, newest first. */
export async function listLoggedEvents(
  { db, tenantId }: Scope,
  webhookId: number,
  page: { before: number | null; limit: number; types: readonly HostEventType[] | null },
): Promise<LoggedEvent[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT e.sequence, e.type, e.occurred_at AS occurredAt, e.data, r.attempts, r.next_attempt_at AS nextAttemptAt,
         r.failure
       FROM host_events e LEFT JOIN host_event_retries r
         ON r.tenant_id = e.tenant_id AND r.webhook_id = ?2 AND r.sequence = e.sequence
       WHERE e.tenant_id = ?1 AND e.sequence < coalesce(?3, 9e15)
         AND (?5 IS NULL OR e.type IN (SELECT value FROM json_each(?5)))
       ORDER BY e.sequence DESC LIMIT ?4`,
    )
    .bind(
      tenantId,
      webhookId,
      page.before,
      page.limit,
      page.types === null ? null : JSON.stringify(page.types),
    )
    .all<StoredEvent & Pick<LoggedEvent, "attempts" | "nextAttemptAt" | "failure">>();
  return results.map(parseData);
}

/**
 * Lets a webhook get one stored event again.
 * @returns false if the event is not stored
 */
export async function redeliverHostEvent(
  scope: Scope,
  webhookId: number,
  sequence: number,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const [inserted] = await db.$client.batch([
    db.$client
      .prepare(
        `INSERT INTO host_event_retries (tenant_id, webhook_id, sequence, attempts, failing_since, next_attempt_at)
         SELECT tenant_id, ?2, sequence, 0, ?4, ?4 FROM host_events WHERE tenant_id = ?1 AND sequence = ?3
         ON CONFLICT DO UPDATE SET attempts = 0, failing_since = excluded.failing_since,
           next_attempt_at = excluded.next_attempt_at`,
      )
      .bind(tenantId, webhookId, sequence, audit.at),
    buildAuditEntryInsert(scope, audit),
  ]);
  return (inserted?.meta.changes ?? 0) > 0;
}

/** The most events of one tenant that one call removes. */
const oldEventsPerTenant = 2_000;

/**
 * Removes events that are older than `until`, and retries without an event. The newest event of a
 * tenant stays, so that the numbers of events go on.
 */
export async function dropOldHostEvents({ $client }: Database, until: number): Promise<void> {
  await $client.batch([
    $client
      .prepare(
        `DELETE FROM host_events WHERE (tenant_id, sequence) IN (
           SELECT e.tenant_id, e.sequence FROM tenants t JOIN host_events e ON e.tenant_id = t.id AND e.sequence IN (
             SELECT o.sequence FROM host_events o WHERE o.tenant_id = t.id ORDER BY o.sequence LIMIT ${oldEventsPerTenant})
           WHERE e.occurred_at < ?1 AND e.sequence < (SELECT max(n.sequence) FROM host_events n WHERE n.tenant_id = t.id))`,
      )
      .bind(until),
    $client.prepare(
      `DELETE FROM host_event_retries WHERE NOT EXISTS (SELECT 1 FROM host_events e
         WHERE e.tenant_id = host_event_retries.tenant_id AND e.sequence = host_event_retries.sequence)`,
    ),
  ]);
}
