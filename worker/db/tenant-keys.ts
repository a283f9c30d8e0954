import { eq } from "drizzle-orm";
import { tenantKeys, tenants } from "./schema.ts";
import type { Database } from "./scope.ts";

export type TenantKey = Omit<typeof tenantKeys.$inferSelect, "createdAt"> & { allowedOrigins: string[] };

/** Spans tenants by design: the key is how a token says whose it is. */
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
