import type { Ctx } from "../context.ts";
import { buildBlockedAccountPause, loadAccountBlocks } from "../db/bounces.ts";
import {
  type AutomaticCampaignPause,
  buildAutomaticCampaignPauses,
  buildGuardrailQuery,
  buildGuardrailWatchUpdate,
  type CampaignForGuardrails,
  toCampaignsForGuardrails,
} from "../db/guardrails.ts";
import { blockLookbackHours, isOverBlockLimit, toHourIndex } from "../domain/receive/account-guardrail.ts";
import { findGuardrailBreach, isBelowGuardrailSample } from "../domain/receive/guardrail.ts";

/**
 * Pauses each of the given campaigns whose bounce rate or complaint rate is over the limit. The
 * stored messages and events decide, not the events that led to the call, so a repeated call
 * changes nothing. If a call fails, the next event leads to another call.
 * @param troubled campaigns with a new bounce or complaint
 * @param sending campaigns with one more email that counts as sent
 */
export async function applyGuardrails(
  ctx: Ctx,
  troubled: readonly number[],
  sending: readonly number[],
): Promise<void> {
  if (troubled.length + sending.length === 0) return;
  const { results } = await buildGuardrailQuery(ctx.db, troubled, sending).all();
  await pauseCampaignsOverLimits(ctx, toCampaignsForGuardrails(results));
}

/**
 * Pauses the campaigns that are over a limit. A campaign that has sent too few emails to be judged
 * is watched: the campaign is checked again after each email, until enough emails are sent.
 */
export async function pauseCampaignsOverLimits(
  ctx: Ctx,
  guarded: readonly CampaignForGuardrails[],
): Promise<void> {
  await pauseBreachingCampaigns(ctx, guarded);
  const changed = guarded.filter(
    ({ figures, baseline, isWatched }) => isBelowGuardrailSample(figures, baseline) !== isWatched,
  );
  for (const [isWatched, campaigns] of Map.groupBy(changed, (one) => !one.isWatched)) {
    await buildGuardrailWatchUpdate(
      ctx.db,
      campaigns.map(({ id }) => id),
      isWatched,
    ).run();
  }
}

async function pauseBreachingCampaigns(ctx: Ctx, guarded: readonly CampaignForGuardrails[]): Promise<void> {
  const pauses = guarded.flatMap(({ id, tenantId, figures, baseline }): AutomaticCampaignPause[] => {
    const reason = findGuardrailBreach(figures, baseline);
    if (reason === null) return [];
    return [
      { auditId: ctx.newId(), campaignId: id, tenantId, reason, evidence: { ...figures, since: baseline } },
    ];
  });
  if (pauses.length > 0) await ctx.db.$client.batch(buildAutomaticCampaignPauses(ctx.db, pauses, ctx.now()));
}

/**
 * Pauses each account that sent one of the given messages if receivers block too many of the
 * account's emails. The stored counts decide, so a repeated call changes nothing.
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
    buildBlockedAccountPause(ctx.db, account, "blocked", { id: ctx.newId(), at: now }),
  );
  if (statements.length > 0) await ctx.db.$client.batch(statements);
}
