import { eq } from "drizzle-orm";
import { tenants } from "./schema.ts";
import type { Database, Scope } from "./scope.ts";

export type Tenant = Pick<
  typeof tenants.$inferSelect,
  "id" | "name" | "timeZone" | "postalAddress" | "license" | "allowedOrigins"
>;

export async function findTenant({ db, tenantId }: Scope): Promise<Tenant | undefined> {
  return await db
    .select({
      id: tenants.id,
      name: tenants.name,
      timeZone: tenants.timeZone,
      postalAddress: tenants.postalAddress,
      license: tenants.license,
      allowedOrigins: tenants.allowedOrigins,
    })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .get();
}

/** Whether any tenant lets its pages call from this origin: all that can be asked before a token names one. */
export async function isOriginKnown(db: Database, origin: string): Promise<boolean> {
  const row = await db.$client
    .prepare("SELECT 1 FROM tenants t, json_each(t.allowed_origins) o WHERE o.value = ? LIMIT 1")
    .bind(origin)
    .first();
  return row !== null;
}
