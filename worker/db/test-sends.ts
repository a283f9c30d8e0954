import { hourMs } from "../../shared/time-lengths.ts";
import type { Scope } from "./scope.ts";

/**
 * Counts one more test email in the tenant's current hour. Returns false, with nothing counted, if
 * the hour already has `most` test emails.
 */
export async function recordTestSend({ db, tenantId }: Scope, now: number, most: number): Promise<boolean> {
  const row = await db.$client
    .prepare(
      `INSERT INTO test_sends (tenant_id, started_at, sent) VALUES (?1, ?2, 1)
       ON CONFLICT (tenant_id) DO UPDATE SET
         sent = iif(started_at <= ?3, 1, sent + 1), started_at = iif(started_at <= ?3, ?2, started_at)
       WHERE started_at <= ?3 OR sent < ?4
       RETURNING sent`,
    )
    .bind(tenantId, now, now - hourMs, most)
    .first<{ sent: number }>();
  return row !== null;
}
