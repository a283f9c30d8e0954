import type { Scope } from "./scope.ts";

/**
 * Remembers a webhook whose signature does not cover its body. It is kept among the events that no message explains:
 * one row for each, which an insert that finds its key taken does not write.
 * @returns false if this key was seen with another body: somebody who has seen one signed post is forging others
 */
export async function rememberWebhook(
  { db, tenantId }: Scope,
  webhook: { accountId: number; key: string; bodyHash: string; id: number; at: number },
): Promise<boolean> {
  const dedupeKey = `webhook ${webhook.accountId} ${webhook.key}`;
  const [, kept] = await db.$client.batch<{ bodyHash: string }>([
    db.$client
      .prepare(
        `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at,
           received_at, batch_id, data)
         VALUES (0, 0, 'unknown', 1, ?1, ?2, ?3, ?3, ?4, json_object('bodyHash', ?5)) ON CONFLICT DO NOTHING`,
      )
      .bind(dedupeKey, tenantId, webhook.at, webhook.id, webhook.bodyHash),
    db.$client
      .prepare(
        `SELECT data->>'bodyHash' AS bodyHash FROM events
         WHERE recipient_id = 0 AND step_number = 0 AND kind = 'unknown' AND is_machine = 1
           AND tenant_id = ? AND dedupe_key = ?`,
      )
      .bind(tenantId, dedupeKey),
  ]);
  return kept?.results[0]?.bodyHash === webhook.bodyHash;
}
