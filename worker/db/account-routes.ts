import type { ProviderName } from "../../shared/vocabulary.ts";
import type { Database, Scope } from "./scope.ts";

/*
 * Finds the accounts that an email may go through. The first account is the account with the first
 * priority among the tenant's accounts that no person has paused. Other accounts must be known to
 * be allowed to use the sender's From address. Otherwise the email would be refused or land in
 * spam. An account that was paused automatically stays the first account.
 */

/**
 * SQL condition: account `a` is known to be allowed to use the sender's From address. `sender`: the
 * SQL alias of the row of `senders`.
 */
const coversSql = (sender: string) => `(
  a.provider = 'outbox'
  OR EXISTS (SELECT 1 FROM json_each(a.verified_domains) v
    WHERE v.value IN (${sender}.from_email, substr(${sender}.from_email, instr(${sender}.from_email, '@') + 1))))`;

/**
 * SQL condition: account `a` may send for the sender. `sender`: the SQL alias of the row of
 * `senders`.
 */
const mayServeSql = (sender: string) => `(
  a.id = (SELECT f.id FROM provider_accounts f
    WHERE f.tenant_id = ${sender}.tenant_id AND (f.is_paused = 0 OR f.pause_reason IS NOT NULL)
    ORDER BY f.priority, f.id LIMIT 1)
  OR ${coversSql(sender)})`;

/**
 * SQL: the earliest instant, ms UTC, at which an account of a sender may be called. The value is 0
 * if an account works (its circuit is closed). The instant is in the past if a trial call may be
 * made, and in the future if every account has failed repeatedly (open circuits). Null if the
 * tenant has no account, or every account is paused. Reads the tenant's accounts, at most ten.
 * `sender`: the SQL alias of the row of `senders`.
 */
export const accountCallableAtSql = (
  sender: string,
) => `(SELECT min(a.circuit_open_until) FROM provider_accounts a
  WHERE a.tenant_id = ${sender}.tenant_id AND a.is_paused = 0 AND ${mayServeSql(sender)})`;

export type CallableAccount = {
  senderId: number;
  id: number;
  tenantId: number;
  provider: ProviderName;
  sealedCredentials: string;
  failures: number;
  openUntil: number;
};

/**
 * Returns pairs of an account and a sender whose From address is not verified for the account, at
 * most 1,000 pairs.
 */
export async function listUnverifiedSendersPerAccount({
  db,
  tenantId,
}: Scope): Promise<{ accountId: number; senderId: number }[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT a.id AS accountId, s.id AS senderId FROM provider_accounts a JOIN senders s ON s.tenant_id = a.tenant_id
      WHERE a.tenant_id = ?1 AND NOT ${coversSql("s")} ORDER BY a.id, s.id LIMIT 1000`,
    )
    .bind(tenantId)
    .all<{ accountId: number; senderId: number }>();
  return results;
}

/**
 * Returns every account of these tenants. Paused accounts are included, because a service can still
 * be asked about earlier emails.
 */
export async function listAccountsOfTenants(
  db: Database,
  tenantIds: readonly number[],
): Promise<Omit<CallableAccount, "senderId">[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT a.id, a.tenant_id AS tenantId, a.provider, a.sealed_credentials AS sealedCredentials,
        a.circuit_failures AS failures, a.circuit_open_until AS openUntil
      FROM json_each(?1) j JOIN provider_accounts a ON a.tenant_id = j.value
      ORDER BY a.tenant_id, a.priority, a.id`,
    )
    .bind(JSON.stringify(tenantIds))
    .all<Omit<CallableAccount, "senderId">>();
  return results;
}

/**
 * Returns each sender's accounts that may be called now, in the order in which the accounts are
 * tried.
 */
export async function listCallableAccounts(
  db: Database,
  senderIds: readonly number[],
  now: number,
): Promise<CallableAccount[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT s.id AS senderId, a.id, a.tenant_id AS tenantId, a.provider, a.sealed_credentials AS sealedCredentials,
        a.circuit_failures AS failures, a.circuit_open_until AS openUntil
      FROM json_each(?1) j JOIN senders s ON s.id = j.value JOIN provider_accounts a ON a.tenant_id = s.tenant_id
      WHERE a.is_paused = 0 AND a.circuit_open_until <= ?2 AND ${mayServeSql("s")}
      ORDER BY s.id, a.priority, a.id`,
    )
    .bind(JSON.stringify(senderIds), now)
    .all<CallableAccount>();
  return results;
}
