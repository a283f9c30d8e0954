import type { Wording } from "../domain/send/variant.ts";
import { type AuditEntry, auditStatement } from "./audit-log.ts";
import { guard, refusalOf } from "./batch-guard.ts";
import { recipientsOf } from "./recipient-ranges.ts";
import type { Scope } from "./scope.ts";

/** `status`: the campaign has ended. `step`: it has no such step, or that is no email. */
export type WordingRefusal = "status" | "step";

/**
 * Pins a step's wordings, its own and its variants', to the newest versions of their templates. The wording of an email
 * is looked up when it is made, right before its provider call, so an email that is on its way keeps the one it was made
 * from and every later one has the new.
 */
export async function applyNewestWording(
  scope: Scope,
  { campaignId, stepNumber }: { campaignId: number; stepNumber: number },
  audit: AuditEntry,
): Promise<WordingRefusal | null> {
  const { db, tenantId } = scope;
  const refusal = await refusalOf(
    db.$client.batch([
      guard(
        db,
        "status",
        "EXISTS (SELECT 1 FROM campaigns WHERE id = ? AND tenant_id = ? AND status IN ('draft', 'active', 'paused'))",
        campaignId,
        tenantId,
      ),
      guard(
        db,
        "step",
        "EXISTS (SELECT 1 FROM campaign_steps WHERE campaign_id = ? AND step_number = ? AND kind = 'email')",
        campaignId,
        stepNumber,
      ),
      db.$client
        .prepare(
          `UPDATE campaign_steps SET
             template_version = (SELECT t.version FROM email_templates t WHERE t.id = template_id),
             variants = (SELECT json_group_array(json_object(
                'templateId', t.id, 'templateVersion', t.version, 'weight', w.value->>'weight') ORDER BY w.key)
              FROM json_each(campaign_steps.variants) w JOIN email_templates t ON t.id = w.value->>'templateId')
           WHERE campaign_id = ? AND step_number = ? AND tenant_id = ?`,
        )
        .bind(campaignId, stepNumber, tenantId),
      auditStatement(scope, audit),
    ]),
  );
  return refusal as WordingRefusal | null;
}

/** How many people are still to get a step's email. Who has it, or is being sent it right now, is not one of them. */
export async function peopleBefore(
  { db, tenantId }: Scope,
  { campaignId, stepNumber }: { campaignId: number; stepNumber: number },
): Promise<number> {
  const row = await db.$client
    .prepare(
      `SELECT count(*) AS people FROM campaign_recipients r
       WHERE ${recipientsOf("?1", "r")} AND +r.tenant_id = ?2 AND r.status IN ('active', 'paused', 'waitingForEmail')
         AND (r.next_step < ?3 OR (r.next_step = ?3 AND NOT EXISTS (
           SELECT 1 FROM messages m WHERE m.recipient_id = r.id AND m.step_number = ?3 AND m.status <> 'retrying')))`,
    )
    .bind(campaignId, tenantId, stepNumber)
    .first<{ people: number }>();
  return row?.people ?? 0;
}

/** The wordings a step's emails are made from: all of its variants', or its one. */
export async function wordingsOf(
  { db, tenantId }: Scope,
  { campaignId, stepNumber }: { campaignId: number; stepNumber: number },
): Promise<Wording[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT coalesce(w.value->>'templateId', s.template_id) AS templateId,
              coalesce(w.value->>'templateVersion', s.template_version) AS templateVersion
       FROM campaign_steps s LEFT JOIN json_each(s.variants) w
       WHERE s.campaign_id = ? AND s.step_number = ? AND s.tenant_id = ? ORDER BY w.key`,
    )
    .bind(campaignId, stepNumber, tenantId)
    .all<Wording>();
  return results;
}
