import type { GateFault } from "../../shared/gate-reason.ts";
import { loadSenderIdentities, loadTenantIdentities } from "../db/email-inputs.ts";
import type { Scope } from "../db/scope.ts";
import { findDisclosureFaults, listLicenseWarnings } from "../domain/compliance/disclosure-faults.ts";

/** Faults hold back every email. Warnings hold back no email. */
export type DisclosureCheck = { faults: GateFault[]; warnings: GateFault[] };

/**
 * Returns the details that the tenant or the senders lack for emails about properties in the given
 * states. Null stands for a property whose state is unknown.
 */
export async function checkDisclosure(
  { db, tenantId }: Scope,
  { senderId, otherSenderIds }: { senderId: number; otherSenderIds: readonly number[] },
  states: readonly (string | null)[],
): Promise<DisclosureCheck> {
  const [[tenant], senders] = await Promise.all([
    loadTenantIdentities(db, [tenantId]),
    loadSenderIdentities(db, [senderId, ...otherSenderIds]),
  ]);
  if (tenant === undefined) return { faults: [], warnings: [] };
  const distinct = [...new Set(states)];
  return {
    faults: findDisclosureFaults(tenant, senders, distinct),
    warnings: listLicenseWarnings(senders, distinct),
  };
}
