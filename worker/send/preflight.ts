import type { Ctx } from "../context.ts";
import { loadCandidates } from "../db/candidates.ts";
import {
  countDueInOtherCampaigns,
  countRecipientsBeforePage,
  listRecipientIdsOfPage,
} from "../db/preflight.ts";
import type { Scope } from "../db/scope.ts";
import {
  advanceSlotClock,
  type FirstSendingDay,
  forecastSend,
  type SendForecast,
  simulateSends,
  summarizeFirstSendingDay,
} from "../domain/send/forecast.ts";
import type { PaceState } from "../domain/send/pacing.ts";
import { loadStepMissingVariables } from "./missing-values.ts";

export type PreflightPage = {
  recipients: (SendForecast & { missing: string[]; sendAt: number | null })[];
  /** The id of the page's last recipient; null on the last page. */
  next: number | null;
  firstDay: FirstSendingDay | null;
};

type PreflightQuery = {
  campaignId: number;
  properties: readonly string[] | null;
  after: number;
  limit: number;
  recallUntil: number | null;
};

/**
 * Forecasts the next email of each recipient, as if the campaign were launched or resumed now. The
 * forecast uses the eligibility rules, the renderer and the slot planning of real sends, and
 * changes nothing.
 */
export async function runPreflight(ctx: Ctx, scope: Scope, asked: PreflightQuery): Promise<PreflightPage> {
  const now = ctx.now();
  const found = await listRecipientIdsOfPage(scope, { ...asked, limit: asked.limit + 1 });
  const ids = found.slice(0, asked.limit);
  const candidates = (await loadCandidates(scope.db, ids, scope.tenantId)).toSorted(
    (one, other) => one.recipient.id - other.recipient.id,
  );
  const needs = await loadStepMissingVariables(scope, asked.campaignId, candidates);
  const forecasts = candidates.map((candidate, index) =>
    forecastSend(candidate, (needs[index]?.[0]?.missing ?? []).length === 0, now, asked.recallUntil),
  );
  const senderIds = [...new Set(candidates.map(({ recipient }) => recipient.senderId))];
  const before = await countDueInOtherCampaigns(scope, asked.campaignId, senderIds, now);
  if (asked.after > 0) {
    for (const [senderId, count] of await countRecipientsBeforePage(scope, asked.campaignId, asked.after)) {
      before.set(senderId, count + (before.get(senderId) ?? 0));
    }
  }
  const sendAts = simulateSends(forecasts, advanceClocks(forecasts, before, now));
  const recipients = forecasts.map((one, index) => ({
    ...one,
    missing: [...new Set(needs[index]?.flatMap(({ missing }) => missing))],
    sendAt: sendAts[index] ?? null,
  }));
  const timeZone = candidates[0]?.sender.timeZone ?? "UTC";
  const next = found.length > asked.limit ? (ids.at(-1) ?? null) : null;
  return { recipients, next, firstDay: summarizeFirstSendingDay(sendAts, timeZone) };
}

/**
 * Returns, for each sender, the slot clock (the next free instant for an email) after the emails
 * that go before this page's emails. Those earlier emails go to recipients on earlier pages, and to
 * recipients due in other campaigns.
 */
function advanceClocks(
  forecasts: readonly SendForecast[],
  before: ReadonlyMap<number, number>,
  now: number,
): Map<number, PaceState> {
  const clocks = new Map<number, PaceState>();
  for (const { candidate, readyAt } of forecasts) {
    const { senderId } = candidate.recipient;
    const count = before.get(senderId) ?? 0;
    if (count > 0 && readyAt !== null && !clocks.has(senderId)) {
      clocks.set(senderId, advanceSlotClock(candidate.sender, count, Math.max(readyAt, now)));
    }
  }
  return clocks;
}
