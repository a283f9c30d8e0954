import type { Ctx } from "../context.ts";
import { listCampaignSteps } from "../db/campaign-steps.ts";
import { loadCandidates } from "../db/candidates.ts";
import { loadSenderIdentities, loadTemplateVersionTexts, loadTenantIdentities } from "../db/email-inputs.ts";
import {
  countDueInOtherCampaigns,
  countRecipientsBeforePage,
  listRecipientIdsOfPage,
} from "../db/preflight.ts";
import type { Scope } from "../db/scope.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import {
  advanceSlotClock,
  type FirstSendingDay,
  forecastSend,
  type SendForecast,
  simulateSends,
  summarizeFirstDay,
} from "../domain/send/forecast.ts";
import type { PaceState } from "../domain/send/pacing.ts";
import { chooseWording } from "../domain/send/variant.ts";
import { toTemplateVersionKey } from "./email-inputs.ts";
import { listMissingVariables } from "./render.ts";

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
 * Forecasts what each recipient would get if the campaign were launched or resumed now. Uses the
 * eligibility rules, renderer and slot planning of real sends. Changes nothing.
 */
export async function runPreflight(ctx: Ctx, scope: Scope, asked: PreflightQuery): Promise<PreflightPage> {
  const now = ctx.now();
  const found = await listRecipientIdsOfPage(scope, { ...asked, limit: asked.limit + 1 });
  const ids = found.slice(0, asked.limit);
  const candidates = (await loadCandidates(scope.db, ids, scope.tenantId)).toSorted(
    (one, other) => one.recipient.id - other.recipient.id,
  );
  const missing = await loadMissingVariables(scope, asked.campaignId, candidates);
  const forecasts = candidates.map((candidate, index) =>
    forecastSend(candidate, missing[index]?.next.length === 0, now, asked.recallUntil),
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
    missing: missing[index]?.all ?? [],
    sendAt: sendAts[index] ?? null,
  }));
  const timeZone = candidates[0]?.sender.timeZone ?? "UTC";
  const next = found.length > asked.limit ? (ids.at(-1) ?? null) : null;
  return { recipients, next, firstDay: summarizeFirstDay(sendAts, timeZone) };
}

/**
 * Returns the state of each sender's slot clock once the emails before this page have gone: emails
 * to recipients on earlier pages and to recipients due in other campaigns.
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

/**
 * Returns two lists for each candidate: the variables that the next email lacks, and the variables
 * that any remaining email lacks.
 */
async function loadMissingVariables(
  scope: Scope,
  campaignId: number,
  candidates: readonly Candidate[],
): Promise<{ next: string[]; all: string[] }[]> {
  const senderIds = [...new Set(candidates.map(({ recipient }) => recipient.senderId))];
  const steps = await listCampaignSteps(scope, campaignId);
  const emails = steps.filter((step) => step.kind === "email");
  const [contents, senders, [tenant]] = await Promise.all([
    loadTemplateVersionTexts(
      scope.db,
      emails
        .flatMap((step) => [step, ...step.variants])
        .map(({ templateId, templateVersion: version }) => ({ templateId, version })),
    ),
    loadSenderIdentities(scope.db, senderIds),
    loadTenantIdentities(scope.db, [scope.tenantId]),
  ]);
  const wordings = new Map(contents.map((one) => [toTemplateVersionKey(one.templateId, one.version), one]));
  const sendersById = new Map(senders.map((sender) => [sender.id, sender]));
  return candidates.map(({ recipient, previousStepNumber }) => {
    const sender = sendersById.get(recipient.senderId);
    const perStep = steps
      .filter(({ stepNumber }) => stepNumber >= recipient.nextStep)
      .map((step) => {
        if (step.kind === "task") return [];
        const { templateId, templateVersion } = chooseWording(step, recipient.id, step.stepNumber);
        const cacheKey = toTemplateVersionKey(templateId, templateVersion);
        const content = wordings.get(cacheKey);
        if (content === undefined || sender === undefined || tenant === undefined) return [];
        const isReply =
          !step.startsThread && (previousStepNumber !== null || step.stepNumber > recipient.nextStep);
        return listMissingVariables({ content, cacheKey, recipient, sender, tenant, isReply });
      });
    return { next: perStep[0] ?? [], all: [...new Set(perStep.flat())] };
  });
}
