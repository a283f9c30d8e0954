import { eq } from "drizzle-orm";
import { tenantKeys, tenants } from "./schema/tenants.ts";
import type { Database } from "./scope.ts";

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
