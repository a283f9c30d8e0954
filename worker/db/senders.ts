import { and, asc, eq, gt } from "drizzle-orm";
import type { SenderDaySlots } from "../domain/send/domain-volume.ts";
import type { PaceState } from "../domain/send/pacing.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { senders } from "./schema/accounts.ts";
import type { Scope } from "./scope.ts";

export type SenderRow = typeof senders.$inferSelect;

export async function findSender({ db, tenantId }: Scope, id: number): Promise<SenderRow | undefined> {
  return await db
    .select()
    .from(senders)
    .where(and(eq(senders.id, id), eq(senders.tenantId, tenantId)))
    .get();
}

/** Returns senders, the oldest first. The first sender is the default of a new campaign. */
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

/**
 * Returns the faults of a campaign's senders, by field. Each sender must belong to this tenant and
 * be named once.
 */
export async function findSenderFaults(
  { db, tenantId }: Scope,
  { senderId, otherSenderIds }: { senderId: number; otherSenderIds: readonly number[] },
): Promise<Record<string, string>> {
  const { results } = await db.$client
    .prepare(
      "SELECT s.id FROM json_each(?1) j JOIN senders s ON s.id = j.value WHERE s.tenant_id = ?2 GROUP BY s.id",
    )
    .bind(JSON.stringify([senderId, ...otherSenderIds]), tenantId)
    .all<{ id: number }>();
  const own = new Set(results.map((row) => row.id));
  const faults: Record<string, string> = {};
  if (!own.has(senderId)) faults.senderId = "is not one of your senders";
  otherSenderIds.forEach((id, index) => {
    if (id === senderId) faults[`otherSenderIds.${index}`] = "must differ from senderId";
    else if (!own.has(id)) faults[`otherSenderIds.${index}`] = "is not one of your senders";
  });
  return faults;
}

/**
 * Creates a sender.
 * @returns false if the tenant already has a sender with that address
 */
export async function createSender(
  scope: Scope,
  row: Omit<typeof senders.$inferInsert, "tenantId">,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const insert = db
    .insert(senders)
    .values({ ...row, tenantId })
    .toSQL();
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "taken",
        "NOT EXISTS (SELECT 1 FROM senders WHERE tenant_id = ? AND from_email = ?)",
        tenantId,
        row.fromEmail,
      ),
      db.$client.prepare(insert.sql).bind(...insert.params),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

export type SenderChange = Partial<Omit<SenderRow, "id" | "tenantId" | "createdAt">>;

/**
 * The reason why a sender was not changed. `taken`: another sender has the address. `clock`: a tick
 * (the Worker's run every minute) has reserved slots for emails meanwhile, so the sender must be
 * read again.
 */
export type SenderConflict = "taken" | "clock";

/**
 * Changes a sender if no tick has reserved slots of the sender since `read`. Otherwise, reserved
 * slots could be given out twice.
 * @returns null if the sender was changed
 */
export async function updateSender(
  scope: Scope,
  read: PaceState & { id: number },
  change: SenderChange,
  audit: AuditEntry,
): Promise<SenderConflict | null> {
  const { db, tenantId } = scope;
  const update = db
    .update(senders)
    .set(change)
    .where(and(eq(senders.id, read.id), eq(senders.tenantId, tenantId)))
    .toSQL();
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "clock",
        `EXISTS (SELECT 1 FROM senders WHERE id = ? AND tenant_id = ? AND next_slot_at = ? AND cap_day = ?
           AND slots_today = ?)`,
        read.id,
        tenantId,
        read.nextSlotAt,
        read.capDay,
        read.slotsToday,
      ),
      abortUnless(
        db,
        "taken",
        "NOT EXISTS (SELECT 1 FROM senders WHERE tenant_id = ? AND from_email = ? AND id <> ?)",
        tenantId,
        change.fromEmail ?? null,
        read.id,
      ),
      db.$client.prepare(update.sql).bind(...update.params),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal as SenderConflict | null;
}

/**
 * Returns, for at most `limit` senders, the number of slots that each sender has taken on the
 * sender's present day. Reads one row per sender.
 */
export async function listSenderDaySlots({ db, tenantId }: Scope, limit: number): Promise<SenderDaySlots[]> {
  return await db
    .select({
      fromEmail: senders.fromEmail,
      timeZone: senders.timeZone,
      capDay: senders.capDay,
      slotsToday: senders.slotsToday,
    })
    .from(senders)
    .where(eq(senders.tenantId, tenantId))
    .limit(limit);
}
