import type { SequenceStep } from "../domain/campaign.ts";
import type { NewRecipient } from "../domain/recipient.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { buildStepInserts } from "./campaign-steps.ts";
import { abortIfRefused, toRefusalCheckPeople } from "./contact-history.ts";
import { buildLetterTemplateInserts, type NewLetterTemplate } from "./letter-templates.ts";
import { buildPersonalWordingInserts, type NewRecipientWithWordings } from "./personal-wordings.ts";
import { buildRecipientInserts } from "./recipient-additions.ts";
import {
  buildRecipientRangeReservation,
  recipientRangeSql,
  reservedRangeColumns,
} from "./recipient-ranges.ts";
import { campaigns } from "./schema/campaigns.ts";
import type { Scope } from "./scope.ts";
import { buildProposalTaking, type TakenProposal } from "./start-proposals.ts";
import { buildWinnerChoiceSchedule } from "./winners.ts";

export type NewCampaign = {
  row: Omit<typeof campaigns.$inferInsert, "tenantId" | "id" | keyof typeof reservedRangeColumns> & {
    id: number;
  };
  steps: readonly SequenceStep[];
  /** The templates to store for the letters of a sequence; empty if the steps name templates. */
  letterTemplates: readonly NewLetterTemplate[];
  recipients: readonly NewRecipient[];
  personalWordings: readonly NewRecipientWithWordings[];
  audit: AuditEntry;
  /**
   * The audit entry of a team lead's decision to override earlier refusals; null if refusals count.
   */
  override: AuditEntry | null;
  /** The proposal of a rule that this campaign carries out; null for any other campaign. */
  proposal: TakenProposal | null;
};

/**
 * The reason why a campaign was not created. `templates`: a template does not exist. `recipients`:
 * the campaign is no draft, and no recipient of the request could be added. `refusals`: a refusal
 * forbids emails to one of the recipients. `content`: an unfinished campaign has the same content
 * hash. `proposal`: the proposal no longer waits, or its rule's limit of the day is reached.
 */
export type CampaignCreateConflict = "templates" | "recipients" | "refusals" | "content" | "proposal";

/**
 * Writes a whole campaign in one transaction. The idempotency key is unique, so the second of two
 * equal requests fails as a whole, even if the requests overlap.
 * @returns null if the campaign was written; otherwise the reason for the refusal
 * @throws the error of D1, for example if the idempotency key is taken
 */
export async function createCampaign(
  scope: Scope,
  created: NewCampaign,
): Promise<CampaignCreateConflict | null> {
  const { db, tenantId } = scope;
  const { row, recipients } = created;
  const insert = db
    .insert(campaigns)
    .values({ ...row, ...reservedRangeColumns, tenantId })
    .toSQL();
  const to = toRefusalCheckPeople(recipients, row.propertyId ?? null);
  const statements = [
    ...(created.proposal === null ? [] : buildProposalTaking(scope, created.proposal, row.id)),
    ...(typeof row.contentHash === "string"
      ? [abortUnless(db, "content", `NOT EXISTS (${sameContentSql})`, tenantId, row.contentHash)]
      : []),
    abortIfRefused(scope, { to, overriddenAt: row.refusalsOverriddenAt ?? 0 }),
    ...buildLetterTemplateInserts(scope, created.letterTemplates, row.createdAt),
    buildRecipientRangeReservation(db),
    db.$client.prepare(insert.sql).bind(...insert.params),
    ...buildStepInserts(scope, row.id, created.steps),
  ];
  if (recipients.length > 0)
    statements.push(...buildRecipientInserts(scope, row.id, recipients, row.createdAt));
  statements.push(
    ...buildPersonalWordingInserts(scope, row.id, created.personalWordings, {
      at: row.createdAt,
      agentId: row.createdBy,
    }),
  );
  if (row.status !== "draft") {
    statements.push(
      abortUnless(
        db,
        "recipients",
        `EXISTS (SELECT 1 FROM campaign_recipients WHERE ${recipientRangeSql("?1")})`,
        row.id,
      ),
    );
  }
  if (row.status === "active") statements.push(buildWinnerChoiceSchedule(scope, row.id, row.createdAt));
  statements.push(buildAuditEntryInsert(scope, created.audit));
  if (created.override !== null) statements.push(buildAuditEntryInsert(scope, created.override));
  return (await awaitGuardedBatch(db.$client.batch(statements))) as CampaignCreateConflict | null;
}

/** SQL: the first unfinished campaign that was created with this content hash. */
const sameContentSql = `SELECT id, name FROM campaigns WHERE tenant_id = ?1 AND content_hash = ?2
  AND status IN ('draft', 'waitingForApproval', 'active', 'paused') ORDER BY id LIMIT 1`;

/** Returns the first unfinished campaign that was created with this content hash, or null. */
export async function findCampaignByContent(
  { db, tenantId }: Scope,
  contentHash: string,
): Promise<{ id: number; name: string } | null> {
  return await db.$client.prepare(sameContentSql).bind(tenantId, contentHash).first();
}
