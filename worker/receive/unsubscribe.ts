import type { Ctx } from "../context.ts";
import type { AuditEntry } from "../db/audit-log.ts";
import { findRefusal } from "../db/contact-history.ts";
import { type EventRecipient, loadEventRecipients } from "../db/events.ts";
import { linkOptOutDedupeKey, type OptOutFacts, undoOptOut } from "../db/opt-outs.ts";
import { recordWrongPerson } from "../db/refusals.ts";
import { createScope, type Scope } from "../db/scope.ts";
import { buildSuppressionInsert } from "../db/suppressions.ts";
import { optOutUndoMs } from "../domain/receive/opt-out-undo.ts";
import type { EmailLink } from "../mail/link-signer.ts";
import { ingestEvents } from "./ingest.ts";
import { buildLinkEvent } from "./link-event.ts";

export type UnsubscribeLink = Extract<EmailLink, { kind: "unsubscribe" }>;

/**
 * Unsubscribes the person to whom an email went. A repeated call changes nothing. The link contains
 * the address. So the unsubscribe holds even if the recipient's row is gone, or if an agent has
 * corrected the recipient's address after the email.
 * @returns false if nothing could be stored: the recipient is gone and the link, of version 1,
 *   contains no address
 */
export async function unsubscribe(ctx: Ctx, { reference, email }: UnsubscribeLink): Promise<boolean> {
  const { tenantId, recipientId, stepNumber } = reference;
  const now = ctx.now();
  const owner = (await loadEventRecipients(ctx.db, [recipientId], tenantId)).get(recipientId);
  if (owner !== undefined) {
    const priorRefusal = await findPriorRefusal(createScope(ctx.db, tenantId), owner);
    const data = priorRefusal === null ? {} : { priorRefusal };
    const facts = { occurredAt: now, dedupeKey: linkOptOutDedupeKey, isMachine: false, data };
    const events = [buildLinkEvent("unsubscribed", reference, facts)];
    await ingestEvents(ctx, { kind: "events", tenantId, source: "link", receivedAt: now, events });
  }
  const sentTo = email?.toLowerCase() ?? "";
  if (sentTo === "" || sentTo === owner?.email?.toLowerCase()) return owner !== undefined;
  const evidence = { recipientId, stepNumber, kind: "unsubscribed" };
  const row = { tenantId, email: sentTo, reason: "unsubscribed" as const, source: "link", evidence };
  await buildSuppressionInsert(ctx.db, [row], now).run();
  return true;
}

async function findPriorRefusal(scope: Scope, { propertyId, email }: EventRecipient) {
  if (propertyId === null || email === null) return null;
  return (await findRefusal(scope, { propertyId, email }))?.kind ?? null;
}

/**
 * Takes back an opt-out that the same link has just caused.
 * @returns false if the link caused no opt-out in the last minute
 */
export async function undoUnsubscribe(ctx: Ctx, { reference, email }: UnsubscribeLink): Promise<boolean> {
  const { tenantId, recipientId } = reference;
  const owner = (await loadEventRecipients(ctx.db, [recipientId], tenantId)).get(recipientId) ?? null;
  const audit = buildPersonEntry(ctx, recipientId, "recipient.optOutUndone");
  const since = ctx.now() - optOutUndoMs;
  return await undoOptOut(ctx.db, { ...reference, email }, owner, { since, audit });
}

/**
 * Records that the person to whom an email went has nothing to do with the email's property.
 * Forbids emails to this address about this property, and no other emails.
 * @returns false if the email belongs to no property, or the email's recipient is gone
 */
export async function reportWrongPerson(
  ctx: Ctx,
  { reference }: UnsubscribeLink,
  { email, recipient }: Pick<OptOutFacts, "email" | "recipient">,
): Promise<boolean> {
  if (email === null || recipient === null || recipient.propertyId === null) return false;
  const { tenantId, recipientId } = reference;
  const note = "They said so on the email's unsubscribe page.";
  const said = {
    ...recipient,
    recipientId,
    propertyId: recipient.propertyId,
    email: email.toLowerCase(),
    note,
  };
  const audit = buildPersonEntry(ctx, recipientId, "recipient.wrongPerson");
  await recordWrongPerson(createScope(ctx.db, tenantId), said, audit);
  return true;
}

/** Returns the audit entry for a recipient's action on a public page. */
const buildPersonEntry = (ctx: Ctx, recipientId: number, action: string): AuditEntry => ({
  id: ctx.newId(),
  actor: "recipient",
  action,
  subject: `recipients/${recipientId}`,
  at: ctx.now(),
});
