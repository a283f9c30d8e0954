import type { Scope } from "../db/scope.ts";
import { findTenant } from "../db/tenants.ts";
import { AppError } from "../domain/errors.ts";
import { loadTenantFaults } from "../send/tenant-faults.ts";

/**
 * Refuses a campaign that ignores collisions if the tenant's policy is `holdAlways`.
 * @throws AppError invalidRequest
 */
export async function refuseCollisionOverride(scope: Scope, ignoresCollisions: boolean): Promise<void> {
  if (!ignoresCollisions || (await findTenant(scope))?.collisionPolicy !== "holdAlways") return;
  throw new AppError("invalidRequest", "Your office always holds who is in another campaign.", {
    ignoresCollisions: "is not allowed by your office",
  });
}

/**
 * Refuses a launch if the tenant or a sender lacks a legally required detail.
 * @throws AppError conflict
 */
export async function refuseIncompleteTenant(
  scope: Scope,
  senders: { senderId: number; otherSenderIds: readonly number[] },
): Promise<void> {
  const faults = await loadTenantFaults(scope, senders);
  if (faults.length === 0) return;
  const fields = Object.fromEntries(faults.map(({ field, message }) => [field, message]));
  throw new AppError(
    "conflict",
    "Your office's details are not complete yet, so nothing can be sent.",
    fields,
  );
}
