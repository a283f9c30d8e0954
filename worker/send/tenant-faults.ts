import { loadSenderIdentities, loadTenantIdentities } from "../db/email-inputs.ts";
import type { Scope } from "../db/scope.ts";
import { findTenantFaults, type TenantFault } from "../domain/compliance.ts";

/** Returns the legally required details that the tenant or one of the senders lacks. */
export async function loadTenantFaults(
  { db, tenantId }: Scope,
  { senderId, otherSenderIds }: { senderId: number; otherSenderIds: readonly number[] },
): Promise<TenantFault[]> {
  const [[tenant], senders] = await Promise.all([
    loadTenantIdentities(db, [tenantId]),
    loadSenderIdentities(db, [senderId, ...otherSenderIds]),
  ]);
  return tenant === undefined ? [] : findTenantFaults(tenant, senders);
}
