import { eq } from "drizzle-orm";
import { providerAccounts } from "./schema.ts";
import type { Database } from "./scope.ts";

export type ProviderAccountRow = typeof providerAccounts.$inferSelect;

/** Spans tenants by design: a webhook's path names an account, and the account says whose events these are. */
export async function findProviderAccount(db: Database, id: number): Promise<ProviderAccountRow | undefined> {
  return await db.select().from(providerAccounts).where(eq(providerAccounts.id, id)).get();
}
