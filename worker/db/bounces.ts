import type { AccountPauseReason } from "../../shared/vocabulary.ts";
import { isOfPresentAddressSql } from "./address-replacements.ts";
import { buildAuditEntryInsert } from "./audit-log.ts";
import { buildAccountPause } from "./provider-accounts.ts";
import type { Database } from "./scope.ts";

/**
 * Returns the statement that suppresses addresses (puts the addresses on the do-not-email list) if
 * an address has had at least `threshold` soft bounces since the last sign of delivery. Each email
 * counts once. The statement has to run after the statements of `buildEventInserts`, in the same
 * batch. The statement reads the events of every recipient with one of these addresses.
 */
export function buildSoftBounceSuppression(
  db: Database,
  addresses: readonly { tenantId: number; email: string }[],
  threshold: number,
  now: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO suppressions (tenant_id, email, reason, source, evidence, created_at)
      SELECT tenantId, email, 'bounced', 'softBounces', json_object('kind', 'bounced', 'softBounces', softs), ?3
      FROM (SELECT r.tenant_id AS tenantId, r.email, count(DISTINCT e.recipient_id || '.' || e.step_number) AS softs
        FROM json_each(?1) j
        CROSS JOIN campaign_recipients r ON r.tenant_id = j.value->>'tenantId' AND r.email = j.value->>'email'
        CROSS JOIN events e ON e.recipient_id = r.id
        WHERE e.step_number > 0 AND e.kind = 'bounced' AND e.data->>'bounceClass' = 'soft'
          AND ${isOfPresentAddressSql("e")}
          AND e.occurred_at > coalesce((SELECT max(d.occurred_at)
            FROM campaign_recipients o CROSS JOIN events d ON d.recipient_id = o.id
            WHERE o.tenant_id = r.tenant_id AND o.email = r.email AND d.is_machine = 0
              AND d.kind IN ('delivered', 'opened', 'clicked', 'replied')
              -- Some servers accept an email and bounce it afterwards, so a bounced delivery proves
              -- nothing.
              AND NOT EXISTS (SELECT 1 FROM events b WHERE b.recipient_id = d.recipient_id
                AND b.step_number = d.step_number AND b.kind = 'bounced')), 0)
        GROUP BY 1, 2)
      WHERE softs >= ?2 ON CONFLICT DO NOTHING`,
    )
    .bind(JSON.stringify(addresses), threshold, now);
}

/**
 * SQL condition: event `e` is a bounce, or a delay for which the receiver blames the account.
 * `isAccountTrouble` in domain/receive/account-guardrail.ts states the same rule.
 */
const isTroubleSql = `(e.kind = 'bounced' OR (e.kind = 'deferred'
  AND (e.data->>'status' LIKE '4.7.%' OR e.data->>'diagnostic' LIKE '%4.7.%')))`;

/**
 * Returns the statement that counts each account's messages in trouble (`isTroubleSql`), and adds
 * the count to the account's number of blocked emails in the hour `hour`. So that no message counts
 * twice, a message counts only if all of the message's trouble events belong to the batch of events
 * `batchId`. The statement has to run after the statements of `buildEventInserts`, in the same D1
 * batch.
 */
export function buildAccountBlockCount(
  db: Database,
  messages: readonly { recipientId: number; stepNumber: number }[],
  batchId: number,
  hour: number,
): D1PreparedStatement {
  return db.$client
    .prepare(
      `INSERT INTO account_blocks (account_id, hour, tenant_id, blocks)
      SELECT a.id, ?3, a.tenant_id, count(DISTINCT m.recipient_id || '.' || m.step_number)
      FROM json_each(?1) j
      CROSS JOIN messages m ON m.recipient_id = j.value->>'recipientId' AND m.step_number = j.value->>'stepNumber'
      CROSS JOIN provider_accounts a ON a.id = m.provider_account_id
      WHERE EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = m.recipient_id AND e.step_number = m.step_number
          AND ${isTroubleSql} AND e.batch_id = ?2)
        AND NOT EXISTS (SELECT 1 FROM events e WHERE e.recipient_id = m.recipient_id
          AND e.step_number = m.step_number AND ${isTroubleSql} AND e.batch_id <> ?2)
      GROUP BY 1
      ON CONFLICT (account_id, hour) DO UPDATE SET blocks = blocks + excluded.blocks`,
    )
    .bind(JSON.stringify(messages), batchId, hour);
}

/**
 * `sent`: the number of slots (planned instants, one per email) that the tenant's senders have
 * taken today.
 */
export type AccountBlocks = { accountId: number; tenantId: number; blocks: number; sent: number };

/**
 * Returns the unpaused accounts that sent one of these messages, with the number of each account's
 * blocked emails since `sinceHour`.
 */
export async function loadAccountBlocks(
  db: Database,
  messages: readonly { recipientId: number; stepNumber: number }[],
  sinceHour: number,
): Promise<AccountBlocks[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT a.id AS accountId, a.tenant_id AS tenantId,
        (SELECT coalesce(sum(b.blocks), 0) FROM account_blocks b WHERE b.account_id = a.id AND b.hour >= ?2) AS blocks,
        (SELECT coalesce(sum(s.slots_today), 0) FROM senders s WHERE s.tenant_id = a.tenant_id) AS sent
      FROM provider_accounts a
      WHERE a.is_paused = 0 AND a.id IN (SELECT m.provider_account_id FROM json_each(?1) j
        CROSS JOIN messages m ON m.recipient_id = j.value->>'recipientId' AND m.step_number = j.value->>'stepNumber')`,
    )
    .bind(JSON.stringify(messages), sinceHour)
    .all<AccountBlocks>();
  return results;
}

/**
 * Returns statements, for one batch, that pause an account and record the reason in the audit log.
 */
export function buildBlockedAccountPause(
  db: Database,
  { accountId, tenantId, blocks, sent }: AccountBlocks,
  reason: AccountPauseReason,
  audit: { id: number; at: number },
): D1PreparedStatement[] {
  return [
    buildAuditEntryInsert(
      { db, tenantId },
      {
        ...audit,
        actor: "guardrail",
        action: "providerAccount.paused",
        subject: `provider_accounts/${accountId}`,
        data: { reason, blocks, sent },
      },
      {
        condition:
          "EXISTS (SELECT 1 FROM provider_accounts WHERE id = ? AND tenant_id = ? AND is_paused = 0)",
        values: [accountId, tenantId],
      },
    ),
    buildAccountPause(db, { accountId, reason, at: audit.at }),
  ];
}
