import type { Ctx } from "../context.ts";
import { loadAccountBlocks, pauseBlockedAccount } from "../db/bounces.ts";
import {
  type AutomaticCampaignPause,
  buildGuardrailCountersQuery,
  type GuardrailCounters,
  pauseCampaignsAutomatically,
  toGuardrailCounters,
} from "../db/guardrails.ts";
import { blockLookbackHours, isOverBlockLimit, toHourIndex } from "../domain/receive/account-guardrail.ts";
import { findGuardrailBreach } from "../domain/receive/guardrail.ts";

/**
 * Pauses each of the given campaigns whose bounce or complaint rate is over its limit. The stored
 * counters decide, not the events that led to the call, so a repeated call changes nothing. If a
 * call fails, the next event leads to another call.
 */
export async function applyGuardrails(ctx: Ctx, campaignIds: readonly number[]): Promise<void> {
  if (campaignIds.length === 0) return;
  const { results } = await buildGuardrailCountersQuery(ctx.db, campaignIds).all();
  await pauseBreachingCampaigns(ctx, toGuardrailCounters(results));
}

/** Pauses the campaigns whose counters are over a limit. */
export async function pauseBreachingCampaigns(
  ctx: Ctx,
  guarded: readonly GuardrailCounters[],
): Promise<void> {
  const pauses = guarded.flatMap(({ id, tenantId, figures, baseline }): AutomaticCampaignPause[] => {
    const reason = findGuardrailBreach(figures, baseline);
    if (reason === null) return [];
    return [
      { auditId: ctx.newId(), campaignId: id, tenantId, reason, evidence: { ...figures, since: baseline } },
    ];
  });
  if (pauses.length > 0) await ctx.db.$client.batch(pauseCampaignsAutomatically(ctx.db, pauses, ctx.now()));
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
  const accounts = await loadAccountBlocks(ctx.db, blocked, toHourIndex(now) - blockLookbackHours);
  const pauses = accounts.filter(isOverBlockLimit);
  const statements = pauses.flatMap((account) =>
    pauseBlockedAccount(ctx.db, account, "blocked", { id: ctx.newId(), at: now }),
  );
  if (statements.length > 0) await ctx.db.$client.batch(statements);
}
