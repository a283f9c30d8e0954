import { sequenceEndStepNumber } from "../../shared/limits.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/**
 * SQL: the instant since which campaign `c`, its tenant `t`, sender `n` and the ticks (the Worker's
 * runs every minute) have run without a break. Null if there was never a break. The statement must
 * join `c`, `t` and `n`.
 */
export const campaignRunningSinceSql = `nullif(max(coalesce(c.resumed_at, 0), coalesce(t.resumed_at, 0), coalesce(n.resumed_at, 0),
    coalesce((SELECT running_since FROM ticks WHERE id = 1), 0)), 0)`;

/**
 * SQL condition: the pause of campaign `c`, counted up to `at`, is longer than the lateness that
 * the campaign allows. A shorter pause makes no email late, even if the sender has a long queue
 * afterwards.
 */
export const wasPausedTooLongSql = (at: string) =>
  `${at} - coalesce(c.paused_at, 0) > c.max_lateness_hours * 3600000`;

/**
 * SQL: the latest instant for which recipient `r`'s next email is planned. `getLatestPlannedAt` in
 * domain/send/conditions.ts states the same rule. A recipient that waits for a condition is neither
 * overdue nor late until the wait is over.
 */
const latestPlanSql = `(r.scheduled_at + 86400000 * coalesce((SELECT s.conditions->>'waitDays' FROM campaign_steps s
    WHERE s.campaign_id = r.campaign_id AND s.step_number = r.next_step), 0))`;

/**
 * SQL condition: recipient `r`'s next email is too late to go. Lateness is measured from the
 * planned time to `since`, when sending last became possible again. `isTooLate` in
 * domain/send/eligibility.ts states the same rule.
 */
const isTooLateSql = (since: string) =>
  `(r.allows_late = 0 AND r.send_now = 0 AND ${since} - ${latestPlanSql} > c.max_lateness_hours * 3600000)`;

/** SQL condition: recipient `r` still gets emails. */
const isRemainingSql = `r.status = 'active' AND r.next_step < ${sequenceEndStepNumber}`;

const fromRemainingRecipients = `FROM campaign_recipients r
  JOIN campaigns c ON c.id = r.campaign_id JOIN tenants t ON t.id = c.tenant_id
  JOIN senders n ON n.id = r.sender_id
  WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2 AND ${isRemainingSql}`;

/**
 * SQL condition: the next step's email has not been sent. A campaign can be paused after an email
 * was sent and before the recipient got the next step; such a recipient is not overdue.
 */
const isUnsentSql = `NOT EXISTS (SELECT 1 FROM messages m
  WHERE m.recipient_id = r.id AND m.step_number = r.next_step AND m.status = 'sent')`;

/**
 * SQL conditions that read no row beside recipient `r` and campaign `c`. Each holds for every
 * recipient who is overdue or too late, so the other rows are read for these recipients only.
 */
const mayBeOverdueSql = (now: string) => `r.scheduled_at < ${now}`;
const mayBeTooLateSql = (now: string) => `${now} - r.scheduled_at > c.max_lateness_hours * 3600000`;

/**
 * SQL: JSON of a campaign's backlog, for a statement that groups the recipients `r` of campaign
 * `c`: who still gets emails, whose next email is overdue, and whose is too late. A paused campaign
 * is counted as if it were resumed at `now`. Reads no row for a recipient who is not overdue.
 * @param now SQL for the present instant
 */
export const backlogSql = (now: string) => {
  const since = `(CASE WHEN c.status = 'paused' AND ${wasPausedTooLongSql(now)} THEN ${now} ELSE ${campaignRunningSinceSql} END)`;
  return `json_object('remaining', count(*) FILTER (WHERE ${isRemainingSql}),
    'overdue', count(*) FILTER (WHERE ${isRemainingSql} AND ${mayBeOverdueSql(now)}
      AND ${latestPlanSql} < ${now} AND ${isUnsentSql}),
    'needsConfirmation', count(*) FILTER (WHERE ${isRemainingSql} AND ${mayBeTooLateSql(now)}
      AND ${isUnsentSql} AND EXISTS (SELECT 1 FROM tenants t CROSS JOIN senders n
        WHERE t.id = c.tenant_id AND n.id = r.sender_id AND ${isTooLateSql(since)})))`;
};

/**
 * Builds the statement that lets a campaign's emails leave although the emails are too late. The
 * recipients come due again only if the campaign is active.
 */
export function buildLateEmailAllowance({ db, tenantId }: Scope, campaignId: number, now: number) {
  return db.$client
    .prepare(
      `UPDATE campaign_recipients SET allows_late = 1,
        due_at = CASE WHEN lease IS NOT NULL THEN due_at
          WHEN (SELECT status FROM campaigns WHERE id = ?1) = 'active' THEN ?3 END
      WHERE id IN (SELECT r.id ${fromRemainingRecipients} AND ${isTooLateSql(campaignRunningSinceSql)})`,
    )
    .bind(campaignId, tenantId, now);
}
