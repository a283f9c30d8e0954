import type { Ctx } from "../context.ts";
import { type AutomaticPause, guardedCampaigns, pauseAutomatically } from "../db/guardrails.ts";
import { guardrailBreach } from "../domain/guardrail.ts";

/**
 * Pauses those of these campaigns whose mail comes back, before it costs the mailbox its name. It judges the counters
 * as they stand, not what has just come in: carrying it out again changes nothing, and what one failure leaves undone
 * the next event makes up for.
 */
export async function applyGuardrails(ctx: Ctx, campaignIds: readonly number[]): Promise<void> {
  if (campaignIds.length === 0) return;
  const guarded = await guardedCampaigns(ctx.db, campaignIds);
  const pauses = guarded.flatMap(({ id, tenantId, figures, baseline }): AutomaticPause[] => {
    const reason = guardrailBreach(figures, baseline);
    if (reason === null) return [];
    return [
      { auditId: ctx.newId(), campaignId: id, tenantId, reason, evidence: { ...figures, since: baseline } },
    ];
  });
  if (pauses.length > 0) await ctx.db.$client.batch(pauseAutomatically(ctx.db, pauses, ctx.now()));
}
