import { desc, eq } from "drizzle-orm";
import { limits } from "../../shared/limits.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { tenantKeys, tenants } from "./schema/tenants.ts";
import type { Database, Scope } from "./scope.ts";

export type TenantKey = Omit<typeof tenantKeys.$inferSelect, "createdAt"> & { allowedOrigins: string[] };

/**
 * Finds a key of any tenant. The query spans tenants by design: a token names its key, and the
 * key's row names the tenant.
 */
export async function findTenantKey(db: Database, kid: string): Promise<TenantKey | undefined> {
  return await db
    .select({
      kid: tenantKeys.kid,
      tenantId: tenantKeys.tenantId,
      algorithm: tenantKeys.algorithm,
      issuer: tenantKeys.issuer,
      sealedSecret: tenantKeys.sealedSecret,
      jwksUrl: tenantKeys.jwksUrl,
      allowedOrigins: tenants.allowedOrigins,
    })
    .from(tenantKeys)
    .innerJoin(tenants, eq(tenants.id, tenantKeys.tenantId))
    .where(eq(tenantKeys.kid, kid))
    .get();
}

export type SigningKeyRow = Omit<typeof tenantKeys.$inferSelect, "tenantId">;

/** Returns the tenant's keys, oldest first; at most `limits.signingKeys`. */
export async function listSigningKeys({ db, tenantId }: Scope): Promise<SigningKeyRow[]> {
  return await db
    .select()
    .from(tenantKeys)
    .where(eq(tenantKeys.tenantId, tenantId))
    .orderBy(tenantKeys.createdAt, tenantKeys.kid)
    .limit(limits.signingKeys);
}

/** Returns the issuer that the tenant's tokens have: the issuer of the tenant's newest key. */
export async function findTenantIssuer({ db, tenantId }: Scope): Promise<string> {
  const newest = await db
    .select({ issuer: tenantKeys.issuer })
    .from(tenantKeys)
    .where(eq(tenantKeys.tenantId, tenantId))
    .orderBy(desc(tenantKeys.createdAt), desc(tenantKeys.kid))
    .limit(1)
    .get();
  return newest?.issuer ?? `urn:doorknock:tenant:${tenantId}`;
}

/** Adds a key. Returns false if the tenant already has `limits.signingKeys`. */
export async function createSigningKey(
  scope: Scope,
  row: SigningKeyRow,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const isBelowLimit = "(SELECT count(*) FROM tenant_keys WHERE tenant_id = ?) < ?";
  const insert = db
    .insert(tenantKeys)
    .values({ ...row, tenantId })
    .toSQL();
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(db, "full", isBelowLimit, tenantId, limits.signingKeys),
      db.$client.prepare(insert.sql).bind(...insert.params),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

/** Deletes a key of the tenant, unless it is the tenant's last key. */
export async function deleteSigningKey(
  scope: Scope,
  kid: string,
  audit: AuditEntry,
): Promise<"deleted" | "unknown" | "last"> {
  const { db, tenantId } = scope;
  const isKnown = "EXISTS (SELECT 1 FROM tenant_keys WHERE tenant_id = ? AND kid = ?)";
  const hasOther = "EXISTS (SELECT 1 FROM tenant_keys WHERE tenant_id = ? AND kid <> ?)";
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(db, "unknown", isKnown, tenantId, kid),
      abortUnless(db, "last", hasOther, tenantId, kid),
      db.$client.prepare("DELETE FROM tenant_keys WHERE tenant_id = ? AND kid = ?").bind(tenantId, kid),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  if (refusal === null) return "deleted";
  return refusal === "last" ? "last" : "unknown";
}
