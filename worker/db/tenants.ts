import { eq } from "drizzle-orm";
import type { ClaimAttestation } from "../../shared/claim.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { buildWakeAfterOfficeChange } from "./condition-waits.ts";
import { tenants } from "./schema/tenants.ts";
import type { Database, Scope } from "./scope.ts";

export type TenantRow = Pick<
  typeof tenants.$inferSelect,
  | "id"
  | "name"
  | "timeZone"
  | "postalAddress"
  | "license"
  | "licensedName"
  | "officePhone"
  | "officeCity"
  | "officeState"
  | "officeWebsite"
  | "iabsLink"
  | "relationshipFormLink"
  | "equalHousingLine"
  | "allowedOrigins"
  | "holidays"
  | "stoppedAt"
  | "collisionPolicy"
  | "coolOffHours"
  | "unknownPolicy"
  | "lastNoteDays"
  | "maxFactAgeDays"
  | "listingGuard"
  | "sourceRules"
  | "requiresTemplateApproval"
  | "claimAttestations"
>;

export async function findTenant({ db, tenantId }: Scope): Promise<TenantRow | undefined> {
  return await db
    .select({
      id: tenants.id,
      name: tenants.name,
      timeZone: tenants.timeZone,
      postalAddress: tenants.postalAddress,
      license: tenants.license,
      licensedName: tenants.licensedName,
      officePhone: tenants.officePhone,
      officeCity: tenants.officeCity,
      officeState: tenants.officeState,
      officeWebsite: tenants.officeWebsite,
      iabsLink: tenants.iabsLink,
      relationshipFormLink: tenants.relationshipFormLink,
      equalHousingLine: tenants.equalHousingLine,
      allowedOrigins: tenants.allowedOrigins,
      stoppedAt: tenants.stoppedAt,
      holidays: tenants.holidays,
      collisionPolicy: tenants.collisionPolicy,
      coolOffHours: tenants.coolOffHours,
      unknownPolicy: tenants.unknownPolicy,
      lastNoteDays: tenants.lastNoteDays,
      maxFactAgeDays: tenants.maxFactAgeDays,
      listingGuard: tenants.listingGuard,
      sourceRules: tenants.sourceRules,
      requiresTemplateApproval: tenants.requiresTemplateApproval,
      claimAttestations: tenants.claimAttestations,
    })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .get();
}

export type TenantChange = Partial<
  Pick<
    TenantRow,
    | "name"
    | "timeZone"
    | "postalAddress"
    | "license"
    | "licensedName"
    | "officePhone"
    | "officeCity"
    | "officeState"
    | "officeWebsite"
    | "iabsLink"
    | "relationshipFormLink"
    | "equalHousingLine"
    | "allowedOrigins"
    | "holidays"
    | "collisionPolicy"
    | "coolOffHours"
    | "unknownPolicy"
    | "lastNoteDays"
    | "maxFactAgeDays"
    | "listingGuard"
    | "sourceRules"
    | "requiresTemplateApproval"
  >
>;

/**
 * Changes a tenant's settings. The new settings apply to every decision from now on; existing plans
 * stay. Emails that wait because a value is too old, or because the home may be for sale through
 * another brokerage, are checked again.
 */
export async function updateTenant(scope: Scope, change: TenantChange, audit: AuditEntry): Promise<void> {
  const { db, tenantId } = scope;
  const lifts = change.maxFactAgeDays !== undefined || change.listingGuard !== undefined;
  const update = db.update(tenants).set(change).where(eq(tenants.id, tenantId)).toSQL();
  await db.$client.batch([
    db.$client.prepare(update.sql).bind(...update.params),
    ...(lifts ? [buildWakeAfterOfficeChange(scope, audit.at)] : []),
    buildAuditEntryInsert(scope, audit),
  ]);
}

/** Records that an admin attests a claim, or withdraws the attestation if `attestation` is null. */
export async function setClaimAttestation(
  { db, tenantId }: Scope,
  claim: LetterClaim,
  attestation: ClaimAttestation | null,
  audit: AuditEntry,
): Promise<void> {
  await db.$client.batch([
    // A merge patch with null removes the key.
    db.$client
      .prepare("UPDATE tenants SET claim_attestations = json_patch(claim_attestations, ?) WHERE id = ?")
      .bind(JSON.stringify({ [claim]: attestation }), tenantId),
    buildAuditEntryInsert({ db, tenantId }, audit),
  ]);
}

/**
 * Sets the panic stop: from now on no email of this tenant leaves. A second stop keeps the time of
 * the first stop.
 */
export async function stopTenant({ db, tenantId }: Scope, audit: AuditEntry): Promise<void> {
  await db.$client.batch([
    db.$client
      .prepare("UPDATE tenants SET stopped_at = ? WHERE id = ? AND stopped_at IS NULL")
      .bind(audit.at, tenantId),
    buildAuditEntryInsert({ db, tenantId }, audit),
  ]);
}

/**
 * Lifts the panic stop. Emails that came due during the stop are late, and leave at their sender's
 * pace.
 */
export async function resumeTenant({ db, tenantId }: Scope, audit: AuditEntry): Promise<void> {
  await db.$client.batch([
    db.$client
      .prepare("UPDATE tenants SET stopped_at = NULL, resumed_at = ? WHERE id = ? AND stopped_at IS NOT NULL")
      .bind(audit.at, tenantId),
    buildAuditEntryInsert({ db, tenantId }, audit),
  ]);
}

/**
 * Tells whether any tenant allows this origin. Before a token names the tenant, no stricter check
 * is possible. Reads at most one row.
 */
export async function isOriginAllowedByAnyTenant(db: Database, origin: string): Promise<boolean> {
  const row = await db.$client
    .prepare("SELECT 1 FROM tenant_origins WHERE origin = ? LIMIT 1")
    .bind(origin)
    .first();
  return row !== null;
}
