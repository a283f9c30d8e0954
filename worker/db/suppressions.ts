import type { SuppressionReason } from "../../shared/vocabulary.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch, buildChangeCount, readChangeCount } from "./batch-guard.ts";
import type { Database, Scope } from "./scope.ts";
import { stopRecipients } from "./stops.ts";

export type SuppressedAddress = {
  email: string;
  reason: SuppressionReason;
  source: string;
  evidence: Record<string, unknown>;
  createdAt: number;
};
type Stored = Omit<SuppressedAddress, "evidence"> & { evidence: string };

const columns = "email, reason, source, evidence, created_at AS createdAt";
const toSuppression = (row: Stored): SuppressedAddress => ({ ...row, evidence: JSON.parse(row.evidence) });

/**
 * The most rows that one page reads. A page that shows only a rare reason may hold fewer rows than
 * were asked for.
 */
const maxScannedRows = 5000;

/**
 * Returns a page of suppressions (addresses that get no emails) in the order of the addresses,
 * beginning after the address `after`. `last`: the address after which the next page begins; null
 * on the last page.
 */
export async function listSuppressions(
  { db, tenantId }: Scope,
  { after, reason, limit }: { after: string; reason: SuppressionReason | null; limit: number },
): Promise<{ rows: SuppressedAddress[]; last: string | null }> {
  const [found, end] = await db.$client.batch<Stored>([
    db.$client
      .prepare(
        `SELECT ${columns} FROM (SELECT * FROM suppressions WHERE tenant_id = ?1 AND email > ?2
           ORDER BY email LIMIT ${maxScannedRows}) AS window
         WHERE ?3 IS NULL OR reason = ?3 ORDER BY email LIMIT ?4`,
      )
      .bind(tenantId, after, reason, limit + 1),
    db.$client
      .prepare(
        `SELECT email FROM suppressions WHERE tenant_id = ?1 AND email > ?2
         ORDER BY email LIMIT 1 OFFSET ${maxScannedRows - 1}`,
      )
      .bind(tenantId, after),
  ]);
  const rows = (found?.results ?? []).slice(0, limit).map(toSuppression);
  const isCut = (found?.results.length ?? 0) > limit;
  return { rows, last: isCut ? (rows.at(-1)?.email ?? null) : (end?.results[0]?.email ?? null) };
}

export async function findSuppression(
  { db, tenantId }: Scope,
  email: string,
): Promise<SuppressedAddress | null> {
  const row = await db.$client
    .prepare(`SELECT ${columns} FROM suppressions WHERE tenant_id = ? AND email = ?`)
    .bind(tenantId, email)
    .first<Stored>();
  return row && toSuppression(row);
}

/**
 * Suppresses the given addresses and stops the recipients with these addresses, in one transaction.
 * An already suppressed address keeps the stored reason unless the new reason is stronger.
 */
export async function suppressAddresses(
  scope: Scope,
  rows: readonly Omit<SuppressedAddress, "createdAt">[],
  audit: AuditEntry,
): Promise<{ added: number; stopped: number }> {
  const { db, tenantId } = scope;
  const json = JSON.stringify(rows);
  const theirs = `SELECT r.id FROM json_each(?1) j CROSS JOIN campaign_recipients r
    ON r.tenant_id = ?2 AND r.email = j.value->>'email'`;
  const count = db.$client.prepare(countSuppressedSql).bind(json, tenantId);
  const [stop, ...closings] = stopRecipients(db, {
    where: `id IN (${theirs})`,
    values: [json, tenantId],
    reason: "suppressed",
    at: audit.at,
    campaignIds: "ofStopped",
  });
  const [before, , after, , stopped] = await db.$client.batch<{ count: number }>([
    count,
    buildSuppressionInsert(
      db,
      rows.map((row) => ({ ...row, tenantId })),
      audit.at,
    ),
    count,
    ...(stop === undefined ? [] : [stop, buildChangeCount(db)]),
    ...closings,
    buildAuditEntryInsert(scope, audit),
  ]);
  return {
    added: (after?.results[0]?.count ?? 0) - (before?.results[0]?.count ?? 0),
    stopped: readChangeCount(stopped),
  };
}

// CROSS JOIN makes the list the outer loop. Otherwise SQLite would scan the list once for every row
// of the table.
const countSuppressedSql = `SELECT count(*) AS count FROM json_each(?1) j CROSS JOIN suppressions s
  ON s.tenant_id = ?2 AND s.email = j.value->>'email'`;

/**
 * Removes a suppression if the suppression's reason is still `reason`. Also records the removal in
 * the timelines of at most 100 recipients with that address.
 * @returns how many recipients with that address stay stopped; null if the suppression has changed
 * meanwhile
 */
export async function removeSuppression(
  scope: Scope,
  { email, reason, batchId }: { email: string; reason: SuppressionReason; batchId: number },
  audit: AuditEntry,
): Promise<number | null> {
  const { db, tenantId } = scope;
  const own = "SELECT id FROM campaign_recipients WHERE tenant_id = ?1 AND email = ?2";
  const counted = db.$client
    .prepare(`SELECT count(*) AS count FROM campaign_recipients WHERE id IN (${own}) AND status = 'stopped'
      AND stop_reason IN ('bounced', 'complained', 'unsubscribed', 'suppressed')`)
    .bind(tenantId, email);
  const found = "EXISTS (SELECT 1 FROM suppressions WHERE tenant_id = ? AND email = ? AND reason = ?)";
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(db, "changed", found, tenantId, email, reason),
      db.$client.prepare("DELETE FROM suppressions WHERE tenant_id = ? AND email = ?").bind(tenantId, email),
      db.$client
        .prepare(
          `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at,
             received_at, batch_id, data)
           SELECT id, 0, 'resubscribed', 0, ?4, ?1, ?3, ?3, ?4, '{}' FROM (${own} LIMIT 100) WHERE 1
           ON CONFLICT DO NOTHING`,
        )
        .bind(tenantId, email, audit.at, batchId),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  if (refusal !== null) return null;
  return (await counted.first<{ count: number }>())?.count ?? 0;
}

/**
 * Builds the statement that removes the opt-out that an agent recorded at `createdAt`. A later
 * entry of the address stays.
 */
export const buildRecordedOptOutDelete = (
  { db, tenantId }: Scope,
  { email, source, createdAt }: { email: string; source: string; createdAt: number },
): D1PreparedStatement =>
  db.$client
    .prepare(
      `DELETE FROM suppressions WHERE tenant_id = ? AND email = ? AND reason = 'unsubscribed' AND source = ?
        AND created_at = ?`,
    )
    .bind(tenantId, email, source, createdAt);

export type NewSuppression = {
  tenantId: number;
  email: string;
  reason: SuppressionReason;
  source: string;
  evidence: Record<string, unknown>;
};

/**
 * SQL for the weight of a reason for a suppression, by the reason's position. `suppressionWeights`
 * in domain/receive/suppression.ts states the same order.
 */
const weightSql = (reason: string) => `instr('manual bounced unsubscribed complained', ${reason})`;

/**
 * Builds the statement that suppresses addresses. An address that is suppressed already keeps the
 * stored reason unless the new reason is stronger. If one call names an address twice, the stronger
 * reason is stored.
 */
export function buildSuppressionInsert(
  db: Database,
  rows: readonly NewSuppression[],
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO suppressions (tenant_id, email, reason, source, evidence, created_at)
      SELECT j.value->>'tenantId', j.value->>'email', j.value->>'reason', j.value->>'source', j.value->'evidence', ?2
      FROM json_each(?1) j WHERE 1
      ON CONFLICT (tenant_id, email) DO UPDATE SET reason = excluded.reason, source = excluded.source,
        evidence = excluded.evidence, created_at = excluded.created_at
      WHERE ${weightSql("excluded.reason")} > ${weightSql("suppressions.reason")}`,
    )
    .bind(JSON.stringify(rows), now);
}

/**
 * Builds the statement that removes suppressions by opt-out. Suppressions by bounce and complaint
 * stay.
 */
export function buildOptOutSuppressionDelete(
  db: Database,
  rows: readonly { tenantId: number; email: string }[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `DELETE FROM suppressions WHERE reason = 'unsubscribed' AND (tenant_id, email) IN (
        SELECT j.value->>'tenantId', j.value->>'email' FROM json_each(?1) j)`,
    )
    .bind(JSON.stringify(rows));
}
