import type {
  CampaignStatus,
  RecipientSource,
  RecipientStatus,
  StepKind,
  StopReason,
  TimeZoneSource,
} from "../../shared/vocabulary.ts";
import type { SendNowLevel } from "../domain/send/candidate.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";
import { stepPositionSql } from "./step-order.ts";

export type RecipientRow = {
  id: number;
  campaignId: number;
  campaignName: string;
  campaignStatus: CampaignStatus;
  campaignEndAt: number | null;
  nextStepKind: StepKind | null;
  /** The next step's place in the sequence, from 1. */
  nextStepPosition: number | null;
  taskExpiresAt: number | null;
  email: string | null;
  name: string;
  propertyId: string | null;
  contactKey: string | null;
  source: RecipientSource;
  sourceDate: string | null;
  /** JSON of `Consent`. */
  consent: string | null;
  timeZone: string | null;
  timeZoneSource: TimeZoneSource | null;
  status: RecipientStatus;
  stopReason: StopReason | null;
  nextStep: number;
  dueAt: number | null;
  scheduledAt: number | null;
  lease: number | null;
  sendNow: SendNowLevel;
  lastSentAt: number | null;
  uncertainEmails: number;
  snoozedUntil: number | null;
  createdAt: number;
};

const selectRecipient = `
  SELECT r.id, r.campaign_id AS campaignId, c.name AS campaignName, c.status AS campaignStatus,
         (SELECT s.kind FROM campaign_steps s WHERE s.campaign_id = r.campaign_id AND s.step_number = r.next_step) AS nextStepKind,
         ${stepPositionSql("r.campaign_id", "r.next_step")} AS nextStepPosition,
         (SELECT k.expires_at FROM tasks k WHERE k.recipient_id = r.id AND k.step_number = r.next_step
           AND +k.outcome IS NULL) AS taskExpiresAt,
         r.email, r.name, r.property_id AS propertyId, r.contact_key AS contactKey, r.time_zone AS timeZone,
         r.source, r.source_date AS sourceDate, r.consent,
         r.time_zone_source AS timeZoneSource, c.end_at AS campaignEndAt,
         r.status, r.stop_reason AS stopReason, r.next_step AS nextStep, r.due_at AS dueAt,
         r.scheduled_at AS scheduledAt, r.lease, r.send_now AS sendNow, r.last_sent_at AS lastSentAt,
         (SELECT count(*) FROM messages m WHERE m.recipient_id = r.id AND m.status = 'unknown') AS uncertainEmails,
         r.snoozed_until AS snoozedUntil, r.created_at AS createdAt
  FROM campaign_recipients r`;

export async function findRecipient({ db, tenantId }: Scope, id: number): Promise<RecipientRow | null> {
  return await db.$client
    .prepare(`${selectRecipient} JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = ? AND r.tenant_id = ?`)
    .bind(id, tenantId)
    .first<RecipientRow>();
}

/** Returns one page of a campaign's recipients, in the order in which the recipients were added. */
export async function listRecipients(
  { db, tenantId }: Scope,
  page: { campaignId: number; after: number | null; limit: number },
): Promise<RecipientRow[]> {
  const { results } = await db.$client
    .prepare(
      `${selectRecipient} CROSS JOIN campaigns c ON c.id = r.campaign_id
       WHERE ${recipientRangeSql("?1", "r", { after: "?3" })} AND +r.tenant_id = ?2
       ORDER BY r.id LIMIT ?4`,
    )
    .bind(page.campaignId, tenantId, page.after ?? 0, page.limit)
    .all<RecipientRow>();
  return results;
}

/** Returns the recipients of a campaign with these ids, in the order of `ids`. */
export async function loadRecipients(
  { db, tenantId }: Scope,
  campaignId: number,
  ids: readonly number[],
): Promise<RecipientRow[]> {
  const { results } = await db.$client
    .prepare(
      `${selectRecipient} CROSS JOIN campaigns c ON c.id = r.campaign_id
       WHERE r.id IN (SELECT value FROM json_each(?3)) AND +r.campaign_id = ?1 AND +r.tenant_id = ?2`,
    )
    .bind(campaignId, tenantId, JSON.stringify(ids))
    .all<RecipientRow>();
  const rows = new Map(results.map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/**
 * Returns the US states of the properties that a campaign writes about; null stands for an unknown
 * state. Reads the campaign's recipients.
 */
export async function listPropertyUsStates(
  { db, tenantId }: Scope,
  campaignId: number,
): Promise<(string | null)[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT property_state AS state FROM campaign_recipients
       WHERE ${recipientRangeSql("?1")} AND tenant_id = ?2`,
    )
    .bind(campaignId, tenantId)
    .all<{ state: string | null }>();
  return results.map(({ state }) => state);
}

/** Returns the sources of a campaign's recipients. Reads the campaign's recipients. */
export async function listRecipientSources(
  { db, tenantId }: Scope,
  campaignId: number,
): Promise<RecipientSource[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT source FROM campaign_recipients WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2`,
    )
    .bind(campaignId, tenantId)
    .all<{ source: RecipientSource }>();
  return results.map(({ source }) => source);
}
