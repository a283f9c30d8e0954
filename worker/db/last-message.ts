import type { Scope } from "./scope.ts";

/**
 * The last message that a tenant sent to this address since then, in whichever campaign; null where there is none.
 * Reads the recipients with that address, one for each campaign they were in.
 */
export async function lastMessageTo(
  { db, tenantId }: Scope,
  email: string,
  since: number,
): Promise<{ recipientId: number; stepNumber: number } | null> {
  return await db.$client
    .prepare(
      `SELECT r.id AS recipientId, (SELECT max(m.step_number) FROM messages m
          WHERE m.recipient_id = r.id AND m.sent_at IS NOT NULL) AS stepNumber
      FROM campaign_recipients r
      WHERE r.tenant_id = ?1 AND r.email = ?2 AND r.last_sent_at >= ?3 AND stepNumber IS NOT NULL
      ORDER BY r.last_sent_at DESC, r.id DESC LIMIT 1`,
    )
    .bind(tenantId, email, since)
    .first();
}

/** Whether the address is one that the tenant itself writes from. */
export async function isSenderAddress({ db, tenantId }: Scope, email: string): Promise<boolean> {
  const row = await db.$client
    .prepare("SELECT 1 AS found FROM senders WHERE tenant_id = ? AND from_email = ?")
    .bind(tenantId, email)
    .first();
  return row !== null;
}
