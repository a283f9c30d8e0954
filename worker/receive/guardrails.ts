import type { Ctx } from "../context.ts";
import { loadBlockCounts, pauseBlockedAccount } from "../db/bounces.ts";
import { type AutomaticPause, loadGuardCounters, pauseCampaigns } from "../db/guardrails.ts";
import { blockWindowHours, isOverBlockLimit, toHourIndex } from "../domain/receive/account-guardrail.ts";
import { findGuardrailBreach } from "../domain/receive/guardrail.ts";

/**
 * Pauses those of these campaigns whose mail comes back, before it costs the mailbox its name. It judges the counters
 * as they stand, not what has just come in: carrying it out again changes nothing, and what one failure leaves undone
 * the next event makes up for.
 */
export async function applyGuardrails(ctx: Ctx, campaignIds: readonly number[]): Promise<void> {
  if (campaignIds.length === 0) return;
  const guarded = await loadGuardCounters(ctx.db, campaignIds);
  const pauses = guarded.flatMap(({ id, tenantId, figures, baseline }): AutomaticPause[] => {
    const reason = findGuardrailBreach(figures, baseline);
    if (reason === null) return [];
    return [
      { auditId: ctx.newId(), campaignId: id, tenantId, reason, evidence: { ...figures, since: baseline } },
    ];
  });
  if (pauses.length > 0) await ctx.db.$client.batch(pauseCampaigns(ctx.db, pauses, ctx.now()));
}

/**
 * Pauses the accounts that these messages went through where receivers refuse them by their name. It too judges the
 * counters as they stand.
 */
export async function pauseBlockedAccounts(
  ctx: Ctx,
  blocked: readonly { recipientId: number; stepNumber: number }[],
): Promise<void> {
  if (blocked.length === 0) return;
  const now = ctx.now();
  const accounts = await loadBlockCounts(ctx.db, blocked, toHourIndex(now) - blockWindowHours);
  const pauses = accounts.filter(isOverBlockLimit);
  const statements = pauses.flatMap((account) =>
    pauseBlockedAccount(ctx.db, account, "blocked", { id: ctx.newId(), at: now }),
  );
  if (statements.length > 0) await ctx.db.$client.batch(statements);
}
