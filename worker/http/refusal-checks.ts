import type { AuditEntry } from "../db/audit-log.ts";
import { listBlockedContacts, type PeopleToCheckForRefusals } from "../db/contact-history.ts";
import { AppError } from "../domain/errors.ts";
import { type BlockedContact, buildRefusalReason, findBlockedField } from "../domain/send/contact-history.ts";
import { getRequestScope } from "./access.ts";
import { buildAuditEntry } from "./audit-entry.ts";
import { createGateError } from "./gates/error.ts";
import { hasRole } from "./permissions.ts";
import type { HttpContext } from "./request.ts";
import { seesProperty } from "./session.ts";

/**
 * Tells whether the session may email people at a property where somebody has refused (said no).
 */
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
  throw new AppError("forbidden", "Only a team lead can allow emails to someone who said no.");
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
 * Throws an error that names the refusals because of which these people must not be emailed.
 * @throws AppError conflict, always
 */
export async function throwRefusalError(c: HttpContext, addressed: PeopleToCheckForRefusals): Promise<never> {
  const [first, ...others] = await listBlockedContacts(getRequestScope(c).scope, addressed);
  // The refusal that made the write fail has been removed in the meantime.
  if (first === undefined)
    throw new AppError("conflict", "Someone else changed this in the meantime. Try again.");
  const build = (blocked: BlockedContact) =>
    buildRefusalReason(blocked, mayOverrideRefusals(c), (id) => seesProperty(c.get("session"), id));
  const fields =
    "campaignId" in addressed.to
      ? []
      : [first, ...others].map((one) => [findBlockedField(one), build(one)] as const);
  throw createGateError(build(first), { fields });
}
