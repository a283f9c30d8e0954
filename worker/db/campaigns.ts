import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { CampaignStatus } from "../../shared/vocabulary.ts";
import type { SequenceStep } from "../domain/campaign.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { type CampaignFigures, loadCampaignFigures } from "./campaign-figures.ts";
import {
  buildStepInserts,
  countCampaignSteps,
  listCampaignSteps,
  type StepCounts,
  type StepRow,
} from "./campaign-steps.ts";
import { buildPersonalWordingDeleteForReplacedSteps } from "./personal-wordings.ts";
import { senderByTurnSql } from "./recipient-additions.ts";
import { joinedRecipientRangeSql, recipientRangeSql } from "./recipient-ranges.ts";
import { campaigns } from "./schema/campaigns.ts";
import type { Scope } from "./scope.ts";

export type CampaignRow = typeof campaigns.$inferSelect;
export type CampaignSummaryFacts = {
  campaign: CampaignRow;
  figures: CampaignFigures;
  /** The number of steps, and of the steps that send an email. */
  stepCounts: StepCounts;
};
export type CampaignFacts = CampaignSummaryFacts & { steps: StepRow[] };

export type CampaignFilter = {
  /**
   * The properties whose campaigns are listed; null lists every campaign, with or without a
   * property.
   */
  properties: readonly string[] | null;
  status: CampaignStatus | null;
  /** The agent who created the campaigns; null lists the campaigns of every agent. */
  createdBy: string | null;
  /** The sequence that the campaigns were launched with; null lists every campaign. */
  sequenceId: string | null;
  before: number | null;
  limit: number;
};

export async function findCampaign({ db, tenantId }: Scope, id: number): Promise<CampaignRow | undefined> {
  return await db
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.id, id), eq(campaigns.tenantId, tenantId)))
    .get();
}

export async function findCampaignByIdempotencyKey(
  { db, tenantId }: Scope,
  idempotencyKey: string,
): Promise<CampaignRow | undefined> {
  return await db
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.tenantId, tenantId), eq(campaigns.idempotencyKey, idempotencyKey)))
    .get();
}

/**
 * Loads everything that a campaign's own page shows.
 * @param known the campaign's row, if it was just read
 */
export async function loadCampaign(
  scope: Scope,
  id: number,
  now: number,
  known?: CampaignRow,
): Promise<CampaignFacts | undefined> {
  const [campaign, steps] = await Promise.all([
    known ?? findCampaign(scope, id),
    listCampaignSteps(scope, id),
  ]);
  if (campaign === undefined) return undefined;
  const figures = (await loadCampaignFigures(scope, [campaign], now)).get(id);
  const emails = steps.filter(({ kind }) => kind === "email");
  return figures && { campaign, figures, steps, stepCounts: { steps: steps.length, emails: emails.length } };
}

/** Loads what a list shows of several campaigns. */
export async function loadCampaignFacts(
  scope: Scope,
  rows: readonly CampaignRow[],
  now: number,
): Promise<CampaignSummaryFacts[]> {
  const ids = rows.map(({ id }) => id);
  const [figures, counts] = await Promise.all([
    loadCampaignFigures(scope, rows, now),
    countCampaignSteps(scope, ids),
  ]);
  return rows.flatMap((campaign) => {
    const own = figures.get(campaign.id);
    const stepCounts = counts.get(campaign.id) ?? { steps: 0, emails: 0 };
    return own === undefined ? [] : [{ campaign, figures: own, stepCounts }];
  });
}

/** Returns campaigns, the newest first. */
export async function listCampaigns(scope: Scope, filter: CampaignFilter): Promise<CampaignRow[]> {
  return await scope.db
    .select()
    .from(campaigns)
    .where(
      and(
        eq(campaigns.tenantId, scope.tenantId),
        lt(campaigns.id, filter.before ?? Number.MAX_SAFE_INTEGER),
        filter.properties === null ? undefined : inArray(campaigns.propertyId, [...filter.properties]),
        filter.status === null ? undefined : eq(campaigns.status, filter.status),
        filter.createdBy === null ? undefined : eq(campaigns.createdBy, filter.createdBy),
        filter.sequenceId === null ? undefined : eq(campaigns.sequenceId, filter.sequenceId),
      ),
    )
    .orderBy(desc(campaigns.id))
    .limit(filter.limit);
}

/**
 * Returns the street addresses of the campaigns' properties, by campaign id. Reads two rows per
 * campaign. Leaves out campaigns without a property or a known address.
 */
export async function loadCampaignAddresses(
  { db, tenantId }: Scope,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const { results } = await db.$client
    .prepare(
      `SELECT c.id, coalesce(r.data->>'$.property.streetAddress', r.data->>'$.property.unparsedAddress') AS address
      FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = j.value
      CROSS JOIN campaign_recipients r ON r.id = c.first_recipient_id
      WHERE c.tenant_id = ?2 AND c.property_id IS NOT NULL AND address IS NOT NULL`,
    )
    .bind(JSON.stringify(ids), tenantId)
    .all<{ id: number; address: string }>();
  return new Map(results.map(({ id, address }) => [id, address]));
}

export type CampaignChange = Partial<
  Pick<
    CampaignRow,
    | "name"
    | "tags"
    | "senderId"
    | "otherSenderIds"
    | "replyTo"
    | "sendWindow"
    | "timeZone"
    | "startAt"
    | "endAt"
    | "endsAfterDays"
    | "jitterMinutes"
    | "skipsHolidays"
    | "exitStatuses"
    | "stopsOnClick"
    | "maxLatenessHours"
    | "ignoresCollisions"
    | "unknownPolicy"
    | "contentHash"
  >
> & { updatedAt: number };

/**
 * Changes a campaign if its status is unchanged since the campaign was read. If `steps` is not
 * null, all steps are replaced. If the senders change, the recipients are divided among the new
 * senders.
 * @returns the name of the guard that failed, or null if the campaign was changed. `status`: the
 * campaign's status has changed. `templates`: a template is missing.
 */
export async function updateCampaign(
  { db, tenantId }: Scope,
  target: { id: number; status: CampaignStatus },
  change: CampaignChange,
  steps: readonly SequenceStep[] | null,
): Promise<string | null> {
  const client = db.$client;
  const update = db
    .update(campaigns)
    .set(change)
    .where(and(eq(campaigns.id, target.id), eq(campaigns.tenantId, tenantId)))
    .toSQL();
  const statements = [
    abortUnless(
      db,
      "status",
      "EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND tenant_id = ? AND status = ?)",
      target.id,
      tenantId,
      target.status,
    ),
    client.prepare(update.sql).bind(...update.params),
  ];
  if (change.senderId !== undefined || change.otherSenderIds !== undefined) {
    statements.push(
      client
        .prepare(
          `UPDATE campaign_recipients AS r SET sender_id = ${senderByTurnSql("r.turn")} FROM campaigns c
           WHERE c.id = ?1 AND ${joinedRecipientRangeSql("c", "r")} AND +r.tenant_id = ?2`,
        )
        .bind(target.id, tenantId),
    );
  }
  if (steps !== null) {
    statements.push(
      buildPersonalWordingDeleteForReplacedSteps({ db, tenantId }, target.id, steps),
      client
        .prepare("DELETE FROM campaign_steps WHERE campaign_id = ? AND tenant_id = ?")
        .bind(target.id, tenantId),
      ...buildStepInserts({ db, tenantId }, target.id, steps),
    );
  }
  return await awaitGuardedBatch(client.batch(statements));
}

/**
 * Deletes a campaign with its steps, recipients, messages, tasks and events.
 * @returns "changed" if the campaign's status has changed meanwhile. "hasSent" if a provider was
 *   called for one of the campaign's emails. The unsubscribe link and the reply address of such an
 *   email need the recipient's row.
 */
export async function deleteCampaign(
  scope: Scope,
  target: { id: number; status: CampaignStatus },
  audit: AuditEntry,
): Promise<"deleted" | "changed" | "hasSent"> {
  const { db, tenantId } = scope;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      // Events have no foreign key to recipients, because some events belong to no message of ours.
      db.$client
        .prepare(
          `DELETE FROM events WHERE tenant_id = ?2 AND recipient_id IN
             (SELECT id FROM campaign_recipients WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2)`,
        )
        .bind(target.id, tenantId),
      db.$client
        .prepare(
          `DELETE FROM reply_readings WHERE tenant_id = ?2 AND recipient_id IN
             (SELECT id FROM campaign_recipients WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2)`,
        )
        .bind(target.id, tenantId),
      abortUnless(
        db,
        "changed",
        "EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND tenant_id = ? AND status = ?)",
        target.id,
        tenantId,
        target.status,
      ),
      abortUnless(
        db,
        "hasSent",
        `NOT EXISTS (SELECT 1 FROM campaign_recipients JOIN messages m ON m.recipient_id = campaign_recipients.id
           WHERE ${recipientRangeSql("?1")} AND (m.attempt_id IS NOT NULL OR m.status IN ('sending', 'sent', 'unknown')))`,
        target.id,
      ),
      // Recipients have no foreign key to their campaign, because the key would need an index of
      // its own.
      db.$client
        .prepare(`DELETE FROM campaign_recipients WHERE ${recipientRangeSql("?1")} AND +tenant_id = ?2`)
        .bind(target.id, tenantId),
      db.$client.prepare("DELETE FROM campaigns WHERE id = ? AND tenant_id = ?").bind(target.id, tenantId),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  if (refusal === null) return "deleted";
  return refusal === "hasSent" ? refusal : "changed";
}
