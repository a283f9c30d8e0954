import type { CampaignPauseReason } from "../../shared/vocabulary.ts";
import type { GuardrailFigures } from "../domain/receive/guardrail.ts";
import { insertAuditEntry } from "./audit-log.ts";
import { scheduleAttemptQuestions } from "./open-attempts.ts";
import { joinedRecipientRangeSql } from "./recipient-ranges.ts";
import type { Database } from "./scope.ts";

/**
 * An active campaign's counters, and the values that the counters had when the campaign was last
 * resumed.
 */
export type GuardrailCounters = {
  id: number;
  tenantId: number;
  figures: GuardrailFigures;
  /** Null if the campaign was never resumed. */
  baseline: GuardrailFigures | null;
};

type GuardRow = GuardrailFigures & { id: number; tenantId: number; baseline: string | null };

/**
 * Returns the statement that reads the counters of the given campaigns that are active. At the end
 * of a batch, the statement sees the counts that the batch has added. Reads some dozens of rows per
 * campaign.
 */
export function buildGuardrailCountersQuery(
  db: Database,
  campaignIds: readonly number[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `SELECT c.id, c.tenant_id AS tenantId, c.guard_baseline AS baseline,
        coalesce(sum(s.value) FILTER (WHERE s.name = 'sent'), 0) AS sent,
        coalesce(sum(s.value) FILTER (WHERE s.name = 'bounced'), 0) AS bounced,
        coalesce(sum(s.value) FILTER (WHERE s.name = 'complained'), 0) AS complained
      FROM json_each(?1) j JOIN campaigns c ON c.id = j.value LEFT JOIN step_stats s ON s.campaign_id = c.id
      WHERE c.status = 'active' GROUP BY c.id`,
    )
    .bind(JSON.stringify([...new Set(campaignIds)]));
}

/** Returns the counters in the rows of `buildGuardrailCountersQuery`. */
export function toGuardrailCounters(rows: readonly unknown[]): GuardrailCounters[] {
  return (rows as readonly GuardRow[]).map(({ id, tenantId, baseline, ...figures }) => ({
    id,
    tenantId,
    figures,
    baseline: baseline === null ? null : (JSON.parse(baseline) as GuardrailFigures),
  }));
}

export type AutomaticCampaignPause = {
  auditId: number;
  campaignId: number;
  tenantId: number;
  reason: CampaignPauseReason;
  /** The figures on which the pause was decided. */
  evidence: Record<string, unknown>;
};

/**
 * Pauses these campaigns if they are still active, and records why in the audit log. Returns
 * statements for one batch.
 */
export function pauseCampaignsAutomatically(
  db: Database,
  pauses: readonly AutomaticCampaignPause[],
  now: number,
): D1PreparedStatement[] {
  const rows = JSON.stringify(pauses);
  return [
    ...pauses.map((pause) => auditPause(db, pause, now)),
    db.$client
      .prepare(
        `UPDATE campaign_recipients SET due_at = NULL, lease = NULL
        WHERE id IN (
          SELECT r.id FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value->>'campaignId'
          CROSS JOIN campaign_recipients r ON ${joinedRecipientRangeSql("c", "r")}
          WHERE c.status = 'active' AND r.due_at IS NOT NULL)`,
      )
      .bind(rows),
    ...scheduleAttemptQuestions(
      db,
      `SELECT r.id FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value->>'campaignId'
        CROSS JOIN campaign_recipients r ON ${joinedRecipientRangeSql("c", "r")}
        WHERE c.status = 'active' AND r.status = 'active'`,
      [rows],
      now,
    ),
    db.$client
      .prepare(
        `UPDATE campaigns AS c SET status = 'paused', pause_reason = j.value->>'reason', paused_at = ?2, updated_at = ?2
        FROM json_each(?1) j WHERE c.id = j.value->>'campaignId' AND c.status = 'active'`,
      )
      .bind(rows, now),
  ];
}

function auditPause(db: Database, pause: AutomaticCampaignPause, now: number): D1PreparedStatement {
  const { auditId, campaignId, tenantId, reason, evidence } = pause;
  return insertAuditEntry(
    { db, tenantId },
    {
      id: auditId,
      actor: "guardrail",
      action: "campaign.paused",
      subject: `campaigns/${campaignId}`,
      data: { ...evidence, reason },
      at: now,
    },
    {
      condition: "EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND status = 'active')",
      values: [campaignId],
    },
  );
}
