import type { Scope } from "../db/scope.ts";
import { findTenant } from "../db/tenants.ts";
import { AppError } from "../domain/errors.ts";
import { loadTenantFaults } from "../send/tenant-faults.ts";

/**
 * A launch that writes to whom another campaign writes already, where the office always holds them.
 * @throws AppError invalidRequest
 */
export async function refuseOverride(scope: Scope, ignoresCollisions: boolean): Promise<void> {
  if (!ignoresCollisions || (await findTenant(scope))?.collisionPolicy !== "holdAlways") return;
  throw new AppError("invalidRequest", "Your office always holds who is in another campaign.", {
    ignoresCollisions: "is not allowed by your office",
  });
}

/** Nothing is launched in the name of an office whose emails would have to say less than the law wants. @throws AppError conflict */
export async function refuseUnfitOffice(
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
