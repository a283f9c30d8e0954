import type { Ctx } from "../context.ts";
import { loadBlockCounts, pauseBlockedAccount } from "../db/bounces.ts";
import { type AutomaticPause, loadGuardrailCounters, pauseCampaigns } from "../db/guardrails.ts";
import { blockWindowHours, isOverBlockLimit, toHourIndex } from "../domain/receive/account-guardrail.ts";
import { findGuardrailBreach } from "../domain/receive/guardrail.ts";

/**
 * Pauses campaigns whose bounce or complaint rate is too high. The stored counters decide. So a
 * repeated call changes nothing, and a later call makes up for a missed call.
 */
export async function applyGuardrails(ctx: Ctx, campaignIds: readonly number[]): Promise<void> {
  if (campaignIds.length === 0) return;
  const guarded = await loadGuardrailCounters(ctx.db, campaignIds);
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
 * Pauses each account of these messages if receivers block too many of the account's emails. The
 * stored counters decide, so a repeated call changes nothing.
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
