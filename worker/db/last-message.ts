import type { Scope } from "./scope.ts";

/**
 * Returns the last message that the tenant sent, or probably sent, to the address `email` since the
 * instant `since`, in any campaign; null if no message was sent. Reads the recipients with that
 * address, one per campaign.
 */
export async function findLastMessage(
  { db, tenantId }: Scope,
  email: string,
  since: number,
): Promise<{ recipientId: number; stepNumber: number } | null> {
  return await db.$client
    .prepare(
      `SELECT r.id AS recipientId, (SELECT m.step_number FROM messages m
          WHERE m.recipient_id = r.id AND m.status IN ('sent', 'unknown')
          ORDER BY coalesce(m.sent_at, m.attempted_at) DESC, m.step_number DESC LIMIT 1) AS stepNumber
      FROM campaign_recipients r
      WHERE r.tenant_id = ?1 AND r.email = ?2 AND r.last_sent_at >= ?3 AND stepNumber IS NOT NULL
      ORDER BY r.last_sent_at DESC, r.id DESC LIMIT 1`,
    )
    .bind(tenantId, email, since)
    .first();
}

/** Tells whether one of the tenant's senders writes from this address. */
export async function isSenderAddress({ db, tenantId }: Scope, email: string): Promise<boolean> {
  const row = await db.$client
    .prepare("SELECT 1 AS found FROM senders WHERE tenant_id = ? AND from_email = ?")
    .bind(tenantId, email)
    .first();
  return row !== null;
}
