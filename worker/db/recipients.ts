import type {
  CampaignStatus,
  EmailHold,
  RecipientSource,
  RecipientStatus,
  StepKind,
  StopReason,
  TimeZoneSource,
} from "../../shared/vocabulary.ts";
import type { SendNowLevel } from "../domain/send/candidate.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import { heldForSql } from "./recipient-scan.ts";
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
  /** The fault of the next email for which the recipient is paused; null for other recipients. */
  heldFor: EmailHold | null;
  snoozedUntil: number | null;
  createdAt: number;
};

/** The part of a recipient's row that is the same for every recipient of the campaign and step. */
type SharedColumn = "campaignName" | "campaignStatus" | "campaignEndAt" | "nextStepKind" | "nextStepPosition";
type OwnRow = Omit<RecipientRow, SharedColumn>;

const ownColumns = `r.id, r.campaign_id AS campaignId,
  (SELECT k.expires_at FROM tasks k WHERE k.recipient_id = r.id AND k.step_number = r.next_step
    AND +k.outcome IS NULL) AS taskExpiresAt,
  r.email, r.name, r.property_id AS propertyId, r.contact_key AS contactKey, r.time_zone AS timeZone,
  r.source, r.source_date AS sourceDate, r.consent, r.time_zone_source AS timeZoneSource,
  r.status, r.stop_reason AS stopReason, r.next_step AS nextStep, r.due_at AS dueAt,
  r.scheduled_at AS scheduledAt, r.lease, r.send_now AS sendNow, r.last_sent_at AS lastSentAt,
  (SELECT count(*) FROM messages m WHERE m.recipient_id = r.id AND m.status = 'unknown') AS uncertainEmails,
  ${heldForSql} AS heldFor, r.snoozed_until AS snoozedUntil, r.created_at AS createdAt`;

export async function findRecipient({ db, tenantId }: Scope, id: number): Promise<RecipientRow | null> {
  return await db.$client
    .prepare(
      `SELECT ${ownColumns}, c.name AS campaignName, c.status AS campaignStatus, c.end_at AS campaignEndAt,
         (SELECT s.kind FROM campaign_steps s
           WHERE s.campaign_id = r.campaign_id AND s.step_number = r.next_step) AS nextStepKind,
         ${stepPositionSql("r.campaign_id", "r.next_step")} AS nextStepPosition
       FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = ? AND r.tenant_id = ?`,
    )
    .bind(id, tenantId)
    .first<RecipientRow>();
}

/** The campaign whose recipients are listed. */
export type ListedCampaign = { id: number; name: string; status: CampaignStatus; endAt: number | null };

/** Returns one page of a campaign's recipients, in the order in which the recipients were added. */
export async function listRecipients(
  scope: Scope,
  campaign: ListedCampaign,
  page: { after: number | null; limit: number },
): Promise<RecipientRow[]> {
  const { db, tenantId } = scope;
  const { results } = await db.$client
    .prepare(
      `SELECT ${ownColumns} FROM campaign_recipients r
       WHERE ${recipientRangeSql("?1", "r", { after: "?3" })} AND +r.tenant_id = ?2
       ORDER BY r.id LIMIT ?4`,
    )
    .bind(campaign.id, tenantId, page.after ?? 0, page.limit)
    .all<OwnRow>();
  return await addSharedColumns(scope, campaign, results);
}

/** Returns the recipients of a campaign with these ids, in the order of `ids`. */
export async function loadRecipients(
  scope: Scope,
  campaign: ListedCampaign,
  ids: readonly number[],
): Promise<RecipientRow[]> {
  const { db, tenantId } = scope;
  const { results } = await db.$client
    .prepare(
      `SELECT ${ownColumns} FROM json_each(?3) j CROSS JOIN campaign_recipients r ON r.id = j.value
       WHERE +r.campaign_id = ?1 AND +r.tenant_id = ?2`,
    )
    .bind(campaign.id, tenantId, JSON.stringify([...new Set(ids)]))
    .all<OwnRow>();
  const rows = new Map((await addSharedColumns(scope, campaign, results)).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/**
 * Adds the columns of the campaign and of the next step. The steps are read once for all
 * recipients, because reading them for each recipient would cost several rows per recipient.
 */
async function addSharedColumns(
  { db, tenantId }: Scope,
  { id, name, status, endAt }: ListedCampaign,
  rows: readonly OwnRow[],
): Promise<RecipientRow[]> {
  if (rows.length === 0) return [];
  const { results } = await db.$client
    .prepare(
      `SELECT step_number AS stepNumber, kind, position, removed_at IS NOT NULL AS isRemoved
       FROM campaign_steps WHERE campaign_id = ? AND tenant_id = ?`,
    )
    .bind(id, tenantId)
    .all<{ stepNumber: number; kind: StepKind; position: number; isRemoved: number }>();
  const left = results.filter(({ isRemoved }) => isRemoved === 0).toSorted((a, b) => a.position - b.position);
  const kinds = new Map(results.map(({ stepNumber, kind }) => [stepNumber, kind]));
  const positions = new Map(left.map(({ stepNumber }, index) => [stepNumber, index + 1]));
  return rows.map((row) => ({
    ...row,
    ...{ campaignName: name, campaignStatus: status, campaignEndAt: endAt },
    nextStepKind: kinds.get(row.nextStep) ?? null,
    nextStepPosition: positions.get(row.nextStep) ?? null,
  }));
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
