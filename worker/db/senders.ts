import { and, asc, eq, gt } from "drizzle-orm";
import { senders } from "./schema.ts";
import type { Scope } from "./scope.ts";

export type SenderRow = typeof senders.$inferSelect;

export async function findSender({ db, tenantId }: Scope, id: number): Promise<SenderRow | undefined> {
  return await db
    .select()
    .from(senders)
    .where(and(eq(senders.id, id), eq(senders.tenantId, tenantId)))
    .get();
}

/** Oldest first: the first one is what a campaign starts with. */
export async function listSenders(
  { db, tenantId }: Scope,
  page: { after: number | null; limit: number },
): Promise<SenderRow[]> {
  return await db
    .select()
    .from(senders)
    .where(and(eq(senders.tenantId, tenantId), gt(senders.id, page.after ?? 0)))
    .orderBy(asc(senders.id))
    .limit(page.limit);
}
