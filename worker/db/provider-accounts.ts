import { and, asc, eq, inArray, notInArray } from "drizzle-orm";
import { limits } from "../../shared/limits.ts";
import type { AccountPauseReason } from "../../shared/vocabulary.ts";
import type { Circuit } from "../domain/send/circuit.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch, isEmptyChange } from "./batch-guard.ts";
import { providerAccounts } from "./schema/accounts.ts";
import type { Database, Scope } from "./scope.ts";

export type ProviderAccountRow = typeof providerAccounts.$inferSelect;

/**
 * Finds a provider account of any tenant. The query spans tenants by design: a webhook's path names
 * an account, and the account's tenant owns the events.
 */
export async function findAccountOfAnyTenant(
  db: Database,
  id: number,
): Promise<ProviderAccountRow | undefined> {
  return await db.select().from(providerAccounts).where(eq(providerAccounts.id, id)).get();
}

export async function findTenantAccount(
  { db, tenantId }: Scope,
  id: number,
): Promise<ProviderAccountRow | undefined> {
  return await db
    .select()
    .from(providerAccounts)
    .where(and(eq(providerAccounts.id, id), eq(providerAccounts.tenantId, tenantId)))
    .get();
}

/** Returns the other accounts of the tenants that own the accounts with these ids. */
export async function listSiblingAccounts(
  db: Database,
  ids: readonly number[],
): Promise<ProviderAccountRow[]> {
  if (ids.length === 0) return [];
  const given = db
    .select()
    .from(providerAccounts)
    .where(inArray(providerAccounts.id, [...ids]))
    .as("given");
  const rows = await db
    .selectDistinct({ account: providerAccounts })
    .from(given)
    .innerJoin(providerAccounts, eq(providerAccounts.tenantId, given.tenantId))
    .where(notInArray(providerAccounts.id, [...ids]));
  return rows.map(({ account }) => account);
}

/** Returns all accounts of the tenant, in the order in which the accounts are tried. */
export async function listAccounts({ db, tenantId }: Scope): Promise<ProviderAccountRow[]> {
  return await db
    .select()
    .from(providerAccounts)
    .where(eq(providerAccounts.tenantId, tenantId))
    .orderBy(asc(providerAccounts.priority), asc(providerAccounts.id))
    .limit(limits.accountsPerTenant);
}

/**
 * Creates a provider account.
 * @returns false if the tenant already has the highest allowed number of accounts
 */
export async function createAccount(
  scope: Scope,
  row: Omit<typeof providerAccounts.$inferInsert, "tenantId">,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const insert = db
    .insert(providerAccounts)
    .values({ ...row, tenantId })
    .toSQL();
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "full",
        "(SELECT count(*) FROM provider_accounts WHERE tenant_id = ?) < ?",
        tenantId,
        limits.accountsPerTenant,
      ),
      db.$client.prepare(insert.sql).bind(...insert.params),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

export type AccountChange = Partial<Omit<ProviderAccountRow, "id" | "tenantId" | "provider" | "createdAt">>;

/**
 * Changes a provider account.
 * @param audit null for changes that no person made, such as a provider's answer to a check
 */
export async function updateAccount(
  scope: Scope,
  id: number,
  change: AccountChange,
  audit: AuditEntry | null,
): Promise<void> {
  if (isEmptyChange(change)) return;
  const { db, tenantId } = scope;
  const update = db
    .update(providerAccounts)
    .set(change)
    .where(and(eq(providerAccounts.id, id), eq(providerAccounts.tenantId, tenantId)))
    .toSQL();
  await db.$client.batch([
    db.$client.prepare(update.sql).bind(...update.params),
    ...(audit === null ? [] : [buildAuditEntryInsert(scope, audit)]),
  ]);
}

/**
 * Builds the statement that pauses an account automatically, because of bounces or a provider's
 * answer. An account that is already paused keeps its reason. Run in the batch of the change that
 * causes the pause; writes at most one row.
 */
export function buildAccountPause(
  db: Database,
  { accountId, reason, at }: { accountId: number; reason: AccountPauseReason; at: number },
): D1PreparedStatement {
  return db.$client
    .prepare(
      "UPDATE provider_accounts SET is_paused = 1, pause_reason = ?2, paused_at = ?3 WHERE id = ?1 AND is_paused = 0",
    )
    .bind(accountId, reason, at);
}

/**
 * Takes, for each account that failed repeatedly (its circuit is open) and has rested, the right to
 * make one trial call. No other tick (the Worker's run every minute) gets the same right before
 * `until`. Returns the ids of the accounts; leaves out accounts whose trial call another tick has
 * taken.
 */
export async function takeTrialCalls(
  db: Database,
  accountIds: readonly number[],
  now: number,
  until: number,
): Promise<Set<number>> {
  if (accountIds.length === 0) return new Set();
  const { results } = await db.$client
    .prepare(
      `UPDATE provider_accounts SET circuit_open_until = ?3
      WHERE id IN (SELECT value FROM json_each(?1)) AND circuit_open_until > 0 AND circuit_open_until <= ?2
      RETURNING id`,
    )
    .bind(JSON.stringify(accountIds), now, until)
    .all<{ id: number }>();
  return new Set(results.map(({ id }) => id));
}

export type CircuitChange = { accountId: number; from: Circuit; to: Circuit };

/**
 * Builds the statement that writes changes of circuits: how often accounts failed in a row, and
 * until when the accounts rest. A circuit that was changed meanwhile is left unchanged, because the
 * other change is just as recent.
 */
export function buildCircuitUpdates(db: Database, changes: readonly CircuitChange[]): D1PreparedStatement {
  return db.$client
    .prepare(
      `UPDATE provider_accounts AS a SET
        circuit_failures = j.value->'to'->>'failures', circuit_open_until = j.value->'to'->>'openUntil'
      FROM json_each(?1) j
      WHERE a.id = j.value->>'accountId' AND a.circuit_failures = j.value->'from'->>'failures'
        AND a.circuit_open_until = j.value->'from'->>'openUntil'`,
    )
    .bind(JSON.stringify(changes));
}
