import type { TemplateVariable } from "../../shared/template.ts";
import type { PresetTemplate, SequenceStep } from "../domain/campaign.ts";
import type { NewRecipient } from "../domain/recipient.ts";
import { type AuditEntry, insertAuditEntry } from "./audit-log.ts";
import { abortUnless, runGuardedBatch } from "./batch-guard.ts";
import { buildStepInserts } from "./campaign-steps.ts";
import { abortIfRefused, toAddressees } from "./contact-history.ts";
import { buildRecipientInserts } from "./recipient-additions.ts";
import {
  buildRecipientRangeReservation,
  recipientRangeSql,
  reservedRangeColumns,
} from "./recipient-ranges.ts";
import { campaigns } from "./schema.ts";
import type { Scope } from "./scope.ts";

export type NewPresetTemplate = PresetTemplate & { id: number; variables: TemplateVariable[] };

export type NewCampaign = {
  row: Omit<typeof campaigns.$inferInsert, "tenantId" | "id" | keyof typeof reservedRangeColumns> & {
    id: number;
  };
  steps: readonly SequenceStep[];
  /**
   * The templates of the presets' steps. A template is created only if the tenant has no copy of it
   * yet.
   */
  presetTemplates: readonly NewPresetTemplate[];
  recipients: readonly NewRecipient[];
  audit: AuditEntry;
  /**
   * The audit entry of a team lead's decision to override the refusals until now; null if refusals
   * count.
   */
  override: AuditEntry | null;
};

/**
 * `templates`: a template does not exist. `recipients`: the campaign is no draft, and none of its
 * recipients could be added. `refusals`: somebody at a property has refused. `content`: an
 * unfinished campaign has the same content hash.
 */
export type CampaignCreateConflict = "templates" | "recipients" | "refusals" | "content";

/**
 * Writes a whole campaign in one transaction. The idempotency key is unique, so the second of two
 * equal requests fails as a whole, however the requests overlap.
 * @throws the error of D1, also if the idempotency key is taken
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
  const to = toAddressees(recipients, row.propertyId ?? null);
  const statements = [
    ...(typeof row.contentHash === "string"
      ? [abortUnless(db, "content", `NOT EXISTS (${sameContentSql})`, tenantId, row.contentHash)]
      : []),
    abortIfRefused(scope, { to, overriddenAt: row.refusalsOverriddenAt ?? 0 }),
    ...copyPresetTemplates(scope, created.presetTemplates, row.createdAt),
    buildRecipientRangeReservation(db),
    db.$client.prepare(insert.sql).bind(...insert.params),
    ...buildStepInserts(scope, row.id, created.steps),
  ];
  if (recipients.length > 0)
    statements.push(...buildRecipientInserts(scope, row.id, recipients, row.createdAt));
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
  statements.push(insertAuditEntry(scope, created.audit));
  if (created.override !== null) statements.push(insertAuditEntry(scope, created.override));
  return (await runGuardedBatch(db.$client.batch(statements))) as CampaignCreateConflict | null;
}

/** SQL: the unfinished campaigns that were created with this content hash. */
const sameContentSql = `SELECT id, name FROM campaigns WHERE tenant_id = ?1 AND content_hash = ?2
  AND status IN ('draft', 'waitingForApproval', 'active', 'paused') ORDER BY id LIMIT 1`;

/** Returns the first unfinished campaign that was created with this content hash. */
export async function findCampaignByContent(
  { db, tenantId }: Scope,
  contentHash: string,
): Promise<{ id: number; name: string } | null> {
  return await db.$client.prepare(sameContentSql).bind(tenantId, contentHash).first();
}

/**
 * Creates the tenant's own copies of a preset's templates. The unique preset key keeps a template
 * from being copied twice.
 */
function copyPresetTemplates(
  { db, tenantId }: Scope,
  templates: readonly NewPresetTemplate[],
  at: number,
): D1PreparedStatement[] {
  if (templates.length === 0) return [];
  const json = JSON.stringify(templates);
  return [
    db.$client
      .prepare(
        `INSERT INTO email_templates (id, tenant_id, name, version, preset_key, tags, created_at, updated_at)
         SELECT j.value->>'id', ?2, j.value->>'name', 1, j.value->>'presetKey', '[]', ?3, ?3 FROM json_each(?1) j
         WHERE 1
         ON CONFLICT (tenant_id, preset_key) WHERE preset_key IS NOT NULL AND deleted_at IS NULL DO NOTHING`,
      )
      .bind(json, tenantId, at),
    db.$client
      .prepare(
        `INSERT INTO email_template_versions
           (template_id, version, tenant_id, subject, preheader, body_html, body_text, variables, created_at)
         SELECT t.id, 1, ?2, j.value->>'subject', j.value->>'preheader', j.value->>'bodyHtml', j.value->>'bodyText', j.value->>'variables', ?3
         FROM json_each(?1) j JOIN email_templates t ON t.id = j.value->>'id'`,
      )
      .bind(json, tenantId, at),
  ];
}
