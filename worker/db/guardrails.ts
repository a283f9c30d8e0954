import type { CampaignPauseReason } from "../../shared/vocabulary.ts";
import type { GuardrailFigures } from "../domain/receive/guardrail.ts";
import { buildAuditEntryInsert } from "./audit-log.ts";
import { buildOpenAttemptsMarking } from "./open-attempts.ts";
import { joinedRecipientRangeSql } from "./recipient-ranges.ts";
import type { Database } from "./scope.ts";

/**
 * An active campaign with the figures that its guardrails (limits on bounces and complaints) check.
 */
export type CampaignForGuardrails = {
  id: number;
  tenantId: number;
  figures: GuardrailFigures;
  /** The figures at the campaign's last resume; null if the campaign was never resumed. */
  baseline: GuardrailFigures | null;
  /** True if the figures are checked after each sent email; see `guard_watch` in the schema. */
  isWatched: boolean;
};

type GuardRow = GuardrailFigures & {
  id: number;
  tenantId: number;
  baseline: string | null;
  isWatched: 0 | 1;
};

/** SQL: the present value of one figure of a campaign. `c` is the campaign's alias in the query. */
export function guardrailFigureSql(name: keyof GuardrailFigures, c: string): string {
  const range = `BETWEEN ${c}.first_recipient_id AND ${c}.last_recipient_id`;
  return name === "sent"
    ? `(SELECT count(*) FROM messages m WHERE m.recipient_id ${range} AND m.campaign_id = ${c}.id AND m.status = 'sent')`
    : `(SELECT count(*) FROM (SELECT DISTINCT e.recipient_id, e.step_number FROM events e
        WHERE e.recipient_id ${range} AND e.step_number > 0 AND e.kind = '${name}' AND e.is_machine = 0))`;
}

/**
 * Returns the statement that reads the figures of the given campaigns that are active. At the end
 * of a batch, the statement sees the rows that the batch has written. Reads every message and event
 * of each campaign whose figures are returned, and one row of every other campaign.
 * @param troubled campaigns with a new bounce or complaint, whose figures are always returned
 * @param sending campaigns that have sent an email, whose figures are returned only if
 * `guard_watch` is set
 */
export function buildGuardrailQuery(
  db: Database,
  troubled: readonly number[],
  sending: readonly number[],
): D1PreparedStatement {
  return db.$client
    .prepare(
      `SELECT c.id, c.tenant_id AS tenantId, c.guard_baseline AS baseline, c.guard_watch AS isWatched,
        ${guardrailFigureSql("sent", "c")} AS sent, ${guardrailFigureSql("bounced", "c")} AS bounced,
        ${guardrailFigureSql("complained", "c")} AS complained
      FROM (SELECT value AS id, 1 AS isTroubled FROM json_each(?1)
        UNION ALL SELECT value, 0 FROM json_each(?2)) j
      CROSS JOIN campaigns c ON c.id = j.id
      WHERE c.status = 'active' AND (j.isTroubled OR c.guard_watch)`,
    )
    .bind(
      JSON.stringify([...new Set(troubled)]),
      JSON.stringify([...new Set(sending)].filter((id) => !troubled.includes(id))),
    );
}

/** Converts the rows of `buildGuardrailQuery` to campaigns. */
export function toCampaignsForGuardrails(rows: readonly unknown[]): CampaignForGuardrails[] {
  return (rows as readonly GuardRow[]).map(({ id, tenantId, baseline, isWatched, ...figures }) => ({
    id,
    tenantId,
    figures,
    baseline: baseline === null ? null : (JSON.parse(baseline) as GuardrailFigures),
    isWatched: isWatched === 1,
  }));
}

/**
 * Builds the statement that sets whether the figures of the given campaigns are checked after each
 * sent email. Writes one row per campaign.
 */
export function buildGuardrailWatchUpdate(
  db: Database,
  campaignIds: readonly number[],
  isWatched: boolean,
): D1PreparedStatement {
  return db.$client
    .prepare("UPDATE campaigns SET guard_watch = ?2 WHERE id IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(campaignIds), isWatched ? 1 : 0);
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
 * Returns the statements, for one batch, that pause the given campaigns that are still active and
 * record the reasons in the audit log.
 */
export function buildAutomaticCampaignPauses(
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
    buildOpenAttemptsMarking(
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
  return buildAuditEntryInsert(
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
