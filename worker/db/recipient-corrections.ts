import type { Candidate } from "../domain/send/candidate.ts";
import type { CorrectedRecipient } from "../domain/send/correction.ts";
import { abortUnlessBounced, buildReopeningAtNewAddress } from "./address-replacements.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { abortIfRefused } from "./contact-history.ts";
import type { Scope } from "./scope.ts";

/**
 * The reason why a correction was refused. `changed`: the recipient has changed since `read`.
 * `sent`: an email to the old address was sent, may have been sent, or is about to be sent.
 * `duplicate`: the campaign has a recipient with the new address. `suppressed`: the new address is
 * on the do-not-email list. `refusals`: a refusal at the property forbids emails to the new
 * address.
 */
export type CorrectionConflict = "changed" | "sent" | "duplicate" | "suppressed" | "refusals";

/**
 * `overriddenAt`: when a team lead overrode the refusals at the property; 0 if nobody overrode the
 * refusals. `replacedAt`: now, if the correction replaces an address that has bounced; otherwise
 * null.
 */
type CorrectionTerms = { propertyId: string | null; overriddenAt: number; replacedAt: number | null };

/**
 * Writes a correction in one transaction, if the recipient is unchanged since `read`.
 * @returns null if the correction was written
 */
export async function correctRecipient(
  scope: Scope,
  read: Candidate["recipient"],
  { email, consent, name, data, zone, home, status, scheduledAt, dueAt, allowsLate }: CorrectedRecipient,
  audit: AuditEntry,
  { propertyId, overriddenAt, replacedAt }: CorrectionTerms,
): Promise<CorrectionConflict | null> {
  const { db, tenantId } = scope;
  const [readData, newData] = [JSON.stringify(read.data), JSON.stringify(data)];
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "changed",
        `EXISTS (SELECT 1 FROM campaign_recipients WHERE id = ? AND tenant_id = ? AND status = ? AND next_step = ?
           AND lease IS ? AND scheduled_at IS ? AND due_at IS ?)`,
        read.id,
        tenantId,
        read.status,
        read.nextStep,
        read.lease,
        read.scheduledAt,
        read.dueAt,
      ),
      // If two agents fill in different values at once, the second agent's correction is refused.
      ...(newData === readData
        ? []
        : [
            abortUnless(
              db,
              "changed",
              "EXISTS (SELECT 1 FROM campaign_recipients WHERE id = ? AND json(data) = json(?))",
              read.id,
              readData,
            ),
          ]),
      ...(email === read.email
        ? []
        : [
            replacedAt === null ? abortIfSent(scope, read) : abortUnlessBounced(scope, read.id),
            ...buildAddressGuards(scope, read, email),
            abortIfRefused(scope, { to: [{ email, propertyId }], overriddenAt }),
          ]),
      db.$client
        .prepare(
          `UPDATE campaign_recipients SET email = ?3, status = ?4, scheduled_at = ?5, due_at = ?6,
            time_zone = iif(?7, ?8, time_zone), time_zone_source = iif(?7, ?9, time_zone_source),
            consent = ?10, name = ?11, data = ?12, allows_late = ?13, property_state = ?14, address_keys = ?15
          WHERE id = ?1 AND tenant_id = ?2`,
        )
        .bind(
          read.id,
          tenantId,
          email,
          status,
          scheduledAt,
          dueAt,
          zone === undefined ? 0 : 1,
          zone?.timeZone ?? null,
          zone?.source ?? null,
          consent === null ? null : JSON.stringify(consent),
          name,
          newData,
          allowsLate ? 1 : 0,
          home.propertyState,
          home.addressKeys === null ? null : JSON.stringify(home.addressKeys),
        ),
      ...(replacedAt === null ? [] : buildReopeningAtNewAddress(scope, read, replacedAt)),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal as CorrectionConflict | null;
}

const abortIfSent = ({ db }: Scope, { id }: Candidate["recipient"]): D1PreparedStatement =>
  abortUnless(
    db,
    "sent",
    `NOT EXISTS (SELECT 1 FROM messages WHERE recipient_id = ?1 AND attempts > 0)
      AND NOT EXISTS (SELECT 1 FROM campaign_recipients WHERE id = ?1 AND lease IS NOT NULL)`,
    id,
  );

function buildAddressGuards(
  { db, tenantId }: Scope,
  { campaignId }: Candidate["recipient"],
  email: string | null,
): D1PreparedStatement[] {
  return [
    abortUnless(
      db,
      "duplicate",
      `NOT EXISTS (SELECT 1 FROM campaign_recipients WHERE tenant_id = ?1 AND email = ?2 AND campaign_id = ?3)`,
      tenantId,
      email,
      campaignId,
    ),
    abortUnless(
      db,
      "suppressed",
      "NOT EXISTS (SELECT 1 FROM suppressions WHERE tenant_id = ? AND email = ?)",
      tenantId,
      email,
    ),
  ];
}
