import type { AuditEntry } from "../db/audit-log.ts";
import { listBlockedContacts, type PeopleToCheckForRefusals } from "../db/contact-history.ts";
import type { Scope } from "../db/scope.ts";
import { findTenant } from "../db/tenants.ts";
import { AppError } from "../domain/errors.ts";
import { explainRefusal, listBlockedFields } from "../domain/send/contact-history.ts";
import { checkDisclosure } from "../send/disclosure-faults.ts";
import { getRequestScope } from "./access.ts";
import { buildAuditEntry } from "./audit-entry.ts";
import { hasRole } from "./permissions.ts";
import type { HttpContext } from "./request.ts";

/**
 * Refuses a campaign that ignores collisions if the tenant's policy is `holdAlways`.
 * @throws AppError invalidRequest
 */
export async function refuseCollisionOverride(scope: Scope, ignoresCollisions: boolean): Promise<void> {
  if (!ignoresCollisions || (await findTenant(scope))?.collisionPolicy !== "holdAlways") return;
  throw new AppError("invalidRequest", "Your office always holds people who are in another campaign.", {
    ignoresCollisions: "is not allowed by your office",
  });
}

/**
 * Refuses a launch if the tenant or a sender lacks a detail that the law requires in the emails.
 * @param states the US states of the properties; null stands for an unknown state
 * @throws AppError conflict
 */
export async function refuseIncompleteDetails(
  scope: Scope,
  senders: { senderId: number; otherSenderIds: readonly number[] },
  states: readonly (string | null)[],
): Promise<void> {
  const { faults } = await checkDisclosure(scope, senders, states);
  if (faults.length === 0) return;
  const fields = Object.fromEntries(faults.map(({ field, message }) => [field, message]));
  throw new AppError(
    "conflict",
    `Your office's details aren't complete yet, so no emails can go out. ${faults[0]?.message ?? ""}.`,
    fields,
  );
}

/** Tells whether the session may write to a property in spite of refusals there. */
export function mayOverrideRefusals(c: HttpContext): boolean {
  return hasRole(c.get("session"), "teamLead");
}

/**
 * Refuses a request with a note that overrides refusals, unless the session's role is team lead or
 * higher.
 * @throws AppError forbidden
 */
export function requireLeadForRefusalNote(c: HttpContext, note: string | undefined): void {
  if (note === undefined || mayOverrideRefusals(c)) return;
  throw new AppError("forbidden", "Writing to somebody who has refused needs the role teamLead.");
}

/**
 * Builds the audit entry for a note that overrides a campaign's refusals; null if there is no note.
 */
export function buildRefusalOverrideEntry(
  c: HttpContext,
  campaignId: number,
  note: string | undefined,
): AuditEntry | null {
  if (note === undefined) return null;
  const { ctx, agentId } = getRequestScope(c);
  const subject = `campaigns/${campaignId}`;
  return buildAuditEntry({ ctx, agentId }, "campaign.refusalsOverridden", subject, { note });
}

/**
 * Throws an error that says which refusals keep people from being written to.
 * @throws AppError conflict, always
 */
export async function throwRefusalError(c: HttpContext, addressed: PeopleToCheckForRefusals): Promise<never> {
  const [first, ...others] = await listBlockedContacts(getRequestScope(c).scope, addressed);
  // The refusal that undid the write has been lifted since.
  if (first === undefined)
    throw new AppError("conflict", "Someone else changed this in the meantime. Try again.");
  const fields = "campaignId" in addressed.to ? undefined : listBlockedFields([first, ...others]);
  throw new AppError("conflict", explainRefusal(first, mayOverrideRefusals(c)), fields);
}
