import type { ProviderName } from "../../shared/vocabulary.ts";
import type { Database, Scope } from "./scope.ts";

/*
 * Which accounts an email may go through: the tenant's first, and of the others those that are known to send for its From
 * address. A second account that doesn't would answer 403 or, worse, send what lands in spam. An account that was paused by
 * itself stays the first; one that a person has paused makes room for the next.
 */

/** SQL: whether account `a` is known to send for the From address of the sender of that alias. */
const covers = (sender: string) => `(
  a.provider = 'outbox'
  OR EXISTS (SELECT 1 FROM json_each(a.verified_domains) v
    WHERE v.value IN (${sender}.from_email, substr(${sender}.from_email, instr(${sender}.from_email, '@') + 1))))`;

/** SQL: whether account `a` may send for the sender of that alias. */
const mayServe = (sender: string) => `(
  a.id = (SELECT f.id FROM provider_accounts f
    WHERE f.tenant_id = ${sender}.tenant_id AND (f.is_paused = 0 OR f.pause_reason IS NOT NULL)
    ORDER BY f.priority, f.id LIMIT 1)
  OR ${covers(sender)})`;

/**
 * SQL: from when an account of the sender of that alias may be called, ms UTC: 0 for now, more while every circuit is
 * open or on trial, null where no account is there that isn't paused. Reads the tenant's accounts, at most ten.
 */
export const accountFreeAt = (sender: string) => `(SELECT min(a.circuit_open_until) FROM provider_accounts a
  WHERE a.tenant_id = ${sender}.tenant_id AND a.is_paused = 0 AND ${mayServe(sender)})`;

export type AccountRoute = {
  senderId: number;
  id: number;
  tenantId: number;
  provider: ProviderName;
  sealedCredentials: string;
  failures: number;
  openUntil: number;
};

/** Which senders an account is not known to send for, of at most a thousand pairs. */
export async function uncoveredSenders({
  db,
  tenantId,
}: Scope): Promise<{ accountId: number; senderId: number }[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT a.id AS accountId, s.id AS senderId FROM provider_accounts a JOIN senders s ON s.tenant_id = a.tenant_id
      WHERE a.tenant_id = ?1 AND NOT ${covers("s")} ORDER BY a.id, s.id LIMIT 1000`,
    )
    .bind(tenantId)
    .all<{ accountId: number; senderId: number }>();
  return results;
}

/** Every account of these tenants, also those that are paused or left alone: what went through them can be asked after. */
export async function accountsOf(
  db: Database,
  tenantIds: readonly number[],
): Promise<Omit<AccountRoute, "senderId">[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT a.id, a.tenant_id AS tenantId, a.provider, a.sealed_credentials AS sealedCredentials,
        a.circuit_failures AS failures, a.circuit_open_until AS openUntil
      FROM json_each(?1) j JOIN provider_accounts a ON a.tenant_id = j.value
      ORDER BY a.tenant_id, a.priority, a.id`,
    )
    .bind(JSON.stringify(tenantIds))
    .all<Omit<AccountRoute, "senderId">>();
  return results;
}

/** Per sender the accounts that may be called now, in the order they are tried. */
export async function accountRoutes(
  db: Database,
  senderIds: readonly number[],
  now: number,
): Promise<AccountRoute[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT s.id AS senderId, a.id, a.tenant_id AS tenantId, a.provider, a.sealed_credentials AS sealedCredentials,
        a.circuit_failures AS failures, a.circuit_open_until AS openUntil
      FROM json_each(?1) j JOIN senders s ON s.id = j.value JOIN provider_accounts a ON a.tenant_id = s.tenant_id
      WHERE a.is_paused = 0 AND a.circuit_open_until <= ?2 AND ${mayServe("s")}
      ORDER BY s.id, a.priority, a.id`,
    )
    .bind(JSON.stringify(senderIds), now)
    .all<AccountRoute>();
  return results;
}
