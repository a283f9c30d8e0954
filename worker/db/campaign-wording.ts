import { sequenceEndStepNumber } from "../../shared/limits.ts";
import type { TemplateVersionReference } from "../domain/send/variant.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { recipientRangeSql } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/**
 * The reason why a step keeps its wordings. `status`: the campaign has ended or waits for approval.
 * `step`: the campaign has no such step, or the step is not an email.
 */
export type WordingConflict = "status" | "step";

/**
 * Pins all wordings of a step to the newest versions of their templates. The sender reads the
 * wording right before the provider call, so only an email whose call has begun keeps the old
 * version.
 */
export async function applyNewestWording(
  scope: Scope,
  { campaignId, stepNumber }: { campaignId: number; stepNumber: number },
  audit: AuditEntry,
): Promise<WordingConflict | null> {
  const { db, tenantId } = scope;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "status",
        "EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND tenant_id = ? AND status IN ('draft', 'active', 'paused'))",
        campaignId,
        tenantId,
      ),
      abortUnless(
        db,
        "step",
        "EXISTS (SELECT 1 FROM campaign_steps WHERE campaign_id = ? AND step_number = ? AND kind = 'email' AND removed_at IS NULL)",
        campaignId,
        stepNumber,
      ),
      db.$client
        .prepare(
          `UPDATE campaign_steps SET
             template_version = (SELECT t.version FROM email_templates t WHERE t.id = template_id),
             variants = (SELECT json_group_array(json_set(w.value, '$.templateVersion', t.version) ORDER BY w.key)
              FROM json_each(campaign_steps.variants) w JOIN email_templates t ON t.id = w.value->>'templateId'),
             winner_since = iif(winner IS NULL, ?, winner_since)
           WHERE campaign_id = ? AND step_number = ? AND tenant_id = ?`,
        )
        .bind(audit.at, campaignId, stepNumber, tenantId),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal as WordingConflict | null;
}

/**
 * Counts the recipients that are still to get a step's email. Leaves out recipients for whom the
 * step already has a message, unless the message waits for another try.
 */
export async function countRecipientsBeforeStep(
  { db, tenantId }: Scope,
  { campaignId, stepNumber }: { campaignId: number; stepNumber: number },
): Promise<number> {
  const row = await db.$client
    .prepare(
      `SELECT count(*) AS people FROM campaign_recipients r
       WHERE ${recipientRangeSql("?1", "r")} AND +r.tenant_id = ?2 AND r.status IN ('active', 'paused', 'waitingForEmail')
         AND r.next_step < ${sequenceEndStepNumber} AND NOT EXISTS (
           SELECT 1 FROM messages m WHERE m.recipient_id = r.id AND m.step_number = ?3 AND m.status <> 'retrying')`,
    )
    .bind(campaignId, tenantId, stepNumber)
    .first<{ people: number }>();
  return row?.people ?? 0;
}

/**
 * Returns the wordings of a step's emails: the wordings of all variants and of the else email, or
 * else the step's only wording.
 */
export async function listStepWordings(
  { db, tenantId }: Scope,
  { campaignId, stepNumber }: { campaignId: number; stepNumber: number },
): Promise<TemplateVersionReference[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT coalesce(w.value->>'templateId', s.template_id) AS templateId,
              coalesce(w.value->>'templateVersion', s.template_version) AS templateVersion
       FROM campaign_steps s LEFT JOIN json_each(s.variants) w
       WHERE s.campaign_id = ? AND s.step_number = ? AND s.tenant_id = ? ORDER BY w.key`,
    )
    .bind(campaignId, stepNumber, tenantId)
    .all<TemplateVersionReference>();
  return results;
}
